"""Labels are read as they are: no colors, no scaling, and nothing that is declared to be none."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid, Window
from obic_plugin.engine.raster.labels import LabelReader
from obic_plugin.engine.raster.writer import RasterWriter
from tests.scenes import write_raster


@pytest.mark.parametrize(
    ("dtype", "values"),
    [
        ("uint8", [0, 3, 255]),
        ("int16", [-5, 0, 9]),
        ("uint32", [0, 1, 4_000_000_000]),
        ("float64", [-2, 0, 7]),
    ],
)
def test_any_type_without_nodata(tmp_path, dtype, values):
    path = write_raster(tmp_path / "a.tif", np.array([values] * 2, dtype))
    labels, valid = LabelReader(path).labels(Window(0, 0, 2, 3))
    assert labels.tolist() == [values] * 2
    assert labels.dtype.kind in "iu"
    assert valid.all()


def test_nodata_and_nan_are_no_labels(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.array([[0, 1, 2]], np.uint8), nodata=1)
    assert LabelReader(path).labels(Window(0, 0, 1, 3)).valid.tolist() == [[True, False, True]]
    path = write_raster(tmp_path / "b.tif", np.array([[np.nan, 4, np.inf]], np.float32))
    labels, valid = LabelReader(path).labels(Window(0, 0, 1, 3))
    assert valid.tolist() == [[False, True, False]]
    assert labels.tolist() == [[0, 4, 0]]


def test_windows_may_reach_outside(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.arange(6, dtype=np.uint8).reshape(2, 3))
    labels, valid = LabelReader(path).labels(Window(-1, 1, 3, 4))
    assert labels.tolist() == [[0, 0, 0, 0], [1, 2, 0, 0], [4, 5, 0, 0]]
    assert valid.sum() == 4
    assert not LabelReader(path).labels(Window(50, 50, 2, 2)).valid.any()


def test_a_legend_is_read_and_colors_are_not_values(tmp_path):
    path, grid = str(tmp_path / "a.tif"), RasterGrid(2, 2)
    with RasterWriter(path, grid) as writer:
        writer.describe({}, ClassTable.of([(1, 2, 3), (4, 5, 6)], ["wood", "water"]))
        writer.write(grid.window, np.array([[1, 2], [2, 0]], np.uint8))
    reader = LabelReader(path)
    labels, valid = reader.labels(grid.window)
    assert labels.tolist() == [[1, 2], [2, 0]]
    assert valid.tolist() == [[True, True], [True, False]]
    assert {1: "wood", 2: "water"}.items() <= reader.names.items()
    assert reader.colors[2] == (4, 5, 6)


def test_images_and_fractions_are_refused(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.zeros((3, 4, 4), np.uint8))
    with pytest.raises(InputError, match="3 bands"):
        LabelReader(path)
    path = write_raster(tmp_path / "b.tif", np.array([[1, 0.37]], np.float32))
    with pytest.raises(InputError, match=r"0\.37.*whole numbers"):
        LabelReader(path).labels(Window(0, 0, 1, 2))


def test_alpha_masks(tmp_path):
    colors = [gdal.GCI_GrayIndex, gdal.GCI_AlphaBand]
    path = write_raster(tmp_path / "a.tif", np.array([[[5, 6]], [[255, 0]]], np.uint8), colors=colors)
    labels, valid = LabelReader(path).labels(Window(0, 0, 1, 2))
    assert labels.tolist() == [[5, 0]]
    assert valid.tolist() == [[True, False]]


def test_labels_beyond_what_numbers_hold_are_refused(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.array([[1e300, 1.0]]))
    with pytest.raises(InputError, match="holds 1e\\+300"):
        LabelReader(path).labels(Window(0, 0, 1, 2))
