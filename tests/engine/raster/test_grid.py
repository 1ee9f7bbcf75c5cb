"""Windows and grids obey the laws that everything else leans on."""

import numpy as np
import pytest

from obic_plugin.engine.raster.grid import RasterGrid, Window
from tests.scenes import NORTH_UP, ROTATED, SOUTH_UP

WINDOWS = [Window(0, 0, 1, 1), Window(3, 5, 7, 2), Window(-4, 9, 30, 31)]


@pytest.mark.parametrize("window", [Window(0, 0, 17, 200), Window(5, 3, 64, 65), Window(0, 0, 1, 1)])
@pytest.mark.parametrize("size_px", [1, 7, 16, 512])
def test_tiles_cover_every_pixel_once(window, size_px):
    count = np.zeros((window.bottom, window.right), int)
    for tile in window.tiles(size_px):
        count[tile.slices] += 1
    assert (count[window.slices] == 1).all()
    assert count.sum() == window.size


@pytest.mark.parametrize("window", WINDOWS)
def test_growing_and_aligning_contain_the_window(window):
    for larger in (window.grow(3), window.align(16), window.align(7).grow(1)):
        assert window & larger == window


@pytest.mark.parametrize("window", WINDOWS)
def test_aligned_corners_are_multiples(window):
    aligned = window.align(16)
    assert all(number % 16 == 0 for number in aligned)
    assert aligned.align(16) == aligned


def test_intersection_commutes_and_may_be_empty():
    a, b = Window(0, 0, 4, 6), Window(2, 3, 9, 9)
    assert a & b == b & a == Window(2, 3, 2, 3)
    assert (a & Window(10, 10, 5, 5)).size == 0


@pytest.mark.parametrize("transform", [NORTH_UP, ROTATED, SOUTH_UP, None])
def test_map_and_pixel_coordinates_invert_each_other(transform):
    grid = RasterGrid(50, 60, transform)
    x, y = grid.to_map(12.5, 33.25)
    assert np.allclose(grid.to_pixel(x, y), (12.5, 33.25))


@pytest.mark.parametrize("transform", [NORTH_UP, ROTATED, SOUTH_UP])
def test_a_cropped_grid_has_its_pixels_where_they_were(transform):
    grid = RasterGrid(50, 60, transform)
    part = grid[Window(7, 9, 20, 20)]
    assert np.allclose(part.to_map(3, 4), grid.to_map(10, 13))
    assert part.pixel_area == pytest.approx(grid.pixel_area)


def test_window_of_takes_pixels_by_their_centers():
    grid = RasterGrid(10, 10, (0.0, 1.0, 0.0, 10.0, 0.0, -1.0))
    assert grid.window_of(2.4, 3.0, 5.6, 8.0) == Window(2, 2, 5, 4)
    assert grid.window_of(0, 0, 10, 10) == grid.window
    assert grid.window_of(20, 20, 30, 30).size == 0
