"""Numbers of superpixels together with those of their neighbors, along the grid of cells that they have grown from."""

from __future__ import annotations

import numpy as np

from .cells import ringed_cells
from .regions import Superpixels

OWN = 4  # weight of a cell, beside 1 of the next one each way


def with_neighbors(values: np.ndarray, superpixels: Superpixels, size_px: int) -> np.ndarray:
    """(n,) weighted means of values (n,) of superpixels and of the eight around each; those without a pixel have no
    part in any. Means are those of roots: one that is far out does not carry its neighbors along."""
    cells = ringed_cells(superpixels.window, size_px)
    shape = cells.height, cells.width
    ids = superpixels.ids.cpu().numpy().ravel()
    there = (np.bincount(ids[ids >= 0], minlength=superpixels.count) > 0).astype(np.float64)
    roots = np.where(there > 0, np.sqrt(values), 0.0)
    sums, weights = (_summed(each.reshape(shape)) for each in (roots, there))
    return np.square(sums / np.maximum(weights, 1)).ravel()


def _summed(grid: np.ndarray) -> np.ndarray:
    """(rows, cols) sums over 3 x 3 cells, nothing beyond the border."""
    for axis in range(2):
        wide = np.pad(grid, [(1, 1) if n == axis else (0, 0) for n in range(2)])
        n = grid.shape[axis]
        before, own, after = (wide.take(range(start, start + n), axis) for start in range(3))
        grid = before + OWN * own + after
    return grid
