"""Multinomial logistic regression of features: the weights of a linear head, found and not trained."""

from __future__ import annotations

import numpy as np

from .linear import Linear

MOST_STEPS = 300


def fit_logistic(features: np.ndarray, targets: np.ndarray, n_classes: int, strength: float) -> Linear:
    """Log probabilities of classes, but for a constant.

    ``features`` (n, D), ``targets`` (n,) 0..K-1. ``strength`` is the inverse weight of the squares of the slopes
    (C), with features of variance 1, as they are made here. A class without targets has a probability of about
    1e-9 everywhere.
    """
    from sklearn.linear_model import LogisticRegression

    center, spread = features.mean(0, dtype=np.float64), features.std(0, dtype=np.float64) + 1e-6
    present = np.unique(targets)
    slopes, offsets = np.zeros((n_classes, features.shape[1])), np.full(n_classes, -20.0)
    if len(present) == 1:
        offsets[present] = 0.0
        return Linear(slopes, offsets)
    model = LogisticRegression(C=strength, max_iter=MOST_STEPS).fit((features - center) / spread, targets)
    found, offset = model.coef_, model.intercept_
    if len(present) == 2:  # of two classes it tells by how much the second is ahead
        found, offset = np.concatenate([-found, found]) / 2, np.concatenate([-offset, offset]) / 2
    slopes[present] = found / spread
    offsets[present] = offset - slopes[present] @ center
    return Linear(slopes, offsets)
