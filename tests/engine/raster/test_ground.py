"""True areas and lengths against what is known of the ellipsoid."""

from __future__ import annotations

import math

import numpy as np
import pytest

from obic_plugin.engine.raster.grid import RasterGrid, Window
from obic_plugin.engine.raster.ground import Ground, zone_area
from tests.scenes import NORTH_UP, ROTATED, crs

EARTH_M2 = 510_065_621_724_088.4  # WGS 84


def test_the_whole_earth():
    ground = Ground.of(RasterGrid(180, 360, (-180.0, 1.0, 0.0, 90.0, 0.0, -1.0), crs(4326)))
    areas = ground.pixel_areas(ground.grid.window)
    assert areas.shape == (180, 1) and areas.sum() * 360 == pytest.approx(EARTH_M2, rel=1e-12)
    assert np.allclose(areas, areas[::-1], rtol=1e-12)
    # a quarter of a meridian, and the equator
    quarter = ground.lengths(np.linspace(0, 90, 2000), np.zeros(2000)).sum()
    assert quarter == pytest.approx(10_001_965.7293, rel=1e-6)
    equator = ground.lengths(np.full(361, 90.0), np.arange(361.0)).sum()
    assert equator == pytest.approx(2 * math.pi * 6378137, rel=1e-9)


def test_parts_add_up():
    ground = Ground.of(RasterGrid(400, 300, (7.0, 1e-4, 0.0, 47.0, 0.0, -1e-4), crs(4326)))
    whole = ground.pixel_areas(ground.grid.window)
    parts = [ground.pixel_areas(Window(row, 0, 80, 300)) for row in range(0, 400, 80)]
    assert (np.concatenate(parts) == whole).all()
    coarse = Ground.of(RasterGrid(4, 3, (7.0, 1e-2, 0.0, 47.0, 0.0, -1e-2), crs(4326)))
    assert coarse.pixel_areas(coarse.grid.window)[:, 0] == pytest.approx(
        whole.reshape(4, 100).sum(1) * 100, rel=1e-9
    )


def test_sphere_and_other_units():
    assert zone_area(math.pi / 2, 2.0, 0.0) == 4.0
    feet = Ground.of(RasterGrid(3, 3, NORTH_UP, crs(2263)))
    assert feet.pixel_areas(Window(0, 0, 1, 1)) == pytest.approx(100 * 0.3048006096**2)
    assert feet.lengths(np.array([0, 0.0]), np.array([0, 1.0])) == pytest.approx(3.048006096)
    grads = crs(4807)  # NTF (Paris), in grads
    one = Ground.of(RasterGrid(1, 1, (2.0, 1.0, 0.0, 50.5, 0.0, -1.0), grads))
    assert one.pixel_areas(one.grid.window) == pytest.approx(100_000**2 * math.cos(math.pi / 4), rel=5e-3)


def test_rotated():
    plane = Ground.of(RasterGrid(5, 5, ROTATED, crs()))
    assert plane.pixel_areas(Window(0, 0, 2, 2)) == pytest.approx(100)
    assert plane.lengths(np.array([0, 3.0]), np.array([0, 4.0])) == pytest.approx(50)
    turned = Ground.of(RasterGrid(20, 20, (9.0, 8e-3, 6e-3, 50.0, 6e-3, -8e-3), crs(4326)))
    straight = Ground.of(RasterGrid(20, 20, (9.0, 1e-2, 0.0, 50.0, 0.0, -1e-2), crs(4326)))
    each = turned.pixel_areas(turned.grid.window)
    assert each.shape == (20, 20)
    assert each[0, 0] == pytest.approx(straight.pixel_areas(Window(0, 0, 1, 1))[0, 0], rel=1e-3)
    assert each[0, 19] < each[0, 0] < each[19, 0]  # its columns go north, where the earth is narrow


def test_without_a_crs():
    for grid in (RasterGrid(4, 5), RasterGrid(4, 5, NORTH_UP), RasterGrid(4, 5, NORTH_UP, "nonsense")):
        ground = Ground.of(grid)
        assert ground.unit == "px" and ground.pixel_areas(grid.window).sum() == 4
        assert ground.lengths(np.array([0, 3.0]), np.array([0, 4.0])) == 5
