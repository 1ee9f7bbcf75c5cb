"""What is read of a part of a raster."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Patch:
    """Values (B, h, w) float32 and their validity (h, w) bool; never NaN, never nodata, where valid."""

    values: np.ndarray
    valid: np.ndarray
