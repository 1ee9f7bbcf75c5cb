"""Each rule of ISODATA by itself, and all of them on blobs whose number is known."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.clustering.centers import FULL, levels, means, nearest
from obic_plugin.engine.clustering.isodata import (
    Rules,
    Spread,
    isodata,
    merge,
    split,
    start_centers,
    without_small,
)
from obic_plugin.engine.progress import Silent
from tests.engine.clustering.test_kmeans import blobs

PERCENT = FULL / 100


def rules(**settings):
    usual = {
        "initial": 4,
        "desired": 4,
        "maximum": 20,
        "iterations": 30,
        "max_std": 8 * PERCENT,
        "min_distance": 10 * PERCENT,
        "min_members": 5,
        "max_merges": 2,
    }
    return Rules(**{**usual, **settings})


def run(features, **settings):
    centers, history = isodata(features, np.ones(len(features)), rules(**settings), Silent())
    return centers, history


@pytest.mark.parametrize("initial", [1, 2, 4, 7, 12])
def test_the_number_of_blobs_is_found_from_any_start(initial):
    features, truth = blobs()
    centers, history = run(features, initial=initial)
    assert len(centers) == 4
    labels = nearest(features, centers)
    assert all(len(set(labels[truth == k])) == 1 for k in range(4))
    assert history[-1][1]["clusters"] == 4


def test_distant_strays_are_given_up():
    features, _ = blobs()
    features = np.concatenate([features, levels(np.array([[0.99, 0.5]] * 3))])
    assert len(run(features, initial=12, min_members=10)[0]) == 4
    assert len(run(features, initial=12, min_members=2, max_std=3 * PERCENT, iterations=60)[0]) >= 4


def test_small_clusters_leave_their_members_to_others():
    features = np.array([[0.0], [1.0], [2.0], [10.0]]) * 16
    centers, labels = without_small(features, np.ones(4), np.array([[16.0], [160.0]]), 2)
    assert centers.tolist() == [[16.0]]
    assert labels.tolist() == [0, 0, 0, 0]
    centers, _ = without_small(features, np.ones(4), np.array([[16.0], [160.0]]), 9)
    assert centers.tolist() == [[16.0]]  # the largest stays, however small


def test_only_wide_clusters_are_split_along_their_widest_band():
    random = np.random.default_rng(0)
    wide = random.normal([0.5, 0.5], [0.1, 0.01], (500, 2))
    narrow = random.normal([0.1, 0.1], [0.005, 0.005], (500, 2))
    features, weights = levels(np.clip(np.concatenate([wide, narrow]), 0, 1)), np.ones(1000)
    labels = np.repeat([0, 1], 500)
    centers, total = means(features, weights, labels, 2)
    spread = Spread.of(features, weights, labels, centers, total)
    result = split(centers, total, spread, rules(max_std=5 * PERCENT))
    assert len(result) == 3
    assert result[1].tolist() == centers[1].tolist()
    assert result[0, 1] == result[2, 1] == centers[0, 1]
    assert result[2, 0] - result[0, 0] == pytest.approx(spread.std[0, 0], abs=2)
    assert split(centers, total, spread, rules(max_std=20 * PERCENT)) is centers
    assert split(centers, total, spread, rules(max_std=5 * PERCENT, maximum=2)) is centers


def test_the_closest_pairs_are_merged_each_once():
    centers = np.array([[0.0], [10.0], [19.0], [100.0], [108.0]])
    total = np.array([3.0, 1.0, 1.0, 1.0, 1.0])
    result = merge(centers, total, rules(min_distance=15, max_merges=5))
    assert result.tolist() == [[0.0], [14.0], [104.0]]
    assert merge(centers, total, rules(min_distance=15, max_merges=1)).tolist() == [[0], [10], [19], [104]]
    assert merge(centers, total, rules(min_distance=5)) is centers
    assert merge(centers[:2], total, rules(min_distance=15)).tolist() == [[2.0]]


def test_start_along_the_longest_axis():
    features = levels(np.array([[0.1, 0.1], [0.5, 0.5], [0.9, 0.9], [0.5, 0.45], [0.5, 0.55]]))
    centers = start_centers(features, np.ones(5), 3)
    assert np.abs(centers[1] - features.mean(0)).max() <= 1
    assert np.allclose(centers[2] - centers[1], centers[1] - centers[0], atol=2)
    assert (np.diff(centers, axis=0) > 0).all()
    assert len(start_centers(features[:1], np.ones(1), 5)) == 1


def test_it_ends_early_and_never_exceeds_the_maximum():
    features, _ = blobs(width=0.1)
    assert len(run(features)[1]) < 30
    assert len(run(features, max_std=PERCENT, min_distance=0, maximum=9, desired=9, iterations=40)[0]) <= 9
    assert len(run(features, iterations=1, initial=3)[0]) == 3
