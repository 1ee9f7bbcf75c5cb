"""K-means and ISODATA as maps: the promises that all methods make, on scenes with a known answer."""

from __future__ import annotations

import os

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine import job
from obic_plugin.engine.accuracy import agreeing_px, contingency_of, one_to_one
from obic_plugin.engine.errors import ParameterError
from obic_plugin.engine.methods import isodata, kmeans
from obic_plugin.engine.progress import Cancelled, Silent
from tests.progress import StopAt
from tests.scenes import NORTH_UP, quarters, read_raster, write_raster

BOTH = pytest.mark.parametrize("method", [kmeans.METHOD, isodata.METHOD], ids=lambda method: method.name)
PER = pytest.mark.parametrize("per", ["pixel", "superpixel"])


def run(method, path, tmp_path, name="map.tif", progress=None, **settings):
    """The map (h, w) and the numbers."""
    out = str(tmp_path / name)
    usual = {"classes": 4, "superpixel_size": 8}
    if method.name == "isodata":
        usual.update(initial_classes=4, min_members=1.0)
    params = method.params(input=str(path), output=out, **{**usual, **settings})
    numbers = method.execute(params, progress or Silent())
    return read_raster(out), numbers


@BOTH
@PER
def test_four_quarters_are_four_classes(method, per, tmp_path):
    image, truth = quarters()
    labels, numbers = run(method, write_raster(tmp_path / "image.tif", image), tmp_path, per=per)
    assert numbers == {"class_count": 4}
    table = contingency_of(truth, labels)
    agreeing = agreeing_px(table, one_to_one(table)) / truth.size
    assert agreeing == 1 if per == "pixel" else agreeing > 0.99  # superpixels may miss an edge by a pixel
    dataset = gdal.Open(str(tmp_path / "map.tif"))
    assert dataset.GetGeoTransform() == NORTH_UP
    assert dataset.GetRasterBand(1).GetRasterCategoryNames()[1] == "class 1"
    assert dataset.GetMetadataItem("OBIC_METHOD") == method.name


@BOTH
@PER
def test_tiles_do_not_matter(method, per, tmp_path, monkeypatch):
    random = np.random.default_rng(0)
    image = np.clip(quarters(150, 210)[0] + random.normal(0, 40, (3, 150, 210)), 0, 255).astype(np.uint8)
    path = write_raster(tmp_path / "image.tif", image)
    extra = {"output_confidence": str(tmp_path / "c.tif"), "classes": 9, "per": per}
    if method.name == "isodata":
        extra["initial_classes"] = 9
    maps = []
    for tile_px in (512, 64, 33):
        monkeypatch.setattr(job, "largest_tile_px", lambda *_, size=tile_px: size)
        maps.append((run(method, path, tmp_path, **extra)[0], read_raster(tmp_path / "c.tif")))
    for labels, confidence in maps[1:]:
        assert np.array_equal(labels, maps[0][0])
        assert np.array_equal(confidence, maps[0][1])


@BOTH
@PER
def test_nodata_is_nowhere(method, per, tmp_path):
    image = quarters(n_bands=2)[0].astype(np.float32)
    hole = np.zeros(image.shape[1:], bool)
    hole[20:50, 30:90] = True
    maps = []
    for garbage in (-1e30, 1e30):
        filled = np.where(hole, np.float32(garbage), image)
        path = write_raster(tmp_path / "image.tif", filled, nodata=garbage)
        maps.append(run(method, path, tmp_path, per=per)[0])
    assert np.array_equal(maps[0], maps[1])
    assert np.array_equal(maps[0] == 0, hole)
    odd = image.copy()
    odd[0, hole] = np.nan
    assert np.array_equal(run(method, write_raster(tmp_path / "nan.tif", odd), tmp_path, per=per)[0], maps[0])


@BOTH
@PER
@pytest.mark.parametrize(
    ("shape", "dtype"), [((1, 1, 1), np.uint8), ((3, 3, 5), np.int16), ((12, 40, 30), np.uint16)]
)
def test_any_size_and_type(method, per, shape, dtype, tmp_path):
    image = np.random.default_rng(0).integers(0, 100, shape).astype(dtype)
    labels, numbers = run(method, write_raster(tmp_path / "image.tif", image), tmp_path, per=per)
    assert labels.shape == shape[1:]
    assert labels.min() >= 1
    assert numbers["class_count"] == labels.max()


@BOTH
@PER
def test_a_constant_image_has_one_class(method, per, tmp_path):
    path = write_raster(tmp_path / "image.tif", np.full((2, 30, 40), 7, np.uint8))
    labels, numbers = run(method, path, tmp_path, per=per)
    assert numbers["class_count"] == 1
    assert (labels == 1).all()


@BOTH
def test_all_outputs(method, tmp_path):
    path = write_raster(tmp_path / "image.tif", quarters()[0])
    outputs = {
        f"output_{k}": str(tmp_path / f"{k}.{e}")
        for k, e in (("confidence", "tif"), ("superpixels", "tif"), ("polygons", "gpkg"), ("report", "html"))
    }
    labels, _ = run(method, path, tmp_path, per="superpixel", **outputs)
    assert set(outputs.values()) < {str(tmp_path / name) for name in os.listdir(tmp_path)}
    ids, confidence = read_raster(outputs["output_superpixels"]), read_raster(outputs["output_confidence"])
    assert ids.min() >= 1
    assert 50 <= confidence.min() <= confidence.max() <= 100
    for number in np.unique(ids)[:20]:
        assert len(np.unique(labels[ids == number])) == 1


@PER
def test_polygons_have_their_mean_clearness_whether_or_not_it_is_an_output(per, tmp_path):
    path = write_raster(tmp_path / "image.tif", quarters()[0])
    outputs = {"output_polygons": str(tmp_path / "p.gpkg"), "output_confidence": str(tmp_path / "c.tif")}
    told = []
    for names in (["output_polygons"], list(outputs)):
        run(kmeans.METHOD, path, tmp_path, per=per, **{name: outputs[name] for name in names})
        dataset = ogr.Open(outputs["output_polygons"])
        told.append([feature["confidence"] for feature in dataset.GetLayer(0)])
        del dataset
        os.remove(outputs["output_polygons"])
    assert told[0] == told[1] and min(told[0]) >= 50


@BOTH
def test_felzenszwalb(method, tmp_path):
    image, truth = quarters()
    path = write_raster(tmp_path / "image.tif", image)
    labels, _ = run(method, path, tmp_path, per="superpixel", superpixels="felzenszwalb")
    assert (labels[4:40, 4:60] == labels[20, 30]).all()
    assert len(np.unique(labels[truth == 0])) <= 2


def test_isodata_finds_the_number_itself(tmp_path):
    path = write_raster(tmp_path / "image.tif", quarters()[0])
    for initial in (1, 3, 9):
        settings = {"classes": 5, "initial_classes": initial}
        assert run(isodata.METHOD, path, tmp_path, **settings)[1]["class_count"] == 4


def test_refusals(tmp_path):
    path = write_raster(tmp_path / "image.tif", quarters()[0])
    with pytest.raises(ParameterError, match="where Cluster is Pixels"):
        run(kmeans.METHOD, path, tmp_path, output_superpixels=str(tmp_path / "ids.tif"))
    with pytest.raises(ParameterError, match=r"Maximum classes \(10\)"):
        run(isodata.METHOD, path, tmp_path, classes=20, max_classes=10)
    with pytest.raises(ParameterError, match="between 2 and 254"):
        run(kmeans.METHOD, path, tmp_path, classes=255)
    assert os.listdir(tmp_path) == ["image.tif"]


@BOTH
@PER
@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.93])
def test_cancelled_runs_leave_nothing(method, per, fraction, tmp_path):
    path = write_raster(tmp_path / "image.tif", quarters()[0])
    with pytest.raises(Cancelled):
        run(method, path, tmp_path, progress=StopAt(fraction), per=per)
    assert os.listdir(tmp_path) == ["image.tif"]


@BOTH
@PER
def test_progress_only_grows(method, per, tmp_path):
    progress = StopAt(2)
    run(method, write_raster(tmp_path / "image.tif", quarters()[0]), tmp_path, progress=progress, per=per)
    assert progress.seen == sorted(progress.seen)
    assert progress.seen[-1] == 1
