"""Where an image is labeled: draws, groups, and contradictions."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster import groundtruth
from obic_plugin.engine.raster.grid import RasterGrid, Window
from obic_plugin.engine.raster.groundtruth import GroundTruth
from tests.engine.raster.test_reference import GRID, box, write_features
from tests.scenes import NORTH_UP, crs, write_raster


def pixels(source, grid=GRID, field="kind", most=10**6, seed=0):
    return GroundTruth(str(source), field, grid).pixels(grid.window, most, seed, Silent())


def test_pixels_of_polygons_with_their_numbers(tmp_path):
    features = [(7, box(2, 3, 4, 5)), (9, box(20, 30, 2, 2)), (7, box(30, 3, 1, 6))]
    found = pixels(write_features(tmp_path / "a.gpkg", features))
    labels, groups = np.zeros((40, 60), int), np.zeros((40, 60), int)
    for number, (row, col, height, width, kind) in enumerate(
        [(2, 3, 4, 5, 7), (20, 30, 2, 2, 9), (30, 3, 1, 6, 7)], 1
    ):
        labels[row : row + height, col : col + width] = kind
        groups[row : row + height, col : col + width] = number
    assert len(found.rows) == (labels > 0).sum()
    assert (found.labels == labels[found.rows, found.cols]).all()
    assert (found.groups == groups[found.rows, found.cols]).all()


def test_of_each_class_at_most_so_many_are_drawn_from_all_of_them(tmp_path):
    labels = np.zeros((40, 60), np.uint8)
    labels[:, 50:] = 1
    path = write_raster(tmp_path / "a.tif", labels)
    found = pixels(path, most=300)
    assert np.bincount(found.labels).tolist() == [300, 300]
    zeros = found.labels == 0
    assert 20 < found.cols[zeros].mean() < 30 and found.rows[zeros].max() > 35  # spread over the class
    again, other = pixels(path, most=300), pixels(path, most=300, seed=1)
    assert (found.cols == again.cols).all() and (found.cols != other.cols).any()


def test_patches_of_a_label_raster_are_groups_and_large_ones_are_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(groundtruth, "PATCH_PX", 16)
    labels = np.full((40, 60), 255, np.uint8)
    labels[2:6, 2:6] = labels[2:6, 10:14] = 1
    labels[6:9, 6:9] = 1  # touches the first one at a corner
    labels[20:40, 20:60] = 2
    found = pixels(write_raster(tmp_path / "a.tif", labels))
    group = np.full((40, 60), -1)
    group[found.rows, found.cols] = found.groups
    assert group[2, 2] == group[8, 8] != group[2, 10]
    assert len(np.unique(group[20:40, 20:60])) == 6 and len(np.unique(found.groups)) == 8


def test_groups_go_on_from_tile_to_tile(tmp_path, monkeypatch):
    monkeypatch.setattr(groundtruth, "SEARCHED_PX", 20)
    labels = np.full((40, 60), 255, np.uint8)
    for row in (3, 25):
        for col in (5, 25, 45):
            labels[row : row + 5, col : col + 5] = 1
    assert len(np.unique(pixels(write_raster(tmp_path / "a.tif", labels)).groups)) == 6


def test_what_two_classes_cover_is_counted_and_left_out(tmp_path):
    features = [(1, box(0, 0, 10, 10)), (2, box(5, 5, 10, 10)), (2, box(8, 8, 10, 10))]
    truth = GroundTruth(write_features(tmp_path / "a.gpkg", features), "kind", GRID)
    found = truth.pixels(GRID.window, 10**6, 0, Silent())
    assert truth.contradicted == {(1, 2): 25}
    assert not ((found.rows < 10) & (found.cols < 10) & (found.rows >= 5) & (found.cols >= 5)).any()


def test_no_label_within_the_window_is_refused(tmp_path):
    truth = GroundTruth(write_features(tmp_path / "a.gpkg", [(1, box(0, 0, 5, 5))]), "kind", GRID)
    with pytest.raises(InputError, match=r"None of the labels .* lies on the image"):
        truth.pixels(Window(20, 20, 10, 10), 100, 0, Silent())


def test_a_label_raster_on_another_grid(tmp_path):
    fine = RasterGrid(80, 120, (NORTH_UP[0], 5.0, 0.0, NORTH_UP[3], 0.0, -5.0), crs())
    labels = np.full((40, 60), 255, np.uint8)
    labels[10:12, 20:23] = 3
    found = pixels(write_raster(tmp_path / "a.tif", labels), grid=fine)
    assert len(found.rows) == 24 and found.rows.min() == 20 and found.cols.max() == 45
