"""Where a raster holds data: what GDAL says in each of its ways."""

from __future__ import annotations

import numpy as np
from osgeo import gdal

from .bands import read_band, value_type
from .grid import Window

FLOAT_ULPS = 2  # as near to a floating point nodata value counts as equal, for GDAL and for us


class Validity:
    """Which pixels of some bands (numbers from 1) are valid: those that nothing in the file declares to be nodata.

    GDAL's mask bands tell: of the dataset (a mask in or beside it, NODATA_VALUES for all bands together, alpha) or of a
    band. Only a nodata value is compared here, as GDAL does it, with values that have been read anyway. Transparent
    pixels are invalid also where the bands have a nodata value besides.
    """

    def __init__(self, dataset: gdal.Dataset, numbers: tuple):
        self._dataset = dataset
        self.nodata = tuple(dataset.GetRasterBand(number).GetNoDataValue() for number in numbers)
        self._ranges = [
            _range(value_type(dataset.GetRasterBand(number)), value)
            for number, value in zip(numbers, self.nodata)
        ]
        self._masks = _mask_bands(dataset, numbers)

    @property
    def declared(self) -> bool:
        """Whether the file says anything about it."""
        return bool(self._masks) or any(part is not None for part in self._ranges)

    def of(self, raw: np.ndarray, window: Window) -> np.ndarray:
        """(h, w) bool: where the values (B, h, w) of a window are valid."""
        valid = np.ones(raw.shape[1:], bool)
        for band, ends in zip(raw, self._ranges):
            if ends is not None:
                low, high = ends
                valid &= (band != low) if low == high else (band < low) | (band > high)
        for number, is_alpha in self._masks:
            valid &= read_band(self._dataset, number, window, mask=not is_alpha) > 0
        return valid


def _range(dtype: np.dtype, nodata: float | None) -> tuple | None:
    """Lowest and highest value that is nodata; None where no pixel can be: -9999 declared for bytes is no byte."""
    if nodata is None or not np.isfinite(nodata):  # NaN is invalid by itself
        return None
    if dtype.kind != "f":
        limits = np.iinfo(dtype) if dtype.kind in "iu" else None
        possible = limits is not None and nodata == int(nodata) and limits.min <= nodata <= limits.max
        return (dtype.type(nodata), dtype.type(nodata)) if possible else None
    with np.errstate(over="ignore"):
        value = dtype.type(nodata)
    if not np.isfinite(value):
        return None
    near = 2 * FLOAT_ULPS * np.finfo(dtype).eps * abs(value)
    with np.errstate(over="ignore"):
        return dtype.type(value - near), dtype.type(value + near)


def _mask_bands(dataset: gdal.Dataset, numbers: tuple) -> list:
    """(number, whether it is alpha) of the bands whose mask, or which themselves, tell more than the values."""
    found: dict = {}
    for number in numbers:
        flags = dataset.GetRasterBand(number).GetMaskFlags()
        of_dataset = flags & gdal.GMF_PER_DATASET
        if not flags & (gdal.GMF_ALL_VALID | gdal.GMF_ALPHA) and (of_dataset or not flags & gdal.GMF_NODATA):
            found.setdefault("dataset" if of_dataset else number, (number, False))
    for number in range(1, dataset.RasterCount + 1):
        if dataset.GetRasterBand(number).GetColorInterpretation() == gdal.GCI_AlphaBand:
            found["alpha"] = number, True
    return list(found.values())
