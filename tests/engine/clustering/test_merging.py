"""Groups that go together."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, ward

from obic_plugin.engine.clustering.merging import merged_groups


def same_partition(one, other) -> bool:
    return len(set(zip(one, other))) == len(set(one)) == len(set(other))


@pytest.mark.parametrize("n_wanted", [2, 3, 7])
def test_points_go_together_as_ward_has_it(n_wanted):
    points = np.random.default_rng(0).normal(size=(20, 3))
    found = merged_groups(points, np.arange(20), 20, n_wanted)
    assert same_partition(found, fcluster(ward(points), n_wanted, "maxclust"))
    assert set(found) == set(range(n_wanted))


def test_a_large_group_counts_as_all_of_its_points():
    """One that is far but small costs less than one that is near but large."""
    vectors = np.array([[0.0]] * 50 + [[1.0]] * 50 + [[2.5]])
    groups = np.repeat([0, 1, 2], [50, 50, 1])
    assert merged_groups(vectors, groups, 3, 2).tolist() == [0, 1, 1]


def test_groups_that_hold_nothing_are_not_classes():
    vectors, groups = np.array([[0.0], [5.0], [9.0]]), np.array([1, 4, 6])
    assert merged_groups(vectors, groups, 8, 2).tolist() == [0, 0, 0, 0, 1, 0, 1, 0]
    assert merged_groups(vectors, groups, 8, 5).tolist() == [0, 0, 0, 0, 1, 0, 2, 0]
