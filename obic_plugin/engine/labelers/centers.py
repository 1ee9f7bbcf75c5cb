"""Pixels, or superpixels, each labeled by the nearest of some centers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch

from ..clustering.centers import clearly_nearest, levels, nearest
from ..clustering.means import superpixel_means
from ..progress import awaited, no_pause
from ..raster.grid import Window
from ..raster.patch import Patch
from ..raster.scaling import Scaling
from ..superpixels.cellreader import CellReader
from ..workers import reading_ahead
from .labeler import State, Tile, held_bytes_per_px, labels_confidence_superpixels

ROWS_PX = 1 << 17  # pixels of a tile that one thread works on at once


class PixelCenters:
    """Each pixel by itself. Its clearness (``confidence``) is found only where it is asked for.

    ``centers`` (K, C) are whole numbers, see `clustering.centers`.
    """

    def __init__(self, reader, scaling: Scaling, confident: bool, centers: np.ndarray):
        self.reader, self.scaling, self.centers, self._confident = reader, scaling, centers, confident
        self.planes = labels_confidence_superpixels(len(centers))[: 1 + confident]

    @property
    def bytes_per_px(self) -> float:
        return held_bytes_per_px(self.scaling.bytes_per_px(self.reader.n_bands), self.reader.n_bands)

    def tiles(self, windows: list, pause: Callable = no_pause) -> Iterator[Tile]:
        """The next tile is read while one is worked on."""

        def read(core: Window) -> tuple:
            raw = self.reader.read(core)
            return core, raw, self.scaling(raw)

        with ThreadPoolExecutor(torch.get_num_threads()) as pool:
            for core, raw, scaled in reading_ahead(read, windows, pause):
                planes = {plane.name: np.zeros((core.height, core.width), np.uint8) for plane in self.planes}
                step = max(1, ROWS_PX // core.width)
                strips = [slice(row, row + step) for row in range(0, core.height, step)]
                _all_done([pool.submit(self._paint, scaled, planes, strip) for strip in strips], pause)
                yield Tile(core, planes, raw.values)

    def state(self) -> State:
        plain = {"scaling": self.scaling.to_json(), "confident": self._confident}
        return State(plain, {"centers": torch.from_numpy(self.centers)})

    @classmethod
    def from_state(cls, reader, device, plain: dict, tensors: dict) -> PixelCenters:
        scaling = Scaling.from_json(plain["scaling"])
        return cls(reader, scaling, plain["confident"], tensors["centers"].numpy())

    def _paint(self, scaled: Patch, planes: dict, rows: slice) -> None:
        """Write some rows of a tile's planes."""
        values, valid = scaled.values[:, rows], scaled.valid[rows]
        if not valid.any():
            return
        features = levels(values.reshape(len(values), -1)).T
        if self._confident:
            found, percent = clearly_nearest(features, self.centers)
            planes["confidence"][rows] = percent.reshape(valid.shape) * valid
        else:
            found = nearest(features, self.centers)
        planes["labels"][rows] = (found.reshape(valid.shape) + 1) * valid


class SuperpixelCenters:
    """Each superpixel by the mean of its pixels; ``centers`` as for `PixelCenters`."""

    def __init__(self, cells: CellReader, centers: np.ndarray):
        self.cells, self.centers = cells, centers
        self.planes = labels_confidence_superpixels(len(centers))

    @property
    def bytes_per_px(self) -> float:
        return held_bytes_per_px(self.cells.bytes_per_px, self.cells.reader.n_bands)

    def tiles(self, windows: list, pause: Callable = no_pause) -> Iterator[Tile]:
        """The next tile is read while one is worked on."""

        def read(core: Window) -> tuple:
            window, raw = self.cells.read(core)
            here = (slice(None), *core.within(window).slices)
            return core, np.ascontiguousarray(raw.values[here]), self.cells.scaling(raw)

        for core, raw, scaled in reading_ahead(read, windows, pause):
            means = superpixel_means(self.cells, core, scaled, pause)
            found, percent = clearly_nearest(means.features, self.centers)
            properties = (found + 1, percent, means.numbers + 1)
            planes = {
                plane.name: np.append(values, 0).astype(plane.dtype)[
                    means.regions
                ]  # -1, none, finds the last
                for plane, values in zip(self.planes, properties)
            }
            yield Tile(core, planes, raw)

    def state(self) -> State:
        return State(self.cells.to_json(), {"centers": torch.from_numpy(self.centers)})

    @classmethod
    def from_state(cls, reader, device, plain: dict, tensors: dict) -> SuperpixelCenters:
        return cls(CellReader.from_json(reader, plain, device), tensors["centers"].numpy())


def _all_done(futures: list, pause: Callable) -> None:
    try:
        for future in futures:
            awaited(future, pause)
    finally:
        for future in futures:
            future.cancel()
