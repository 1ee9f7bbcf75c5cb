"""K-means on blobs whose centers are known, and the nearest of centers against a loop."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_info, threadpool_limits

from obic_plugin.engine.clustering.centers import FULL, clearly_nearest, levels, means, nearest
from obic_plugin.engine.clustering.kmeans import kmeans
from obic_plugin.engine.progress import Silent


def blobs(n=300, seed=0, width=0.02):
    """(4 n, 2) features around four corners, and the number of the corner of each."""
    random = np.random.default_rng(seed)
    corners = np.array([[0.2, 0.2], [0.8, 0.2], [0.2, 0.8], [0.8, 0.8]])
    truth = np.repeat(np.arange(4), n)
    return levels(np.clip(corners[truth] + random.normal(0, width, (4 * n, 2)), 0, 1)), truth


def test_levels_are_whole_numbers():
    assert levels(np.array([0, 1, 0.5])).tolist() == [0, FULL, round(0.5 * 65535) * 16]


def test_nearest_equals_a_loop(monkeypatch):
    random = np.random.default_rng(0)
    features, centers = levels(random.random((500, 3))), levels(random.random((7, 3)))
    slow = [min(range(7), key=lambda k: ((point - centers[k]) ** 2).sum()) for point in features]
    assert nearest(features, centers).tolist() == slow
    monkeypatch.setattr("obic_plugin.engine.clustering.centers.CHUNK", 1)
    assert nearest(features, centers).tolist() == slow


def test_ties_go_to_the_first_whatever_the_chunks():
    features, centers = np.full((3000, 1), 8.0), np.array([[16.0], [0.0]])
    assert not nearest(features, centers).any()


@pytest.mark.parametrize("seed", range(5))
def test_blobs_are_found(seed):
    features, truth = blobs(seed=seed)
    centers, history = kmeans(features, np.ones(len(features)), 4, 50, 3, seed, Silent())
    labels = nearest(features, centers)
    assert all(len(set(labels[truth == k])) == 1 for k in range(4))
    assert len(set(labels)) == 4
    steps = [step for step, _ in history]
    assert steps == sorted(set(steps)) and 1 <= steps[-1] <= 50
    distance = [terms["distance"] for _, terms in history]
    assert distance == sorted(distance, reverse=True)


def test_the_same_seed_gives_the_same_centers():
    features, _ = blobs(width=0.2)
    weights = np.ones(len(features))
    first, second = (kmeans(features, weights, 9, 20, 2, 5, Silent())[0] for _ in range(2))
    assert np.array_equal(first, second)


def test_sums_are_those_of_one_thread_on_any_computer(monkeypatch):
    seen, fit = set(), KMeans.fit

    def watched(model, *given, **more):
        seen.update(lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "openmp")
        return fit(model, *given, **more)

    monkeypatch.setattr(KMeans, "fit", watched)
    with threadpool_limits(2):
        centers, _ = kmeans(blobs()[0], np.ones(1200), 9, 20, 1, 5, Silent())
    assert seen == {1} and (centers % 1 == 0).all()


def test_each_feature_counts_by_its_weight():
    features = levels(np.array([[0.0], [0.1], [0.9], [1.0]]))
    centers, _ = kmeans(features, np.array([3.0, 1.0, 1.0, 1.0]), 2, 20, 3, 0, Silent())
    assert np.sort(centers[:, 0]).tolist() == [round(features[1, 0] / 4), round(features[2:, 0].mean())]


def test_no_more_iterations_than_asked_for():
    features = levels(np.random.default_rng(6).random((3000, 2)))
    _, history = kmeans(features, np.ones(3000), 20, 7, 1, 0, Silent())
    assert history[-1][0] == 7


def test_the_best_of_several_runs_counts():
    features, weights = levels(np.random.default_rng(8).random((400, 2))), np.ones(400)
    reached = [kmeans(features, weights, 20, 30, n, 0, Silent()).history[-1][1]["distance"] for n in (1, 8)]
    assert reached[1] < reached[0]


def test_never_more_clusters_than_different_features():
    features = levels(np.repeat([[0.1, 0.2], [0.5, 0.6]], 10, 0))
    centers, _ = kmeans(features, np.ones(20), 8, 20, 1, 0, Silent())
    assert sorted(centers.tolist()) == sorted(np.unique(features, axis=0).tolist())
    centers, _ = kmeans(features[:1], np.ones(1), 3, 20, 1, 0, Silent())
    assert len(centers) == 1


def test_weights_are_as_repeated_features():
    random = np.random.default_rng(2)
    features, weights = levels(random.random((200, 2))), random.integers(1, 5, 200)
    once, total = means(features, weights.astype(float), np.zeros(200, int), 1)
    again, _ = means(np.repeat(features, weights, 0), np.ones(weights.sum()), np.zeros(weights.sum(), int), 1)
    assert np.array_equal(once, again)
    assert total == weights.sum()


def test_clearness():
    centers = np.array([[0.0], [100.0], [1000.0]])
    features = np.array([[0.0], [50.0], [25.0], [1000.0]])
    labels, percent = clearly_nearest(features, centers)
    assert labels.tolist() == nearest(features, centers).tolist() == [0, 0, 0, 2]
    assert percent.tolist() == [100, 50, 75, 100]
    labels, percent = clearly_nearest(features, centers[:1])
    assert labels.tolist() == [0] * 4 and percent.tolist() == [100] * 4


def test_features_are_exact_in_any_type():
    """In float32 the squares would be rounded, and a distance could come out negative."""
    features = levels(np.random.default_rng(0).random((500, 8), np.float32))
    assert features.dtype == np.float64 and (features % 1 == 0).all() and features.max() <= FULL
    labels, percent = clearly_nearest(features, features[:40])
    assert labels[:40].tolist() == list(range(40)) and (percent[:40] == 100).all()
