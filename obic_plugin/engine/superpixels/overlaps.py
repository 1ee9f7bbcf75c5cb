"""How many pixels each superpixel has in each block of a coarser grid: means of a network's maps by superpixel."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import torch
from scipy.sparse import csr_matrix


class Overlaps:
    """Of superpixels ids (h, w), 0..n-1 or -1, with blocks of ``block_px`` x ``block_px`` pixels.

    A map of the network has a pixel a block. Its mean by superpixel, each block weighing as many pixels as they
    share, is what enlarging the map to all pixels and taking the mean there would give, at a tenth of the work.
    ``block_px`` may be a `Fraction`: then a pixel belongs to the block in which its first corner lies.
    """

    def __init__(self, ids: np.ndarray, n_regions: int, block_px: int | Fraction):
        height, width = ids.shape
        block = Fraction(block_px)
        self.shape = math.ceil(height / block), math.ceil(width / block)
        row, col = (
            (np.arange(n) * block.denominator // block.numerator).astype(np.int32) for n in (height, width)
        )
        pairs = ids.ravel(), (row[:, None] * np.int32(self.shape[1]) + col).ravel()
        differs = np.ones(ids.size, bool)
        np.logical_or(*(part[1:] != part[:-1] for part in pairs), out=differs[1:])
        starts = np.flatnonzero(differs)  # of runs
        counts = np.diff(starts, append=ids.size).astype(np.float32)
        inside = pairs[0][starts] >= 0
        counts, *pairs = (part[inside] for part in (counts, *(part[starts] for part in pairs)))
        self._shared = csr_matrix((counts, pairs), (n_regions, self.shape[0] * self.shape[1]))
        self.count = np.asarray(self._shared.sum(1)).ravel()

    def means(self, image: torch.Tensor) -> np.ndarray:
        """(n, C) float32 means of a map (C, rows, cols); 0 for superpixels without pixels."""
        flat = image.permute(1, 2, 0).reshape(-1, len(image)).numpy()
        return (self._shared @ flat) / np.maximum(self.count, 1)[:, None]
