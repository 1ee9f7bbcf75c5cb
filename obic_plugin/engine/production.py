"""From tiles of labels to all the outputs that the user asked for."""

from __future__ import annotations

import time
from contextlib import ExitStack

import numpy as np

from .errors import InputError
from .methods.mapparams import ImageParams, MapParams
from .progress import Progress, Span
from .raster.classes import ClassTable
from .raster.display import Display
from .raster.labelmap import LabelMap
from .raster.mask import PolygonMask
from .raster.reader import RasterReader, grid_of, open_raster
from .raster.statistics import read_sample
from .raster.writer import BLOCK_PX, RasterWriter
from .staging import Staging


class Stopwatch:
    """Seconds of each stage: ``with`` is not needed, a stage ends where the next one starts."""

    def __init__(self):
        self.stages: list = []
        self._name, self._since = "", time.monotonic()

    def start(self, name: str) -> None:
        self.stop()
        self._name = name

    def stop(self) -> None:
        now = time.monotonic()
        if self._name:
            self.stages.append((self._name, now - self._since))
        self._name, self._since = "", now

    @property
    def total_s(self) -> float:
        return sum(seconds for _, seconds in self.stages)


def open_image(params: ImageParams, progress: Progress) -> tuple:
    """A `RasterReader` of the parameters' image, a (B, n) sample of its valid values, and the share that is valid.

    Bands that hold nothing at all (every pixel nodata) are left out, and said: one such band would
    otherwise make every pixel invalid. A fill value that the file forgot to declare is found, and said.
    """
    mask = PolygonMask(params.mask, grid_of(open_raster(params.input))) if params.mask else None

    def reader_of(bands, fill=params.nodata) -> RasterReader:
        return RasterReader(params.input, bands, params.extent, mask, fill)

    reader = reader_of(params.bands)
    try:
        sample, share = read_sample(reader, progress)
    except InputError:
        full = [band for band in reader.bands if not _is_empty(reader_of([band]))]
        if not full or len(full) == len(reader.bands):
            raise
        empty = sorted(set(reader.bands) - set(full))
        progress.say(f"Left out, since all of it is nodata: band {', '.join(map(str, empty))}.")
        reader = reader_of(full)
        sample, share = read_sample(reader, progress)
    fill = undeclared_fill(sample) if params.nodata is None else None
    if fill is not None and reader.n_bands == len(reader.bands):
        progress.say(f"Taken for nodata, though the file does not say so: pixels of {fill:g} in all bands.")
        reader = reader_of(reader.bands, fill)
        sample, share = read_sample(reader, progress)
    return reader, sample, share


def undeclared_fill(sample: np.ndarray) -> float | None:
    """A value, among those that no sensor measures, that some pixels of a (B, n) sample have in all bands."""
    for fill in (-32768.0, -9999.0, -99999.0, float(np.float32(-3.4028235e38))):
        if (sample == fill).all(0).any():
            return fill
    return None


def _is_empty(reader: RasterReader) -> bool:
    return not any(reader.read(window).valid.any() for window in reader.work.tiles(1024))


def strewn(numbers: np.ndarray, n_bits: int) -> np.ndarray:
    """Other numbers below 2**n_bits for those of uint32 ``numbers``, each its own, and 0 for 0.

    Superpixels that touch have numbers close by; what they get is far apart, so that any color ramp shows
    them. It depends on the number alone, hence not on the tiles.

    >>> strewn(np.arange(5, dtype=np.uint32), 8)
    array([  0, 186, 100,  18, 200], dtype=uint32)
    """
    mixed = numbers ^ (numbers >> np.uint32((n_bits + 1) // 2))
    mixed *= np.uint32(0x9E3779B1)  # 2**32 over the golden section; odd, hence undone by another factor
    mixed &= np.uint32(2**n_bits - 1)
    mixed ^= mixed >> np.uint32((n_bits + 1) // 2)
    return mixed


class Production:
    """The files of one map: `add` takes the tiles, `finish` writes the legend, polygons and report.

    Superpixels get numbers that are easy to tell apart (`strewn`), or without ``strew`` keep those that the user
    knows. Everything is staged; nothing has its final name before ``staging.commit()``.
    """

    def __init__(
        self,
        params: MapParams,
        reader: RasterReader,
        display: Display,
        n_classes: int,
        staging: Staging,
        strew: bool = True,
    ):
        self.params, self.reader, self.display, self.staging = params, reader, display, staging
        self._files = ExitStack()
        self._labels = LabelMap(reader.grid, params.output, staging, n_classes, display)
        self._files.callback(self._labels.close)
        self._confidence = self._writer(params.output_confidence, np.uint8)
        self._superpixels = self._writer(params.output_superpixels, np.uint32)
        room = reader.grid.window.align(BLOCK_PX)  # of a superpixel for every pixel, in whole blocks
        self._n_bits, self._strew = min(room.size.bit_length(), 32), strew

    def __enter__(self) -> Production:
        return self

    def __exit__(self, *reason) -> None:
        self._files.__exit__(*reason)

    def add(self, tile) -> None:
        """Write one `Tile`."""
        self._labels.write(tile.window, tile.labels, tile.values)
        if self._confidence is not None:
            self._confidence.write(tile.window, tile.confidence)
        if self._superpixels is not None:
            numbers = strewn(tile.superpixels, self._n_bits) if self._strew else tile.superpixels
            self._superpixels.write(tile.window, numbers)

    def finish(self, metadata: dict, progress: Progress, names: ClassTable | None = None) -> tuple:
        """Finish all rasters; returns what `LabelMap.finish` does."""
        share = 1 / (1 + (self._confidence is not None) + (self._superpixels is not None))
        colors = getattr(self.params, "colors", "")
        finished = self._labels.finish(
            self.params.min_area, colors, metadata, Span(progress, 0, share), names
        )
        done = share
        for writer, resampling in ((self._confidence, "AVERAGE"), (self._superpixels, "NEAREST")):
            if writer is not None:
                writer.describe(metadata)
                writer.finish(resampling, Span(progress, done, done + share))
                writer.close()
                done += share
        return finished

    def _writer(self, path: str | None, dtype) -> RasterWriter | None:
        if not path:
            return None
        return self._files.enter_context(RasterWriter(self.staging.path(path), self.reader.grid, dtype))
