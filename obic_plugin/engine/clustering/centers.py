"""Points, centers and the nearest of them, in whole numbers: the same answer in any tiling.

A feature is a scaled value 0..1 as a whole number up to `FULL`, kept in float64. Products and sums of such
numbers are exact, in whatever order a matrix product takes them, so that even a tie is always the same tie.
"""

from __future__ import annotations

import numpy as np

PIXEL_LEVELS = 65535
FINER = 16  # means and centers lie between the levels of pixels
FULL = PIXEL_LEVELS * FINER
CHUNK = 1 << 20  # distances held at once


def levels(values: np.ndarray) -> np.ndarray:
    """Features of scaled values 0..1, of the same shape."""
    return np.rint(values * np.float64(PIXEL_LEVELS)) * FINER


def nearest(features: np.ndarray, centers: np.ndarray) -> np.ndarray:
    """(n,) int64: which of the ``centers`` (K, C) is nearest to each of the ``features`` (n, C); the first of ties."""
    labels = np.empty(len(features), np.int64)
    half = (centers**2).sum(1) / 2
    step = max(1024, CHUNK // len(centers))
    for start in range(0, len(features), step):
        part = slice(start, start + step)
        score = features[part] @ centers.T
        np.subtract(half, score, out=score)  # half the squared distance, less that of the feature to 0
        labels[part] = score.argmin(1)
    return labels


def distances(features: np.ndarray, centers: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(n,) squared distance of each feature to the center of its label."""
    return ((features - centers[labels]) ** 2).sum(1)


def clearness(features: np.ndarray, centers: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(n,) uint8, in percent: how much nearer the own center is than the second nearest.

    100 · d2 / (d1 + d2): 100 at the center, 50 on the border to another class. 100 where there is one class.
    """
    if len(centers) == 1:
        return np.full(len(features), 100, np.uint8)
    percent = np.empty(len(features), np.uint8)
    square = (centers**2).sum(1)
    step = max(1024, CHUNK // len(centers))
    for start in range(0, len(features), step):
        part = slice(start, start + step)
        chunk, own = features[part], labels[part]
        distance = square - 2 * (chunk @ centers.T) + (chunk**2).sum(1)[:, None]
        rows = np.arange(len(chunk))
        first = np.sqrt(np.maximum(distance[rows, own], 0))
        distance[rows, own] = np.inf
        second = np.sqrt(np.maximum(distance.min(1), 0))
        percent[part] = np.rint(100 * second / np.maximum(first + second, 1e-9))
    return np.maximum(percent, 1)


def means(features: np.ndarray, weights: np.ndarray, labels: np.ndarray, n: int) -> tuple:
    """(n, C) weighted means, as whole numbers, of the features with each label, and (n,) their weights."""
    total = np.bincount(labels, weights, n)
    sums = np.stack([np.bincount(labels, weights * band, n) for band in features.T], axis=1)
    return np.rint(sums / np.maximum(total, 1e-12)[:, None]), total
