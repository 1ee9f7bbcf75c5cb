"""Which places of a scene are worth a label: uncertain, unlike each other, and typical of many.

Settles, *Active Learning Literature Survey*, 2009: the margin between the two best classes tells where a classifier is
unsure; places that all look the same would teach one thing several times, so they are spread over the space of features
by k-means, and in each part of it the one is taken that is most like all others there.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

UNSURE_SHARE = 0.1  # of all places: among them those to be labeled are looked for
LEAST_A_PLACE = 20  # candidates for each place that is wanted
DIMENSIONS = 16  # of the features in which places are told apart
RUNS = 3


class Places(NamedTuple):
    """What is known of n places: features (n, F) in units of which all count the same, how far the best class is
    before the second one (n,), 0 to 1, or None where no classes are known; and which (n,) are near labels already."""

    features: np.ndarray
    margins: np.ndarray | None
    labeled: np.ndarray


def suggested(places: Places, count: int, seed: int) -> np.ndarray:
    """Indices of at most ``count`` places, those first that stand for most others and are least sure."""
    candidates = np.random.default_rng(seed).permutation(np.flatnonzero(~places.labeled))
    margins = np.zeros(len(places.features)) if places.margins is None else places.margins
    if places.margins is not None:
        most = max(int(UNSURE_SHARE * len(candidates)), LEAST_A_PLACE * count)
        candidates = candidates[np.argsort(margins[candidates], kind="stable")[:most]]
    if len(candidates) <= count:
        return np.sort(candidates)
    positions = _projected(places.features, candidates)
    parts, centers = _parts(positions, count, seed)
    distances = np.linalg.norm(positions - centers[parts], axis=1)
    chosen, told = [], []
    for part in np.unique(parts):
        own = np.flatnonzero(parts == part)
        chosen.append(candidates[own[distances[own].argmin()]])
        told.append((1 - margins[candidates[own]]).sum())
    return np.array(chosen)[np.argsort(told, kind="stable")[::-1]]


def _projected(features: np.ndarray, candidates: np.ndarray) -> np.ndarray:
    """(m, d) principal components of the candidates, by the covariance of all places."""
    center = features.mean(0, dtype=np.float64)
    values, vectors = np.linalg.eigh(np.cov((features - center).T))
    axes = vectors[:, np.argsort(values)[::-1][:DIMENSIONS]]
    return (features[candidates] - center) @ axes


def _parts(positions: np.ndarray, count: int, seed: int) -> tuple:
    """(m,) the part of each candidate, and the centers of the parts."""
    from sklearn.cluster import KMeans  # which takes long to load

    found = KMeans(count, n_init=RUNS, random_state=seed).fit(positions)
    return found.labels_, found.cluster_centers_
