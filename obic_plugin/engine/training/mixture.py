"""Classes to start from: a mixture of Gaussians that share one covariance.

Superpixels of one class scatter for reasons (light, noise, mixed pixels) that are the same for all classes; with
one covariance for all, a class is a place and not a shape, and small classes are not swallowed by wide ones.
The posterior is linear in the data, so that it can be a layer of a network.
"""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import numpy as np

from ..progress import Progress, watched
from ..threads import one_openmp_thread
from .linear import Linear

MAX_SUPERPIXELS = 8000
SEPARATION = 4.5  # standard deviations between two classes, below which they are one
RIDGE = 1e-3


def enough_classes(n_px: float) -> int:
    """How many classes an image of so many pixels is sure to deserve: 5 up to 512 x 512 px, 8 from 1024 x 1024 on.

    A larger piece of land holds more kinds of cover, as a larger area holds more species (Arrhenius 1921). Nothing
    says so from within the image: classes of a small one are as far apart as those of a large one.
    """
    return int(np.clip(round(5 + 1.5 * np.log2(max(n_px, 1) / 2**18)), 5, 8))


def fit_mixture(values: np.ndarray, most: int, enough: int, seed: int, progress: Progress) -> Linear:
    """Log posteriors of classes, but for a constant.

    Starts with ``most`` classes found by K-means in the (n, D) ``values``. While there are more than ``enough`` and
    the closest two lie less than `SEPARATION` apart (their Mahalanobis distance), the two whose union costs least
    become one.
    """
    random = np.random.default_rng(seed)
    values = values[random.permutation(len(values))[:MAX_SUPERPIXELS]].astype(np.float64)
    shares = watched(partial(_first_shares, values, most, seed), lambda: progress.at(0.0))
    n_first = shares.shape[1]
    while True:
        progress.at(1 - shares.shape[1] / (n_first + 1))
        shares, slopes, offsets, distance, weight = _maximize(values, shares)
        n_classes = len(weight)
        if n_classes <= enough or distance.min() >= SEPARATION:
            return Linear(slopes, offsets)
        cost = distance**2 * (weight[:, None] * weight / (weight[:, None] + weight))
        kept, gone = sorted(np.unravel_index(cost.argmin(), cost.shape))
        shares[:, kept] += shares[:, gone]
        shares = np.delete(shares, gone, axis=1)


def _first_shares(values: np.ndarray, most: int, seed: int) -> np.ndarray:
    """(n, K) one where a value belongs to the class: K-means with at most as many classes as values differ."""
    from sklearn.cluster import KMeans

    n_classes = min(most, len(np.unique(values.round(6), axis=0)))
    with one_openmp_thread():
        labels = KMeans(n_classes, n_init=1, random_state=seed).fit_predict(values)
    return np.eye(n_classes)[labels]


class Gaussians(NamedTuple):
    """``means`` (K, D) and ``weight`` (K,) of classes that share one ``covariance`` (D, D)."""

    means: np.ndarray
    weight: np.ndarray
    covariance: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray, shares: np.ndarray) -> Gaussians:
        """Those of ``values`` (n, D) that belong to the classes with ``shares`` (n, K): the likeliest ones."""
        n_features, total = values.shape[1], values.T @ values / len(values)
        count = shares.sum(0) + 1e-6
        means, weight = shares.T @ values / count[:, None], count / count.sum()
        covariance = total - (means.T * weight) @ means
        covariance += np.eye(n_features) * (RIDGE * np.trace(total) / n_features + 1e-12)
        return cls(means, weight, covariance)

    @property
    def posterior(self) -> Linear:
        """Log posteriors of the classes, but for a constant (Fisher's linear discriminant)."""
        slopes = np.linalg.solve(self.covariance, self.means.T).T
        return Linear(slopes, np.log(self.weight) - 0.5 * (self.means * slopes).sum(1))


def _maximize(values: np.ndarray, shares: np.ndarray, n_steps: int = 15) -> tuple:
    """Expectation maximization from shares (n, K): new shares, slopes, offsets, (K, K) distances, (K,) weights."""
    before = -np.inf
    for _ in range(n_steps):
        means, weight, covariance = gaussians = Gaussians.of(values, shares)
        slopes, offsets = gaussians.posterior
        scores = values @ slopes.T + offsets
        top = scores.max(1, keepdims=True)
        shares = np.exp(scores - top)
        norm = shares.sum(1, keepdims=True)
        shares /= norm
        fit = float((top + np.log(norm)).mean()) - 0.5 * np.linalg.slogdet(covariance)[1]
        fit -= 0.5 * float((values * np.linalg.solve(covariance, values.T).T).sum(1).mean())
        if fit - before < 1e-4:
            break
        before = fit
    inner = means @ slopes.T
    square = np.diag(inner)[:, None] + np.diag(inner) - 2 * inner
    distance = np.sqrt(np.maximum(square, 0))
    np.fill_diagonal(distance, np.inf)
    return shares, slopes, offsets, distance, weight
