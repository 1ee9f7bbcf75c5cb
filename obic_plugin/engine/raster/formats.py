"""Which raster format a file name asks for, and whether that holds what we write."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

import numpy as np
from osgeo import gdal, gdal_array, osr

from ..errors import OutputError
from ..progress import Progress, Silent
from ..sources import quiet_gdal
from ..writing import final_name, writing
from .gdalprogress import gdal_progress
from .memoryfolder import memory_folder

TIFF = "GTiff"
KNOWN = (".tif", ".img", ".png", ".bmp", ".gif", ".sdat", ".rst", ".asc", ".nc", ".ntf", ".bil")
NOT_DATA = ("VRT", "MEM", "PDF", "KMLSUPEROVERLAY", "WMS", "WMTS")
STRIP_PX = 1 << 22


class RasterFormat(NamedTuple):
    """The name of a driver of GDAL, and the endings of the files that it makes."""

    driver: str
    endings: tuple


def raster_format(
    path: str, dtype, n_bands: int = 1, nodata: float | None = 0, legend: bool = False
) -> RasterFormat:
    """The format that a file name asks for.

    Refuses an ending whose format GDAL does not write, or that does not hold so many bands of this type, their
    nodata and, with ``legend``, a color table: a small raster is written and read again.
    """
    ending, kind = os.path.splitext(path)[1].lower(), np.dtype(dtype).name
    what = kind, n_bands, nodata, legend
    found = _format_of(ending, *what)
    if found is None:
        known = ", ".join(each for each in KNOWN if _format_of(each, *what))
        if n_bands > 1:
            told = f"{n_bands} bands, each of {kind}"
        else:
            told = f"pixels of {kind} with a legend" if legend else kind
        raise OutputError(
            f"Cannot write {final_name(path)}: its name must end in one of {known}, whose formats hold {told}."
        )
    return found


def convert(source: str, path: str, driver: str, progress: Progress) -> None:
    """Copy a raster into another format, and read it again to see that it is whole."""
    with writing(path):
        with gdal_progress(progress) as callback:
            original = gdal.Open(source)
            copy = gdal.GetDriverByName(driver).CreateCopy(path, original, 1, callback=callback)
        if copy is None:
            raise RuntimeError(gdal.GetLastErrorMsg() or "the format does not take it")
        copy.FlushCache()
        del copy
        copy = gdal.Open(path)
        lost = "all of it" if copy is None else _lost(original, copy, progress)
        if lost:
            raise RuntimeError(f"{driver} does not hold {lost} of it")


@cache
def _format_of(ending: str, *what) -> RasterFormat | None:
    """The format of the first driver that holds what is asked of it."""
    if ending in (".tif", ".tiff"):
        return RasterFormat(TIFF, (ending, ending + ".aux.xml"))
    drivers = (gdal.GetDriver(number) for number in range(gdal.GetDriverCount()))
    for driver in drivers:
        endings = (driver.GetMetadataItem("DMD_EXTENSIONS") or "").lower().split()
        writes = driver.GetMetadataItem("DCAP_CREATECOPY") or driver.GetMetadataItem("DCAP_CREATE")
        raster = driver.GetMetadataItem("DCAP_RASTER") and writes and driver.ShortName not in NOT_DATA
        if raster and ending[1:] in endings:
            made = _survives(driver, ending, *what)
            if made is not None:
                return RasterFormat(driver.ShortName, made)
    return None


def _survives(
    driver: gdal.Driver, ending: str, kind: str, n_bands: int, nodata, legend: bool
) -> tuple | None:
    """The endings of the files that the driver makes of a small raster; None if something of it is lost."""
    try:
        with quiet_gdal(), _folder_for(driver) as folder:
            original = _sample(f"{folder}/original.tif", kind, n_bands, nodata, legend)
            copy = driver.CreateCopy(f"{folder}/copy{ending}", original, 1)
            if copy is None:
                return None
            copy.FlushCache()
            del copy
            copy = gdal.Open(f"{folder}/copy{ending}")
            if copy is None or copy.RasterCount == 0 or _lost(original, copy, Silent()):
                return None
            del copy
            return tuple(sorted(name[4:] for name in gdal.ReadDir(folder) if name.startswith("copy")))
    except RuntimeError:
        return None


@contextmanager
def _folder_for(driver: gdal.Driver):
    """A folder for a while: in memory where the driver can write there, which takes no time."""
    if driver.GetMetadataItem("DCAP_VIRTUALIO"):
        with memory_folder() as folder:
            yield folder
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield folder


def _sample(path: str, kind: str, n_bands: int, nodata, legend: bool) -> gdal.Dataset:
    """A small GeoTIFF with the least and the greatest numbers that its type has."""
    dtype = np.dtype(kind)
    dataset = gdal.GetDriverByName(TIFF).Create(
        path, 7, 5, n_bands, gdal_array.NumericTypeCodeToGDALTypeCode(dtype)
    )
    reference = osr.SpatialReference()
    reference.SetWellKnownGeogCS("WGS84")
    reference.SetUTM(32)
    dataset.SetProjection(reference.ExportToWkt())
    dataset.SetGeoTransform((500000.0, 10.0, 0.0, 5400000.0, 0.0, -10.0))
    if legend:
        table = gdal.ColorTable()
        for value in range(1, 255):
            table.SetColorEntry(value, (value, 255 - value, 7, 255))
        dataset.GetRasterBand(1).SetRasterColorTable(table)
    ends = np.finfo(dtype) if dtype.kind == "f" else np.iinfo(dtype)
    values = np.linspace(0, min(200, ends.max), 35).astype(dtype).reshape(5, 7)
    values[0, :3] = ends.max, ends.min, dtype.type(1) / 3
    for number in range(1, n_bands + 1):
        if nodata is not None:
            dataset.GetRasterBand(number).SetNoDataValue(nodata)
        dataset.GetRasterBand(number).WriteArray(values)
    dataset.FlushCache()
    return dataset


def _lost(original: gdal.Dataset, copy: gdal.Dataset, progress: Progress) -> str:
    """What of a raster its copy does not have; empty if it has all."""
    size = (original.RasterXSize, original.RasterYSize, original.RasterCount)
    if (copy.RasterXSize, copy.RasterYSize, copy.RasterCount) != size:
        return "the size"
    if original.GetProjection() and not copy.GetProjection():
        return "the CRS"
    if not np.allclose(original.GetGeoTransform(), copy.GetGeoTransform(), rtol=1e-9, atol=1e-9):
        return "the georeference"
    rows = max(1, STRIP_PX // original.RasterXSize)
    for number in range(1, original.RasterCount + 1):
        one, other = original.GetRasterBand(number), copy.GetRasterBand(number)
        if one.DataType != other.DataType:
            return "the data type"
        if not np.array_equal([_value(one)], [_value(other)], equal_nan=True):
            return "the nodata value"
        if _colors(one) != _colors(other):
            return "the colors"
        for row in range(0, original.RasterYSize, rows):
            progress.at(row / original.RasterYSize)
            part = 0, row, original.RasterXSize, min(rows, original.RasterYSize - row)
            same = np.array_equal(
                one.ReadAsArray(*part), other.ReadAsArray(*part), equal_nan=one.DataType >= 6
            )
            if not same:
                return "the values"
    return ""


def _value(band: gdal.Band) -> float:
    """The nodata value; infinity, which nobody declares, for none."""
    nodata = band.GetNoDataValue()
    return float("inf") if nodata is None else nodata


def _colors(band: gdal.Band) -> list:
    """The colors of the values from 1 that are in the table, up to the last that is not black."""
    table = band.GetRasterColorTable()
    colors = [] if table is None else [table.GetColorEntry(i)[:3] for i in range(1, table.GetCount())]
    while colors and colors[-1] == (0, 0, 0):
        colors.pop()
    return colors
