"""Points, centers and the nearest of them, in whole numbers: the same answer in any tiling.

A feature is a scaled value 0..1 as a whole number up to `FULL`, kept in float64. Products and sums of such
numbers are exact, in whatever order a matrix product takes them, so that even a tie is always the same tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

PIXEL_LEVELS = 65535
FINER = 16  # means and centers lie between the levels of pixels
FULL = PIXEL_LEVELS * FINER
CHUNK = 1 << 16  # distances held at once: in the processor's cache


def levels(values: np.ndarray) -> np.ndarray:
    """Features, float64, of scaled values 0..1, of the same shape."""
    whole = np.multiply(values, PIXEL_LEVELS, dtype=np.float64)
    np.rint(whole, out=whole)
    whole *= FINER
    return whole


def nearest(features: np.ndarray, centers: np.ndarray) -> np.ndarray:
    """(n,) int64: which of the ``centers`` (K, C) is nearest to each of the ``features`` (n, C); the first of ties."""
    labels = np.empty(len(features), np.int64)
    for part, far in _half_squares(features, centers):
        labels[part] = far.argmin(1)
    return labels


class Nearest(NamedTuple):
    """``labels`` (n,) int64 as `nearest` gives them, and ``percent`` (n,) uint8: how clear they are."""

    labels: np.ndarray
    percent: np.ndarray


def clearly_nearest(features: np.ndarray, centers: np.ndarray) -> Nearest:
    """The nearest of the centers, and how much nearer it is than the second nearest, in percent.

    100 · d2 / (d1 + d2): 100 at the center, 50 on the border to another class. 100 where there is one class.
    """
    labels, percent = np.empty(len(features), np.int64), np.empty(len(features), np.uint8)
    if len(centers) == 1:
        labels[:], percent[:] = 0, 100
        return Nearest(labels, percent)
    for part, far in _half_squares(features, centers):
        rows, own = np.arange(len(far)), far.argmin(1)
        to_zero = (features[part] ** 2).sum(1) / 2
        first = np.sqrt(far[rows, own] + to_zero)
        far[rows, own] = np.inf
        second = np.sqrt(far[rows, far.argmin(1)] + to_zero)  # much faster than min(1)
        labels[part], percent[part] = own, np.rint(100 * second / np.maximum(first + second, 1e-9))
    return Nearest(labels, np.maximum(percent, 1))


def _half_squares(features: np.ndarray, centers: np.ndarray) -> Iterator:
    """Slices of the features, and (m, K) half the squared distance to each center, less half that to zero."""
    half = (centers**2).sum(1) / 2
    step = max(1024, CHUNK // len(centers))
    for start in range(0, len(features), step):
        part = slice(start, start + step)
        product = features[part] @ centers.T
        yield part, np.subtract(half, product, out=product)


class Means(NamedTuple):
    """Weighted ``means`` (n, C) of the features with each label, as whole numbers, and ``weights`` (n,) of all."""

    means: np.ndarray
    weights: np.ndarray


class Clusters(NamedTuple):
    """``centers`` (K, C) of clusters, and the ``history`` of how they were found, [(iteration, {term: value})]."""

    centers: np.ndarray
    history: list


def means(features: np.ndarray, weights: np.ndarray, labels: np.ndarray, n: int) -> Means:
    """The means of the features with each of the labels 0..n-1."""
    total = np.bincount(labels, weights, n)
    sums = np.stack([np.bincount(labels, weights * band, n) for band in features.T], axis=1)
    return Means(np.rint(sums / np.maximum(total, 1e-12)[:, None]), total)
