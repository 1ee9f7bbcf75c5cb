"""What belongs together where nothing has changed is found although something has."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import chdtrc

from obic_plugin.engine.training.radiometry import fit_correlation, fit_normalization, unchanged
from obic_plugin.engine.training.threshold import found_threshold, otsu


def dates(changed=0.1, n=4000, seed=0):
    """Three bands: the second date is darker and of less contrast, but for what has changed."""
    random = np.random.default_rng(seed)
    first = random.normal(100, 20, (n, 3))
    second = (first - np.array([10, 20, 5])) / np.array([1.5, 2.0, 0.8]) + random.normal(0, 0.5, (n, 3))
    there = random.random(n) < changed
    second[there] = random.normal(160, 20, (int(there.sum()), 3))
    return first, second, there


@pytest.mark.parametrize("changed", [0.0, 0.1, 0.3])
def test_the_normalization_is_that_of_what_has_not_changed(changed):
    first, second, there = dates(changed)
    found = fit_normalization(first, second)
    assert found.gain == pytest.approx([1.5, 2.0, 0.8], rel=0.02)
    assert found.offset == pytest.approx([10, 20, 5], abs=2)
    if changed:
        distance = found.distance(first, second)
        assert np.median(distance[there]) > 10 * np.median(distance[~there])


@pytest.mark.parametrize("changed", [0.1, 0.3])
def test_alteration_is_detected_in_any_linear_mixture_of_bands(changed):
    first, second, there = dates(changed)
    mixed = second @ np.array([[1, 2, 0], [0, 1, 1], [3, 0, 1.0]]) + 7
    one, other = (fit_correlation(first, each).distance(first, each) for each in (second, mixed))
    assert one == pytest.approx(other, rel=0.05, abs=0.05)
    assert np.median(one[there]) > 5 * np.median(one[~there])


def test_what_runs_away_is_stopped():
    """Where nothing fits anything, more and more counts as changed, until nothing is left."""
    random = np.random.default_rng(0)
    first, second = random.standard_cauchy((2000, 3)), random.standard_cauchy((2000, 3))
    for found in (fit_correlation(first, second), fit_normalization(first, second)):
        assert all(np.isfinite(part).all() for part in found)


def test_constant_bands_and_equal_dates_are_no_error():
    first, _, _ = dates()
    first[:, 1] = 7
    for found in (fit_correlation(first, first), fit_normalization(first, first)):
        assert found.distance(first, first) == pytest.approx(np.zeros(len(first)), abs=1e-3)


def test_unchanged_is_the_survival_function_of_chi_square():
    assert unchanged(np.array([0.0, 3.0]), 3) == pytest.approx([1, chdtrc(3, 3.0)])


def test_otsu_divides_two_groups():
    values = np.concatenate([np.full(900, 1.0), np.full(100, 5.0)]) + np.random.default_rng(0).normal(
        0, 0.1, 1000
    )
    value, separation = otsu(values, np.ones(1000))
    assert 1.5 < value < 4.9 and separation > 0.95
    found = found_threshold(values, np.ones(1000), np.where(values > 3, 1.3, 0.8))
    assert not found.little and found.value == value


def test_differences_without_structure_are_little():
    values = np.random.default_rng(0).normal(1, 0.2, 5000)
    found = found_threshold(values, np.ones(5000), np.full(5000, 0.5))
    assert found.little and (values > found.value).mean() <= 0.01
    same = found_threshold(np.zeros(50), np.ones(50), np.zeros(50))
    assert same.little and not (np.zeros(50) > same.value).any()
