"""What the demo shows: the messages of qgis_process, and small pictures of rasters of any kind."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal

sys.path.insert(0, str(Path(__file__).parents[1] / "tools"))

from demo import Console, area_text, error_lines
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.raster.writer import RasterWriter
from obic_plugin.engine.samplescene import write_sample_scene
from quicklook import MapView, confidence_view, image_view

OUTPUT = """
----------------
Inputs
----------------

INPUT:\tscene.tif
OUTPUT:\tmap.tif


Reading a sample
01200 x 1000 px, 4 bands
...10...20.Training
..30..Training (about 2 min left)
.40...50...60...70...80...90...100 - done.

----------------
Results
----------------

OUTPUT:\tmap.tif
"""


@pytest.mark.parametrize("chunk", [1, 2, 7, 4096])
def test_messages_come_without_percentages_and_parameters(chunk, capsys):
    console = Console()
    for start in range(0, len(OUTPUT), chunk):
        console.feed(OUTPUT[start : start + chunk])
    console.close()
    shown = capsys.readouterr().out.splitlines()
    assert shown == ["  Reading a sample", "  1200 x 1000 px, 4 bands", "  Training"]


def test_only_the_error_of_a_failed_run():
    assert error_lines("Qt: chatter\nERROR:\tThe image is empty.\n\n") == ["ERROR:\tThe image is empty."]
    assert error_lines("chatter") == []


def make_map(path, geotransform=None, crs_wkt=""):
    labels = np.array([[0, 1, 1], [1, 2, 2]], np.uint8)
    grid = RasterGrid(2, 3, geotransform, crs_wkt)
    with RasterWriter(str(path), grid) as writer:
        writer.write(grid.window, labels)
        writer.describe({}, ClassTable.of([(10, 20, 30), (200, 100, 0)]))
    return path


def test_map_in_pixels_and_colors(tmp_path):
    view = MapView(make_map(tmp_path / "map.tif"))
    assert view.pixels.tolist() == [3, 2]
    assert view.area_m2 is None and view.width_m is None
    assert area_text(view, 0) == "3 px"
    colored = view.colored()
    assert colored[0, 0, 3] == 0
    assert colored[1, 2].tolist() == [200, 100, 0, 255]


def test_map_on_the_ground(tmp_path):
    write_sample_scene(tmp_path / "scene.tif", tmp_path / "truth.tif", 0, (64, 80))
    view = MapView(tmp_path / "truth.tif")
    assert view.width_m == pytest.approx(80)
    assert view.area_m2 == pytest.approx(view.pixels)
    assert area_text(view, 0).endswith(" ha")


def write_raster(path, values, nodata=None):
    driver = gdal.GetDriverByName("GTiff")
    kind = {"f": gdal.GDT_Float32, "i": gdal.GDT_Int16, "u": gdal.GDT_Byte}[values.dtype.kind]
    dataset = driver.Create(str(path), values.shape[2], values.shape[1], len(values), kind)
    for number, band in enumerate(values, 1):
        dataset.GetRasterBand(number).WriteArray(band)
        if nodata is not None:
            dataset.GetRasterBand(number).SetNoDataValue(nodata)
    return dataset


@pytest.mark.parametrize("n_bands", [1, 2, 3, 5])
def test_image_of_any_number_of_bands(n_bands, tmp_path):
    values = np.random.default_rng(0).normal(0, 300, (n_bands, 20, 30)).astype(np.int16)
    write_raster(tmp_path / "a.tif", values)
    valid = np.ones((10, 15), bool)
    valid[0] = False
    view = image_view(tmp_path / "a.tif", valid)
    assert view.shape == (10, 15, 4)
    assert (view[..., 3] == np.where(valid, 255, 0)).all()
    assert view[1:, :, :3].std() > 30


@pytest.mark.parametrize("fill", [np.nan, np.inf, -np.inf, 1e30])
def test_holes_do_not_darken_the_image(fill, tmp_path):
    values = np.random.default_rng(0).random((3, 40, 40)).astype(np.float32)
    values[:, :10] = fill
    write_raster(tmp_path / "a.tif", values)
    view = image_view(tmp_path / "a.tif", np.ones((40, 40), bool))
    assert view[10:, :, :3].std() > 50


def test_constant_and_empty_images(tmp_path):
    write_raster(tmp_path / "a.tif", np.full((3, 5, 5), 7, np.int16))
    for valid in (np.ones((5, 5), bool), np.zeros((5, 5), bool)):
        assert image_view(tmp_path / "a.tif", valid).shape == (5, 5, 4)


def test_paletted_image(tmp_path):
    dataset = write_raster(tmp_path / "a.tif", np.array([[[0, 1], [1, 0]]], np.uint8))
    table = gdal.ColorTable()
    table.SetColorEntry(1, (250, 120, 10, 255))
    dataset.GetRasterBand(1).SetColorTable(table)
    del dataset
    view = image_view(tmp_path / "a.tif", np.ones((2, 2), bool))
    assert view[0, 1].tolist() == [250, 120, 10, 255]


def test_confidence(tmp_path):
    write_raster(tmp_path / "a.tif", np.array([[[0, 50, 100]]], np.uint8))
    view = confidence_view(tmp_path / "a.tif", {0.0: (0, 0, 0), 1.0: (200, 100, 50)})
    assert view[0].tolist() == [[0, 0, 0, 0], [100, 50, 25, 255], [200, 100, 50, 255]]
