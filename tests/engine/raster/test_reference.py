"""References of any kind on the grid of a map, against the same drawn by hand."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr, osr

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.grid import RasterGrid, Window
from obic_plugin.engine.raster.reference import ShiftedLabels, WarpedLabels, open_reference
from tests.scenes import NORTH_UP, ROTATED, crs, write_raster

GRID = RasterGrid(40, 60, NORTH_UP, crs())


def blocks(height=40, width=60, side=10):
    rows, cols = np.arange(height)[:, None] // side, np.arange(width)[None] // side
    return (rows * 10 + cols + 1).astype(np.uint8)


def opened(source, grid=GRID, field=None):
    return open_reference(str(source), field, grid, Silent())


def write_features(path, features, field_type=ogr.OFTInteger, code=32632):
    """A layer of (class, WKT) features with the field ``kind``; path as text."""
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    driver = "GPKG" if str(path).endswith("gpkg") else "GeoJSON"
    dataset = gdal.GetDriverByName(driver).Create(str(path), 0, 0, 0, gdal.GDT_Unknown)
    layer = dataset.CreateLayer("truth", reference)
    layer.CreateField(ogr.FieldDefn("kind", field_type))
    for kind, wkt in features:
        feature = ogr.Feature(layer.GetLayerDefn())
        if kind is not None:
            feature.SetField("kind", kind)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(wkt))
        layer.CreateFeature(feature)
    return str(path)


def box(row, col, height, width, grid=GRID):
    corners = [(row, col), (row, col + width), (row + height, col + width), (row + height, col), (row, col)]
    return "POLYGON((" + ", ".join("{} {}".format(*grid.to_map(*corner)) for corner in corners) + "))"


def test_the_same_grid_is_read_as_it_is(tmp_path):
    reference = opened(write_raster(tmp_path / "a.tif", blocks(), nodata=1))
    assert isinstance(reference, ShiftedLabels)
    labels, valid = reference.labels(GRID.window)
    assert np.array_equal(labels[valid], blocks()[valid])
    assert np.array_equal(valid, blocks() != 1)


def test_a_part_of_the_grid_is_shifted(tmp_path):
    part = Window(-5, 12, 20, 30)
    path = write_raster(tmp_path / "a.tif", blocks(20, 30), GRID[part].geotransform)
    reference = opened(path)
    assert isinstance(reference, ShiftedLabels)
    labels, valid = reference.labels(GRID.window)
    assert np.array_equal(labels[:15, 12:42], blocks(20, 30)[5:])
    assert valid.sum() == 15 * 30


@pytest.mark.parametrize("tile_px", [13, 64])
def test_another_resolution_takes_the_nearest(tmp_path, tile_px):
    transform = (NORTH_UP[0], 5.0, 0.0, NORTH_UP[3], 0.0, -5.0)
    fine = blocks(80, 120, 20)
    reference = opened(write_raster(tmp_path / "a.tif", fine, transform, nodata=2))
    assert isinstance(reference, WarpedLabels)
    for window in GRID.window.tiles(tile_px):
        labels, valid = reference.labels(window)
        expected = blocks()[window.slices]
        assert np.array_equal(labels[valid], expected[valid])
        assert np.array_equal(valid, expected != 2)


def test_another_crs_and_large_labels(tmp_path):
    flat = write_raster(tmp_path / "a.tif", blocks().astype(np.uint32) + 4_000_000_000)
    gdal.Warp(
        str(tmp_path / "b.tif"),
        flat,
        dstSRS="EPSG:4326",
        resampleAlg="near",
        dstNodata=0,
        xRes=2e-5,
        yRes=2e-5,
    )
    labels, valid = opened(tmp_path / "b.tif").labels(GRID.window)
    same = labels[valid] == blocks()[valid].astype(np.int64) + 4_000_000_000
    assert valid.mean() > 0.97
    assert same.mean() > 0.99


def test_a_rotated_map(tmp_path):
    grid = RasterGrid(40, 60, ROTATED, crs())
    transform = (NORTH_UP[0] - 600, 5.0, 0.0, NORTH_UP[3] + 600, 0.0, -5.0)
    cells = (np.arange(400)[:, None] // 40 * 10 + np.arange(400)[None] // 40).astype(np.uint8)
    path = write_raster(tmp_path / "a.tif", cells, transform)
    labels, valid = opened(path, grid).labels(grid.window)
    for row, col in ((0, 0), (20, 30), (39, 59), (5, 50)):
        x, y = grid.to_map(row + 0.5, col + 0.5)
        i, j = int((transform[3] - y) // 5), int((x - transform[0]) // 5)
        assert valid[row, col] == (0 <= i < 400 and 0 <= j < 400)
        assert not valid[row, col] or labels[row, col] == cells[i, j]
    assert valid.any()


def test_a_reference_elsewhere_has_no_label_here(tmp_path):
    far = (NORTH_UP[0] + 3e5, *NORTH_UP[1:])
    assert not opened(write_raster(tmp_path / "a.tif", blocks(), far)).labels(GRID.window).valid.any()
    other_side = write_raster(tmp_path / "b.tif", blocks(), (-170.0, 0.01, 0, -60.0, 0, -0.01), crs(4326))
    assert not opened(other_side).labels(GRID.window).valid.any()


def test_without_georeference_sizes_must_agree(tmp_path):
    path = write_raster(tmp_path / "a.tif", blocks(), geotransform=None)
    assert np.array_equal(opened(path).labels(GRID.window).values, blocks())
    with pytest.raises(InputError, match="60 x 40 px, the map 30 x 20"):
        opened(path, RasterGrid(20, 30, NORTH_UP, crs()))


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson"])
def test_polygons_with_numbers(tmp_path, name):
    code = 32632 if name.endswith("gpkg") else 4326
    shapes = [(7, box(2, 3, 10, 20)), (-4, box(30, 40, 10, 20)), (None, box(20, 0, 5, 5))]
    if code == 4326:
        shapes = [(kind, to_degrees(wkt)) for kind, wkt in shapes]
    reference = opened(write_features(tmp_path / name, shapes, code=code), field="kind")
    for tile_px in (16, 64):
        expected = np.zeros((40, 60), int)
        expected[2:12, 3:23], expected[30:40, 40:60] = 7, -4
        for window in GRID.window.tiles(tile_px):
            labels, valid = reference.labels(window)
            assert np.array_equal(valid, expected[window.slices] != 0)
            assert np.array_equal(labels[valid], expected[window.slices][valid])
    assert reference.names == {}
    assert not reference.is_points


def to_degrees(wkt):
    source, target = osr.SpatialReference(), osr.SpatialReference()
    source.ImportFromEPSG(32632)
    target.ImportFromEPSG(4326)
    target.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    geometry = ogr.CreateGeometryFromWkt(wkt)
    geometry.Transform(osr.CoordinateTransformation(source, target))
    return geometry.ExportToWkt()


def test_polygons_with_names_and_a_layer_of_several(tmp_path):
    shapes = [("water", box(0, 0, 5, 5)), ("Acker", box(10, 10, 5, 5)), ("water", box(20, 20, 5, 5))]
    path = write_features(tmp_path / "a.gpkg", shapes, ogr.OFTString)
    reference = opened(f"{path}|layername=truth", field="kind")
    labels, _ = reference.labels(GRID.window)
    assert reference.names == {1: "Acker", 2: "water"}
    assert labels[0, 0] == labels[22, 22] == 2
    assert labels[12, 12] == 1


def test_features_on_an_image_without_georeference_are_read_without_warnings(tmp_path, capfd):
    grid = RasterGrid(40, 60, None, "")
    path = write_features(tmp_path / "a.gpkg", [(3, box(0, 0, 5, 5, grid))])
    source = ogr.Open(path, 1)
    source.ExecuteSQL("UPDATE gpkg_geometry_columns SET srs_id = -1")
    source = None
    assert (opened(path, grid, "kind").labels(grid.window)[0] == 3).sum() == 25
    assert not capfd.readouterr().err


def test_points_are_a_sample(tmp_path):
    points = [(k, "POINT({} {})".format(*GRID.to_map(k + 0.5, 2 * k + 0.5))) for k in (3, 9, 15)]
    reference = opened(write_features(tmp_path / "a.gpkg", points), field="kind")
    labels, valid = reference.labels(GRID.window)
    assert reference.is_points
    assert valid.sum() == 3
    assert labels[9, 18] == 9


def test_refusals_of_vectors(tmp_path):
    path = write_features(tmp_path / "a.gpkg", [(1, box(0, 0, 5, 5))])
    with pytest.raises(InputError, match="needs a class field"):
        opened(path)
    with pytest.raises(InputError, match="has no field 'sort'"):
        opened(path, field="sort")
    lines = write_features(tmp_path / "b.gpkg", [(1, "LINESTRING(500000 5400000, 500100 5400000)")])
    with pytest.raises(InputError, match="lines"):
        opened(lines, field="kind")
    halves = write_features(tmp_path / "c.gpkg", [(0.5, box(0, 0, 5, 5))], ogr.OFTReal)
    with pytest.raises(InputError, match=r"holds 0\.5"):
        opened(halves, field="kind")
    empty = write_features(tmp_path / "d.gpkg", [])
    with pytest.raises(InputError, match="no feature with a class"):
        opened(empty, field="kind")
    with pytest.raises(InputError, match="no such file"):
        opened(tmp_path / "nothing.tif")


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), 1e300, -1e17])
def test_numbers_that_are_no_label_are_refused(tmp_path, number):
    with pytest.raises(InputError, match=r"in its field kind\. .*whole numbers"):
        opened(write_features(tmp_path / "a.gpkg", [(number, box(0, 0, 5, 5))], ogr.OFTReal), field="kind")


def test_nan_is_no_label(tmp_path):
    """GeoPackages keep it as NULL, other formats as it is."""
    path = tmp_path / "a.geojsonl"
    shape = '"geometry":{"type":"Polygon","coordinates":[[[9,48],[9,49],[10,49],[9,48]]]}'
    path.write_text(f'{{"type":"Feature","properties":{{"kind":NaN}},{shape}}}\n')
    with pytest.raises(InputError, match=r"holds nan in its field kind|no feature with a class|damaged"):
        opened(str(path), field="kind")


def test_numbers_beyond_32_bits_are_labels_of_their_own(tmp_path):
    shapes = [(2**31 + k, box(10 * k, 10 * k, 5, 5)) for k in range(2)]
    path = write_features(tmp_path / "a.gpkg", shapes, ogr.OFTInteger64)
    labels, valid = opened(path, field="kind").labels(GRID.window)
    assert sorted(set(labels[valid].tolist())) == [2**31, 2**31 + 1]


def test_signed_bytes_on_another_grid_are_signed(tmp_path):
    """GDAL before 3.7 warps them as bytes from 0 to 255, and takes no notice of their nodata value."""
    values = np.arange(-18, 18, dtype=np.int8).reshape(6, 6)
    own = hasattr(gdal, "GDT_Int8")
    kind, options = (gdal.GDT_Int8, []) if own else (gdal.GDT_Byte, ["PIXELTYPE=SIGNEDBYTE"])
    dataset = gdal.GetDriverByName("GTiff").Create(str(tmp_path / "a.tif"), 6, 6, 1, kind, options)
    dataset.SetGeoTransform((500005.0, 10.0, 0.0, 5399995.0, 0.0, -10.0))
    dataset.SetProjection(crs())
    dataset.GetRasterBand(1).WriteRaster(0, 0, 6, 6, values.tobytes())
    dataset.GetRasterBand(1).SetNoDataValue(-5)
    dataset = None
    reference = opened(tmp_path / "a.tif")
    labels, valid = reference.labels(GRID.window)
    assert isinstance(reference, WarpedLabels)
    assert set(labels[valid].tolist()) <= set(range(-18, 18)) - {-5} and (labels[valid] < -10).any()
