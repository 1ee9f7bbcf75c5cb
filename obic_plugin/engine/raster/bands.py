"""One band of an open raster, as its values are."""

from __future__ import annotations

import numpy as np
from osgeo import gdal, gdal_array

from ..errors import InputError
from ..sources import quiet_gdal, said_by_gdal
from .grid import Window


def value_type(band: gdal.Band) -> np.dtype:
    """The type of a band's values. Signed bytes are a type of their own from GDAL 3.7 on, which warns when it is asked
    for the remark that they were before."""
    if (
        band.DataType == gdal.GDT_Byte
        and not hasattr(gdal, "GDT_Int8")
        and band.GetMetadataItem("PIXELTYPE", "IMAGE_STRUCTURE") == "SIGNEDBYTE"
    ):
        return np.dtype(np.int8)
    return np.dtype(gdal_array.GDALTypeCodeToNumericTypeCode(band.DataType))


def read_bands(dataset: gdal.Dataset, numbers: tuple, window: Window) -> np.ndarray:
    """(B, h, w) values of the bands ``numbers`` (from 1) in a window, of their type, or float64 if there are several.

    Raises `InputError` where the file is damaged, whether or not GDAL is set to raise errors.
    """
    types = {value_type(dataset.GetRasterBand(number)) for number in numbers}
    if len(types) > 1:
        return np.concatenate([read_bands(dataset, (n,), window).astype(np.float64) for n in numbers])
    kind = dataset.GetRasterBand(numbers[0]).DataType
    place = window.col, window.row, window.width, window.height
    data = _read(dataset, lambda: dataset.ReadRaster(*place, buf_type=kind, band_list=list(numbers)))
    return np.frombuffer(data, types.pop()).reshape(len(numbers), window.height, window.width)


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
    Raises `InputError` as `read_bands` does.
    """
    height, width = shape or (window.height, window.width)
    method = gdal.GRIORA_Average if average else gdal.GRIORA_NearestNeighbour
    band = dataset.GetRasterBand(number)
    if mask:
        band = band.GetMaskBand()
    place = window.col, window.row, window.width, window.height, width, height
    return _read(dataset, lambda: band.ReadAsArray(*place, resample_alg=method))


def _read(dataset: gdal.Dataset, read):
    gdal.ErrorReset()
    try:
        with quiet_gdal():
            values = read()
    except RuntimeError:
        values = None
    if values is None:
        reason = said_by_gdal() or "GDAL does not say why"
        source = dataset.GetDescription() or "the raster"
        raise InputError(f"Cannot read {source}: {reason}. The file is damaged or incomplete: get it anew.")
    return values
