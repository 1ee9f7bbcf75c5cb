"""Label rasters to numpy: whole numbers as they are, never colors, with a validity mask."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from osgeo import gdal

from ..errors import InputError
from ..wording import count
from .grid import Window
from .reader import RasterReader

LARGEST = 2**53  # of a label: beyond it floating point numbers leave out some


class Labels(NamedTuple):
    """Labels (h, w), integers of some type, and where they are valid (h, w) bool; 0 elsewhere."""

    values: np.ndarray
    valid: np.ndarray


class LabelReader(RasterReader):
    """The one band of a label raster. Only what the file declares, NaN and infinity are no labels: 0 may be one."""

    def __init__(self, source: str):
        super().__init__(source)
        if len(self.bands) > 1:
            raise InputError(
                f"{source} has {len(self.bands)} bands: it is an image. Choose labels, which are one band."
            )

    @property
    def nodata(self) -> tuple:
        """What the band declares, of labels with a color table too: it is the labels that are read, no colors."""
        return self._validity.nodata

    @property
    def declares_nodata(self) -> bool:
        """Whether the file says anything about where it has no data."""
        return self._validity.declared

    @property
    def names(self) -> dict:
        """{label: name} from the raster's category names; empty if it has none."""
        categories = self._dataset.GetRasterBand(self.bands[0]).GetRasterCategoryNames() or []
        return {value: name for value, name in enumerate(categories) if name}

    @property
    def colors(self) -> dict:
        """{label: (red, green, blue)} from the raster's color table; empty if it has none."""
        table = self._dataset.GetRasterBand(self.bands[0]).GetRasterColorTable()
        return {} if table is None else {i: table.GetColorEntry(i)[:3] for i in range(table.GetCount())}

    @property
    def dataset(self) -> gdal.Dataset:
        return self._dataset

    def labels(self, window: Window) -> Labels:
        """The labels of a window; what lies beyond the raster is invalid."""
        inside = window & self.grid.window
        if inside == window:
            return self._labels_inside(window)
        values = np.zeros((window.height, window.width), np.int64)
        valid = np.zeros(values.shape, bool)
        if inside.size:
            part = inside.within(window).slices
            values[part], valid[part] = self._labels_inside(inside)
        return Labels(values, valid)

    def _labels_inside(self, window: Window) -> Labels:
        raw = self._read_raw(window)
        valid = self._valid(raw, window)
        values = raw[0]
        if values.dtype.kind == "f":
            valid &= np.isfinite(values)
        if not valid.all():
            values = np.where(valid, values, 0)
        if values.dtype.kind == "f" or values.dtype.itemsize == 8:
            values = whole_numbers(values, self.source)
        return Labels(values, valid)


def whole_numbers(values: np.ndarray, source: str) -> np.ndarray:
    """The int64 of labels of a wide type; refuses fractions and what exceeds any label."""
    good = (values <= LARGEST) & (values >= -LARGEST)
    if values.dtype.kind == "f":
        good &= values == np.rint(values)
    if not good.all():
        raise InputError(
            f"{source} holds {values[~good].flat[0]}. Labels must be whole numbers up to {count(LARGEST)}: choose a"
            " raster of classes."
        )
    return values.astype(np.int64)
