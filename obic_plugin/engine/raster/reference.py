"""Reference data on the grid of a map: label rasters of any grid, polygons and points with a class field."""

from __future__ import annotations

import math

import numpy as np
from osgeo import gdal

from ..errors import InputError
from ..progress import Progress
from ..sources import LayerSource, open_source, quiet_gdal, said_by_gdal
from .burnt import BurntFeatures, BurntLabels
from .crs import spatial_reference
from .grid import GridOffset, RasterGrid, Window
from .labels import LabelReader, Labels, whole_numbers


def open_reference(
    source: str, field: str | None, grid: RasterGrid, progress: Progress, role: str = "reference"
):
    """Whatever the reference is, as an object that reads ``labels(window)`` on ``grid``.

    It also has ``names`` and ``colors``, {label: …}, and ``is_points``. ``source`` is a raster, or anything
    OGR opens (``path|layername=name`` for one layer of several), for which ``field`` must be given. ``role`` is what
    refusals call it.
    """
    if not is_raster(source):
        return BurntLabels(source, field, grid, role)
    return open_raster_reference(source, grid, progress, role)


def open_raster_reference(source: str, grid: RasterGrid, progress: Progress, role: str = "reference"):
    """A label raster of any grid, on ``grid``."""
    reader = LabelReader(source)
    offset = _offset(reader.grid, grid, role, source, progress)
    if offset is not None:
        return ShiftedLabels(reader, *offset)
    progress.say(f"Each pixel of the map takes the nearest pixel of the {role}: their grids differ.")
    return WarpedLabels(reader, grid)


def open_zones(source: str, field: str | None, grid: RasterGrid, progress: Progress):
    """As `open_reference`, but polygons without a ``field`` are a zone each; refuses points."""
    found = (
        BurntFeatures(source, grid)
        if not field and not is_raster(source)
        else open_reference(source, field, grid, progress, "raster of zones")
    )
    if found.is_points:
        raise InputError(f"{source} has points. Choose polygons, or a raster of zones.")
    return found


_SMALL = (gdal.GDT_Byte, gdal.GDT_UInt16, gdal.GDT_Int16)  # float32 holds their values


class ShiftedLabels:
    """A label raster whose pixels are those of another grid, from (row, col) of that grid on."""

    is_points = False

    def __init__(self, reader: LabelReader, row: int, col: int):
        self._reader, self._row, self._col = reader, row, col
        self.names, self.colors = reader.names, reader.colors

    def labels(self, window: Window) -> Labels:
        return self._reader.labels(window._replace(row=window.row - self._row, col=window.col - self._col))


class WarpedLabels:
    """A label raster seen on another grid by its nearest pixel, window by window as it is needed."""

    is_points = False

    def __init__(self, reader: LabelReader, grid: RasterGrid):
        self._reader, self._grid = reader, grid
        self.names, self.colors = reader.names, reader.colors
        self._crs = reader.grid.crs_wkt or grid.crs_wkt
        few = reader.dataset.GetRasterBand(1).DataType in _SMALL
        self._type = gdal.GDT_Float32 if few else gdal.GDT_Float64

    def labels(self, window: Window) -> Labels:
        target = gdal.GetDriverByName("MEM").Create("", window.width, window.height, 1, self._type)
        target.SetGeoTransform(self._grid[window].transform)
        target.SetProjection(self._grid.crs_wkt or self._crs)
        # any number might be a label, so what has none is NaN
        target.GetRasterBand(1).SetNoDataValue(math.nan)
        target.GetRasterBand(1).Fill(math.nan)
        gdal.ErrorReset()
        with quiet_gdal():
            try:
                done = gdal.Warp(target, self._reader.dataset, srcSRS=self._crs or None, resampleAlg="near")
            except RuntimeError:
                done = 0
        if not done:
            reason = said_by_gdal() or "GDAL does not say why"
            raise InputError(f"Cannot bring {self._reader.source} onto the grid of the map: {reason}.")
        values = target.ReadAsArray()
        if self._reader.dtype == np.int8:  # to GDAL before 3.7 these are bytes from 0 to 255
            values = np.where(values > 127, values - 256, values)
            values[values == self._reader.nodata[0]] = math.nan
        valid = np.isfinite(values)
        return Labels(whole_numbers(np.where(valid, values, 0), self._reader.source), valid)


def is_raster(source: str) -> bool:
    """Whether GDAL opens a source as a raster, and nothing says that one of its layers is meant."""
    return not LayerSource.parse(source).layer and open_source(source, gdal.OF_RASTER) is not None


def _offset(
    own: RasterGrid, grid: RasterGrid, role: str, source: str, progress: Progress
) -> GridOffset | None:
    """Where in ``grid`` a raster with grid ``own`` begins, if their pixels coincide."""
    if own.geotransform is None or grid.geotransform is None:
        if (own.height, own.width) != (grid.height, grid.width):
            raise InputError(
                f"The {role} {source} has {own.width} x {own.height} px, the map {grid.width} x"
                f" {grid.height}, and one of them has no georeference. Georeference it first."
            )
        if own.transform != grid.transform:
            progress.say(
                f"The {role} {source} is laid on the image pixel by pixel, since one of them has no georeference."
            )
        return GridOffset(0, 0)
    if (
        own.crs_wkt
        and grid.crs_wkt
        and not spatial_reference(own.crs_wkt).IsSame(spatial_reference(grid.crs_wkt))
    ):
        return None
    return grid.offset_of(own)
