"""Labels close to each other are one place, far ones are not, and large areas are cut."""

from __future__ import annotations

import numpy as np

from obic_plugin.engine.raster.groundtruth import LabeledPixels
from obic_plugin.engine.raster.nearby import LARGEST, places_of


def squares(corners, side=4, labels=None) -> LabeledPixels:
    """A group for each square; all of class 0 but for other ``labels``."""
    parts = []
    for number, (row, col) in enumerate(corners):
        rows, cols = (each.ravel() for each in np.mgrid[row : row + side, col : col + side])
        label = 0 if labels is None else labels[number]
        parts.append((rows, cols, np.full(len(rows), label), np.full(len(rows), number)))
    return LabeledPixels(*map(np.concatenate, zip(*parts)))


def by_square(found: np.ndarray, side=4) -> list:
    places = found.reshape(-1, side * side)
    assert (places == places[:, :1]).all()  # all of a square
    return places[:, 0].tolist()


def test_what_lies_near_is_one_place_and_what_lies_far_is_not():
    places = by_square(places_of(squares([(0, 0), (0, 14), (0, 60), (200, 0)]), 16))
    assert places[0] == places[1] and len(set(places)) == 3


def test_squares_of_other_classes_are_other_places():
    places = by_square(places_of(squares([(0, 0), (0, 6), (0, 12)], labels=[5, 9, 5]), 16))
    assert places[0] == places[2] != places[1]


def test_wherever_they_lie_within_that_distance():
    random = np.random.default_rng(0)
    for _ in range(50):
        row, col, down = *random.integers(0, 1000, 2), random.integers(0, 16)
        assert len(set(places_of(squares([(row, col), (row + 4 + down, col)]), 16))) == 1


def test_a_field_of_labels_is_cut_into_places():
    corners = [(row, col) for row in range(0, 600, 10) for col in range(0, 600, 10)]
    places = by_square(places_of(squares(corners), 8))
    n_wide = 600 / (8 * LARGEST)
    assert n_wide**2 * 0.7 < len(set(places)) < (n_wide + 2) ** 2
