"""A raster of superpixel numbers in the making: tiles of pieces go in, consecutive numbers come out."""

from __future__ import annotations

import math

import numpy as np

from ..progress import Progress, Span
from ..raster.grid import RasterGrid
from ..raster.writer import BLOCK_PX, RasterWriter
from ..staging import Staging
from .pieces import Pieces

GOLDEN = (math.sqrt(5) - 1) / 2


class IdMap:
    """Takes the `Pieces` of tiles that cover a raster, and numbers them 1..n; 0 is no data.

    Which piece has which number depends on the pieces alone, not on the tiles. Besides the raster on the disk
    it holds 8 bytes for each piece, and those pieces by name that reach over the border of a tile.
    """

    def __init__(self, grid: RasterGrid, path: str, staging: Staging):
        self.grid, self._staging, self._path = grid, staging, path
        self._scratch = RasterWriter(
            staging.scratch("ids.tif", beside=path), grid, np.uint32, compressed=False
        )
        self._starts: list = [np.zeros(0, np.int64)]
        self._count, self._shared = 0, {}

    @property
    def count(self) -> int:
        """How many pieces there are so far."""
        return self._count

    def write(self, tile: Pieces) -> None:
        """Add one tile; each pixel once."""
        numbers = np.zeros(len(tile.starts) + 1, np.uint32)  # the last: ids of -1
        shared = np.flatnonzero(tile.present & tile.shared)
        numbers[shared] = [self._shared.get(start, 0) for start in tile.starts[shared].tolist()]
        new = np.flatnonzero(tile.present & (numbers[:-1] == 0))
        numbers[new] = np.arange(self._count + 1, self._count + len(new) + 1)
        self._count += len(new)
        self._starts.append(tile.starts[new])
        self._shared.update(zip(tile.starts[shared].tolist(), numbers[shared].tolist()))
        self._scratch.write(tile.window, numbers[tile.ids])

    def finish(self, metadata: dict, progress: Progress) -> int:
        """Write the raster; returns the number of pieces."""
        final_number = np.zeros(self._count + 1, np.uint32)
        final_number[1:] = scattered(np.concatenate(self._starts))
        with RasterWriter(self._staging.path(self._path), self.grid, np.uint32) as final:
            final.describe(metadata)
            windows = self.grid.window.tiles(BLOCK_PX * 4)
            for index, window in enumerate(windows):
                progress.at(0.7 * index / len(windows))
                final.write(window, final_number[self._scratch.read(window)])
            final.finish("NEAREST", Span(progress, 0.7, 1.0))
        return self._count

    def close(self) -> None:
        self._scratch.close(check=False)


def scattered(starts: np.ndarray) -> np.ndarray:
    """(n,) numbers 1..n, each once, by the order of the ``starts`` (n,), but far apart for neighbors.

    Successive ones differ by the golden section of n, or the next whole number that shares no divisor with n.
    So any color ramp over the numbers, in any program, gives neighbors different colors.

    >>> scattered(np.array([0, 10, 20, 30, 40]))
    array([1, 4, 2, 5, 3])
    """
    n = len(starts)
    step = max(1, round(n * GOLDEN))
    while math.gcd(step, n) > 1:
        step += 1
    numbers = np.empty(n, np.int64)
    numbers[np.argsort(starts, kind="stable")] = np.arange(n) * step % max(n, 1) + 1
    return numbers
