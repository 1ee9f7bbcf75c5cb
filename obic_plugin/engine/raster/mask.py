"""Polygons as a mask of pixels."""

from __future__ import annotations

import numpy as np
from osgeo import gdal, ogr, osr

from ..errors import InputError
from .crs import spatial_reference, transformation_to
from .grid import RasterGrid


class PolygonMask:
    """The area of a polygon layer, in the CRS of a grid, to be burned window by window.

    ``source`` is anything OGR opens, ``path|layername=name`` for one layer of several.
    A pixel belongs to the area when its center does.
    """

    def __init__(self, source: str, grid: RasterGrid):
        path, _, options = source.partition("|")
        name = next((part[10:] for part in options.split("|") if part.startswith("layername=")), None)
        try:
            dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
            layer = dataset and (dataset.GetLayerByName(name) if name else dataset.GetLayer(0))
        except RuntimeError:
            layer = None
        if layer is None:
            raise InputError(f"Cannot open {source} as a polygon layer. Choose another mask.")
        self._memory = ogr.GetDriverByName("Memory").CreateDataSource("mask")
        self._layer = self._memory.CreateLayer("mask", srs=spatial_reference(grid.crs_wkt))
        self._copy(layer, transformation_to(grid.crs_wkt, layer.GetSpatialRef()))
        if self._layer.GetFeatureCount() == 0:
            raise InputError(f"The mask {source} has no polygons. Choose one with at least one polygon.")

    def read(self, grid: RasterGrid) -> np.ndarray:
        """(h, w) bool: pixels of the grid whose centers lie in a polygon."""
        target = gdal.GetDriverByName("MEM").Create("", grid.width, grid.height, 1, gdal.GDT_Byte)
        target.SetGeoTransform(grid.transform)
        target.SetProjection(grid.crs_wkt)
        gdal.RasterizeLayer(target, [1], self._layer, burn_values=[1])
        return target.ReadAsArray() > 0

    def _copy(self, layer: ogr.Layer, transformation: osr.CoordinateTransformation | None) -> None:
        layer.ResetReading()
        for feature in layer:
            geometry = feature.GetGeometryRef()
            if geometry is None or ogr.GT_Flatten(geometry.GetGeometryType()) not in _AREAS:
                continue
            geometry = geometry.Clone()
            if transformation is not None:
                geometry.Transform(transformation)
            copy = ogr.Feature(self._layer.GetLayerDefn())
            copy.SetGeometry(geometry)
            self._layer.CreateFeature(copy)


_AREAS = (
    ogr.wkbPolygon,
    ogr.wkbMultiPolygon,
    ogr.wkbCurvePolygon,
    ogr.wkbMultiSurface,
    ogr.wkbGeometryCollection,
)
