"""Scores of classes that are linear in the features."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Linear(NamedTuple):
    """``slopes`` (K, D) and ``offsets`` (K,): the score of class k at x (D,) is ``slopes[k] @ x + offsets[k]``."""

    slopes: np.ndarray
    offsets: np.ndarray
