"""Factors of superpixel features that differ most over the scene and least between neighbors.

Switzer and Green, *Min/max autocorrelation factors for multivariate spatial imagery*, 1984. What changes from
one superpixel to the next is mostly noise, what changes over many is land cover; factors scaled by that
ratio make distances between superpixels mean something.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.linalg import eigh

N_FACTORS = 8
RIDGE = 1e-3  # share of the mean variance that is added to both covariances
GROUP_WEIGHTS = {"mean": 1.0, "deviation": 1.0, "gradient": 0.7}


class Factors(NamedTuple):
    """``factors`` (n, F) of features, taken from their ``center`` (F,); ``spread`` (F,) is their standard deviation."""

    center: np.ndarray
    spread: np.ndarray
    factors: np.ndarray


def fit_factors(grids: list, names: list) -> Factors:
    """The factors of features on grids [(F, rows, cols), (rows, cols) bool].

    ``names`` says which features belong together: those of a group share one scale, so that bands keep
    their relative variance. A factor of a superpixel is ``factors @ (feature - center)``: 1 is the standard
    deviation of the factor's noise.
    """
    values = np.concatenate([features[:, present] for features, present in grids], axis=1)
    center, variance = values.mean(1), values.var(1)
    weight = np.ones(len(names))
    for group, share in GROUP_WEIGHTS.items():
        members = [index for index, name in enumerate(names) if name == group]
        weight[members] = share / (np.sqrt(variance[members].sum()) + 1e-6)
    signal = _covariance((values - center[:, None]) * weight[:, None])
    noise = _covariance(_differences(grids) * weight[:, None]) / 2
    ridge = np.eye(len(signal)) * (RIDGE * np.trace(signal) / len(signal) + 1e-9)
    ratio, axes = eigh(signal + ridge, noise + ridge)
    strongest = np.argsort(ratio)[::-1][:N_FACTORS]
    ratio, axes = np.maximum(ratio[strongest], 1e-9), axes[:, strongest]
    axes = axes * np.sign(axes.sum(0) + 1e-12)
    # eigenvectors have unit noise here; scaled so that a factor's variance is its signal in units of its noise
    factors = (axes / np.sqrt(ratio) * np.sqrt(np.maximum(ratio - 1, 0))).T * weight
    return Factors(center, np.sqrt(variance) + 1e-6, factors)


def _covariance(values: np.ndarray) -> np.ndarray:
    return values @ values.T / max(values.shape[1], 1)


def _differences(grids: list) -> np.ndarray:
    """(F, n) differences between superpixels side by side."""
    found = []
    for features, present in grids:
        found.append((features[:, :, 1:] - features[:, :, :-1])[:, present[:, 1:] & present[:, :-1]])
        found.append((features[:, 1:] - features[:, :-1])[:, present[1:] & present[:-1]])
    return np.concatenate(found, axis=1)
