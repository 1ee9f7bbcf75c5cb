"""ISODATA: k-means that also splits wide clusters, merges close ones and gives up small ones.

Ball, Hall: *ISODATA, a novel method of data analysis and pattern classification*, Stanford Research
Institute, 1965; the rules as in Tou, Gonzalez: *Pattern Recognition Principles*, 1974.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..progress import Progress
from .centers import Clusters, means, nearest

SPLIT_SHARE = 0.5  # a split moves the two halves by this share of the standard deviation
STILL = 0.01  # iterations end when a smaller share of the features changes its cluster


@dataclass(frozen=True)
class Rules:
    """The constants of ISODATA; lengths in units of the features, members in units of the weights.

    ``initial`` clusters to start with, ``desired`` about as many at the end, never more than ``maximum``;
    a cluster wider than ``max_std`` in any band is split, two closer than ``min_distance`` are merged, at
    most ``max_merges`` pairs at once; one with fewer than ``min_members`` is given up.
    """

    initial: int
    desired: int
    maximum: int
    iterations: int
    max_std: float
    min_distance: float
    min_members: float
    max_merges: int


def isodata(features: np.ndarray, weights: np.ndarray, rules: Rules, progress: Progress) -> Clusters:
    """The clusters of the features; the terms of the history are "distance" and "clusters".

    ``features`` (n, C) are whole numbers (see `levels`), ``weights`` (n,) how many pixels each stands for.
    Ends early when the clusters stand still.
    """
    centers = start_centers(features, weights, rules.initial)
    history, before, n_quiet = [], None, 0
    for iteration in range(1, rules.iterations + 1):
        progress.at((iteration - 1) / rules.iterations)
        centers, labels = without_small(features, weights, centers, rules.min_members)
        centers, total = means(features, weights, labels, len(centers))
        spread = Spread.of(features, weights, labels, centers, total)
        history.append((iteration, {"distance": spread.overall, "clusters": len(centers)}))
        if iteration == rules.iterations:
            break
        old, n = centers, len(centers)
        if n <= rules.desired / 2 or (iteration % 2 == 1 and n < 2 * rules.desired):
            centers = split(centers, total, spread, rules)
        if centers is old:
            centers = merge(centers, total, rules)
        n_quiet = n_quiet + 1 if centers is old else 0
        moved = 1.0 if before is None else float(weights[before != labels].sum() / weights.sum())
        if n_quiet >= 2 and moved < STILL:
            break
        before = labels
    return Clusters(centers, history)


@dataclass(frozen=True)
class Spread:
    """How far features lie from the centers of their clusters.

    ``distance`` (K,) is the mean distance in each cluster, ``overall`` in all, ``std`` (K, C) the standard
    deviation of each band.
    """

    distance: np.ndarray
    overall: float
    std: np.ndarray

    @classmethod
    def of(cls, features, weights, labels, centers, total) -> Spread:
        square = (features - centers[labels]) ** 2
        length = np.sqrt(square.sum(1)) * weights
        bands = [np.bincount(labels, weights * band, len(centers)) for band in square.T]
        distance = np.bincount(labels, length, len(centers)) / total
        return cls(
            distance, float(length.sum() / weights.sum()), np.sqrt(np.stack(bands, 1) / total[:, None])
        )


def start_centers(features: np.ndarray, weights: np.ndarray, n: int) -> np.ndarray:
    """(n, C) points evenly spaced along the axis of largest variance, within 1.5 standard deviations."""
    mean = np.average(features, axis=0, weights=weights)
    covariance = np.atleast_2d(np.cov(features.T, aweights=weights, ddof=0))
    variance, axes = np.linalg.eigh(covariance)
    axis = axes[:, -1] * np.sign(axes[:, -1].sum() + 1e-12)  # the sign of an eigenvector is arbitrary
    steps = np.linspace(-1.5, 1.5, n) if n > 1 else np.zeros(1)
    return np.unique(np.rint(mean + steps[:, None] * axis * np.sqrt(max(variance[-1], 0.0))), axis=0)


class Kept(NamedTuple):
    """The ``centers`` (K, C) that stay, and of each feature the ``labels`` (n,): which of them is nearest."""

    centers: np.ndarray
    labels: np.ndarray


def without_small(features, weights, centers: np.ndarray, min_members: float) -> Kept:
    """The centers that have enough members."""
    labels = nearest(features, centers)
    total = np.bincount(labels, weights, len(centers))
    keep = (total >= min_members) & (total > 0)
    if keep.all():
        return Kept(centers, labels)
    if not keep.any():
        keep[total.argmax()] = True
    centers = centers[keep]
    return Kept(centers, nearest(features, centers))


def split(centers: np.ndarray, total: np.ndarray, spread: Spread, rules: Rules) -> np.ndarray:
    """The centers after splitting those too wide in their widest band; the same object if there are none."""
    widest = spread.std.argmax(1)
    std = spread.std.max(1)
    large = (spread.distance > spread.overall) & (total > 2 * (rules.min_members + 1))
    wanted = (std > rules.max_std) & (large | (len(centers) <= rules.desired / 2))
    order = np.flatnonzero(wanted)
    order = order[np.argsort(-std[order], kind="stable")][: max(rules.maximum - len(centers), 0)]
    if not len(order):
        return centers
    offset = np.zeros((len(order), centers.shape[1]))
    offset[np.arange(len(order)), widest[order]] = np.rint(SPLIT_SHARE * std[order])
    result = np.concatenate([centers, centers[order] + offset])
    result[order] -= offset
    return result


def merge(centers: np.ndarray, total: np.ndarray, rules: Rules) -> np.ndarray:
    """The centers after uniting the closest pairs, each at most once; the same object if none is close."""
    difference = centers[:, None] - centers[None]
    distance = np.sqrt((difference**2).sum(2))
    first, second = np.triu_indices(len(centers), 1)
    apart = distance[first, second]
    near = np.flatnonzero(apart < rules.min_distance)
    near = near[np.argsort(apart[near], kind="stable")]
    keep, result, n_merged = np.ones(len(centers), bool), centers.copy(), 0
    touched = np.zeros(len(centers), bool)
    for pair in near:
        i, j = first[pair], second[pair]
        if n_merged == rules.max_merges:
            break
        if not (touched[i] or touched[j]):
            result[i] = np.rint((total[i] * centers[i] + total[j] * centers[j]) / (total[i] + total[j]))
            touched[[i, j]], keep[j], n_merged = True, False, n_merged + 1
    return result[keep] if n_merged else centers
