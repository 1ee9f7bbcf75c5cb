"""Reference data on the grid of a map: label rasters of any grid, polygons and points with a class field."""

from __future__ import annotations

import math

import numpy as np
from osgeo import gdal, ogr

from ..errors import InputError, shown
from ..progress import Progress
from ..sources import open_source, quiet_gdal, said_by_gdal
from .crs import spatial_reference
from .features import FeatureFile
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
    if not _is_raster(source):
        return BurntLabels(source, field, grid, role)
    reader = LabelReader(source)
    offset = _offset(reader.grid, grid, f"{role} {source}", progress)
    if offset is not None:
        return ShiftedLabels(reader, *offset)
    progress.say("The reference lies on another grid: each pixel of the map takes its nearest pixel.")
    return WarpedLabels(reader, grid)


def open_zones(source: str, field: str | None, grid: RasterGrid, progress: Progress):
    """As `open_reference`, but polygons without a ``field`` are a zone each; refuses points."""
    found = (
        BurntFeatures(source, grid)
        if not field and not _is_raster(source)
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


class BurntLabels:
    """Polygons or points with a class field, burned window by window: a pixel has the class at its center.

    Of polygons that overlap the last one counts. A field of whole numbers gives the labels; one of text
    gives labels 1, 2, … and ``names``, in alphabetical order. Features without a class are left out.
    """

    def __init__(self, source: str, field: str | None, grid: RasterGrid, role: str = "reference"):
        self._told, self._field, self._grid = f"The {role} {source}", field, grid
        self._file = FeatureFile(source, role)
        index = self._field_index(self._file.layer, field)
        values, geometries = self._features(index)
        text = any(isinstance(value, str) for value in values)
        kinds = sorted(set(values))
        self._values = np.arange(len(kinds) + 1) if text else np.array([0, *kinds], np.int64)
        self.names = dict(enumerate(kinds, 1)) if text else {}
        self.colors: dict = {}
        code = {kind: number for number, kind in enumerate(kinds, 1)}
        self._memory = ogr.GetDriverByName("Memory").CreateDataSource("reference")
        self._layer = self._memory.CreateLayer("reference", srs=spatial_reference(grid.crs_wkt))
        self._layer.CreateField(ogr.FieldDefn("code", ogr.OFTInteger))
        for value, geometry in zip(values, geometries):
            feature = ogr.Feature(self._layer.GetLayerDefn())
            feature.SetField(0, code[value])
            feature.SetGeometryDirectly(geometry)
            self._layer.CreateFeature(feature)

    def labels(self, window: Window) -> Labels:
        part = self._grid[window]
        target = gdal.GetDriverByName("MEM").Create("", window.width, window.height, 1, gdal.GDT_Int32)
        target.SetGeoTransform(part.transform)
        target.SetProjection(self._grid.crs_wkt)
        corners = [part.to_map(row, col) for row in (0, part.height) for col in (0, part.width)]
        x, y = zip(*corners)
        self._layer.SetSpatialFilterRect(min(x), min(y), max(x), max(y))
        gdal.RasterizeLayer(target, [1], self._layer, options=["ATTRIBUTE=code"])
        codes = target.ReadAsArray()
        return Labels(self._values[codes], codes > 0)

    def _field_index(self, layer: ogr.Layer, field: str | None) -> int:
        definition = layer.GetLayerDefn()
        names = [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]
        if field not in names:
            what = f"has no field {shown(field)}" if field else "needs a class field"
            choice = (
                f"Choose one of {', '.join(names)}"
                if names
                else "It has no field at all: choose another file"
            )
            raise InputError(f"{self._told} {what}. {choice}.")
        return names.index(field)

    def _features(self, index: int | None) -> tuple:
        """The class (int or str) and geometry, in the grid's CRS, of each feature that has both."""
        values, geometries, dimensions = [], [], set()
        for feature, geometry in self._file.shapes(self._grid.crs_wkt):
            value = self._value(feature, index)
            if value in (None, ""):
                continue
            if geometry.GetDimension() == 1:
                raise InputError(f"{self._told} has lines. Choose polygons or points.")
            dimensions.add(geometry.GetDimension())
            values.append(value)
            geometries.append(geometry)
        self.is_points = dimensions == {0}
        if not values:
            raise InputError(
                f"{self._told} has no feature with a class. Choose another field, or another file."
            )
        return values, geometries

    def _value(self, feature: ogr.Feature, index: int | None) -> int | str | None:
        """The class of a feature, None where it has none."""
        if not feature.IsFieldSetAndNotNull(index):
            return None
        kind = feature.GetFieldDefnRef(index).GetType()
        if kind in (ogr.OFTInteger, ogr.OFTInteger64):
            return self._number(feature.GetFieldAsInteger64(index))
        return (
            self._number(feature.GetFieldAsDouble(index))
            if kind == ogr.OFTReal
            else feature.GetFieldAsString(index)
        )

    def _number(self, value: float) -> int:
        if not (
            abs(value) < 2**53 and value == math.floor(value)
        ):  # NaN neither; beyond, floats skip numbers
            raise InputError(
                f"{self._told} holds {value:g} in its field {self._field}. Choose a field of text, or of whole numbers"
                " below 9007199254740992."
            )
        return int(value)


class BurntFeatures(BurntLabels):
    """Polygons each of which is a label of its own: 1, 2, … in the order of the file."""

    def __init__(self, source: str, grid: RasterGrid):
        super().__init__(source, None, grid, "layer of zones")

    def _field_index(self, layer: ogr.Layer, field: str | None) -> None:
        return None

    def _value(self, feature: ogr.Feature, index: int | None) -> int:
        return feature.GetFID() + 1


def _is_raster(source: str) -> bool:
    return "|layername=" not in source and open_source(source, gdal.OF_RASTER) is not None


def _offset(own: RasterGrid, grid: RasterGrid, source: str, progress: Progress) -> GridOffset | None:
    """Where in ``grid`` a raster with grid ``own`` begins, if their pixels coincide."""
    if own.geotransform is None or grid.geotransform is None:
        if (own.height, own.width) != (grid.height, grid.width):
            raise InputError(
                f"The {source} has {own.width} x {own.height} px, the map {grid.width} x"
                f" {grid.height}, and one of them has no georeference. Georeference it first."
            )
        if own.transform != grid.transform:
            progress.say(
                "Map and reference are compared pixel by pixel, since one of them has no georeference."
            )
        return GridOffset(0, 0)
    if (
        own.crs_wkt
        and grid.crs_wkt
        and not spatial_reference(own.crs_wkt).IsSame(spatial_reference(grid.crs_wkt))
    ):
        return None
    return grid.offset_of(own)
