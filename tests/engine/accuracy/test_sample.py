"""The worked example of Olofsson et al. (2014), table 8, and the laws of a stratified estimate."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.accuracy import area_adjusted, from_pairs

# rows map, columns reference, as printed there: deforestation, forest gain, stable forest, stable non-forest
PRINTED = np.array([[66, 0, 5, 4], [0, 55, 8, 12], [1, 0, 153, 11], [2, 1, 9, 313]])
MAPPED_HA = {1: 18_000, 2: 13_500, 3: 288_000, 4: 580_500}


def table_of(printed):
    mapped, reference = np.nonzero(printed)
    return from_pairs(reference + 1, mapped + 1, printed[mapped, reference])


def test_the_example_of_the_paper():
    result = area_adjusted(table_of(PRINTED), MAPPED_HA)
    assert result.overall_accuracy == pytest.approx(0.95, abs=0.005)
    assert result.overall_accuracy_ci == pytest.approx(0.02, abs=0.005)
    assert result.precision == pytest.approx([0.88, 0.73, 0.93, 0.96], abs=0.005)
    assert result.precision_ci == pytest.approx([0.07, 0.10, 0.04, 0.02], abs=0.005)
    assert result.recall == pytest.approx([0.75, 0.85, 0.93, 0.96], abs=0.005)
    assert result.recall_ci == pytest.approx([0.21, 0.25, 0.03, 0.02], abs=0.005)
    assert result.area == pytest.approx([21_158, 11_686, 285_770, 581_386], abs=1)
    assert result.area_ci == pytest.approx([6_158, 3_756, 15_510, 16_282], abs=1)


def test_a_sample_in_proportion_gives_the_plain_accuracy():
    counts = np.array([[40, 10], [5, 45]])
    result = area_adjusted(table_of(counts), {1: 50.0, 2: 50.0})
    assert result.overall_accuracy == pytest.approx(0.85)
    assert result.recall == pytest.approx([40 / 45, 45 / 55])
    assert result.area == pytest.approx([45, 55])
    assert result.unsampled_area == 0


def test_the_unit_of_area_does_not_matter():
    one = area_adjusted(table_of(PRINTED), MAPPED_HA)
    other = area_adjusted(table_of(PRINTED), {label: ha * 1e4 for label, ha in MAPPED_HA.items()})
    assert other.recall_ci == pytest.approx(one.recall_ci)
    assert other.area_ci == pytest.approx(one.area_ci * 1e4)
    assert one.area.sum() == pytest.approx(sum(MAPPED_HA.values()))


def test_classes_without_a_sample_and_with_one():
    result = area_adjusted(table_of(np.array([[9, 1, 0], [0, 1, 0], [0, 0, 0]])), {1: 10, 2: 10, 3: 80})
    assert result.labels.tolist() == [1, 2, 3]
    assert np.isnan(result.precision_ci[1])
    assert np.isnan(result.precision[2])
    assert result.mapped_area.tolist() == [10, 10, 80]
    assert result.area == pytest.approx([9, 11, 0])
    assert result.unsampled_area == 80
