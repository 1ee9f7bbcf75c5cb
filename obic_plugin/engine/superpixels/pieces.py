"""Superpixels in one piece each, for any part of a raster, with names that do not depend on the part."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..raster.grid import Window
from .connectivity import halo_px, in_one_piece
from .felzenszwalb import BLOCK_PX, Felzenszwalb
from .regions import Superpixels


class Pieces(NamedTuple):
    """The connected regions of one window.

    ``ids`` (h, w) int32, -1 for none. ``starts`` (n,) int64 name the ids 0..n-1: the first pixel of each,
    counted row by row through the whole raster. ``present`` (n,) bool: those that occur in the window;
    ``shared`` (n,) bool: those that go on outside of it.
    """

    window: Window
    ids: np.ndarray
    starts: np.ndarray
    present: np.ndarray
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
    ids = superpixels.ids.cpu().numpy()
    if isinstance(kind, Felzenszwalb):
        window = superpixels.window
        regions, starts = _by_blocks(ids, window, raster, min_px)
    else:
        window = surroundings(kind, core, raster)
        regions, first = in_one_piece(ids[window.within(superpixels.window).slices], min_px)
        starts = _pixel_numbers(first, window, raster)
    own = regions[core.within(window).slices]
    around = core.grow(1) & window
    edges = [around._replace(height=1), around._replace(row=around.bottom - 1, height=1)]
    edges += [around._replace(width=1), around._replace(col=around.right - 1, width=1)]
    outside = [edge for edge in edges if (edge & core).size == 0]
    present = _occurring(own, len(starts))
    shared = np.zeros(len(starts), bool)
    for edge in outside:  # a connected region that goes on outside is in the pixels next to the window
        shared |= _occurring(regions[edge.within(window).slices], len(starts))
    return Pieces(core, own, starts, present, shared)


def _by_blocks(ids: np.ndarray, window: Window, raster: Window, min_px: int) -> tuple:
    """Regions (h, w) and their starts (n,) where no superpixel leaves its block."""
    regions, starts, n = np.full(ids.shape, -1, np.int32), [np.zeros(0, np.int64)], 0
    for block in window.tiles(BLOCK_PX):
        here = block.within(window).slices
        found, first = in_one_piece(ids[here], min_px)
        regions[here] = np.where(found >= 0, found + n, -1)
        starts.append(_pixel_numbers(first, block, raster))
        n += len(first)
    return regions, np.concatenate(starts)


def _pixel_numbers(first: np.ndarray, window: Window, raster: Window) -> np.ndarray:
    """Pixels counted row by row in the raster, from pixels counted in a window."""
    return (first // window.width + window.row) * raster.width + first % window.width + window.col


def _occurring(regions: np.ndarray, n: int) -> np.ndarray:
    found = np.zeros(n + 1, bool)
    found[regions] = True  # -1 marks the last
    return found[:-1]
