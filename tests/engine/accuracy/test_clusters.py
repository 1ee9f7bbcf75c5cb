"""Every score equals that of scikit-learn or scikit-image, which see the pixels; ours see the table."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.metrics import adapted_rand_error
from sklearn import metrics

from obic_plugin.engine.accuracy import cluster_scores, contingency_of
from obic_plugin.engine.accuracy.expectation import expected_mutual_information

PEERS = {
    "ami": metrics.adjusted_mutual_info_score,
    "nmi": metrics.normalized_mutual_info_score,
    "ari": metrics.adjusted_rand_score,
    "fmi": metrics.fowlkes_mallows_score,
    "homogeneity": metrics.homogeneity_score,
    "completeness": metrics.completeness_score,
    "v_measure": metrics.v_measure_score,
}


def random_pair(seed):
    random = np.random.default_rng(seed)
    n, n_reference, n_mapped = random.integers(2, 3000), random.integers(1, 12), random.integers(1, 40)
    reference = random.choice(n_reference, n, p=random.dirichlet(np.ones(n_reference)))
    mapped = np.where(random.random(n) < random.random(), reference, random.integers(0, n_mapped, n))
    return reference, mapped


@pytest.mark.parametrize("seed", range(30))
def test_equals_scikit_learn(seed):
    reference, mapped = random_pair(seed)
    scores = cluster_scores(contingency_of(reference, mapped))
    for name, peer in PEERS.items():
        assert scores[name] == pytest.approx(peer(reference, mapped), rel=1e-9, abs=1e-11), name


@pytest.mark.parametrize("seed", range(10))
def test_equals_scikit_image(seed):
    reference, mapped = random_pair(seed)
    scores = cluster_scores(contingency_of(reference, mapped))
    error, *shares = adapted_rand_error(reference, mapped, ignore_labels=())
    assert scores["are"] == pytest.approx(error, rel=1e-12)
    assert sorted([scores["are_precision"], scores["are_recall"]]) == pytest.approx(sorted(shares), rel=1e-12)


def test_precision_falls_when_the_map_unites_and_recall_when_it_divides():
    objects = np.repeat([1, 2, 3, 4], 10)
    united, divided = objects // 2, objects * 2 + np.arange(40) % 2
    scores = cluster_scores(contingency_of(objects, united))
    assert scores["are_precision"] < scores["are_recall"] == 1
    assert scores["homogeneity"] < scores["completeness"] == pytest.approx(1)
    scores = cluster_scores(contingency_of(objects, divided))
    assert scores["are_recall"] < scores["are_precision"] == 1
    assert scores["completeness"] < scores["homogeneity"] == pytest.approx(1)


@pytest.mark.parametrize(
    ("reference", "mapped"),
    [
        ([1, 1, 1], [2, 2, 2]),
        ([1, 1, 1], [1, 2, 3]),
        ([1, 2, 3], [1, 1, 1]),
    ],
)
def test_special_cases_are_those_of_scikit_learn(reference, mapped):
    scores = cluster_scores(contingency_of(np.array(reference), np.array(mapped)))
    for name, peer in PEERS.items():
        assert scores[name] == pytest.approx(peer(reference, mapped), abs=1e-12), name


@pytest.mark.parametrize("sizes", [[1], [4], [1, 1], [1, 1, 1], [1] * 50, [7, 1, 300], [5] * 9])
def test_the_same_objects_under_other_names_are_perfect(sizes):
    """Of objects that are all single pixels scikit-learn makes 0 / 0: 0 on one processor, 1 on another."""
    reference = np.repeat(np.arange(len(sizes)), sizes)
    scores = cluster_scores(contingency_of(reference, len(sizes) - reference))
    assert scores.pop("are") == 0
    assert scores == dict.fromkeys(scores, 1.0)


def test_permuting_labels_changes_nothing():
    reference, mapped = random_pair(3)
    order = np.random.default_rng(0).permutation(40)
    before, after = (cluster_scores(contingency_of(reference, m)) for m in (mapped, order[mapped]))
    assert after == pytest.approx(before, rel=1e-12)


@pytest.mark.parametrize(("n", "n_a", "n_b"), [(5, 2, 2), (900, 5, 300), (800, 790, 3), (60_000, 16, 6)])
def test_expected_mutual_information_equals_scikit_learn(n, n_a, n_b):
    random = np.random.default_rng(n)
    reference, mapped = random.integers(0, n_a, n), random.integers(0, n_b, n)
    table = contingency_of(reference, mapped)
    peer = metrics.cluster.expected_mutual_information(
        metrics.cluster.contingency_matrix(reference, mapped), n
    )
    ours = expected_mutual_information(table.reference_px, table.mapped_px)
    assert ours == pytest.approx(peer, rel=1e-9)


def test_expectation_of_thousands_of_sizes_is_close(monkeypatch):
    sizes = np.arange(1, 1500, 7)
    exact = expected_mutual_information(sizes, sizes)
    monkeypatch.setattr("obic_plugin.engine.accuracy.expectation.MAX_PAIRS", 10)
    assert expected_mutual_information(sizes, sizes) == pytest.approx(exact, rel=1e-5)


def test_a_map_of_ten_billion_pixels_does_not_overflow():
    size = 5_000_000_000
    table = contingency_of(np.array([0, 1]), np.array([0, 1]))
    table = type(table)(table.reference, table.mapped, table.row, table.col, table.count * size)
    scores = cluster_scores(table)
    assert scores["ami"] == pytest.approx(1)
    assert scores["ari"] == scores["fmi"] == 1
    assert scores["are"] == 0
