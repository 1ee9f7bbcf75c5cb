"""Polygons as a mask of pixels."""

from __future__ import annotations

import numpy as np
from osgeo import gdal, ogr

from ..errors import InputError
from .crs import spatial_reference
from .features import FeatureFile, is_area
from .grid import RasterGrid


class PolygonMask:
    """The area of a polygon layer, in the CRS of a grid, to be burned window by window.

    ``source`` is anything OGR opens, ``path|layername=name`` for one layer of several.
    A pixel belongs to the area when its center does.
    """

    def __init__(self, source: str, grid: RasterGrid):
        file = FeatureFile(source, "mask")
        self._memory = ogr.GetDriverByName("Memory").CreateDataSource("mask")
        self._layer = self._memory.CreateLayer("mask", srs=spatial_reference(grid.crs_wkt))
        for _, geometry in file.shapes(grid.crs_wkt):
            if is_area(geometry):
                copy = ogr.Feature(self._layer.GetLayerDefn())
                copy.SetGeometry(geometry)
                self._layer.CreateFeature(copy)
        if self._layer.GetFeatureCount() == 0:
            raise InputError(f"The mask {source} has no polygons. Choose one with at least one polygon.")

    def read(self, grid: RasterGrid) -> np.ndarray:
        """(h, w) bool: pixels of the grid whose centers lie in a polygon."""
        target = gdal.GetDriverByName("MEM").Create("", grid.width, grid.height, 1, gdal.GDT_Byte)
        target.SetGeoTransform(grid.transform)
        target.SetProjection(grid.crs_wkt)
        gdal.RasterizeLayer(target, [1], self._layer, burn_values=[1])
        return target.ReadAsArray() > 0
