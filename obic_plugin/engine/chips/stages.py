"""What was found on the way from tags to a map, as rasters to look at, where chips lie on an image."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..progress import Progress, Span, Steps
from ..raster.classes import ClassTable
from ..raster.grid import RasterGrid
from ..raster.writer import RasterWriter
from .placed import Chip


class ChipPainter:
    """Paints what is known of chips on the grid of the image that they lie on; a score is ``unit`` pixels wide."""

    def __init__(self, grid: RasterGrid, chips: list, unit: int, metadata: dict):
        self._grid, self._chips, self._unit, self._metadata = grid, chips, unit, metadata

    def paint(
        self,
        path: str,
        of_chip: Callable,
        progress: Progress,
        classes: ClassTable | None = None,
        bands: tuple = ("",),
    ) -> None:
        """Write a raster of bytes; ``of_chip(number)`` are the values (bands, rows, cols) of a chip."""
        with RasterWriter(path, self._grid, np.uint8, 0, len(bands)) as target:
            target.describe(self._metadata, classes, bands)
            steps = Steps(Span(progress, 0.0, 0.8), len(self._chips))
            for number, chip in self._chips:
                for band, values in enumerate(of_chip(number), 1):
                    self._write(target, chip, values, band)
                steps.next()
            target.finish("NEAREST" if classes is not None else "AVERAGE", Span(progress, 0.8, 1.0))

    def _write(self, target: RasterWriter, chip: Chip, values: np.ndarray, band: int) -> None:
        whole = values.repeat(self._unit, 0).repeat(self._unit, 1)
        here = chip.window & self._grid.window
        target.write(here, np.ascontiguousarray(whole[here.within(chip.window).slices]), band)


def write_stages(
    params, painter: ChipPainter, learned, classes: ClassTable, staging, progress: Progress
) -> None:
    """Stage those outputs that are wanted: activations, pseudo labels, uncertainty."""
    values = np.zeros(256, np.uint8)
    values[: len(classes)] = classes.values
    labels, unsure = learned.pseudo.labels.numpy(), learned.pseudo.uncertainty.numpy()
    known = labels != 255

    def percent(share: np.ndarray) -> np.ndarray:
        return np.rint(1 + 99 * np.clip(share, 0, 1)).astype(np.uint8)

    if params.output_activation:
        part = Span(progress, 0.0, 0.4)
        shares = learned.activations

        def activation(number: int) -> np.ndarray:
            return percent(shares[number].float().numpy()) * known[number]

        painter.paint(staging.path(params.output_activation), activation, part, bands=classes.names)
    if params.output_pseudo:
        part = Span(progress, 0.4, 0.7)
        painter.paint(
            staging.path(params.output_pseudo), lambda n: [values[labels[n]] * known[n]], part, classes
        )
    if params.output_uncertainty:
        part = Span(progress, 0.7, 1.0)
        painter.paint(
            staging.path(params.output_uncertainty), lambda n: [percent(unsure[n]) * known[n]], part
        )
