"""Superpixels as rasters and polygons: in one piece each, numbered 1..n, the same in any tiling."""

from __future__ import annotations

import os

import numpy as np
import pytest
from osgeo import gdal, ogr
from skimage.measure import label

from obic_plugin.engine.errors import InputError, ObicError, OutputError, ParameterError
from obic_plugin.engine.methods import superpixels
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.superpixels.idmap import scattered
from tests.progress import StopAt
from tests.scenes import NORTH_UP, quarters, read_raster, write_raster

METHOD = superpixels.METHOD
KINDS = pytest.mark.parametrize("kind", ["slic", "felzenszwalb"])


def run(tmp_path, path, progress=None, name="ids.tif", **settings):
    """Ids (h, w) and the count."""
    out = str(tmp_path / name)
    settings = {"superpixel_size": 8, "device": "cpu", **settings}
    params = METHOD.params(**{"input": str(path), "output": out, **settings})
    numbers = METHOD.execute(params, progress or Silent())
    return read_raster(out), numbers["superpixel_count"]


def noisy(height=130, width=170, seed=0):
    random = np.random.default_rng(seed)
    image = quarters(height, width, noise=25, seed=seed)[0] + random.normal(0, 20, (3, height, width))
    return np.clip(image, 0, 255).astype(np.uint8)


@KINDS
def test_ids_are_consecutive_and_connected(kind, tmp_path):
    ids, count = run(tmp_path, write_raster(tmp_path / "a.tif", noisy()), superpixels=kind)
    assert ids.dtype == np.uint32
    assert np.array_equal(np.unique(ids), np.arange(1, count + 1))
    assert label(ids, connectivity=1).max() == count
    dataset = gdal.Open(str(tmp_path / "ids.tif"))
    assert dataset.GetGeoTransform() == NORTH_UP
    assert dataset.GetRasterBand(1).GetNoDataValue() == 0
    assert dataset.GetMetadataItem("OBIC_METHOD") == "superpixels"


@pytest.mark.parametrize("tile_px", [33, 64])
def test_tiles_do_not_matter(tile_px, tmp_path, monkeypatch):
    path = write_raster(tmp_path / "a.tif", noisy(260, 330))
    whole, count = run(tmp_path, path)
    monkeypatch.setattr(superpixels, "_tile_px", lambda *_: tile_px)
    tiled, tiled_count = run(tmp_path, path)
    assert tiled_count == count and np.array_equal(tiled, whole)


def test_felzenszwalb_does_not_depend_on_tiles_either(tmp_path, monkeypatch):
    path = write_raster(tmp_path / "a.tif", noisy(600, 700))
    whole, _ = run(tmp_path, path, superpixels="felzenszwalb")
    monkeypatch.setattr(superpixels, "_tile_px", lambda *_: 512)
    assert np.array_equal(run(tmp_path, path, superpixels="felzenszwalb")[0], whole)
    assert label(whole, connectivity=1).max() == whole.max()


@KINDS
def test_an_edge_is_a_border(kind, tmp_path):
    image, truth = quarters(noise=2)
    ids, _ = run(tmp_path, write_raster(tmp_path / "a.tif", image), superpixels=kind)
    mixed = sum(len(np.unique(truth[ids == i])) > 1 for i in np.unique(ids))
    assert mixed <= 2


@KINDS
def test_nodata_is_nowhere(kind, tmp_path):
    image = noisy().astype(np.int16)
    hole = np.zeros(image.shape[1:], bool)
    hole[40:70, 30:100] = True
    found = []
    for garbage in (-9999, 9999):
        path = write_raster(
            tmp_path / "a.tif", np.where(hole, garbage, image).astype(np.int16), nodata=garbage
        )
        found.append(run(tmp_path, path, superpixels=kind)[0])
    assert np.array_equal(*found)
    assert np.array_equal(found[0] == 0, hole)


def test_only_the_extent_and_the_mask_are_cut(tmp_path):
    path = write_raster(tmp_path / "a.tif", noisy())
    x, y = NORTH_UP[0], NORTH_UP[3]
    ids, count = run(tmp_path, path, extent=(x + 200, y - 800, x + 900, y - 100))
    assert (ids[10:80, 20:90] > 0).all() and (ids > 0).sum() == 70 * 70
    assert np.array_equal(np.unique(ids)[1:], np.arange(1, count + 1))


def test_small_pieces_join_a_neighbor(tmp_path):
    path = write_raster(tmp_path / "a.tif", noisy())
    found = [run(tmp_path, path, min_size=size, compactness=0.1)[0] for size in (1, 30)]
    sizes = [np.bincount(ids.ravel())[1:] for ids in found]
    assert sizes[0].min() < 10 and sizes[1].min() >= 30
    assert len(sizes[1]) < len(sizes[0])


@pytest.mark.parametrize("size_px", [4, 5, 7, 8])
@pytest.mark.parametrize("min_size", [None, 100])
def test_none_is_too_small_that_has_a_neighbor(size_px, min_size, tmp_path, monkeypatch):
    random = np.random.default_rng(size_px)
    image = random.integers(1, 256, (3, 150, 140), dtype=np.uint8)
    image[:, random.random(image.shape[1:]) < 0.15] = 0
    image[:, 60:75] = image[:, :, 50] = image[:, 20:22, 80:100] = 0
    path = write_raster(tmp_path / "a.tif", image, nodata=0)
    ids, count = run(tmp_path, path, superpixel_size=size_px, min_size=min_size)
    assert np.array_equal(np.unique(ids), np.arange(count + 1))
    assert label(ids, connectivity=1, background=0).max() == count
    areas = label(ids > 0, connectivity=1)
    sizes, of_area = np.bincount(ids.ravel()), np.bincount(areas.ravel())
    small = (sizes[ids] < (min_size or size_px**2 // 4)) & (ids > 0)
    assert small.any()
    assert np.array_equal(sizes[ids[small]], of_area[areas[small]])
    monkeypatch.setattr(superpixels, "_tile_px", lambda *_: 37)
    assert np.array_equal(run(tmp_path, path, superpixel_size=size_px, min_size=min_size)[0], ids)


@pytest.mark.parametrize("dtype, factor", [(np.uint16, 200), (np.float32, 0.001), (np.int32, 1000)])
def test_units_do_not_matter(dtype, factor, tmp_path):
    values = (noisy().astype(float) * factor).astype(dtype)
    plain, other = (
        run(tmp_path, write_raster(tmp_path / name, image))[0].astype(np.int64)
        for name, image in (("a.tif", noisy()), ("b.tif", values))
    )
    assert ((np.diff(plain) != 0) == (np.diff(other) != 0)).mean() > 0.98


@pytest.mark.parametrize("shape", [(1, 1, 1), (2, 1, 40), (12, 30, 3)])
@KINDS
def test_any_size(kind, shape, tmp_path):
    image = np.random.default_rng(0).integers(0, 255, shape).astype(np.uint8)
    ids, count = run(tmp_path, write_raster(tmp_path / "a.tif", image), superpixels=kind)
    assert ids.min() == 1 and ids.max() == count


def test_polygons_have_statistics(tmp_path):
    image = noisy()
    gpkg = str(tmp_path / "p.gpkg")
    ids, count = run(tmp_path, write_raster(tmp_path / "a.tif", image), output_polygons=gpkg)
    dataset = ogr.Open(gpkg)
    layer = dataset.GetLayer()
    assert layer.GetFeatureCount() == count
    feature = next(iter(layer))
    here = ids == feature["id"]
    assert feature["area_m2"] == pytest.approx(100 * here.sum())
    assert feature.GetGeometryRef().GetArea() == pytest.approx(100 * here.sum())
    assert feature["perimeter_m"] == pytest.approx(feature.GetGeometryRef().Boundary().Length())
    assert 0 < feature["compactness"] < 1 and feature["texture"] > 0
    for band in range(3):
        values = image[band][here].astype(float)
        expected = {"mean": values.mean(), "std": values.std(), "min": values.min(), "max": values.max()}
        assert {n: feature[f"{n}_{band + 1}"] for n in expected} == pytest.approx(expected)


def test_numbers_of_neighbors_are_far_apart():
    for n in (1, 2, 7, 100, 987, 1000):
        numbers = scattered(np.arange(n)[::-1] * 3)
        assert sorted(numbers) == list(range(1, n + 1))
        if n > 10:
            assert np.abs(np.diff(numbers)).min() > 0.3 * n
    assert len(scattered(np.zeros(0, np.int64))) == 0


@pytest.mark.parametrize(
    "changes, error, message",
    [
        ({"superpixel_size": 2}, ParameterError, "between 3 and 256"),
        ({"superpixels": "seeds"}, ParameterError, "one of slic, felzenszwalb"),
        ({"compactness": -1}, ParameterError, "at least|between"),
        ({"bands": (9,)}, InputError, "no band 9"),
        ({"extent": (0, 0, 1, 1)}, InputError, "does not overlap"),
        ({"device": "tpu"}, ObicError, "Device must be"),
    ],
)
def test_refusals(tmp_path, changes, error, message):
    path = write_raster(tmp_path / "a.tif", quarters(40, 40)[0])
    with pytest.raises(error, match=message):
        run(tmp_path, path, **changes)
    assert os.listdir(tmp_path) == ["a.tif"]


def test_files_that_cannot_be_are_refused(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters(40, 40)[0])
    with pytest.raises(OutputError, match="also an input"):
        run(tmp_path, path, output=path)
    with pytest.raises(OutputError, match="must end in"):
        run(tmp_path, path, output_polygons=str(tmp_path / "p.xyz"))
    empty = write_raster(tmp_path / "b.tif", np.zeros((2, 30, 30), np.uint8), nodata=0)
    with pytest.raises(InputError, match="no valid pixel"):
        run(tmp_path, empty)
    assert sorted(os.listdir(tmp_path)) == ["a.tif", "b.tif"]


@pytest.mark.parametrize("fraction", [0.0, 0.03, 0.35, 0.7])
def test_cancelled_runs_leave_nothing(fraction, tmp_path):
    path = write_raster(tmp_path / "a.tif", noisy())
    with pytest.raises(Cancelled):
        run(tmp_path, path, StopAt(fraction), output_polygons=str(tmp_path / "p.gpkg"))
    assert os.listdir(tmp_path) == ["a.tif"]


def test_progress_only_grows(tmp_path):
    progress = StopAt(2)
    run(
        tmp_path,
        write_raster(tmp_path / "a.tif", noisy()),
        progress,
        output_polygons=str(tmp_path / "p.gpkg"),
    )
    assert progress.seen == sorted(progress.seen) and progress.seen[-1] == 1
