"""What polygons measure: known values, areas on the ground, the names of their fields."""

from __future__ import annotations

import math

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.polygonize import write_polygons
from obic_plugin.engine.raster.reader import RasterReader
from tests.engine.test_polygonize import DEGREES, TABLE, features, write
from tests.scenes import NORTH_UP, crs


def test_known_values(tmp_path):
    values = np.array([[1, 1, 2], [1, 0, 2], [1, 1, 4]], np.uint8)
    image = np.arange(18, dtype=np.float32).reshape(2, 3, 3)
    image[1, 0, 0] = np.nan
    confidence = np.array([[90, 80, 70], [70, 0, 50], [60, 100, 30]], np.uint8)
    path = str(tmp_path / "out.gpkg")
    reader = RasterReader(write(tmp_path / "image.tif", image, nodata=None))
    write_polygons(
        write(tmp_path / "labels.tif", values),
        path,
        TABLE,
        reader,
        write(tmp_path / "confidence.tif", confidence),
        metadata={"OBIC_METHOD": "test"},
        statistics=("mean", "std", "min", "max"),
        shape=True,
    )
    found = {fields["class"]: fields for fields, _ in features(path)}
    one = found[1]
    assert (one["name"], one["color"], one["area_m2"], one["confidence"]) == ("a", "#c81e1e", 500, 80)
    valid = np.array([1, 3, 6, 7])  # the first pixel is invalid in band 2 and so in both
    assert one["mean_1"] == valid.mean() and one["std_1"] == pytest.approx(valid.std())
    assert (one["min_2"], one["max_2"]) == (10, 16)
    assert one["perimeter_m"] == 120 and one["compactness"] == pytest.approx(4 * math.pi * 500 / 120**2)
    assert found[4]["name"] == "d" and found[4]["std_2"] == 0
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    assert dataset.GetLayer(0).GetMetadataItem("OBIC_METHOD") == "test"
    assert dataset.GetLayer(0).GetSpatialRef().GetAuthorityCode(None) == "32632"


def test_region_without_valid_pixel_has_no_mean(tmp_path):
    image = np.full((1, 2, 2), np.nan, np.float32)
    image[0, 0] = 7
    path = str(tmp_path / "out.gpkg")
    labels = write(tmp_path / "labels.tif", np.array([[1, 1], [2, 2]], np.uint8))
    write_polygons(
        labels,
        path,
        TABLE,
        RasterReader(write(tmp_path / "image.tif", image, nodata=None)),
        statistics=("mean", "min"),
    )
    found = {f["class"]: f for f, _ in features(path)}
    assert (found[1]["mean_1"], found[1]["min_1"]) == (7, 7)
    assert found[2]["mean_1"] is None and found[2]["min_1"] is None


def test_texture_is_the_mean_deviation_in_3x3(tmp_path):
    image = np.random.default_rng(0).integers(0, 99, (2, 9, 8)).astype(np.float32)
    labels = write(tmp_path / "labels.tif", np.full((9, 8), 5, np.uint8))
    path = str(tmp_path / "out.gpkg")
    write_polygons(
        labels,
        path,
        None,
        RasterReader(write(tmp_path / "image.tif", image, nodata=None)),
        texture=True,
        strip_px=24,
    )
    brightness = image.mean(0)
    expected = [
        brightness[max(r - 1, 0) : r + 2, max(c - 1, 0) : c + 2].std() for r in range(9) for c in range(8)
    ]
    fields = features(path)[0][0]
    assert fields["texture"] == pytest.approx(np.mean(expected)) and fields["id"] == 5


def test_ellipsoidal_area_where_the_crs_is_geographic(tmp_path):
    labels = write(tmp_path / "labels.tif", np.ones((100, 100), np.uint8), DEGREES, crs(4326))
    path = str(tmp_path / "out.gpkg")
    write_polygons(labels, path, TABLE, shape=True, strip_px=1000)
    fields, geometry = features(path)[0]
    # 0.1 x 0.1 degrees between 47.9 and 48 N on WGS 84: geodesic area and perimeter from GeographicLib
    assert fields["area_m2"] == pytest.approx(83_071_000, rel=2e-3)
    assert fields["perimeter_m"] == pytest.approx(2 * 11118.7 + 7464.0 + 7478.2, rel=1e-3)
    assert geometry.GetEnvelope() == pytest.approx((11, 11.1, 47.9, 48))


def test_area_in_feet_and_in_pixels(tmp_path):
    values = np.ones((3, 5), np.uint8)
    write_polygons(
        write(tmp_path / "feet.tif", values, NORTH_UP, crs(2263)), str(tmp_path / "feet.gpkg"), TABLE
    )
    assert features(tmp_path / "feet.gpkg")[0][0]["area_m2"] == pytest.approx(1500 * 0.3048006096**2)
    write_polygons(
        write(tmp_path / "none.tif", values, None, ""), str(tmp_path / "none.gpkg"), TABLE, shape=True
    )
    fields, geometry = features(tmp_path / "none.gpkg")[0]
    assert fields["area_px"] == 15 and fields["perimeter_px"] == 16
    assert geometry.GetEnvelope() == (0, 5, -3, 0)  # as QGIS draws an image without a georeference


def test_bands_give_fields_their_names(tmp_path):
    path = tmp_path / "image.tif"
    write(path, np.zeros((2, 3, 3), np.uint8), nodata=None)
    dataset = gdal.Open(str(path), gdal.GA_Update)
    dataset.GetRasterBand(1).SetDescription("Near Infrared (842 nm)")
    dataset.GetRasterBand(2).SetDescription("red")
    dataset = None
    labels = write(tmp_path / "labels.tif", np.ones((3, 3), np.uint8))
    write_polygons(labels, str(tmp_path / "out.gpkg"), TABLE, RasterReader(str(path)))
    assert {"mean_near_infrared_842_nm", "mean_red"} <= set(features(tmp_path / "out.gpkg")[0][0])
    write_polygons(labels, str(tmp_path / "out.shp"), TABLE, RasterReader(str(path), [2]), shape=True)
    assert list(features(tmp_path / "out.shp")[0][0]) == [
        "class",
        "name",
        "color",
        "area_m2",
        "perim_m",
        "compact",
        "mean_2",
    ]
