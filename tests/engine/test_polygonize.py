"""Label rasters to polygons: the same regions as GDAL finds, whatever the strips, and what they measure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine.errors import InputError, OutputError
from obic_plugin.engine.polygonize import write_polygons
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.staging import Staging
from obic_plugin.engine.vector import pen, rings
from tests.progress import StopAt
from tests.scenes import NORTH_UP, ROTATED, SOUTH_UP, write_raster

DEGREES = (11.0, 1e-3, 0.0, 48.0, 0.0, -1e-3)
TABLE = ClassTable.of([(200, 30, 30), (30, 200, 30), (30, 30, 200), (0, 0, 0)], ["a", "b", "ç <&>", "d"])


class Record(Silent):
    """How often it was looked whether to stop."""

    def __init__(self):
        self.seen: list = []

    def at(self, fraction: float) -> None:
        self.seen.append(fraction)


def write(path, values, geotransform=NORTH_UP, crs_wkt=None, nodata=0):
    return write_raster(path, values, geotransform, crs_wkt, nodata)


def features(path) -> list:
    """(fields, geometry) of each feature."""
    dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR)
    return [(dict(f.items()), f.geometry().Clone()) for f in dataset.GetLayer(0)]


def scene(seed: int, height: int, width: int, n: int = 3, grain: int = 1) -> np.ndarray:
    values = np.random.default_rng(seed).integers(
        0, n + 1, (-(-height // grain), -(-width // grain)), np.uint8
    )
    return values.repeat(grain, 0).repeat(grain, 1)[:height, :width].copy()


def gdal_regions(path) -> list:
    """The polygons that GDAL's own 4-connected polygonize finds, with their values."""
    source = gdal.Open(str(path))
    memory = ogr.GetDriverByName("Memory").CreateDataSource("")
    layer = memory.CreateLayer("found")
    layer.CreateField(ogr.FieldDefn("value", ogr.OFTInteger))
    gdal.Polygonize(source.GetRasterBand(1), source.GetRasterBand(1).GetMaskBand(), layer, 0)
    return [(f.GetField(0), f.geometry().Clone()) for f in layer]


def twice_area(points) -> float:
    """Above 0 for a ring that runs counterclockwise on the map."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points[:-1], points[1:]))


def signature(pairs) -> list:
    """What tells a region: label, envelope, area, centroid; not where a ring begins."""
    return sorted(
        (label, *(round(v, 6) for v in g.GetEnvelope()), round(g.Area(), 6), round(g.Centroid().GetX(), 6))
        for label, g in pairs
    )


@pytest.mark.parametrize("strip_px", [90, 1 << 20])
def test_how_much_is_drawn_at_a_time_does_not_matter(tmp_path, monkeypatch, strip_px):
    labels = write(tmp_path / "labels.tif", scene(2, 13, 18))
    found, pieces = [], []
    for corners in (1 << 18, 200, 20):
        monkeypatch.setattr(pen, "CORNERS_AT_ONCE", corners)
        told = Record()
        write_polygons(labels, str(tmp_path / "out.gpkg"), TABLE, None, None, told, strip_px=strip_px)
        pieces.append(len(told.seen))
        found.append([(fields, bytes(g.ExportToWkb())) for fields, g in features(tmp_path / "out.gpkg")])
    assert found[0] == found[1] == found[2]
    assert pieces[0] < pieces[1] < pieces[2]


@pytest.mark.parametrize("transform", [NORTH_UP, SOUTH_UP])
def test_how_much_of_a_polygon_is_written_at_a_time_does_not_matter(tmp_path, monkeypatch, transform):
    values = scene(4, 24, 24, 2)
    values[::3] = 3  # one region with many holes, in all strips
    values[:, ::3] = 3
    labels, found = write(tmp_path / "labels.tif", values, transform), []
    for n_points in (1 << 16, 50, 7):
        monkeypatch.setattr(rings, "POINTS_AT_ONCE", n_points)
        write_polygons(labels, str(tmp_path / "out.gpkg"), TABLE, strip_px=120, shape=True)
        found.append([(fields, bytes(g.ExportToWkb())) for fields, g in features(tmp_path / "out.gpkg")])
    assert found[0] == found[1] == found[2]
    assert max(g.GetGeometryCount() for _, g in features(tmp_path / "out.gpkg")) > 10


@pytest.mark.parametrize("strip_px", [1, 40, 100, 1 << 20])
@pytest.mark.parametrize("transform", [NORTH_UP, ROTATED, SOUTH_UP])
def test_same_regions_as_gdal_for_any_strips(tmp_path, strip_px, transform):
    labels = write(tmp_path / "labels.tif", scene(1, 23, 37), transform)
    count = write_polygons(labels, str(tmp_path / "out.gpkg"), TABLE, strip_px=strip_px)
    found = [(fields["class"], g) for fields, g in features(tmp_path / "out.gpkg")]
    expected = gdal_regions(labels)
    assert count == len(found) == len(expected)
    assert all(geometry.IsValid() for _, geometry in found)
    assert signature(found) == signature(expected)


@pytest.mark.parametrize("seed", range(6))
def test_strips_leave_no_trace(tmp_path, seed):
    labels = write(tmp_path / "labels.tif", scene(seed, 40, 31, 2, grain=1 + seed % 3))
    image = write(
        tmp_path / "image.tif",
        np.random.default_rng(seed).integers(0, 999, (2, 40, 31)).astype(np.int16),
        nodata=None,
    )
    found = []
    for strip_px in (31, 31 * 7, 1 << 20):
        path = str(tmp_path / f"out{strip_px}.gpkg")
        write_polygons(
            labels,
            path,
            TABLE,
            RasterReader(image),
            strip_px=strip_px,
            shape=True,
            texture=True,
            statistics=("mean", "std", "min", "max"),
        )
        found.append(
            sorted(
                (
                    *(v if isinstance(v, str) else round(v, 6) for v in fields.values()),
                    sum(ring.GetPointCount() for ring in g),
                    round(g.Centroid().GetX(), 6),
                )
                for fields, g in features(path)
            )
        )
    assert found[0] == found[1] == found[2]


def test_polygons_cover_what_is_labeled_and_nothing_twice(tmp_path):
    values = scene(3, 50, 60, 3, grain=2)
    labels = write(tmp_path / "labels.tif", values)
    write_polygons(labels, str(tmp_path / "out.gpkg"), TABLE, strip_px=600)
    target = gdal.GetDriverByName("MEM").Create("", 60, 50, 1, gdal.GDT_Byte)
    target.SetGeoTransform(NORTH_UP)
    layer = gdal.OpenEx(str(tmp_path / "out.gpkg"), gdal.OF_VECTOR)
    gdal.RasterizeLayer(target, [1], layer.GetLayer(0), options=["ATTRIBUTE=class"])
    assert (target.ReadAsArray() == values).all()
    assert sum(g.Area() for _, g in features(tmp_path / "out.gpkg")) == pytest.approx(
        (values > 0).sum() * 100
    )


def test_shared_borders_have_the_same_nodes_on_both_sides(tmp_path):
    values = scene(4, 20, 20, 3, grain=3) + 1
    write_polygons(write(tmp_path / "labels.tif", values), str(tmp_path / "out.gpkg"), TABLE, strip_px=100)
    sides: dict = {}
    for _, geometry in features(tmp_path / "out.gpkg"):
        for ring in geometry:
            points = ring.GetPoints()
            for a, b in zip(points[:-1], points[1:]):
                sides[frozenset((a, b))] = sides.get(frozenset((a, b)), 0) + 1
    frame = {500000.0, 500200.0}, {5400000.0, 5399800.0}
    for side, count in sides.items():
        (xa, ya), (xb, yb) = side
        assert count == 1 + (not ((xa == xb and xa in frame[0]) or (ya == yb and ya in frame[1])))


def test_outer_rings_run_counterclockwise(tmp_path):
    for name, transform in {"north": NORTH_UP, "south": SOUTH_UP}.items():
        values = np.ones((6, 6), np.uint8)
        values[2:4, 2:4] = 2
        path = str(tmp_path / f"{name}.gpkg")
        write_polygons(write(tmp_path / f"{name}.tif", values, transform), path, TABLE)
        for _, geometry in features(path):
            areas = [twice_area(ring.GetPoints()) for ring in geometry]
            assert areas[0] > 0 and all(area < 0 for area in areas[1:])


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson", "fgb", "sqlite"])
def test_formats(tmp_path, ending):
    path = str(tmp_path / f"out.{ending}")
    count = write_polygons(write(tmp_path / "labels.tif", scene(5, 12, 14)), path, TABLE)
    assert len(features(path)) == count
    assert write_polygons(write(tmp_path / "one.tif", np.ones((1, 1), np.uint8)), path, TABLE) == 1
    assert len(features(path)) == 1  # the file was replaced
    assert {fields["name"] for fields, _ in features(path)} == {"a"}


@pytest.mark.parametrize("name", ["-a", ".a", "<a>&", "$a", "gpkg_a", "'\"", "a\\b", "é, 森"])
def test_a_geopackage_may_have_any_name(tmp_path, name):
    labels = write_raster(tmp_path / "a.tif", np.ones((4, 5), np.uint8))
    path = str(tmp_path / f"{name}.gpkg")
    for _ in range(2):  # its own layer takes the place of the first
        assert write_polygons(labels, path) == 1
    assert ogr.Open(path).GetLayerCount() == 1


def test_geopackage_has_a_spatial_index(tmp_path):
    path = str(tmp_path / "l'été d'un \"autre\".gpkg")
    write_polygons(write(tmp_path / "labels.tif", scene(5, 12, 14)), path, TABLE)
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    layer = dataset.GetLayer(0)
    layer.SetSpatialFilterRect(500000, 5399990, 500010, 5400000)
    assert layer.TestCapability(ogr.OLCFastSpatialFilter) and 0 < layer.GetFeatureCount() <= 4


@pytest.mark.parametrize("ending", ["shp", "gml"])
def test_formats_of_several_files_are_staged_whole(tmp_path, ending):
    labels = write(tmp_path / "labels.tif", scene(5, 12, 14))
    (tmp_path / "out").mkdir()
    path = str(tmp_path / "out" / f"out.{ending}")
    for turn in range(2):  # the second replaces the first
        with Staging() as staging:
            count = write_polygons(labels, staging.path(path), TABLE)
            assert (tmp_path / "out" / f"out.{ending}").exists() == (turn == 1)
            written = {p.name for p in Path(staging.path(path)).parent.iterdir()}
            staging.commit()
        assert {p.name for p in (tmp_path / "out").iterdir()} == written
        assert len(features(path)) == count


def test_other_label_rasters(tmp_path):
    wide = np.array([[0, 4_000_000_000], [7, 7]], np.uint32)
    write_polygons(write(tmp_path / "wide.tif", wide), str(tmp_path / "wide.gpkg"))
    assert sorted(f["id"] for f, _ in features(tmp_path / "wide.gpkg")) == [7, 4_000_000_000]
    signed = np.array([[-1, 0], [5, -9999]], np.int16)
    write_polygons(write(tmp_path / "signed.tif", signed, nodata=-9999), str(tmp_path / "signed.gpkg"))
    assert sorted(f["id"] for f, _ in features(tmp_path / "signed.gpkg")) == [-1, 0, 5]
    real = np.array([[1, 2], [np.nan, 2]], np.float32)
    write_polygons(write(tmp_path / "real.tif", real, nodata=np.nan), str(tmp_path / "real.gpkg"))
    assert sorted(f["id"] for f, _ in features(tmp_path / "real.gpkg")) == [1, 2]
    with pytest.raises(InputError, match="whole numbers"):
        write_polygons(write(tmp_path / "half.tif", real + 0.5), str(tmp_path / "half.gpkg"))
    assert not (tmp_path / "half.gpkg").exists()


def test_nothing_labeled(tmp_path):
    path = str(tmp_path / "out.gpkg")
    assert write_polygons(write(tmp_path / "labels.tif", np.zeros((5, 4), np.uint8)), path, TABLE) == 0
    assert features(path) == []


def test_refusals(tmp_path):
    labels = write(tmp_path / "labels.tif", np.ones((2, 2), np.uint8))
    with pytest.raises(OutputError, match=r"out\.txt.*\.gpkg, \.shp"):
        write_polygons(labels, str(tmp_path / "out.txt"), TABLE)
    with pytest.raises(OutputError, match="Cannot write"):
        write_polygons(labels, str(tmp_path / "absent" / "out.gpkg"), TABLE)
    with pytest.raises(InputError, match="Cannot open"):
        write_polygons(str(tmp_path / "absent.tif"), str(tmp_path / "out.gpkg"), TABLE)


@pytest.mark.parametrize("raising", [True, False])
def test_damaged_rasters(tmp_path, raising):
    values = np.random.default_rng(0).integers(1, 5, (300, 300), np.uint8)
    whole, cut = write(tmp_path / "whole.tif", values), tmp_path / "cut.tif"
    cut.write_bytes((tmp_path / "whole.tif").read_bytes()[:50_000])
    before = gdal.GetUseExceptions()
    (gdal.UseExceptions if raising else gdal.DontUseExceptions)()
    try:
        for arguments in ((str(cut), None), (whole, str(cut))):
            with pytest.raises(InputError, match=r"Cannot read .*cut\.tif"):
                write_polygons(arguments[0], str(tmp_path / "out.gpkg"), TABLE, confidence=arguments[1])
        assert write_polygons(whole, str(tmp_path / "out.gpkg"), TABLE, smoothing=1) > 100
        with pytest.raises(OutputError):
            write_polygons(whole, str(tmp_path / "absent" / "out.gpkg"), TABLE)
    finally:
        (gdal.UseExceptions if before else gdal.DontUseExceptions)()


def test_cancel_leaves_no_file(tmp_path):
    labels = write(tmp_path / "labels.tif", scene(6, 64, 64))
    with pytest.raises(Cancelled):
        write_polygons(labels, str(tmp_path / "out.gpkg"), TABLE, progress=StopAt(0.6), strip_px=640)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["labels.tif"]
