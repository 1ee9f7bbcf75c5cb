"""Polygons, lines and points with a class field as labels on a grid."""

from __future__ import annotations

import math
from functools import cached_property

import numpy as np
from osgeo import gdal, ogr

from ..errors import InputError
from ..sources import quiet_gdal
from .crs import spatial_reference
from .features import FeatureFile
from .grid import RasterGrid, Window
from .labels import Labels


class BurntLabels:
    """Features with a class field, burned window by window: a pixel has the class at its center.

    Of features that overlap the last one counts. A field of whole numbers gives the labels; one of text
    gives labels 1, 2, … and ``names``, in alphabetical order; ``given`` are all of them. Features without a class,
    ``n_unclassed`` of them, are left out. Lines, of which a
    pixel has those that cross it, are refused unless they ``may_be_lines``.
    """

    def __init__(
        self,
        source: str,
        field: str | None,
        grid: RasterGrid,
        role: str = "reference",
        may_be_lines: bool = False,
    ):
        self._role, self._source, self._field, self._grid = role, source, field, grid
        self._may_be_lines = may_be_lines
        self._file = FeatureFile(source, role)
        index = self._field_index(field)
        values, geometries = self._features(index)
        text = any(isinstance(value, str) for value in values)
        kinds = sorted(set(values))
        self.names = dict(enumerate(kinds, 1)) if text else {}
        self.colors: dict = {}
        label = {kind: number if text else kind for number, kind in enumerate(kinds, 1)}
        self.given = frozenset(label.values())
        self._labels = np.array([0, *(label[value] for value in values)], np.int64)
        self._memory = ogr.GetDriverByName("Memory").CreateDataSource("reference")
        self._last_on_top = self._layer_of(enumerate(geometries, 1))

    def labels(self, window: Window) -> Labels:
        numbers = self.features(window)
        return Labels(self._labels[numbers], numbers > 0)

    def features(self, window: Window) -> np.ndarray:
        """(h, w) int32: which feature with a class a pixel belongs to, from 1 in the order of the file; 0 for none."""
        return self._burnt(self._last_on_top, window)

    def lowest(self, window: Window) -> np.ndarray:
        """(h, w) labels where of features that overlap the first one counts; 0 where there is none."""
        return self._labels[self._burnt(self._first_on_top, window)]

    @cached_property
    def _first_on_top(self) -> ogr.Layer:
        self._last_on_top.SetSpatialFilter(None)
        numbered = [(feature.GetField(0), feature.GetGeometryRef().Clone()) for feature in self._last_on_top]
        return self._layer_of(reversed(numbered))

    def _layer_of(self, numbered) -> ogr.Layer:
        """A layer of geometries in some order, each with its number."""
        layer = self._memory.CreateLayer("", srs=spatial_reference(self._grid.crs_wkt))
        layer.CreateField(ogr.FieldDefn("number", ogr.OFTInteger))
        for number, geometry in numbered:
            feature = ogr.Feature(layer.GetLayerDefn())
            feature.SetField(0, number)
            feature.SetGeometry(geometry)
            layer.CreateFeature(feature)
        return layer

    def _burnt(self, layer: ogr.Layer, window: Window) -> np.ndarray:
        part = self._grid[window]
        target = gdal.GetDriverByName("MEM").Create("", window.width, window.height, 1, gdal.GDT_Int32)
        target.SetGeoTransform(part.transform)
        target.SetProjection(self._grid.crs_wkt)
        corners = [part.to_map(row, col) for row in (0, part.height) for col in (0, part.width)]
        x, y = zip(*corners)
        layer.SetSpatialFilterRect(min(x), min(y), max(x), max(y))
        with quiet_gdal():  # it warns wherever there is no CRS
            gdal.RasterizeLayer(target, [1], layer, options=["ATTRIBUTE=number"])
        return target.ReadAsArray()

    def _field_index(self, field: str | None) -> int | None:
        return self._file.field_index(field)

    def _features(self, index: int | None) -> tuple:
        """The class (int or str) and geometry, in the grid's CRS, of each feature that has both."""
        values, geometries, dimensions, self.n_unclassed = [], [], set(), 0
        for feature, geometry in self._file.shapes(self._grid.crs_wkt):
            value = self._value(feature, index)
            if value in (None, ""):
                self.n_unclassed += 1
                continue
            if geometry.GetDimension() == 1 and not self._may_be_lines:
                raise InputError(f"The {self._role} {self._source} has lines. Choose polygons or points.")
            dimensions.add(geometry.GetDimension())
            values.append(value)
            geometries.append(geometry)
        self.is_points = dimensions == {0}
        if not values:
            raise InputError(
                f"The {self._role} {self._source} has no feature with a class. Choose another field, or another"
                " file."
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
            else self._file.text(feature, index)
        )

    def _number(self, value: float) -> int:
        if not (
            abs(value) < 2**53 and value == math.floor(value)
        ):  # NaN neither; beyond, floats skip numbers
            raise InputError(
                f"The {self._role} {self._source} holds {value:g} in its field {self._field}. Choose a field of text,"
                " or of whole numbers below 9007199254740992."
            )
        return int(value)


class BurntFeatures(BurntLabels):
    """Polygons each of which is a label of its own: 1, 2, … in the order of the file."""

    def __init__(self, source: str, grid: RasterGrid, role: str = "layer of zones"):
        super().__init__(source, None, grid, role, may_be_lines=role != "layer of zones")

    def _field_index(self, field: str | None) -> None:
        return None

    def _value(self, feature: ogr.Feature, index: int | None) -> int:
        return feature.GetFID() + 1
