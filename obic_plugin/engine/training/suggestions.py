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
    """What is known of n places: features (n, F) in units of which all count the same; the class (n,) that each is
    ``told`` to be, and how far that is before the second best one, ``margins`` (n,) 0 to 1, or both None where no
    classes are known; and which (n,) are near labels already."""

    features: np.ndarray
    told: np.ndarray | None
    margins: np.ndarray | None
    labeled: np.ndarray

    @classmethod
    def unknown(cls, features: np.ndarray, labeled: np.ndarray) -> Places:
        """Places of no known class."""
        return cls(features, None, None, labeled)


def suggested(places: Places, count: int, seed: int) -> np.ndarray:
    """Indices of at most ``count`` places, about as many of each class that is told: what covers little of a scene
    would hardly be asked for otherwise, and a map needs to know it as well.

    Those come first that stand for most others and are least sure, one of each class after the other.
    """
    free = np.random.default_rng(seed).permutation(np.flatnonzero(~places.labeled))
    if places.told is None:
        return _of_a_class(places, free, count, seed).chosen[:count]
    chosen, rank, weight = [], [], []
    for label, wanted in _wanted(places.told[free], count).items():
        found = _of_a_class(places, free[places.told[free] == label], wanted, seed)
        chosen.append(found.chosen)
        rank.append(np.arange(len(found.chosen)))
        weight.append(found.weight)
    if not chosen:
        return free
    order = np.lexsort((-np.concatenate(weight), np.concatenate(rank)))
    return np.concatenate(chosen)[order[:count]]


def _wanted(told: np.ndarray, count: int) -> dict:
    """{class: how many places} that are at least ``count`` in all, if there are as many: of each class the same number,
    or all that it has."""
    labels, sizes = np.unique(told, return_counts=True)
    found, left = {}, count
    for number, index in enumerate(np.argsort(sizes, kind="stable")):
        found[int(labels[index])] = wanted = min(int(sizes[index]), -(-left // (len(labels) - number)))
        left = max(0, left - wanted)
    return {label: wanted for label, wanted in found.items() if wanted}


class OfAClass(NamedTuple):
    """Indices of some places that were ``chosen``, and the ``weight`` of each: how much doubt it stands for."""

    chosen: np.ndarray
    weight: np.ndarray


def _of_a_class(places: Places, candidates: np.ndarray, count: int, seed: int) -> OfAClass:
    """At most ``count`` of the candidates, those first that weigh most."""
    margins = np.zeros(len(places.features)) if places.margins is None else places.margins
    if places.margins is not None:
        most = max(int(UNSURE_SHARE * len(candidates)), LEAST_A_PLACE * count)
        candidates = candidates[np.argsort(margins[candidates], kind="stable")[:most]]
    if len(candidates) <= count:
        chosen = np.sort(candidates)
        return OfAClass(chosen, 1 - margins[chosen])
    positions = _projected(places.features, candidates)
    parts, centers = _parts(positions, count, seed)
    distances = np.linalg.norm(positions - centers[parts], axis=1)
    chosen, weight = [], []
    for part in np.unique(parts):
        own = np.flatnonzero(parts == part)
        chosen.append(candidates[own[distances[own].argmin()]])
        weight.append((1 - margins[candidates[own]]).sum())
    order = np.argsort(weight, kind="stable")[::-1]
    return OfAClass(np.array(chosen)[order], np.array(weight)[order])


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
