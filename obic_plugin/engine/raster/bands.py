"""One band of an open raster, as its values are."""

from __future__ import annotations

import numpy as np
from osgeo import gdal

from ..errors import InputError
from .grid import Window
from .reader import quiet_gdal


def read_band(
    dataset: gdal.Dataset,
    number: int,
    window: Window,
    shape: tuple | None = None,
    average: bool = False,
    mask: bool = False,
) -> np.ndarray:
    """(h, w) values of band ``number`` (from 1), or of its mask (0: invalid), in a window.

    With a ``shape`` (height, width) the window is read in that size, by nearest neighbor or ``average``.
    Raises `InputError` where the file is damaged, whether or not GDAL is set to raise errors.
    """
    height, width = shape or (window.height, window.width)
    method = gdal.GRIORA_Average if average else gdal.GRIORA_NearestNeighbour
    band = dataset.GetRasterBand(number)
    if mask:
        band = band.GetMaskBand()
    gdal.ErrorReset()
    try:
        with quiet_gdal():
            values = band.ReadAsArray(
                window.col, window.row, window.width, window.height, width, height, resample_alg=method
            )
    except RuntimeError:
        values = None
    if values is None:
        reason = gdal.GetLastErrorMsg() or "unknown error"
        source = dataset.GetDescription() or "the raster"
        raise InputError(f"Cannot read {source}: {reason}. The file may be damaged or incomplete.")
    return values
