"""Which places of a scene are worth a label: unlike what is labeled and unlike each other, standing for much doubt.

Hacohen, Dekel, Weinshall: *Active learning on a budget: opposite strategies suit high and low budgets*, ICML 2022.
Where labels are few, places that stand for many teach more than those of which a classifier is least sure: the space of
features is parted by k-means into as many parts as there will be labels, and those come first that hold none yet. How
much doubt there is in a part tells its worth; doubt is how close the two best classes are (Settles, *Active Learning
Literature Survey*, 2009). Of each part the most typical place is taken.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

MOST_PARTS = 300  # unless more places are wanted
MOST_PLACES = 20_000  # by which parts are found
DIMENSIONS = 16  # of the features in which places are told apart
RUNS = 3


class Places(NamedTuple):
    """What is known of n places: features (n, F) in units of which all count the same; the class (n,) that each is
    ``told`` to be, and how far that is before the second best one, ``margins`` (n,) 0 to 1, or both None where no
    classes are known; and the number (n,) of the ``labels`` that each is near to, from 1, and 0 for none."""

    features: np.ndarray
    told: np.ndarray | None
    margins: np.ndarray | None
    labels: np.ndarray

    @classmethod
    def unknown(cls, features: np.ndarray, labels: np.ndarray) -> Places:
        """Places of no known class."""
        return cls(features, None, None, labels)


def suggested(places: Places, count: int, seed: int) -> np.ndarray:
    """Indices of at most ``count`` places, about as many of each class that is told: what covers little of a scene
    would hardly be asked for otherwise, and a map needs to know it as well.

    Those come first that stand for most doubt, one of each class after the other.
    """
    everywhere = np.random.default_rng(seed).permutation(len(places.labels))
    if places.told is None:
        return _of_a_class(places, everywhere, count, seed).chosen
    chosen, rank, weight = [], [], []
    for label, wanted in _wanted(places.told[places.labels == 0], count).items():
        found = _of_a_class(places, everywhere[places.told[everywhere] == label], wanted, seed)
        chosen.append(found.chosen)
        rank.append(np.arange(len(found.chosen)))
        weight.append(found.weight)
    if not chosen:
        return np.empty(0, np.int64)
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


def _of_a_class(places: Places, members: np.ndarray, count: int, seed: int) -> OfAClass:
    """At most ``count`` of the members that are near no label, those first that weigh most."""
    free = places.labels[members] == 0
    doubt = np.ones(len(members)) if places.margins is None else 1 - places.margins[members]
    if free.sum() <= count:
        order = np.argsort(members[free])
        return OfAClass(members[free][order], doubt[free][order])
    n_known = min(len(np.unique(places.labels[members[~free]])), max(0, MOST_PARTS - count))
    parts = _parts(_projected(places.features, members), count + n_known, seed)
    weight = np.bincount(parts.number[free], doubt[free], minlength=parts.n)
    known = np.bincount(parts.number[~free], minlength=parts.n) > 0
    chosen, weights = [], []
    for part in np.lexsort((-weight, known, weight == 0))[:count]:
        own = np.flatnonzero((parts.number == part) & free)
        if len(own):
            chosen.append(members[own[parts.distance[own].argmin()]])
            weights.append(weight[part])
    return OfAClass(np.array(chosen), np.array(weights))


def _projected(features: np.ndarray, members: np.ndarray) -> np.ndarray:
    """(m, d) principal components of the members, by the covariance of all places."""
    center = features.mean(0, dtype=np.float64)
    values, vectors = np.linalg.eigh(np.cov((features - center).T))
    axes = vectors[:, np.argsort(values)[::-1][:DIMENSIONS]]
    return (features[members] - center) @ axes


class _Parts(NamedTuple):
    """The ``number`` (m,) of the part that each position lies in, its ``distance`` (m,) from the middle of it, and how
    many parts there are."""

    number: np.ndarray
    distance: np.ndarray
    n: int


def _parts(positions: np.ndarray, n: int, seed: int) -> _Parts:
    """Positions (m, d), in no order, in ``n`` parts or, where there are fewer positions, as many."""
    from sklearn.cluster import KMeans  # which takes long to load

    found = KMeans(min(n, len(positions), MOST_PLACES), n_init=RUNS, random_state=seed).fit(
        positions[:MOST_PLACES]
    )
    number = found.predict(positions)
    distance = np.linalg.norm(positions - found.cluster_centers_[number], axis=1)
    return _Parts(number, distance, found.n_clusters)
