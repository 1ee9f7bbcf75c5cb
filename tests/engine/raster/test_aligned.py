"""A second image on the grid of a first one."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.raster.aligned import on_grid
from obic_plugin.engine.raster.grid import RasterGrid, Window
from obic_plugin.engine.raster.pair import ImagePair
from obic_plugin.engine.raster.reader import RasterReader
from tests.scenes import NORTH_UP, ROTATED, SOUTH_UP, crs, write_raster

GRID = RasterGrid(40, 50, NORTH_UP, crs())
PLACE = NORTH_UP[0], NORTH_UP[3]


def ramp(height=40, width=50, step=1.0):
    """Values that rise by 2 to the right and by 5 downwards, a pixel of 10 m."""
    rows, cols = np.arange(height)[:, None] + 0.5, np.arange(width) + 0.5
    return ((5 * rows + 2 * cols) * step).astype(np.float32)


def read(source, grid=GRID, window=None):
    return RasterReader(on_grid(source, grid, "first.tif")).read(window or grid.window)


def test_what_lies_there_already_is_itself(tmp_path):
    path = write_raster(tmp_path / "a.tif", ramp())
    assert on_grid(path, GRID, "first.tif") == path


@pytest.mark.parametrize("size", [5.0, 20.0, 10.0])
def test_other_resolutions_and_places(tmp_path, size):
    x, y = PLACE[0] - 40, PLACE[1] + 40
    n_rows, n_cols = int(480 / size), int(580 / size)
    rows, cols = (np.arange(n_rows)[:, None] + 0.5) * size - 40, (np.arange(n_cols) + 0.5) * size - 40
    values = (0.5 * rows + 0.2 * cols).astype(np.float32)
    path = write_raster(tmp_path / "a.tif", values, (x - 0.0, size, 0, y, 0, -size))
    found = read(path)
    assert found.valid.all() and np.abs(found.values[0] - ramp()).max() < 1e-3


@pytest.mark.parametrize("transform", [ROTATED, SOUTH_UP])
def test_the_first_grid_may_be_rotated_or_south_up(tmp_path, transform):
    grid = RasterGrid(30, 30, transform, crs())
    corners = [grid.to_map(row, col) for row in (0, 30) for col in (0, 30)]
    x0, y1 = min(x for x, _ in corners) - 20, max(y for _, y in corners) + 20
    rows, cols = np.arange(130)[:, None] + 0.5, np.arange(130) + 0.5
    values = (x0 - 5e5 + 5 * cols + 0.1 * (y1 - 5 * rows - 54e5)).astype(np.float32)
    path = write_raster(tmp_path / "a.tif", values, (x0, 5.0, 0, y1, 0, -5.0))
    found = read(path, grid)
    place = np.array([[grid.to_map(r + 0.5, c + 0.5) for c in range(30)] for r in range(30)])
    assert found.valid.all()
    assert np.abs(found.values[0] - (place[..., 0] - 5e5 + 0.1 * (place[..., 1] - 54e5))).max() < 0.5


def test_what_is_not_covered_or_no_data_is_invalid(tmp_path):
    values = np.full((3, 20, 50), 7, np.uint8)
    path = write_raster(tmp_path / "half.tif", values)
    found = read(path)
    assert found.valid[:20].all() and not found.valid[20:].any()
    holes = np.full((1, 80, 100), 7, np.int16)
    holes[:, :20, :20] = -9999
    path = write_raster(tmp_path / "holes.tif", holes, (PLACE[0], 5.0, 0, PLACE[1], 0, -5.0), nodata=-9999)
    found = read(path)
    assert not found.valid[:10, :10].any() and found.valid[12:, 12:].all()
    assert (found.values[0][found.valid] == 7).all()


def test_another_crs(tmp_path):
    lon, lat = 9.0, 48.7448
    values = np.full((400, 600), 3, np.uint8)
    path = write_raster(
        tmp_path / "degrees.tif", values, (lon - 0.004, 2e-5, 0, lat + 0.005, 0, -2e-5), crs(4326)
    )
    grid = RasterGrid(40, 50, (500000.0, 2.0, 0.0, 5399000.0, 0.0, -2.0), crs())
    assert read(path, grid).valid.any()


def test_refusals(tmp_path):
    far = write_raster(tmp_path / "far.tif", ramp(), (0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
    with pytest.raises(InputError, match="do not overlap: they show different places"):
        on_grid(far, GRID, "first.tif")
    coarse = write_raster(tmp_path / "coarse.tif", ramp(9, 9), (PLACE[0], 50.0, 0, PLACE[1], 0, -50.0))
    with pytest.raises(InputError, match=r"5\.0 times as large .* more than 4 times is too much"):
        on_grid(coarse, GRID, "first.tif")
    bare = write_raster(tmp_path / "bare.tif", ramp(10, 10), None)
    with pytest.raises(InputError, match=r"has 10 x 10 px, first\.tif 50 x 40, and one of them has no"):
        on_grid(bare, GRID, "first.tif")


def test_a_pair_is_valid_where_both_are_and_reads_the_second_where_it_is_shifted(tmp_path):
    first, second = ramp()[None], np.roll(ramp()[None], (2, 3), (1, 2))
    first, second = first.copy(), second.copy()
    first[:, 5, 5] = np.nan
    paths = [write_raster(tmp_path / name, each) for name, each in (("1.tif", first), ("2.tif", second))]
    pair = ImagePair(RasterReader(paths[0]), paths[1], (2, 3))
    one, two = pair.read(Window(0, 0, 40, 50))
    assert (
        one.valid is two.valid
        and not one.valid[5, 5]
        and not one.valid[38:].any()
        and one.valid[:38, :47].sum() == 38 * 47 - 1
    )
    assert np.array_equal(one.values[:, one.valid], two.values[:, two.valid])


def test_what_fills_an_image_undeclared_does_not_mix_with_its_neighbors(tmp_path):
    image = np.stack([ramp(), ramp() + 5]).astype(np.int16)
    image[:, 10:20, 10:30] = -9999
    image[0, 30, 40] = -9999  # of one band alone: no fill
    finer = (NORTH_UP[0], NORTH_UP[1] / 2, 0.0, NORTH_UP[3], 0.0, NORTH_UP[5] / 2)
    first = write_raster(tmp_path / "1.tif", np.zeros((2, 80, 100), np.uint8), finer)
    second = write_raster(tmp_path / "2.tif", image)
    pair = ImagePair(RasterReader(first), second, fill=-9999)
    patch = pair.second.read(Window(0, 0, 80, 100))
    assert not patch.valid[21:39, 21:59].any() and patch.valid[:18].all() and patch.valid[42:60].all()
    assert patch.values[:, patch.valid][1].min() >= 0  # nothing between the fill and the image
