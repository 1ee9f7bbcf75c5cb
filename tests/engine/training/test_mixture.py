"""How many classes a mixture keeps, and that it finds those that are there."""

import numpy as np
import pytest

from obic_plugin.engine.progress import Silent
from obic_plugin.engine.training.mixture import enough_classes, fit_mixture


def clouds(distance, n_clouds=4, n=600, seed=0):
    """(n_clouds n, n_clouds) values around the corners of a simplex, and which corner each belongs to."""
    random = np.random.default_rng(seed)
    truth = np.repeat(np.arange(n_clouds), n)
    corners = np.eye(n_clouds) * distance / np.sqrt(2)
    return corners[truth] + random.standard_normal((len(truth), n_clouds)), truth


def classes_of(values, most, enough, seed=0):
    slopes, offsets = fit_mixture(values, most, enough, seed, Silent())
    return (values @ slopes.T + offsets).argmax(1)


@pytest.mark.parametrize("seed", range(3))
def test_clouds_far_apart_are_found(seed):
    values, truth = clouds(12)
    found = classes_of(values, 12, 2, seed)
    assert len(set(zip(found, truth))) == len(set(truth)) == len(set(found))


def test_clouds_that_touch_are_one_but_no_fewer_than_enough():
    values, _ = clouds(1)
    assert len(fit_mixture(values, 10, 3, 0, Silent())[1]) == 3
    assert len(fit_mixture(values, 10, 6, 0, Silent())[1]) == 6


def test_never_more_than_asked_for():
    values, _ = clouds(12)
    assert len(fit_mixture(values, 3, 8, 0, Silent())[1]) == 3


def test_scores_do_not_depend_on_the_units():
    values, _ = clouds(6)
    scale = np.array([1.0, 1.0, 1.0, 1.0]) * 50
    assert (classes_of(values, 4, 4) == classes_of(values * scale + 7, 4, 4)).all()


def test_larger_images_deserve_more_classes():
    sizes = [16**2, 256**2, 512**2, 724**2, 1024**2, 7200 * 6800, 0]
    assert [enough_classes(size) for size in sizes] == [5, 5, 5, 6, 8, 8, 5]
