"""Simplified and smoothed polygons remain a partition of what is labeled."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine.errors import ParameterError
from obic_plugin.engine.polygonize import write_polygons
from obic_plugin.engine.progress import Cancelled
from obic_plugin.engine.vector import pen
from obic_plugin.engine.vector.arcs import simplify
from obic_plugin.engine.vector.generalize import round_corners
from tests.progress import StopAt
from tests.scenes import ROTATED, write_raster

PIXELS = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)
STYLES = [(0.75, 0), (1.0, 0), (2.0, 0), (6.0, 0), (0.0, 1), (0.0, 3), (1.0, 2), (3.0, 1)]


def blobs(seed: int, height: int = 50, width: int = 60, n: int = 4, grain: float = 2.5) -> np.ndarray:
    """Rounded patches of n classes and of no class (0), islands and narrow necks included."""
    noise = np.random.default_rng(seed).normal(size=(n + 1, height, width))
    reach = int(3 * grain) + 1
    kernel = np.exp(-((np.arange(-reach, reach + 1) / grain) ** 2))
    for axis in (1, 2):
        noise = np.apply_along_axis(np.convolve, axis, noise, kernel, "same")
    return noise.argmax(0).astype(np.uint8)


def grains(seed: int, height: int = 24, width: int = 30) -> np.ndarray:
    """Every pixel by chance: the worst that can be drawn."""
    return np.random.default_rng(seed).integers(0, 4, (height, width), np.uint8)


def comb(height: int = 30, width: int = 61) -> np.ndarray:
    """Teeth of one pixel, and islands of one pixel between them."""
    values = np.ones((height, width), np.uint8)
    values[3:, ::4] = 2
    values[6::5, 2::4] = 3
    values[np.arange(30), np.arange(30)] = 4
    return values


def polygons(
    tmp_path, values, tolerance=0.0, smoothing=0, transform=PIXELS, name="out.fgb", **options
) -> list:
    """(label, geometry) of all polygons."""
    labels = write_raster(tmp_path / "labels.tif", values, transform, nodata=0)
    path = str(tmp_path / name)
    write_polygons(labels, path, tolerance_px=tolerance, smoothing=smoothing, **options)
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    return [(f["id"], f.geometry().Clone()) for f in dataset.GetLayer(0)]


def overlap(pairs: list) -> float:
    """The summed area of all pairwise intersections."""
    total = 0.0
    for (_, a), (_, b) in itertools.combinations(pairs, 2):
        (ax, ay, az, aw), (bx, by, bz, bw) = a.GetEnvelope(), b.GetEnvelope()
        if ax < by and bx < ay and az < bw and bz < aw:
            total += a.Intersection(b).Area()
    return total


def boundary_sides(pairs: list) -> Counter:
    """How often each side, whatever its direction, is drawn."""
    sides: Counter = Counter()
    for _, geometry in pairs:
        for ring in geometry:
            points = ring.GetPoints()
            sides.update(frozenset(side) for side in zip(points[:-1], points[1:]))
    return sides


def union(pairs: list):
    collection = ogr.Geometry(ogr.wkbMultiPolygon)
    for _, geometry in pairs:
        collection.AddGeometry(geometry)
    return collection.UnionCascaded()


@pytest.mark.parametrize(("tolerance", "smoothing"), STYLES)
@pytest.mark.parametrize(
    "scene", [blobs(0), blobs(1, grain=1.2), grains(0), comb()], ids=["blobs", "fine", "grains", "comb"]
)
def test_partition(tmp_path, scene, tolerance, smoothing):
    plain = polygons(tmp_path, scene)
    found = polygons(tmp_path, scene, tolerance, smoothing)
    assert Counter(label for label, _ in found) == Counter(label for label, _ in plain)
    assert all(geometry.IsValid() and geometry.Area() > 0 for _, geometry in found)
    area = sum(geometry.Area() for _, geometry in found)
    assert overlap(found) < 1e-9 * area
    whole, sides = union(found), boundary_sides(found)
    assert whole.Area() == pytest.approx(area, rel=1e-9)  # no overlaps, once more
    # no gaps: a side that is drawn once only borders on what has no label
    assert max(sides.values()) == 2
    outer = whole.Boundary().Length()
    single = sum(side_length(side) for side, count in sides.items() if count == 1)
    assert outer == pytest.approx(single, rel=1e-6)


def side_length(side: frozenset) -> float:
    (xa, ya), (xb, yb) = side
    return float(np.hypot(xa - xb, ya - yb))


@pytest.mark.parametrize("style", [(1.0, 0), (2.5, 0), (1.0, 2)])
@pytest.mark.parametrize("strip_px", [60 * 7, 60 * 16])
def test_partition_across_strips(tmp_path, style, strip_px):
    scene = blobs(2)
    found = polygons(tmp_path, scene, *style, strip_px=strip_px)
    assert len(found) == len(polygons(tmp_path, scene))
    assert all(geometry.IsValid() for _, geometry in found)
    area = sum(geometry.Area() for _, geometry in found)
    assert union(found).Area() == pytest.approx(area, rel=1e-9)
    assert max(boundary_sides(found).values()) == 2
    single = sum(side_length(side) for side, count in boundary_sides(found).items() if count == 1)
    assert union(found).Boundary().Length() == pytest.approx(single, rel=1e-6)


def islands() -> np.ndarray:
    """Rings that meet no other: specks of several sizes within one region, whose outlines have no fixed node."""
    values = np.ones((40, 48), np.uint8)
    chance = np.random.default_rng(4)
    for row, col in itertools.product(range(2, 36, 6), range(2, 44, 6)):
        values[row : row + chance.integers(1, 5), col : col + chance.integers(1, 5)] = 2
    return values


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("scene", [blobs(1, grain=1.2), grains(0), comb(), islands()])
def test_outlines_do_not_depend_on_how_many_are_drawn_at_once(tmp_path, monkeypatch, scene, style):
    at_once = polygons(tmp_path, scene, *style, name="a.gpkg")
    monkeypatch.setattr(pen, "CORNERS_AT_ONCE", 40)
    in_parts = polygons(tmp_path, scene, *style, name="b.gpkg")
    assert [(label, shape.ExportToWkb()) for label, shape in in_parts] == [
        (label, shape.ExportToWkb()) for label, shape in at_once
    ]


def test_full_scene_keeps_its_frame_and_all_its_area(tmp_path):
    scene = blobs(3) + 1
    for style in ((2.0, 0), (1.0, 2)):
        found = polygons(tmp_path, scene, *style)
        assert sum(geometry.Area() for _, geometry in found) == pytest.approx(scene.size, rel=1e-9)
        assert union(found).GetEnvelope() == (0, 60, -50, 0)


@pytest.mark.parametrize("tolerance", [0.75, 1.5, 4.0])
def test_stays_within_the_tolerance(tmp_path, tolerance):
    scene = blobs(4)
    # a GeoPackage keeps the order, which generalizing does not change
    plain, found = (
        polygons(tmp_path, scene, name="0.gpkg"),
        polygons(tmp_path, scene, tolerance, name="1.gpkg"),
    )
    assert points_of(found) < points_of(plain) * 0.65
    for (_, before), (_, geometry) in zip(plain, found):
        drawn = geometry.Boundary()
        for ring in before:
            for x, y in ring.GetPoints():
                point = ogr.Geometry(ogr.wkbPoint)
                point.AddPoint_2D(x, y)
                assert point.Distance(drawn) <= tolerance + 1e-9


def points_of(pairs: list) -> int:
    return sum(ring.GetPointCount() for _, geometry in pairs for ring in geometry)


def test_attributes_are_those_of_the_pixels(tmp_path):
    labels = write_raster(tmp_path / "labels.tif", blobs(5), ROTATED, nodata=0)
    areas = []
    for style in ({}, {"tolerance_px": 2.0}, {"smoothing": 2}):
        path = str(tmp_path / "out.fgb")
        write_polygons(labels, path, shape=True, **style)
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
        areas.append(sorted((f["id"], f["area_m2"]) for f in dataset.GetLayer(0)))
    assert areas[0] == areas[1] == areas[2]


def test_straight_stairs_become_a_line(tmp_path):
    scene = np.tri(60, dtype=np.uint8) + 1
    found = polygons(tmp_path, scene, 0.8)
    assert points_of(found) <= 12 and points_of(polygons(tmp_path, scene)) > 200


def test_small_islands_survive_any_tolerance(tmp_path):
    scene = np.ones((30, 30), np.uint8)
    scene[10, 10], scene[20:22, 20] = 2, 3
    found = dict(polygons(tmp_path, scene, 50.0))
    assert found[2].Area() == 1 and found[3].Area() == 2 and found[1].Area() == 897


def test_min_area(tmp_path):
    scene = np.ones((20, 20), np.uint8)
    scene[:, 10:], scene[5, 5], scene[5:8, 15:18], scene[0, 0] = 2, 3, 4, 0
    found = polygons(tmp_path, scene, min_area_px=5)
    assert sorted(label for label, _ in found) == [1, 2, 4]
    assert sum(geometry.Area() for _, geometry in found) == 399
    assert sorted(p.name for p in tmp_path.iterdir()) == ["labels.tif", "out.fgb"]


def test_simplify_keeps_within_tolerance_and_ends():
    random = np.random.default_rng(0)
    xy = np.cumsum(random.integers(-2, 3, (500, 2)), axis=0)
    begin, end = np.array([0, 200, 350]), np.array([200, 349, 499])
    for tolerance in (0.5, 2.0, 7.5):
        keep = simplify(xy, begin, end, tolerance)
        assert keep[begin].all() and keep[end].all()
        for first, last in zip(begin, end):
            kept = first + np.flatnonzero(keep[first : last + 1])
            for a, b in zip(kept[:-1], kept[1:]):
                line = ogr.CreateGeometryFromWkt(f"LINESTRING ({xy[a][0]} {xy[a][1]}, {xy[b][0]} {xy[b][1]})")
                for x, y in xy[a : b + 1]:
                    assert ogr.CreateGeometryFromWkt(f"POINT ({x} {y})").Distance(line) <= tolerance + 1e-9
    assert simplify(xy, begin, end, 1e6).sum() == 5


def test_simplify_keeps_closed_lines_open_to_the_eye():
    square = np.array([[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]])
    assert simplify(square, np.array([0]), np.array([4]), 100.0).sum() == 5
    triangle = np.array([[0, 0], [1, 0], [1, 1], [0, 0]])
    assert simplify(triangle, np.array([0]), np.array([3]), 100.0).sum() == 4


def test_rounding_does_not_depend_on_direction():
    points = np.random.default_rng(1).normal(size=(40, 2)) * 7
    first = np.array([0, 15, 40])
    turn = np.random.default_rng(2).random(40) < 0.7
    there, starts, origin = round_corners(points, first, turn, 1.0)
    order = np.concatenate([np.arange(14, -1, -1), np.arange(39, 14, -1)])
    back, starts_back, _ = round_corners(points[order], first, turn[order], 1.0)
    assert (starts == starts_back).all() and len(origin) == 40 + turn.sum()
    for begin, end in zip(starts[:-1], starts[1:]):
        assert {tuple(p) for p in there[begin:end]} == {tuple(p) for p in back[begin:end]}
    assert np.hypot(*(there - points[origin]).T).max() <= 1 + 1e-9


def test_refusals(tmp_path):
    for options, message in (
        ({"tolerance_px": -1.0}, "Tolerance"),
        ({"smoothing": 9}, "Smoothing"),
        ({"min_area_px": -1}, "Smallest area"),
        ({"statistics": ("median",)}, "median"),
    ):
        with pytest.raises(ParameterError, match=message):
            write_polygons("absent.tif", str(tmp_path / "out.gpkg"), **options)


def test_cancel(tmp_path):
    with pytest.raises(Cancelled):
        polygons(tmp_path, blobs(6), 1.0, 1, min_area_px=4, progress=StopAt(0.5))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["labels.tif"]
