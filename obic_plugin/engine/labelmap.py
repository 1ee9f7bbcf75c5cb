"""A label raster in the making: tiles go in with provisional labels, a finished map with its legend comes out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .progress import Progress, Span
from .raster.classes import ClassTable
from .raster.display import Display
from .raster.grid import RasterGrid, Window
from .raster.palette import distinct_colors, separate
from .raster.writer import BLOCK_PX, RasterWriter
from .staging import Staging
from .vector.sieve import LabelSource, sieve

COUNTING_STEP_PX = 2  # every second row and column is enough for a mean color


class MapResult(NamedTuple):
    """A finished map: its legend, and of each class in it the area (K,) and the provisional label (K,)."""

    classes: ClassTable
    areas_px: np.ndarray
    labels: np.ndarray


class LabelMap:
    """Takes tiles of provisional labels 1..``n_labels`` (0: no data) and the image's values under them.

    ``finish`` merges small patches, renumbers the labels that occur as 1..K by descending area, colors
    them, and writes the compressed raster. Memory does not grow with the raster: tiles wait on the disk.
    """

    def __init__(self, grid: RasterGrid, path: str, staging: Staging, n_labels: int, display: Display):
        self.grid, self._staging, self._path = grid, staging, path
        self._display, self._n = display, n_labels + 1
        self._scratch = RasterWriter(
            staging.scratch("labels.tif", beside=path), grid, np.uint8, compressed=False
        )
        self._area = np.zeros(self._n, np.int64)
        self._counted = np.zeros(self._n, np.int64)
        self._sums = np.zeros((3, self._n))

    def write(self, window: Window, labels: np.ndarray, values: np.ndarray) -> None:
        """Labels (h, w) uint8 and the image (B, h, w) of one window; each window once."""
        self._scratch.write(window, labels)
        self._area += np.bincount(labels.ravel(), minlength=self._n)
        step = COUNTING_STEP_PX if self.grid.window.size > BLOCK_PX**2 else 1
        part = slice(-window.row % step, None, step), slice(-window.col % step, None, step)
        few = labels[part].ravel()
        self._counted += np.bincount(few, minlength=self._n)
        for total, band in zip(self._sums, self._display.bands):
            total += np.bincount(few, values[band][part].ravel(), minlength=self._n)

    def finish(
        self,
        min_area_px: int,
        colors: str,
        metadata: dict,
        progress: Progress,
        names: ClassTable | None = None,
    ) -> MapResult:
        """Write the map.

        ``colors`` is "mean" (of the class's pixels) or "distinct". With ``names``, the legend of a
        saved model or of labels, label k becomes the k-th class of it; one without a color gets the mean of its pixels.
        """
        if min_area_px > 1:
            self._sieve(min_area_px, Span(progress, 0.0, 0.4))
        table, order = self._named(names) if names is not None else self._legend(colors)
        lookup = np.zeros(256, np.uint8)
        lookup[order] = table.values
        with RasterWriter(self._staging.path(self._path), self.grid) as final:
            final.describe(metadata, table)
            windows = self.grid.window.tiles(BLOCK_PX * 4)
            for index, window in enumerate(windows):
                progress.at(0.4 + 0.3 * index / len(windows))
                final.write(window, lookup[self._scratch.read(window)])
            final.finish("NEAREST", Span(progress, 0.7, 1.0))
        return MapResult(table, self._area[order], order)

    def close(self) -> None:
        self._scratch.close(check=False)

    def _sieve(self, min_area_px: int, progress: Progress) -> None:
        """Merge small patches, and count the labels again."""
        self._area[:] = 0

        def write(window: Window, labels: np.ndarray) -> None:
            self._scratch.write(window, labels.astype(np.uint8))
            self._area += np.bincount(labels.ravel(), minlength=self._n)

        waiting = self._staging.scratch("patches.bin", beside=self._path)
        sieve(LabelSource(self.grid, self._scratch.read), write, min_area_px, waiting, progress)

    def _named(self, names: ClassTable) -> tuple:
        """The table with a color for each class, and (K,) the labels."""
        order = np.arange(1, len(names) + 1)
        lacking = [item.color is None for item in names]
        if not any(lacking):
            return names, order
        known = [item.color for item in names if item.color is not None]
        new = iter(separate(known + self._mean_colors(order[lacking]))[len(known) :])
        return ClassTable(
            tuple(item if item.color is not None else item._replace(color=next(new)) for item in names)
        ), order

    def _mean_colors(self, labels: np.ndarray) -> list:
        means = self._sums[:, labels] / np.maximum(self._counted[labels], 1)
        return self._display.to_bytes(means).T.tolist()

    def _legend(self, colors: str) -> tuple:
        """The table of the labels that occur, by descending area, and (K,) these labels."""
        order = np.argsort(-self._area[1:], kind="stable") + 1
        order = order[self._area[order] > 0]
        if colors == "distinct":
            return ClassTable.of(distinct_colors(len(order))), order
        return ClassTable.of(separate(self._mean_colors(order))), order
