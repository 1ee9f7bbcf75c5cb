"""What is clustered, pixels or superpixels: a sample of it, and the whole raster tile by tile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import torch

from ..mapping import Tile, reading_ahead
from ..progress import Progress, Steps, awaited
from ..raster.grid import Window
from ..raster.patch import Patch
from ..raster.reader import RasterReader
from ..raster.statistics import Scaling, sample_windows
from .centers import FINER, PIXEL_LEVELS, clearly_nearest, levels, nearest

SAMPLE_PIXELS = 100_000
SAMPLE_WINDOWS = 16
SAMPLE_WINDOW_PX = 384, 1024  # at least and at most; eight superpixels wide in between
ROWS_PX = 1 << 17  # pixels of a tile that one thread works on at once


class Pixels:
    """Each pixel by itself."""

    def __init__(self, reader: RasterReader, scaling: Scaling):
        self.reader, self.scaling = reader, scaling

    def sample(self, values: np.ndarray, progress: Progress) -> tuple:
        """Features (n, C) of some of the sampled (B, n) ``values``, and their weights: 1 each."""
        step = -(-values.shape[1] // SAMPLE_PIXELS)
        chosen = values[:, None, ::step]
        scaled = self.scaling(Patch(chosen, np.ones(chosen.shape[1:], bool)))
        features = levels(scaled.values[:, 0].T)
        return features, np.ones(len(features))

    def tiles(self, centers: np.ndarray, windows: list, confident: bool, pause: Callable) -> Iterator:
        """A `Tile` for each of the windows, the next one being read meanwhile.

        ``pause`` is called now and then, and may raise, to stop.
        """

        def read(core: Window) -> tuple:
            raw = self.reader.read(core)
            return core, raw, self.scaling(raw)

        with ThreadPoolExecutor(torch.get_num_threads()) as pool:
            for core, raw, scaled in reading_ahead(read, windows, pause):
                painted = np.zeros((2, core.height, core.width), np.uint8)
                paint = partial(_paint, scaled, centers, painted, confident)
                step = max(1, ROWS_PX // core.width)
                rows = [slice(row, row + step) for row in range(0, core.height, step)]
                _all_done([pool.submit(paint, part) for part in rows], pause)
                yield Tile(core, *painted, np.zeros(painted.shape[1:], np.uint32), raw.values)


def _all_done(futures: list, pause: Callable) -> None:
    try:
        for future in futures:
            awaited(future, pause)
    finally:
        for future in futures:
            future.cancel()


def _paint(scaled: Patch, centers: np.ndarray, painted: np.ndarray, confident: bool, rows: slice) -> None:
    """Write labels and confidence (2, h, w) of some rows of a tile."""
    values, valid = scaled.values[:, rows], scaled.valid[rows]
    if not valid.any():
        return
    features = levels(values.reshape(len(values), -1)).T
    found, percent = clearly_nearest(features, centers) if confident else (nearest(features, centers), None)
    painted[0, rows] = (found.reshape(valid.shape) + 1) * valid
    if confident:
        painted[1, rows] = percent.reshape(valid.shape) * valid


class SuperpixelMeans:
    """The mean of each superpixel; ``superpixels`` is a `Slic` or `Felzenszwalb`."""

    def __init__(self, reader: RasterReader, scaling: Scaling, superpixels, device):
        self.reader, self.scaling, self.superpixels, self._device = reader, scaling, superpixels, device
        self._raster = reader.grid.window

    def sample(self, values: np.ndarray, progress: Progress) -> tuple:
        """Features (n, C) of the superpixels in some windows, and their weights: pixels of each."""
        low, high = SAMPLE_WINDOW_PX
        size_px = min(max(8 * self.superpixels.size_px, low), high)
        windows = sample_windows(self.reader.work, size_px, SAMPLE_WINDOWS, 0, self.reader.content)
        found = []
        told = Steps(progress, len(windows))
        for core, _, scaled in reading_ahead(self._read, windows, told.pause):
            regions, numbers, features, count = self._means(core, scaled, told.pause)
            inside = np.zeros(len(numbers), bool)  # not those that only touch the margin: they may be cut
            here = regions[regions >= 0]
            inside[here] = True
            found.append((features[inside], count[inside]))
            told.next()
        features, weights = (np.concatenate(part) for part in zip(*found))
        return features, weights

    def tiles(self, centers: np.ndarray, windows: list, confident: bool, pause: Callable) -> Iterator:
        """As `Pixels.tiles`."""
        for core, raw, scaled in reading_ahead(self._read, windows, pause):
            regions, numbers, features, _ = self._means(core, scaled, pause)
            found, percent = clearly_nearest(features, centers)
            # one entry more: regions of -1, pixels without a superpixel, look up the last
            labels = np.append(found + 1, 0).astype(np.uint8)[regions]
            confidence = np.append(percent, 0).astype(np.uint8)[regions]
            ids = np.append(numbers + 1, 0).astype(np.uint32)[regions]
            yield Tile(core, labels, confidence, ids, raw)

    def _read(self, core: Window) -> tuple:
        """The core, its raw values, and the scaled patch that its superpixels need."""
        window = self.superpixels.reading(core, self._raster)
        raw = self.reader.read(window)
        here = (slice(None), *core.within(window).slices)
        return core, np.ascontiguousarray(raw.values[here]), self.scaling(raw)

    def _means(self, core: Window, scaled: Patch, pause: Callable) -> tuple:
        """Regions (h, w) of the core; number in the raster, features and pixels of each region."""
        values = torch.from_numpy(scaled.values).to(self._device)
        valid = torch.from_numpy(scaled.valid).to(self._device)
        superpixels = self.superpixels.segment(values, valid, core, self._raster, pause)
        window = self.superpixels.reading(core, self._raster)
        pause()
        ids = superpixels.ids.cpu().numpy()
        part = superpixels.window.within(window).slices
        flat, n = ids.ravel() + 1, superpixels.count + 1
        count = np.bincount(flat, minlength=n)[1:]
        sums = np.empty((superpixels.count, len(scaled.values)))
        for index, band in enumerate(scaled.values):
            # whole numbers: their sums are exact, and so the same in any tiling
            whole = np.rint(np.multiply(band[part], PIXEL_LEVELS, dtype=np.float64))
            sums[:, index] = np.bincount(flat, whole.ravel(), n)[1:]
            pause()
        features = np.rint(sums * FINER / np.maximum(count, 1)[:, None])
        numbers = superpixels.numbers.cpu().numpy()
        return ids[core.within(superpixels.window).slices], numbers, features, count.astype(np.float64)
