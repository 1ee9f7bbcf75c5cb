"""Labels of several dates have one legend."""

from __future__ import annotations

import numpy as np
from osgeo import gdal

from obic_plugin.engine.change.labels import DatedLabels, numbered_alike
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.palette import distinct_colors
from obic_plugin.engine.raster.reader import RasterReader
from tests.scenes import write_raster


def painted(path: str, colors: dict) -> str:
    """The raster with a color for some of its labels."""
    dataset, table = gdal.Open(path, gdal.GA_Update), gdal.ColorTable()
    for label, color in colors.items():
        table.SetColorEntry(label, (*color, 255))
    dataset.GetRasterBand(1).SetColorTable(table)
    return path


def test_a_class_without_a_color_gets_one_that_no_other_has(tmp_path):
    green, _, third = distinct_colors(3)  # the third is that which the third class would have
    maps = np.array([[[1, 2, 2]]], np.uint8), np.array([[[3, 1, 2]]], np.uint8)
    paths = [write_raster(tmp_path / f"{number}.tif", labels) for number, labels in enumerate(maps)]
    grid = RasterReader(painted(paths[0], {1: third, 2: green})).grid
    rasters = [DatedLabels(path, grid, Silent()) for path in paths]
    colors = [item.color for item in numbered_alike(rasters, grid.window, Silent())]
    assert len(colors) == 3 == len(set(colors)) and {green, third} < set(colors)
