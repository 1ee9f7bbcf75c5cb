"""Boundary and segmentation errors on squares of known size."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.segmentation import find_boundaries

from benchmarks.boundaries import (
    achievable_accuracy,
    boundaries,
    boundary_precision,
    boundary_recall,
    under_segmentation_error,
)
from obic_plugin.engine.accuracy import contingency_of


def blocks(side, size=24):
    index = np.arange(size) // side
    return index[:, None] * 100 + index


def test_boundaries_are_those_of_scikit_image():
    labels = np.random.default_rng(0).integers(0, 2, (20, 30)).repeat(2, 0)
    assert np.array_equal(boundaries(labels), find_boundaries(labels, connectivity=1, mode="thick"))


def test_a_border_to_unlabelled_pixels_is_none():
    labels = blocks(12)
    valid = labels != 0
    assert not boundaries(np.where(valid, labels, 99), valid)[:10, :12].any()


def test_finer_blocks_find_all_and_coarser_miss():
    reference = blocks(6)
    assert boundary_recall(reference, blocks(3), 0) == 1
    assert boundary_precision(reference, blocks(12), 0) == 1
    assert boundary_recall(reference, blocks(24), 0) == 0
    assert boundary_recall(blocks(24), reference) == 1


@pytest.mark.parametrize(("tolerance_px", "expected"), [(0, 0), (1, 0), (2, 1)])
def test_the_tolerance_is_a_distance(tolerance_px, expected):
    reference, regions = np.zeros((2, 10, 20), int)
    reference[:, 10:], regions[:, 13:] = 1, 1  # boundary pixels 9, 10 and 12, 13
    assert boundary_recall(reference[:, 10:], regions[:, 10:], 0) == 1  # nothing to find
    recall = boundary_recall(reference, regions, tolerance_px)
    assert recall == (0.5 if tolerance_px == 2 else expected)


def test_leaking_regions_are_counted():
    reference = blocks(12)
    assert under_segmentation_error(contingency_of(reference, blocks(4))) == 0
    assert achievable_accuracy(contingency_of(reference, blocks(4))) == 1
    moved = np.zeros((10, 10), int)
    halves = moved.copy()
    halves[:, 5:], moved[:, 6:] = 1, 1  # one column of ten leaks: counted in both objects
    table = contingency_of(halves, moved)
    assert under_segmentation_error(table) == pytest.approx(0.2)
    assert achievable_accuracy(table) == pytest.approx(0.9)
