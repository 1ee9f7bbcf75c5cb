"""What two dates have in common where nothing has changed: found from both, without labels.

What has not changed is not known beforehand, so all places begin alike, and at each round those count more that fit
what was found: iterative reweighting, as in Nielsen, *The Regularized Iteratively Reweighted MAD Method for Change
Detection in Multi- and Hyperspectral Data*, IEEE TIP 16, 2007. Sums of squares that are standardized are compared with
the chi-square distribution of no change.

That may run away: where hardly anything fits, the few that still count fit the better, and all else has changed. It
ends before less than `LEAST_SHARE` of all counts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .product import product

ROUNDS = 6
LEAST_SHARE = 0.1  # of the weights of all places that has to be left
RIDGE = 1e-3  # of the mean variance of the differences is added to each
SMALLEST = 1e-6


class DateStandard(NamedTuple):
    """Means and standard deviations (F,) of the features of one date where nothing has changed. Both dates in units of
    their own is the regression of one on the other, to which both are alike (that of the major axis)."""

    mean: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, features: np.ndarray, weights: np.ndarray) -> DateStandard:
        """Of features (n, F), each of which has a weight (n,)."""
        shares, features = (weights / weights.sum())[None], features.astype(np.float64)
        mean, square = product(shares, features)[0], product(shares, np.square(features))[0]
        spread = np.sqrt(np.maximum(square - np.square(mean), 0))
        return cls(mean, np.maximum(spread, SMALLEST + 1e-3 * spread.mean()))

    def __call__(self, features: np.ndarray) -> np.ndarray:
        return (features - self.mean) / self.spread

    def along(self, features: np.ndarray, axes: np.ndarray) -> np.ndarray:
        """(n, A) features (n, F) in these units, along ``axes`` (F, A)."""
        axes = axes / self.spread[:, None]
        return product(features.astype(np.float64), axes) - self.mean @ axes

    def of_columns(self, columns: np.ndarray) -> DateStandard:
        """That of some of the features."""
        return DateStandard(self.mean[columns], self.spread[columns])


class Usual(NamedTuple):
    """What two dates differ by where nothing has changed: ``mean`` (A,), and ``units`` (A, A) that make independent
    numbers with a spread of 1 of how they differ otherwise."""

    mean: np.ndarray
    units: np.ndarray

    def distance(self, away: np.ndarray) -> np.ndarray:
        """(n,) how far differences (n, A) are from that: some 1 where nothing has changed (Mahalanobis)."""
        return np.sqrt(np.square((away - self.mean) @ self.units).mean(1))


class FittedUsual(NamedTuple):
    """The `Usual` of differences, and the ``weights`` (n,): how much each of them counts as unchanged."""

    usual: Usual
    weights: np.ndarray


def fit_usual(away: np.ndarray) -> FittedUsual:
    """Of differences (n, A)."""
    n_axes, weights = away.shape[1], np.ones(len(away))
    ridge = np.eye(n_axes) * max(RIDGE * away.var(0).mean(), SMALLEST)
    for _ in range(ROUNDS):
        mean = np.average(away, 0, weights)
        centered = away - mean
        spread = (centered * weights[:, None]).T @ centered / weights.sum() + ridge
        found = Usual(mean, np.linalg.inv(np.linalg.cholesky(spread)).T)
        weights = unchanged(n_axes * np.square(found.distance(away)), n_axes)
        if weights.mean() < LEAST_SHARE:
            break
    return FittedUsual(found, weights)


def unchanged(squares: np.ndarray, n_axes: int) -> np.ndarray:
    """(n,) how likely sums of so many squares are at least as large where nothing has changed."""
    from scipy.special import chdtrc  # which takes long to load

    return chdtrc(n_axes, squares)
