"""Multinomial logistic regression: the weights of a linear head, found and not trained.

Böhning, *Multinomial logistic regression algorithm*, Annals of the Institute of Statistical Mathematics 1992: the
Hessian is never larger than a matrix that does not depend on the weights, so that one inverse serves all steps.
They are accelerated as by Nesterov (1983).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..progress import no_pause
from .linear import Linear
from .product import product

OFFSET_RIDGE = 1e-6  # beside the features' own, which the caller chooses


class Standard(NamedTuple):
    """Mean and standard deviation (D,) of features."""

    center: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, features: np.ndarray) -> Standard:
        """Of features (n, D)."""
        return cls(features.mean(0, dtype=np.float64), features.std(0, dtype=np.float64) + 1e-6)


class Multinomial:
    """Log probabilities of classes that are linear in ``features`` (n, D), but for a constant.

    Minimized is the mean cross-entropy, each row counting by its ``weights`` (n,), plus ``ridge`` / 2 times the squared
    slopes, in units of the features' standard deviations: their own, where no other ``standard`` is given. Each `fit`
    goes on from where the last one has ended. Steps are computed in ``dtype``.
    """

    def __init__(
        self,
        features: np.ndarray,
        n_classes: int,
        ridge: float,
        weights: np.ndarray | None = None,
        standard: Standard | None = None,
        dtype: type = np.float64,
    ):
        self._center, self._spread = standard or Standard.of(features)
        normal = (features - self._center) / self._spread
        self._features = np.concatenate([normal, np.ones((len(normal), 1))], 1).astype(dtype, copy=False)
        share = np.full(len(normal), 1 / len(normal)) if weights is None else weights / weights.sum()
        self._share = share.astype(dtype, copy=False)
        self._ridge = np.append(np.full(normal.shape[1], float(ridge)), OFFSET_RIDGE)[:, None]
        squares = product((self._features * self._share[:, None]).T, self._features)
        bound = 0.5 * squares + np.diag(self._ridge[:, 0])
        self._inverse = np.linalg.inv(bound).astype(dtype, copy=False)
        self._ridge = self._ridge.astype(dtype, copy=False)
        self._weights = np.zeros((len(bound), n_classes), dtype)

    def fit(self, targets: np.ndarray, n_steps: int, pause: Callable = no_pause) -> float:
        """Go some steps toward the ``targets`` (n, K), the shares of the classes; returns their cross-entropy.

        ``pause()`` is called before each step and may raise, to stop."""
        weights = looking = self._weights
        momentum = 1.0
        for _ in range(n_steps):
            pause()
            told = np.exp(log_softmax(product(self._features, looking)))
            away = ((told - targets) * self._share[:, None]).astype(told.dtype, copy=False)
            slope = product(self._features.T, away) + self._ridge * looking
            new = looking - product(self._inverse, slope)
            faster = (1 + math.sqrt(1 + 4 * momentum**2)) / 2
            looking = new + (momentum - 1) / faster * (new - weights)
            weights, momentum = new, faster
        self._weights = weights
        return float(-(targets * log_softmax(product(self._features, weights))).sum(1) @ self._share)

    @property
    def linear(self) -> Linear:
        """The weights for features as they were given."""
        slopes = self._weights[:-1].T / self._spread
        return Linear(slopes, self._weights[-1] - slopes @ self._center)


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """(n, K) log probabilities."""
    scores = scores - scores.max(1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(1, keepdims=True))
