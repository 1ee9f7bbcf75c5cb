"""What is read of a part of a raster."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Patch:
    """Values (B, h, w) float32 and their validity (h, w) bool; never NaN, never nodata, where valid.

    Arrays as they are read, or tensors. ``regions`` (h, w) are whole numbers that say which superpixel each pixel
    belongs to, -1 for none; None where that is not known. A grid of superpixels is a patch too: its pixels are
    cells, its values what the superpixel in each looks like.
    """

    values: Any
    valid: Any
    regions: Any = None
