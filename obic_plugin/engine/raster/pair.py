"""Two images of one place, read together on the grid of the first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .aligned import on_grid
from .grid import Window
from .patch import Patch
from .reader import RasterReader


class ImagePair:
    """A pixel is valid where it is in both. The second image is read ``shift`` (rows, cols) px from where it lies.

    ``reader`` is that of the first image, with its grid, work area and mask.
    """

    def __init__(
        self,
        reader: RasterReader,
        source: str,
        shift: tuple = (0, 0),
        fill: float | None = None,
    ):
        self.reader, self.source, self.shift, self.fill = reader, source, tuple(shift), fill
        self.second = RasterReader(
            on_grid(source, reader.grid, reader.source, fill), reader.bands, None, None, fill
        )

    def read(self, window: Window) -> DatedPatches:
        """The patches of a window of both dates."""
        rows, cols = self.shift
        first = self.reader.read(window)
        second = self.second.read(window._replace(row=window.row + rows, col=window.col + cols))
        valid = first.valid & second.valid
        for patch in (first, second):
            if not valid.all():
                patch.values[:, ~valid] = 0
        return DatedPatches(Patch(first.values, valid), Patch(second.values, valid))

    def moved(self, shift: tuple) -> ImagePair:
        """The same images, the second read elsewhere."""
        return ImagePair(self.reader, self.source, shift, self.fill)

    @property
    def raster(self) -> Window:
        return self.reader.grid.window

    @property
    def bands(self) -> tuple:
        return self.reader.bands


class DatedPatches(NamedTuple):
    """The patches of both dates; ``valid`` is the same."""

    first: Patch
    second: Patch

    @property
    def valid(self) -> np.ndarray:
        return self.first.valid


class StackedPair:
    """Both dates as one raster: the bands of the first, and then those of the second."""

    def __init__(self, pair: ImagePair):
        self.pair, self.grid, self.work = pair, pair.reader.grid, pair.reader.work
        self.source, self.content = pair.reader.source, pair.reader.content
        self.n_bands = pair.reader.n_bands + pair.second.n_bands
        self.band_names = (*pair.reader.band_names, *pair.second.band_names)

    def read(self, window: Window) -> Patch:
        first, second = self.pair.read(window)
        return Patch(np.concatenate([first.values, second.values]), first.valid)
