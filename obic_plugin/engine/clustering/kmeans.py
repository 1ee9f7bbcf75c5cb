"""K-means: Lloyd's iterations from well spread starting points."""

from __future__ import annotations

import numpy as np

from ..progress import Progress, Span
from .centers import Clusters, distances, means, nearest

TOLERANCE = 1e-4  # of the mean variance of the features, as in scikit-learn


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

    ``features`` (n, C) are whole numbers (see `levels`), ``weights`` (n,) how many pixels each stands for.
    K is smaller than ``n_clusters`` where there are fewer different features. Arthur, Vassilvitskii:
    k-means++: the advantages of careful seeding, SODA 2007, with the greedy choice among several candidates.
    """
    n_clusters = min(n_clusters, _n_different(features, n_clusters))
    random = np.random.default_rng(seed)
    best = None
    for run in range(runs):
        part = Span(progress, run / runs, (run + 1) / runs)
        start = spread_centers(features, weights, n_clusters, random, Span(part, 0.0, 0.3))
        found = lloyd(features, weights, start, iterations, Span(part, 0.3, 1.0))
        if best is None or found[1][-1][1]["distance"] < best[1][-1][1]["distance"]:
            best = found
    return best


def lloyd(
    features: np.ndarray, weights: np.ndarray, centers: np.ndarray, iterations: int, progress: Progress
) -> Clusters:
    """Centers moved to the means of what is nearest to them until they stand still; centers and history."""
    limit = TOLERANCE * float(np.var(features, axis=0).mean())
    history = []
    for iteration in range(iterations):
        progress.at(iteration / iterations)
        labels = nearest(features, centers)
        square = distances(features, centers, labels)
        history.append((iteration + 1, {"distance": float(np.dot(weights, square) / weights.sum()) ** 0.5}))
        moved, total = means(features, weights, labels, len(centers))
        _refill(moved, total, features, square)
        shift = float(((moved - centers) ** 2).sum())
        centers = moved
        if shift <= limit:
            break
    return Clusters(centers, history)


def spread_centers(
    features: np.ndarray, weights: np.ndarray, n: int, generator: np.random.Generator, progress: Progress
) -> np.ndarray:
    """(n, C) features drawn one by one, each likely to be far from those before."""
    chosen = [int(generator.choice(len(features), p=weights / weights.sum()))]
    square = ((features - features[chosen[0]]) ** 2).sum(1)
    n_candidates = 2 + int(np.log(n))
    for index in range(1, n):
        progress.at(index / n)
        cumulative = np.cumsum(weights * square)
        drawn = np.searchsorted(cumulative, generator.random(n_candidates) * cumulative[-1], side="right")
        results = []
        for candidate in np.minimum(drawn, len(features) - 1):
            closer = np.minimum(square, ((features - features[candidate]) ** 2).sum(1))
            results.append((float(np.dot(weights, closer)), int(candidate), closer))
        _, candidate, square = min(results, key=lambda result: result[:2])
        chosen.append(candidate)
    return features[chosen].astype(np.float64)


def _refill(centers: np.ndarray, total: np.ndarray, features: np.ndarray, square: np.ndarray) -> None:
    """Move centers that have lost everything to the features farthest from theirs."""
    empty = np.flatnonzero(total == 0)
    if len(empty):
        centers[empty] = features[np.argsort(-square, kind="stable")[: len(empty)]]


def _n_different(features: np.ndarray, enough: int) -> int:
    few = len(np.unique(features[: 50 * enough], axis=0))
    return few if few >= enough else len(np.unique(features, axis=0))
