"""A raster of superpixel numbers in the making: tiles of pieces go in, consecutive numbers come out."""

from __future__ import annotations

import math
from functools import partial

import numpy as np

from ..progress import Progress, Span, watched
from ..raster.grid import RasterGrid, Window
from ..raster.writer import BLOCK_PX, RasterWriter
from ..staging import Staging
from .pieces import Pieces
from .smallest import borders, heads

GOLDEN = (math.sqrt(5) - 1) / 2


class IdMap:
    """Takes the `Pieces` of tiles that cover a raster, and numbers them 1..n; 0 is no data.

    Pieces of fewer than ``min_px`` pixels join others, as long as they have a neighbor. Which piece has which
    number depends on the pieces alone, not on the tiles. Besides the raster on the disk it holds 16 bytes for each
    piece, those pieces by name that reach over the border of a tile, and the borders of the small ones.
    """

    def __init__(self, grid: RasterGrid, path: str, staging: Staging, min_px: int = 1):
        self.grid, self._staging, self._path, self._min_px = grid, staging, path, min_px
        self._scratch = RasterWriter(
            staging.scratch("ids.tif", beside=path), grid, np.uint32, compressed=False
        )
        self._starts: list = [np.zeros(0, np.int64)]
        self._px: list = [np.zeros(0, np.int64)]
        self._more: list = [np.zeros((2, 0), np.int64)]
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
        self._weigh(numbers, tile.ids, new, shared)
        self._shared.update(zip(tile.starts[shared].tolist(), numbers[shared].tolist()))
        self._scratch.write(tile.window, numbers[tile.ids])

    def finish(self, metadata: dict, progress: Progress) -> int:
        """Write the raster; returns the number of superpixels."""
        starts = np.concatenate(self._starts)
        head = self._heads(starts, Span(progress, 0.0, 0.3))
        kept, part = np.unique(head, return_inverse=True)
        final_number = np.zeros(self._count + 1, np.uint32)
        final_number[1:] = scattered(starts[kept])[part]
        progress = Span(progress, 0.3, 1.0)
        with RasterWriter(self._staging.path(self._path), self.grid, np.uint32) as final:
            final.describe(metadata)
            windows = self.grid.window.tiles(BLOCK_PX * 4)
            for index, window in enumerate(windows):
                progress.at(0.7 * index / len(windows))
                final.write(window, final_number[self._scratch.read(window)])
            final.finish("NEAREST", Span(progress, 0.7, 1.0))
        return len(kept)

    def _weigh(self, numbers: np.ndarray, ids: np.ndarray, new: np.ndarray, shared: np.ndarray) -> None:
        """Count the pixels of a tile's pieces, numbered by ``numbers``."""
        px = np.bincount(ids.ravel() + 1, minlength=len(numbers))[1:]
        self._px.append(px[new])
        known = shared[~np.isin(shared, new)]
        self._more.append(np.stack([numbers[known].astype(np.int64) - 1, px[known]]))

    def _heads(self, starts: np.ndarray, progress: Progress) -> np.ndarray:
        """(n,) the piece that each piece joins, or itself."""
        px = np.concatenate(self._px)
        np.add.at(px, *np.concatenate(self._more, axis=1))
        small = np.concatenate([[False], px < self._min_px])
        if not small.any():
            return np.arange(len(px))
        found, windows = [], self.grid.window.tiles(BLOCK_PX * 4)
        for index, window in enumerate(windows):
            progress.at(index / len(windows))
            seen = Window(*window[:2], window.height + 1, window.width + 1) & self.grid.window
            found.append(borders(self._scratch.read(seen), (window.height, window.width), small))
        pairs = np.concatenate(found, axis=1) - [[1], [1], [0]]
        return watched(partial(heads, starts, px, pairs, self._min_px), partial(progress.at, 1.0))

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
