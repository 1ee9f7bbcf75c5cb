"""Shifts that are known are found, and none where nothing is to be seen."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.change.shift import Shift, place, shift_of


def scene(size=160, seed=0):
    random = np.random.default_rng(seed)
    return np.kron(random.random((size // 8, size // 8)), np.ones((8, 8)))


@pytest.mark.parametrize("moved", [(0, 0), (2, -3), (-4, 1), (7, 7)])
def test_a_known_shift(moved):
    image = scene()
    other = 30 + 2 * np.roll(image, moved, (0, 1)) + np.random.default_rng(1).normal(0, 0.1, image.shape)
    found = place(image[16:144, 16:144], other[16:144, 16:144])
    assert found == pytest.approx(moved, abs=0.4)


def test_two_images_that_have_nothing_in_common_say_nothing():
    random = np.random.default_rng(0)
    places = [place(random.random((128, 128)), random.random((128, 128))) for _ in range(8)]
    shift = shift_of(places)
    assert shift.whole == (0, 0)
    assert place(np.zeros((128, 128)), np.zeros((128, 128))) is None


def test_it_is_told():
    assert Shift(-0.1, -0.2, 3, 1.0).told == [
        "The second date lies 0.1 px above and 0.2 px left of the first (agreement in 3 places: 100%); it is taken as"
        " it lies."
    ]
    assert Shift(-0.04, 0.0, 1, 1.0).told == [
        "The second date lies on the first (agreement in 1 place: 100%).",
        "A single place proves little.",
    ]
    (moved,) = Shift(2.0, 3.0, 4, 0.75).told
    assert "2.0 px below and 3.0 px right" in moved and "in 4 places: 75%); it is read from there." in moved


def test_places_that_do_not_agree_move_nothing():
    assert shift_of([(2, 2), (2, 2.2), (1.8, 2), None]) == Shift(2, 2, 3, 1.0)
    assert shift_of([(2, 2), (2, 2.2), (1.8, 2)]).whole == (2, 2)
    assert shift_of([(5, 5), (-5, 2), (0, 0), (-7, -7)]).whole == (0, 0)
