"""What belongs together where nothing has changed is found although something has."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import chdtrc

from obic_plugin.engine.training.differences import N_AXES, Differences, fit_differences, main_axes
from obic_plugin.engine.training.threshold import found_threshold, otsu
from obic_plugin.engine.training.unchanging import DateStandard, fit_usual, unchanged


def dates(changed=0.1, n=4000, seed=0):
    """Three bands: the second date is darker and of less contrast, but for what has changed."""
    random = np.random.default_rng(seed)
    first = random.normal(100, 20, (n, 3))
    second = (first - np.array([10, 20, 5])) / np.array([1.5, 2.0, 0.8]) + random.normal(0, 0.5, (n, 3))
    there = random.random(n) < changed
    second[there] = random.normal(160, 20, (int(there.sum()), 3))
    return first, second, there


@pytest.mark.parametrize("changed", [0.0, 0.1, 0.3])
def test_what_dates_usually_differ_by_is_that_of_what_has_not_changed(changed):
    first, second, there = dates(changed)
    away = np.stack([first[:, 0] - (1.5 * second[:, 0] + 10), first[:, 1] - (2 * second[:, 1] + 10)], 1) + 3
    usual, weights = fit_usual(away)
    assert usual.mean == pytest.approx([3, 13], abs=0.3)
    distance = usual.distance(away)
    assert 0.2 < np.sqrt(np.square(distance[~there]).mean()) < 3
    assert not changed or weights[there].mean() < 0.1 * weights[~there].mean()


@pytest.mark.parametrize("changed", [0.1, 0.3])
def test_change_is_found_in_any_light(changed):
    first, second, there = dates(changed)
    found = fit_differences((first, second))
    assert np.median(found((first, second))[there]) > 5 * np.median(found((first, second))[~there])
    again = fit_differences((first, 3 * second + 7))
    assert again((first, 3 * second + 7)) == pytest.approx(found((first, second)), rel=1e-6)


def test_weighted_units_leave_out_what_has_changed():
    first, second, there = dates(0.3)
    one, two = (DateStandard.of(each, (~there).astype(float)) for each in (first, second))
    assert one.spread / two.spread == pytest.approx([1.5, 2.0, 0.8], rel=0.02)
    assert one.mean - two.mean * one.spread / two.spread == pytest.approx([10, 20, 5], abs=2)


def test_what_runs_away_is_stopped():
    """Where nothing fits anything, more and more counts as changed, until nothing is left."""
    random = np.random.default_rng(0)
    first, second = random.standard_cauchy((2000, 3)), random.standard_cauchy((2000, 3))
    assert np.isfinite(fit_differences((first, second))((first, second))).all()


def test_constant_bands_and_equal_dates_are_no_error():
    first, _, _ = dates()
    first[:, 1] = 7
    assert fit_differences((first, first))((first, first)) == pytest.approx(np.zeros(len(first)), abs=1e-3)


def test_axes_are_those_of_the_largest_variance_and_all_that_was_learned_travels():
    random = np.random.default_rng(0)
    first = random.normal(0, 1, (500, 9)) * np.arange(9, 0, -1)
    assert np.abs(main_axes(first)).argmax(0).tolist() == list(range(N_AXES))
    found = fit_differences((first, first + random.normal(0, 0.1, first.shape)))
    again = Differences.of_arrays(found.arrays())
    assert again((first, first)) == pytest.approx(found((first, first)))


def test_unchanged_is_the_survival_function_of_chi_square():
    assert unchanged(np.array([0.0, 3.0]), 3) == pytest.approx([1, chdtrc(3, 3.0)])


def test_otsu_divides_two_groups():
    values = np.concatenate([np.full(900, 1.0), np.full(100, 5.0)]) + np.random.default_rng(0).normal(
        0, 0.1, 1000
    )
    value, separation = otsu(values, np.ones(1000))
    assert 1.5 < value < 4.9 and separation > 0.95
    found = found_threshold(values, np.ones(1000), np.where(values > 3, 1.4, 0.8))
    assert not found.little and found.value == value


def test_what_is_clearly_apart_is_change_whatever_its_structure():
    values = np.concatenate([np.full(900, 1.0), np.full(100, 9.0)]) + np.random.default_rng(0).normal(
        0, 0.1, 1000
    )
    assert not found_threshold(values, np.ones(1000), np.full(1000, 0.8)).little


def test_differences_without_structure_are_little():
    values = np.random.default_rng(0).normal(1, 0.2, 5000)
    found = found_threshold(values, np.ones(5000), np.full(5000, 0.5))
    assert found.little and (values > found.value).mean() <= 0.01
    same = found_threshold(np.zeros(50), np.ones(50), np.zeros(50))
    assert same.little and not (np.zeros(50) > same.value).any()
