"""From tiles of labels to all the outputs that the user asked for."""

from __future__ import annotations

from contextlib import ExitStack

import numpy as np

from .labelmap import LabelMap, MapResult
from .mapparams import MapParams
from .progress import Progress, Span
from .raster.classes import ClassTable
from .raster.display import Display
from .raster.reader import RasterReader
from .raster.writer import BLOCK_PX, RasterWriter
from .staging import Staging


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

    ``planes`` are those of the tiles; their confidence is written to ``confidence``, if anywhere, which need not be an
    output. Everything is staged; nothing has its final name before ``staging.commit()``.
    """

    def __init__(
        self,
        params: MapParams,
        reader: RasterReader,
        display: Display,
        planes: tuple,
        staging: Staging,
        confidence: str | None,
    ):
        self.params, self.reader, self.display, self.staging = params, reader, display, staging
        self._files = ExitStack()
        planes = {plane.name: plane for plane in planes}
        self._labels = LabelMap(reader.grid, params.output, staging, planes["labels"].n_classes, display)
        self._files.callback(self._labels.close)
        superpixels = staging.path(params.output_superpixels) if params.output_superpixels else None
        self._confidence = self._writer(confidence, np.uint8)
        self._superpixels = self._writer(superpixels, np.uint32)
        room = reader.grid.window.align(BLOCK_PX)  # of a superpixel for every pixel, in whole blocks
        self._n_bits = min(room.size.bit_length(), 32)
        self._scattered = "superpixels" in planes and planes["superpixels"].scattered

    def __enter__(self) -> Production:
        return self

    def __exit__(self, *reason) -> None:
        self._files.__exit__(*reason)

    def add(self, tile) -> None:
        """Write one `Tile`."""
        self._labels.write(tile.window, tile.planes["labels"], tile.values)
        if self._confidence is not None:
            self._confidence.write(tile.window, tile.planes["confidence"])
        if self._superpixels is not None:
            numbers = tile.planes["superpixels"]
            self._superpixels.write(
                tile.window, strewn(numbers, self._n_bits) if self._scattered else numbers
            )

    def finish(self, metadata: dict, progress: Progress, names: ClassTable | None = None) -> MapResult:
        """Finish all rasters; returns what `LabelMap.finish` does."""
        share = 1 / (1 + (self._confidence is not None) + (self._superpixels is not None))
        colors = getattr(self.params, "colors", "")
        finished = self._labels.finish(
            self.params.min_area, colors, metadata, Span(progress, 0, share), names
        )
        done = share
        for writer, is_output, resampling in (
            (self._confidence, self.params.output_confidence, "AVERAGE"),
            (self._superpixels, True, "NEAREST"),
        ):
            if writer is None:
                continue
            if is_output:
                writer.describe(metadata)
                writer.finish(resampling, Span(progress, done, done + share))
            writer.close()
            done += share
        return finished

    def _writer(self, path: str | None, dtype) -> RasterWriter | None:
        if not path:
            return None
        return self._files.enter_context(RasterWriter(path, self.reader.grid, dtype))
