"""The mean of each superpixel, in whole numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from ..raster.grid import Window
from ..raster.patch import Patch
from ..superpixels.cellreader import CellReader
from .centers import FINER, PIXEL_LEVELS


class SuperpixelMeans(NamedTuple):
    """Of the superpixels that touch a window: ``regions`` (h, w) of its pixels (-1: none), and of each region its
    ``numbers`` (n,) in the raster, ``features`` (n, C) and ``count`` (n,) of pixels."""

    regions: np.ndarray
    numbers: np.ndarray
    features: np.ndarray
    count: np.ndarray


def superpixel_means(cells: CellReader, core: Window, scaled: Patch, pause: Callable) -> SuperpixelMeans:
    """Those of ``core``; ``scaled`` holds, as arrays, what `CellReader.read` has given for it."""
    values, valid = (torch.from_numpy(part).to(cells.device) for part in (scaled.values, scaled.valid))
    superpixels = cells.segmented(Patch(values, valid), core, pause)
    pause()
    ids = superpixels.ids.cpu().numpy()
    part = superpixels.window.within(cells.superpixels.reading(core, cells.raster)).slices
    flat, n = ids.ravel() + 1, superpixels.count + 1
    count = np.bincount(flat, minlength=n)[1:]
    sums = np.empty((superpixels.count, len(scaled.values)))
    for index, band in enumerate(scaled.values):
        # whole numbers: their sums are exact, and so the same in any tiling
        whole = np.rint(np.multiply(band[part], PIXEL_LEVELS, dtype=np.float64))
        sums[:, index] = np.bincount(flat, whole.ravel(), n)[1:]
        pause()
    features = np.rint(sums * FINER / np.maximum(count, 1)[:, None])
    regions = ids[core.within(superpixels.window).slices]
    return SuperpixelMeans(regions, superpixels.numbers.cpu().numpy(), features, count.astype(np.float64))
