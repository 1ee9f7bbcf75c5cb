"""Outlines of superpixels in the part of an image that the user looks at, while their settings change.

They are those that a run with these settings makes: the image is scaled by the same statistics, and superpixels are
those of the whole raster. What is read of the part is kept until another one is looked at.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import torch

from .mapparams import ImageParams
from .opening import open_image
from .progress import Progress
from .raster.grid import RasterGrid, Window
from .raster.reader import RasterReader
from .raster.scaling import Scaling, fit_scaling
from .superpixels.felzenszwalb import BLOCK_PX, Felzenszwalb
from .superpixels.kinds import Kind
from .workers import worked_ahead

CPU = torch.device("cpu")
MOST_PX = 1_000_000  # of the middle of a view that are looked at
MARGIN_PX = 128  # read beyond what is needed at first, for larger superpixels


class SuperpixelOutlines(NamedTuple):
    """Where superpixels end: (h, w) bool of pixels on ``grid`` whose ``right`` or ``lower`` neighbor is of another one;
    how many superpixels there are, and how long it took to find them."""

    right: np.ndarray
    lower: np.ndarray
    grid: RasterGrid
    count: int
    seconds: float


class SuperpixelView:
    """An opened image, to be looked at part by part."""

    def __init__(self, reader: RasterReader, scaling: Scaling):
        self._reader, self._scaling = reader, scaling
        self._window, self._values, self._valid = Window(0, 0, 0, 0), None, None

    @classmethod
    def of(cls, source: str, progress: Progress) -> SuperpixelView:
        """Of all bands of an image, as runs look at it without further settings."""
        image = open_image(ImageParams(input=source), progress)
        return cls(image.reader, fit_scaling(image.sample, progress))

    def part_of(self, view: tuple) -> Window:
        """The middle of a view (xmin, ymin, xmax, ymax) in the CRS of the image, as much as is segmented soon."""
        seen = self._reader.grid.window_of(*view)
        side = int(MOST_PX**0.5)
        if seen.size <= MOST_PX:
            return seen
        height = min(seen.height, max(side, MOST_PX // max(seen.width, 1)))
        width = min(seen.width, MOST_PX // height)
        row, col = seen.row + (seen.height - height) // 2, seen.col + (seen.width - width) // 2
        return Window(row, col, height, width)

    def outlines(
        self, part: Window, superpixels: Kind, pause: Callable, show: Callable = lambda outlines: None
    ) -> SuperpixelOutlines:
        """Those of the superpixels that touch a part of the image. Where it takes several blocks, those in the middle
        come first, and ``show(outlines)`` is called after each."""
        start = time.perf_counter()
        ids = np.full((part.height, part.width), -1, np.int64)
        count = 0
        for core, found in self._found(part, superpixels, pause):
            own = found.ids[core.within(found.window).slices].numpy().astype(np.int64)
            ids[core.within(part).slices] = np.where(own >= 0, own + count, -1)
            count += found.count
            told = SuperpixelOutlines(
                *outlined(ids), self._reader.grid[part], _count(ids), time.perf_counter() - start
            )
            show(told)
        return told

    def _found(self, part: Window, superpixels: Kind, pause: Callable) -> Iterator:
        """Windows of a part, and the superpixels that touch each; of several as many are worked on at once as there are
        cores."""
        raster = self._reader.grid.window

        def segmented(given: tuple, pause: Callable) -> tuple:
            core, values, valid = given
            return core, superpixels.segment(values, valid, core, raster, pause)

        cores = _cores(part, superpixels)
        self._scaled(superpixels.reading(part, raster))  # once for all of them
        given = ((core, *self._scaled(superpixels.reading(core, raster))) for core in cores)
        if len(cores) == 1:  # all threads work on it
            pause()
            return iter([segmented(next(given), pause)])
        return worked_ahead(segmented, given, CPU, pause, os.cpu_count() or 1)

    def _scaled(self, window: Window) -> tuple:
        """Values and validity of a window, which is read if it has not been."""
        if window & self._window != window:
            self._window = window.grow(MARGIN_PX) & self._reader.grid.window
            scaled = self._scaling(self._reader.read(self._window))
            self._values, self._valid = torch.from_numpy(scaled.values), torch.from_numpy(scaled.valid)
        here = window.within(self._window).slices
        return self._values[(slice(None), *here)], self._valid[here]


def _cores(part: Window, superpixels: Kind) -> list:
    """What is segmented at a time: all at once, or the blocks of felzenszwalb, from the middle outwards."""
    if not isinstance(superpixels, Felzenszwalb):
        return [part]
    row, col = part.row + part.height / 2, part.col + part.width / 2

    def away(core: Window) -> float:
        return np.hypot(core.row + core.height / 2 - row, core.col + core.width / 2 - col)

    return sorted(part.tiles(BLOCK_PX), key=away)


def _count(ids: np.ndarray) -> int:
    """How many ids there are, but -1."""
    return int(np.count_nonzero(np.bincount(ids.ravel() + 1)[1:]))


def outlined(ids: np.ndarray) -> tuple:
    """(h, w) bool each: pixels whose right, and those whose lower neighbor has another id."""
    right, lower = np.zeros(ids.shape, bool), np.zeros(ids.shape, bool)
    right[:, :-1] = ids[:, :-1] != ids[:, 1:]
    lower[:-1] = ids[:-1] != ids[1:]
    return right, lower
