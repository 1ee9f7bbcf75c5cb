"""How the values of two dates belong together where nothing has changed: found from both, without labels.

What has not changed is not known beforehand, so all pixels begin alike, and at each round those count more that fit
what was found: iterative reweighting, as in Nielsen, *The Regularized Iteratively Reweighted MAD Method for Change
Detection in Multi- and Hyperspectral Data*, IEEE TIP 16, 2007. Sums of squares that are standardized are compared with
the chi-square distribution of no change.

That may run away: where hardly anything fits, the few that still count fit the better, and all else has changed. It
ends before less than `LEAST_SHARE` of all counts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

ROUNDS = 10
ENOUGH = 1e-3  # change of the correlations at which it ends
LEAST_SHARE = 0.1  # of the weights of all samples that has to be left
RIDGE = 1e-6  # of the mean variance of the bands is added to each
TINY = 1e-9


class Normalization(NamedTuple):
    """The first date is about ``gain * second + offset`` where nothing has changed, each (B,) float64, and ``spread``
    what it differs by there, as standard deviation."""

    gain: np.ndarray
    offset: np.ndarray
    spread: np.ndarray

    def distance(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """(n,) length of the change vectors of values (n, B), in units of what nothing has changed by."""
        away = (first - second * self.gain - self.offset) / self.spread
        return np.sqrt(np.square(away).mean(1))


class Correlation(NamedTuple):
    """Linear combinations of the bands of both dates, ``first`` and ``second`` (B, C), from their means (B,), that are
    correlated as much as possible; their differences have the standard deviations ``spread`` (C,)."""

    first: np.ndarray
    second: np.ndarray
    first_mean: np.ndarray
    second_mean: np.ndarray
    spread: np.ndarray

    def distance(self, first: np.ndarray, second: np.ndarray) -> np.ndarray:
        """(n,) length of the standardized differences of values (n, B)."""
        away = (first - self.first_mean) @ self.first - (second - self.second_mean) @ self.second
        return np.sqrt(np.square(away / self.spread).mean(1))


def fit_normalization(first: np.ndarray, second: np.ndarray) -> Normalization:
    """Of samples (n, B) of both dates, by band; the slope is that of the major axis, to which both are alike."""
    weights, found = np.ones(len(first)), None
    for _ in range(ROUNDS):
        means = [np.average(values, 0, weights) for values in (first, second)]
        spreads = [_spread(values, mean, weights) for values, mean in zip((first, second), means)]
        gain = spreads[0] / spreads[1]
        offset = means[0] - gain * means[1]
        away = first - second * gain - offset
        spread = _spread(away, 0.0, weights)
        found = Normalization(gain, offset, spread)
        weights = unchanged(np.square(away / spread).sum(1), first.shape[1])
        if weights.mean() < LEAST_SHARE:
            break
    return found


def fit_correlation(first: np.ndarray, second: np.ndarray) -> Correlation:
    """Of samples (n, B) of both dates: multivariate alteration detection, reweighted, and guarded."""
    weights, before, found = np.ones(len(first)), None, None
    for _ in range(ROUNDS):
        new, correlations = _canonical(first, second, weights)
        found = new
        if before is not None and np.abs(correlations - before).max() < ENOUGH:
            break
        before = correlations
        weights = unchanged(new.distance(first, second) ** 2 * first.shape[1], first.shape[1])
        if weights.mean() < LEAST_SHARE:
            break
    return found


def unchanged(squares: np.ndarray, n_bands: int) -> np.ndarray:
    """(n,) how likely sums of so many squares are at least as large where nothing has changed."""
    from scipy.special import chdtrc  # which takes long to load

    return chdtrc(n_bands, squares)


def _canonical(first: np.ndarray, second: np.ndarray, weights: np.ndarray) -> tuple:
    """The canonical correlation of weighted samples, and the correlations (B,), the largest first."""
    from scipy.linalg import eigh

    means = [np.average(values, 0, weights) for values in (first, second)]
    x, y = first - means[0], second - means[1]
    total = weights.sum()
    xx, yy, xy = ((a * weights[:, None]).T @ b / total for a, b in ((x, x), (y, y), (x, y)))
    for square in (xx, yy):
        square += np.eye(len(square)) * max(RIDGE * np.trace(square) / len(square), TINY)
    squared, own = eigh(xy @ np.linalg.solve(yy, xy.T), xx)
    order = np.argsort(-squared)
    correlations, own = np.sqrt(np.clip(squared[order], TINY, 1 - TINY)), own[:, order]
    other = np.linalg.solve(yy, xy.T @ own)
    other /= np.sqrt(np.maximum(np.einsum("ij,ik,kj->j", other, yy, other), TINY))
    spread = np.sqrt(np.maximum(2 * (1 - correlations), TINY))
    return Correlation(own, other, *means, spread), correlations


def _spread(values: np.ndarray, mean, weights: np.ndarray) -> np.ndarray:
    """(B,) weighted standard deviations of (n, B)."""
    return np.sqrt(np.average(np.square(values - mean), 0, weights) + TINY)
