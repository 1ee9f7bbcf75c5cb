"""A finished map: classes by descending area, a legend in the file, small patches merged, nodata kept."""

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.labelmap import LabelMap
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.display import Display
from obic_plugin.engine.raster.grid import RasterGrid, Window
from obic_plugin.engine.staging import Staging
from tests.scenes import NORTH_UP, crs, read_raster

DISPLAY = Display((0, 1, 2), np.zeros(3), np.full(3, 255.0))
COLORS = np.array([[0, 0, 0], [200, 10, 10], [10, 200, 10], [10, 10, 200]])


def make(path, labels, min_area_px=0, colors="mean", names=None):
    grid = RasterGrid(*labels.shape, NORTH_UP, crs())
    image = COLORS[labels].transpose(2, 0, 1).astype(np.float32)
    with Staging() as staging:
        target = LabelMap(grid, str(path), staging, 9, DISPLAY)
        for tile in grid.window.tiles(512):
            target.write(tile, labels[tile.slices], image[(slice(None), *tile.slices)])
        table, area, _ = target.finish(min_area_px, colors, {"OBIC_METHOD": "test"}, Silent(), names)
        target.close()
        staging.commit()
    return table, area


@pytest.fixture
def labels():
    labels = np.full((40, 600), 3, np.uint8)
    labels[:15] = 1
    labels[30:, :300] = 2
    labels[0, :7] = 0
    return labels


def test_classes_are_numbered_by_descending_area(tmp_path, labels):
    table, area = make(tmp_path / "a.tif", labels)
    found = read_raster(tmp_path / "a.tif")
    assert area.tolist() == [12000, 8993, 3000] == [int((found == value).sum()) for value in table.values]
    assert ((found == 0) == (labels == 0)).all()


def test_the_legend_travels_in_the_file(tmp_path, labels):
    table, _ = make(tmp_path / "a.tif", labels)
    assert ClassTable.from_raster(str(tmp_path / "a.tif")) == table
    dataset = gdal.Open(str(tmp_path / "a.tif"))
    band = dataset.GetRasterBand(1)
    assert table.colors == ((10, 10, 200), (200, 10, 10), (10, 200, 10))
    assert band.GetNoDataValue() == 0 and band.GetColorTable().GetColorEntry(0)[3] == 0


def test_small_patches_are_merged_into_their_surroundings(tmp_path, labels):
    labels[20, 50:53] = 2
    make(tmp_path / "a.tif", labels, min_area_px=5)
    found = read_raster(tmp_path / "a.tif")
    assert (found[20, 50:53] == found[20, 49]).all()
    assert (found[0, :7] == 0).all()


def test_a_given_legend_keeps_its_values(tmp_path, labels):
    names = ClassTable.of([(1, 2, 3), (4, 5, 6), (7, 8, 9)], ["a", "b", "c"])
    table, area = make(tmp_path / "a.tif", labels, names=names)
    assert table == names and area.tolist() == [8993, 3000, 12000]
    assert (read_raster(tmp_path / "a.tif") == labels).all()


def test_it_has_overviews_metadata_and_the_grid(tmp_path, labels):
    make(tmp_path / "a.tif", labels, colors="distinct")
    dataset = gdal.Open(str(tmp_path / "a.tif"))
    assert dataset.GetRasterBand(1).GetOverviewCount() == 2
    assert dataset.GetMetadataItem("OBIC_METHOD") == "test"
    assert dataset.GetGeoTransform() == NORTH_UP
    assert dataset.GetRasterBand(1).GetBlockSize() == [512, 512]


def test_a_window_never_written_is_no_data(tmp_path):
    grid = RasterGrid(600, 600, NORTH_UP, crs())
    with Staging() as staging:
        target = LabelMap(grid, str(tmp_path / "a.tif"), staging, 3, DISPLAY)
        target.write(Window(512, 512, 88, 88), np.ones((88, 88), np.uint8), np.zeros((3, 88, 88)))
        target.finish(0, "mean", {}, Silent())
        target.close()
        staging.commit()
    found = read_raster(tmp_path / "a.tif")
    assert found.sum() == 88 * 88 and found[512:, 512:].all()
