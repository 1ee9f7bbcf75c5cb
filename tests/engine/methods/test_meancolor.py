"""Zones in their mean colors: any zones, any type, nodata where it was."""

from __future__ import annotations

import os

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine.errors import InputError, ObicError, OutputError
from obic_plugin.engine.methods import meancolor
from obic_plugin.engine.progress import Cancelled, Silent
from tests.engine.raster.test_reference import box, write_features
from tests.progress import StopAt
from tests.scenes import NORTH_UP, quarters, read_raster, write_raster

METHOD = meancolor.METHOD


def run(tmp_path, image, zones, progress=None, **settings):
    """The painted bands (B, h, w), and the numbers."""
    out = str(tmp_path / "mean.tif")
    params = METHOD.params(**{"input": str(image), "zones": str(zones), "output": out, **settings})
    numbers = METHOD.execute(params, progress or Silent())
    return np.atleast_3d(read_raster(out).T).T, numbers


def nodata_of(path):
    dataset = gdal.Open(str(path))  # kept in a name: a band dies with its dataset
    return dataset.GetRasterBand(1).GetNoDataValue()


def expected(image, zones, valid=None):
    """(B, h, w) float64, NaN where not valid: zone by zone."""
    valid = np.ones(zones.shape, bool) if valid is None else valid
    painted = np.full(image.shape, np.nan)
    for zone in np.unique(zones[valid]):
        here = (zones == zone) & valid
        painted[:, here] = image[:, here].mean(1, keepdims=True)
    return painted


@pytest.mark.parametrize("dtype", [np.uint8, np.uint16, np.int16, np.int32, np.float32, np.float64])
def test_each_zone_has_its_mean(dtype, tmp_path):
    random = np.random.default_rng(0)
    image = quarters(60, 70)[0].astype(dtype)
    zones = random.integers(0, 50, (60, 70)).astype(np.int32) * 1000 - 3000
    paths = write_raster(tmp_path / "a.tif", image), write_raster(tmp_path / "z.tif", zones)
    painted, numbers = run(tmp_path, *paths)
    mean = expected(image, zones)
    assert painted.dtype == dtype and numbers == {"zone_count": 50}
    whole = np.issubdtype(dtype, np.integer)
    assert np.allclose(painted, np.rint(mean) if whole else mean, rtol=1e-6, atol=0)
    exact, _ = run(tmp_path, *paths, type="float")
    assert exact.dtype == np.float32 and np.allclose(exact, mean, rtol=1e-6)
    dataset = gdal.Open(str(tmp_path / "mean.tif"))
    assert dataset.GetGeoTransform() == NORTH_UP
    assert dataset.GetRasterBand(1).GetNoDataValue() is None
    assert dataset.GetMetadataItem("OBIC_METHOD") == "meancolor"


def test_nodata_of_image_and_zones_is_kept(tmp_path):
    image = quarters(60, 70)[0].astype(np.int16)
    zones = (np.arange(60 * 70).reshape(60, 70) // 500 + 1).astype(np.uint8)
    valid = np.ones(zones.shape, bool)
    valid[5:15, 10:40] = False
    valid[40:50, 3:9] = False
    image[:, 5:15, 10:40], zones[40:50, 3:9] = -9999, 0
    paths = (
        write_raster(tmp_path / "a.tif", image, nodata=-9999),
        write_raster(tmp_path / "z.tif", zones, nodata=0),
    )
    painted, _ = run(tmp_path, *paths)
    mean = expected(image, zones, valid)
    assert (painted[:, ~valid] == -9999).all()
    assert np.array_equal(painted[:, valid], np.rint(mean[:, valid]))
    assert nodata_of(tmp_path / "mean.tif") == -9999


def test_a_mean_is_never_nodata(tmp_path):
    image = np.zeros((1, 20, 20), np.int16)
    image[:, ::2], image[:, 1::2], image[0, 0, 0] = -5, 5, 0
    zones = np.ones((20, 20), np.uint8)
    painted, _ = run(
        tmp_path,
        write_raster(tmp_path / "a.tif", image, nodata=0),
        write_raster(tmp_path / "z.tif", zones),
    )
    assert painted[0, 0, 0] == 0 and (painted[0].ravel()[1:] == 1).all()


def test_without_a_nodata_value_an_unused_one_is_taken(tmp_path):
    image = np.zeros((1, 20, 20), np.uint8)
    image[:, :10] = 255
    zones = np.ones((20, 20), np.uint8)
    zones[10:], zones[5] = 2, 0
    painted, _ = run(
        tmp_path,
        write_raster(tmp_path / "a.tif", image),
        write_raster(tmp_path / "z.tif", zones, nodata=0),
    )
    nodata = nodata_of(tmp_path / "mean.tif")
    assert nodata not in (None, 0, 255)
    assert np.array_equal(painted[0] == nodata, zones == 0)
    assert set(np.unique(painted)) == {0, 255, nodata}
    exact, _ = run(tmp_path, tmp_path / "a.tif", tmp_path / "z.tif", type="float")
    assert np.array_equal(np.isnan(exact[0]), zones == 0)


def test_tiles_do_not_matter(tmp_path, monkeypatch):
    image = quarters(90, 130)[0]
    zones = (np.arange(90 * 130).reshape(90, 130) // 777).astype(np.uint16)
    paths = write_raster(tmp_path / "a.tif", image), write_raster(tmp_path / "z.tif", zones)
    whole, _ = run(tmp_path, *paths)
    monkeypatch.setattr(meancolor, "TILE_PX", 31)
    assert np.array_equal(run(tmp_path, *paths)[0], whole)


def test_chosen_bands_and_their_colors(tmp_path):
    image = quarters(40, 40, n_bands=4)[0]
    colors = [gdal.GCI_BlueBand, gdal.GCI_GreenBand, gdal.GCI_RedBand, gdal.GCI_Undefined]
    path = write_raster(tmp_path / "a.tif", image, colors=colors)
    zones = write_raster(tmp_path / "z.tif", np.ones((40, 40), np.uint8))
    painted, _ = run(tmp_path, path, zones, bands=(3, 1))
    assert np.array_equal(painted[:, 0, 0], np.rint(image[[2, 0]].mean((1, 2))))
    found = gdal.Open(str(tmp_path / "mean.tif"))
    assert [found.GetRasterBand(n).GetColorInterpretation() for n in (1, 2)] == [colors[2], colors[0]]


def test_polygons_are_a_zone_each_or_by_their_class(tmp_path):
    image = np.arange(3 * 40 * 60, dtype=np.float32).reshape(3, 40, 60)
    path = write_raster(tmp_path / "a.tif", image)
    shapes = [("wood", box(0, 0, 10, 60)), ("field", box(10, 0, 10, 60)), ("wood", box(20, 0, 10, 60))]
    polygons = write_features(tmp_path / "z.gpkg", shapes, ogr.OFTString)
    each, numbers = run(tmp_path, path, polygons)
    assert numbers == {"zone_count": 3} and np.isnan(each[:, 30:]).all()
    for top in (0, 10, 20):
        assert np.allclose(each[:, top : top + 10], image[:, top : top + 10].mean((1, 2))[:, None, None])
    by_class, numbers = run(tmp_path, path, polygons, field="kind")
    assert numbers == {"zone_count": 2}
    wood = np.r_[0:10, 20:30]
    assert np.allclose(by_class[:, wood], image[:, wood].mean((1, 2))[:, None, None])


def test_only_the_extent_is_painted(tmp_path):
    image = quarters(40, 40)[0]
    x, y = NORTH_UP[0], NORTH_UP[3]
    painted, _ = run(
        tmp_path,
        write_raster(tmp_path / "a.tif", image, nodata=0),
        write_raster(tmp_path / "z.tif", np.ones((40, 40), np.uint8)),
        extent=(x + 100, y - 200, x + 200, y - 100),
    )
    assert (painted[:, 10:20, 10:20] > 0).all() and (painted > 0).sum() == 300


def test_refusals(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters(40, 40)[0])
    zones = write_raster(tmp_path / "z.tif", np.zeros((40, 40), np.uint8), nodata=0)
    points = write_features(tmp_path / "p.gpkg", [("a", "POINT (500005 5399995)")], 4)
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(InputError, match="has no zone where"):
        run(tmp_path, path, zones)
    with pytest.raises(InputError, match="has points"):
        run(tmp_path, path, points)
    with pytest.raises(InputError, match="3 bands: it is an image"):
        run(tmp_path, path, path)
    with pytest.raises(ObicError, match="Cannot open"):
        run(tmp_path, path, tmp_path / "none.tif")
    with pytest.raises(OutputError, match="also an input"):
        run(tmp_path, path, zones, output=zones)
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("fraction", [0.0, 0.05, 0.5, 0.9])
def test_cancelled_runs_leave_nothing(fraction, tmp_path):
    paths = [write_raster(tmp_path / n, quarters(40, 40)[i]) for i, n in enumerate(("a.tif", "z.tif"))]
    with pytest.raises(Cancelled):
        run(tmp_path, *paths, progress=StopAt(fraction))
    assert sorted(os.listdir(tmp_path)) == ["a.tif", "z.tif"]
    progress = StopAt(2)
    run(tmp_path, *paths, progress=progress)
    assert progress.seen == sorted(progress.seen) and progress.seen[-1] == 1
