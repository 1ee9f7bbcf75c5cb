"""What others do to find change without labels, pixel by pixel: each gives a score, and what it says has changed.

Two dates are values (B, h, w) float64. Nothing here knows of nodata: the pairs that are scored have none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

BLOCK_PX, MOST_COMPONENTS, EXPLAINED = 5, 8, 0.9  # of PCA-K-means
MAD_ROUNDS, MAD_ENOUGH = 30, 1e-3


class Found(NamedTuple):
    """Scores (h, w), the more the likelier changed, and what is said to have changed (h, w) bool."""

    scores: np.ndarray
    said: np.ndarray


def change_vectors(first: np.ndarray, second: np.ndarray) -> Found:
    """Length of the change vectors after matching the histogram of each band, divided by Otsu's threshold."""
    from skimage.exposure import match_histograms
    from skimage.filters import threshold_otsu

    matched = match_histograms(second, first, channel_axis=0)
    length = np.sqrt(np.square(first - matched).sum(0))
    return Found(length, length > threshold_otsu(length))


def pca_kmeans(first: np.ndarray, second: np.ndarray) -> Found:
    """Celik, IEEE GRSL 6, 2009: principal components of the blocks around each pixel of the difference image, divided
    by K-means into two; after matching histograms, with the length of the change vectors as difference image."""
    from numpy.lib.stride_tricks import sliding_window_view
    from skimage.exposure import match_histograms
    from sklearn.cluster import KMeans

    matched = match_histograms(second, first, channel_axis=0)
    length = np.sqrt(np.square(first - matched).sum(0))
    side = BLOCK_PX
    blocks = sliding_window_view(np.pad(length, side // 2, mode="reflect"), (side, side))
    apart = blocks[::side, ::side].reshape(-1, side * side)
    mean = apart.mean(0)
    _, sizes, axes = np.linalg.svd(apart - mean, full_matrices=False)
    shares = np.cumsum(sizes**2) / np.sum(sizes**2)
    axes = axes[: min(MOST_COMPONENTS, int(np.searchsorted(shares, EXPLAINED)) + 1)]
    features = (blocks.reshape(-1, side * side) - mean) @ axes.T
    model = KMeans(2, n_init=3, random_state=0).fit(features)
    label = model.labels_.reshape(length.shape)
    changed = int(length[label == 1].mean() > length[label == 0].mean())
    away = model.transform(features).reshape(*length.shape, 2)
    return Found(away[..., 1 - changed] - away[..., changed], label == changed)


def ir_mad(first: np.ndarray, second: np.ndarray) -> Found:
    """Nielsen, IEEE TIP 16, 2007: iteratively reweighted multivariate alteration detection, as published, without any
    guard; the root of its chi-square divided by Otsu's threshold."""
    from scipy.linalg import eigh
    from scipy.stats import chi2
    from skimage.filters import threshold_otsu

    n_bands = len(first)
    x, y = (each.reshape(n_bands, -1).T for each in (first, second))
    weights, before = np.ones(len(x)), None
    for _ in range(MAD_ROUNDS):
        both = np.cov(np.concatenate([x, y], 1).T, aweights=weights) + 1e-9 * np.eye(2 * n_bands)
        xx, yy, xy = both[:n_bands, :n_bands], both[n_bands:, n_bands:], both[:n_bands, n_bands:]
        squared, a = eigh(xy @ np.linalg.solve(yy, xy.T), xx)
        correlations = np.sqrt(np.clip(squared, 1e-12, 1 - 1e-9))
        b = np.linalg.solve(yy, xy.T @ a) / correlations
        away = (x - np.average(x, 0, weights)) @ a - (y - np.average(y, 0, weights)) @ b
        squares = (np.square(away) / (2 * (1 - correlations))).sum(1)
        weights = chi2.sf(squares, n_bands)
        if before is not None and np.abs(correlations - before).max() < MAD_ENOUGH:
            break
        if weights.sum() < 2 * n_bands + 1:  # the covariance of fewer is none
            break
        before = correlations
    root = np.sqrt(squares).reshape(first.shape[1:])
    return Found(root, root > threshold_otsu(root))


PEERS = {"change vectors": change_vectors, "PCA-K-means": pca_kmeans, "IR-MAD": ir_mad}
