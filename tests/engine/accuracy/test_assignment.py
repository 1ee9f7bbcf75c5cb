"""Assignments against answers known by construction and against trying everything."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest

from obic_plugin.engine.accuracy import agreeing_px, by_value, contingency_of, many_to_one, one_to_one
from obic_plugin.engine.errors import ParameterError


def random_table(seed, n_reference=4, n_mapped=6, n=300):
    random = np.random.default_rng(seed)
    return contingency_of(random.integers(0, n_reference, n), random.integers(10, 10 + n_mapped, n))


@pytest.mark.parametrize("seed", range(5))
def test_one_to_one_is_the_best_of_all(seed):
    table = random_table(seed)
    dense = table.dense()
    best = max(sum(dense[i, j] for i, j in enumerate(chosen)) for chosen in permutations(range(6), 4))
    assignment = one_to_one(table)
    assert agreeing_px(table, assignment) == best
    assert len(set(assignment.values())) == len(assignment) == 4


@pytest.mark.parametrize("shape", [(4, 6), (6, 4), (30, 30), (1, 5), (5, 1)])
def test_the_assignment_of_large_tables_is_as_good(shape, monkeypatch):
    table = random_table(9, *shape)
    dense = agreeing_px(table, one_to_one(table))
    monkeypatch.setattr("obic_plugin.engine.accuracy.assignment.DENSE_CELLS", 0)
    assert agreeing_px(table, one_to_one(table)) == dense


def test_one_to_one_of_too_many_labels_is_refused(monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.accuracy.assignment.MOST_PARTNERS", 5)
    assert one_to_one(random_table(0, 5, 9))
    with pytest.raises(ParameterError, match="here are 6 in the reference and 9 in the map"):
        one_to_one(random_table(0, 6, 9))


def test_many_to_one_takes_the_majority():
    table = contingency_of(np.array([1, 1, 2, 2, 2, 3]), np.array([7, 7, 7, 8, 8, 9]))
    assert many_to_one(table) == {7: 1, 8: 2, 9: 3}
    assert agreeing_px(table, many_to_one(table)) == 5


def test_many_to_one_of_a_tie_is_the_first():
    assert many_to_one(contingency_of(np.array([5, 4]), np.array([1, 1]))) == {1: 4}


def test_labels_without_a_common_pixel_are_not_joined():
    table = contingency_of(np.array([1, 1, 2]), np.array([5, 6, 5]))
    assert one_to_one(table) == {5: 2, 6: 1}
    table = contingency_of(np.array([1, 1, 2]), np.array([5, 5, 5]))
    assert one_to_one(table) == {5: 1}


def test_by_value_and_nothing():
    assert by_value(contingency_of(np.array([1, 2, 3]), np.array([2, 3, 4]))) == {2: 2, 3: 3}
    empty = contingency_of(np.zeros(0, int), np.zeros(0, int))
    assert one_to_one(empty) == many_to_one(empty) == by_value(empty) == {}
    assert agreeing_px(empty, {}) == 0
