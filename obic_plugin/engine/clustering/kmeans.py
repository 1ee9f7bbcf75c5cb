"""K-means: scikit-learn's, some iterations at a time, so that it can be watched and stopped."""

from __future__ import annotations

import numpy as np

from ..progress import Progress, Span
from ..threads import one_openmp_thread
from .centers import Clusters

AT_ONCE = 5  # iterations between two looks whether to stop


def kmeans(
    features: np.ndarray,
    weights: np.ndarray,
    n_clusters: int,
    iterations: int,
    runs: int,
    seed: int,
    progress: Progress,
) -> Clusters:
    """The best of several runs; the term of its history is "distance".

    ``features`` (n, C) are whole numbers (see `levels`), and so are the centers; ``weights`` (n,) are how many pixels
    each stands for. K is smaller than ``n_clusters`` where there are fewer different features.
    """
    n_clusters = min(n_clusters, _n_different(features, n_clusters))
    random, found = np.random.RandomState(seed), []
    for run in range(runs):
        part = Span(progress, run / runs, (run + 1) / runs)
        found.append(_one_run(features, weights, n_clusters, iterations, random, part))
    return min(found, key=lambda each: each.history[-1][1]["distance"])


def _one_run(
    features: np.ndarray,
    weights: np.ndarray,
    n_clusters: int,
    iterations: int,
    random: np.random.RandomState,
    progress: Progress,
) -> Clusters:
    from sklearn.cluster import KMeans  # which takes long to load

    start, done, history = "k-means++", 0, []
    while done < iterations:
        progress.at(done / iterations)
        at_most = min(AT_ONCE, iterations - done)
        model = KMeans(n_clusters, init=start, n_init=1, max_iter=at_most, random_state=random)
        with one_openmp_thread():
            model.fit(features, sample_weight=weights)
        start, done = model.cluster_centers_, done + model.n_iter_
        history.append((done, {"distance": float(model.inertia_ / weights.sum()) ** 0.5}))
        if model.n_iter_ < at_most:
            break
    return Clusters(np.rint(start), history)


def _n_different(features: np.ndarray, enough: int) -> int:
    few = len(np.unique(features[: 50 * enough], axis=0))
    return few if few >= enough else len(np.unique(features, axis=0))
