"""Superpixels in one piece each, for any part of a raster, with names that do not depend on the part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..raster.grid import Window
from .connectivity import connected, halo_px
from .felzenszwalb import BLOCK_PX, Felzenszwalb
from .regions import Superpixels


class Pieces(NamedTuple):
    """The connected regions of one window.

    ``ids`` (h, w) int32 0..n-1, -1 for none. ``starts`` (n,) int64 name them: the first pixel of each, counted
    row by row through the whole raster. ``shared`` (n,) bool: those that go on outside of the window.
    """

    window: Window
    ids: np.ndarray
    starts: np.ndarray
    shared: np.ndarray


def surroundings(kind, core: Window, raster: Window) -> Window:
    """The window whose superpixels have to be known to tell the pieces of ``core``.

    ``kind`` is a `Slic` or a `Felzenszwalb`; the superpixels of the latter do not leave their blocks.
    """
    if isinstance(kind, Felzenszwalb):
        return core
    return core.grow(halo_px(kind.size_px) + kind.size_px) & raster


def pieces(kind, superpixels: Superpixels, core: Window, raster: Window, min_px: int) -> Pieces:
    """Cut the superpixels of ``surroundings(kind, core, raster)`` into connected regions.

    Parts of fewer than ``min_px`` pixels join the neighbor with which they share the longest border.
    """
    window = surroundings(kind, core, raster) & superpixels.window
    if isinstance(kind, Felzenszwalb):
        window = superpixels.window
    ids = superpixels.ids[window.within(superpixels.window).slices].cpu().numpy()
    regions, starts, n = np.full(ids.shape, -1, np.int32), [np.zeros(0, np.int64)], 0
    for block in window.tiles(BLOCK_PX) if isinstance(kind, Felzenszwalb) else [window]:
        here = block.within(window).slices
        found, first = connected(ids[here], min_px)
        regions[here] = np.where(found >= 0, found + n, -1)
        row, col = first // block.width + block.row, first % block.width + block.col
        starts.append(row * raster.width + col)
        n += len(first)
    own = regions[core.within(window).slices]
    inside, in_all = (np.bincount(part.ravel() + 1, minlength=n + 1)[1:] for part in (own, regions))
    present = inside > 0
    number = np.append(np.cumsum(present) - 1, -1).astype(np.int32)  # the last: regions of -1
    return Pieces(core, number[own], np.concatenate(starts)[present], (in_all > inside)[present])
