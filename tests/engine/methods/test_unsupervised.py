"""The main job on every kind of raster: what it must hold, whatever comes in."""

import json
import os
import re

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine import job
from obic_plugin.engine.errors import DeviceError, InputError, ObicError, OutputError
from obic_plugin.engine.labelers.cells import CellLabeler
from obic_plugin.engine.methods import unsupervised
from obic_plugin.engine.methods.unsupervised import UnsupervisedParams
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.writer import RasterWriter
from tests.progress import StopAt
from tests.scenes import NORTH_UP, ROTATED, SOUTH_UP, purity, quarters, read_raster, write_raster


def run(tmp_path, image, name="map.tif", progress=None, **changes):
    """The labels (h, w) that a draft makes of a raster file."""
    settings = {"input": image, "output": str(tmp_path / name), "effort": "draft", "classes": 6, **changes}
    unsupervised.METHOD.execute(UnsupervisedParams(**settings), progress or Silent())
    return read_raster(tmp_path / name)


def test_four_kinds_of_land_are_told_apart(tmp_path):
    image, truth = quarters()
    labels = run(tmp_path, write_raster(tmp_path / "a.tif", image))
    assert purity(labels, truth) > 0.95
    assert (labels > 0).all() and len(np.unique(labels)) >= 4


def test_few_classes_are_enough_for_a_small_image(tmp_path, monkeypatch):
    from obic_plugin.engine.training import prior

    asked, fit = [], prior.fit_mixture
    monkeypatch.setattr(prior, "fit_mixture", lambda *given: asked.append(given[1:3]) or fit(*given))
    run(tmp_path, write_raster(tmp_path / "a.tif", quarters()[0]), classes=16)
    assert asked == [(16, 5)]


def test_the_same_seed_gives_the_same_map_and_model(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters()[0])
    first, second = (
        run(tmp_path, path, f"{name}.tif", seed=3, output_model=str(tmp_path / f"{name}.safetensors"))
        for name in ("first", "second")
    )
    assert (first == second).all()
    from safetensors.numpy import load_file

    weights = [load_file(str(tmp_path / f"{name}.safetensors")) for name in ("first", "second")]
    assert all((weights[0][key] == weights[1][key]).all() for key in weights[0])


@pytest.mark.parametrize("transform", [NORTH_UP, ROTATED, SOUTH_UP, None])
def test_the_grid_is_that_of_the_input(tmp_path, transform):
    path = write_raster(tmp_path / "a.tif", quarters(40, 56)[0], transform)
    run(tmp_path, path)
    before, after = gdal.Open(path), gdal.Open(str(tmp_path / "map.tif"))
    assert after.GetGeoTransform(can_return_null=True) == before.GetGeoTransform(can_return_null=True)
    assert after.GetProjection() == before.GetProjection()
    assert (after.RasterXSize, after.RasterYSize) == (before.RasterXSize, before.RasterYSize)


def test_what_fills_nodata_has_no_influence(tmp_path):
    image = quarters()[0].astype(np.int16)
    hole = np.zeros(image.shape[1:], bool)
    hole[20:60, 30:90] = True
    results = []
    for name, garbage in (("a", 0), ("b", 30000)):
        values = image.copy()
        values[:, hole] = garbage
        values[0, hole] = -9999
        labels = run(
            tmp_path, write_raster(tmp_path / f"{name}.tif", values, nodata=-9999), f"map_{name}.tif"
        )
        results.append(labels)
    assert ((results[0] == 0) == hole).all()
    assert (results[0] == results[1]).all()


def noisy(shape, dtype, scale=100.0, offset=0.0):
    random = np.random.default_rng(0)
    return (random.normal(0, 1, shape).cumsum(-1) * scale + offset).astype(dtype)


def outliers():
    values = noisy((3, 60, 70), np.float64, 30, 3000).clip(0, 6000).astype(np.uint16)
    values[:, ::29, ::31] = 65535
    return values


def holes():
    values = noisy((2, 60, 70), np.float32)
    values[0, 5:15], values[1, 20:25], values[0, 40, 3] = np.nan, np.inf, -np.inf
    return values


def with_constant_band():
    values = quarters(60, 70, 4)[0]
    values[3] = 255
    return values


SCENES = {
    "1x1": lambda: np.array([[[7]]], np.uint8),
    "3x5": lambda: noisy((3, 3, 5), np.int16),
    "17x2000": lambda: noisy((3, 17, 2000), np.int16),
    "one band": lambda: quarters(60, 70, 1)[0],
    "224 bands": lambda: noisy((224, 40, 30), np.int16),
    "int16 with negatives": lambda: noisy((3, 60, 70), np.int16, 100, -500),
    "uint16 with outliers": outliers,
    "float32 with NaN and infinity": holes,
    "a constant band": with_constant_band,
}


@pytest.mark.parametrize("scene", SCENES)
def test_it_works_on(tmp_path, scene):
    values = SCENES[scene]()
    labels = run(tmp_path, write_raster(tmp_path / "a.tif", values))
    assert labels.shape == values.shape[1:]
    assert ((labels > 0) == np.isfinite(values.astype(float)).all(0)).all()
    used = np.unique(labels[labels > 0])
    assert used.tolist() == list(range(1, len(used) + 1))


def test_a_constant_image_has_one_class(tmp_path):
    labels = run(tmp_path, write_raster(tmp_path / "a.tif", np.full((3, 50, 60), 9, np.uint8)))
    assert (labels == 1).all()


def test_no_crs_a_vrt_and_a_raster_in_memory(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters(48, 64)[0], None)
    labels = run(tmp_path, path)
    gdal.BuildVRT(
        str(tmp_path / "a.vrt"), [write_raster(tmp_path / "b.tif", quarters(48, 64)[0])]
    ).FlushCache()
    assert (run(tmp_path, str(tmp_path / "a.vrt"), "vrt.tif") == labels).all()
    gdal.Translate("/vsimem/a.tif", path)
    assert (run(tmp_path, "/vsimem/a.tif", "memory.tif") == labels).all()
    gdal.Unlink("/vsimem/a.tif")


def test_outside_of_the_extent_is_no_data(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters()[0])
    labels = run(tmp_path, path, extent=(500100, 5399500, 500500, 5399900))
    assert (labels[10:50, 10:50] > 0).all() and (labels > 0).sum() == 1600


def test_every_output_says_how_it_was_made(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters()[0])
    names = {"output_confidence": "c.tif", "output_superpixels": "s.tif", "output_polygons": "p.gpkg"}
    run(tmp_path, path, **{key: str(tmp_path / name) for key, name in names.items()})
    for name in ("map.tif", "c.tif", "s.tif"):
        found = gdal.Open(str(tmp_path / name)).GetMetadata()
        assert json.loads(found["OBIC_SETTINGS"])["seed"] == 0 and found["OBIC_INPUT"] == path
    dataset = ogr.Open(str(tmp_path / "p.gpkg"))
    assert dataset.GetLayer(0).GetMetadataItem("OBIC_METHOD") == "unsupervisedsegmentation"


def test_companions_agree_with_the_map(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters()[0], nodata=None)
    names = {"output_confidence": "c.tif", "output_superpixels": "s.tif", "output_polygons": "p.gpkg"}
    labels = run(tmp_path, path, **{key: str(tmp_path / name) for key, name in names.items()})
    confidence, superpixels = read_raster(tmp_path / "c.tif"), read_raster(tmp_path / "s.tif")
    assert confidence.min() >= 1 and confidence.max() <= 100
    assert superpixels.dtype == np.uint32 and superpixels.min() >= 1
    pairs = np.unique(np.stack([superpixels.ravel(), labels.ravel().astype(np.uint32)]), axis=1)
    assert len(np.unique(pairs[0])) == pairs.shape[1], "a superpixel has two labels"
    dataset = ogr.Open(str(tmp_path / "p.gpkg"))
    areas = {}
    for feature in dataset.GetLayer(0):
        areas[feature["class"]] = areas.get(feature["class"], 0) + feature.GetGeometryRef().Area()
    assert areas == pytest.approx({int(v): float((labels == v).sum() * 100) for v in np.unique(labels)})


def test_a_cancel_at_any_moment_leaves_nothing_behind(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters(48, 64)[0])
    extra = {
        "output_polygons": str(tmp_path / "p.gpkg"),
        "output_report": str(tmp_path / "r.html"),
        "min_area": 9,
    }
    whole = StopAt(2)
    run(tmp_path, path, progress=whole, **extra)
    told = sorted(set(whole.seen))  # how often each is told depends on how long one had to wait
    for name in set(os.listdir(tmp_path)) - {"a.tif"}:
        os.remove(tmp_path / name)
    (tmp_path / "map.tif").write_bytes(b"what the user had")
    for fraction in [told[0], told[1], told[len(told) // 2], told[-6], told[-1]]:
        with pytest.raises(Cancelled):
            run(tmp_path, path, progress=StopAt(fraction), **extra)
        assert sorted(os.listdir(tmp_path)) == ["a.tif", "map.tif"], fraction
        assert (tmp_path / "map.tif").read_bytes() == b"what the user had"


def test_a_full_disk_leaves_the_old_map(tmp_path, monkeypatch):
    path = write_raster(tmp_path / "a.tif", quarters()[0])
    (tmp_path / "map.tif").write_bytes(b"what the user had")

    def full(self, resampling, progress=None):
        raise OutputError("Cannot write: no space left on device.")

    monkeypatch.setattr(RasterWriter, "finish", full)
    with pytest.raises(OutputError, match="no space"):
        run(tmp_path, path)
    assert sorted(os.listdir(tmp_path)) == ["a.tif", "map.tif"]
    assert (tmp_path / "map.tif").read_bytes() == b"what the user had"


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"bands": [9]}, "no band 9"),
        ({"classes": 300}, "between 2 and 254, not 300"),
        ({"extent": (0, 0, 1, 1)}, "does not overlap"),
        ({"device": "cuda"}, "no CUDA GPU"),
        ({"device": "abacus"}, "not 'abacus'"),
        ({"output": "/nowhere/at/all/map.tif"}, "does not exist"),
        ({"superpixel_size": 1}, "Superpixel size"),
    ],
)
def test_refusals(tmp_path, changes, message):
    if "device" in changes and changes["device"] == "cuda":
        import torch

        if torch.cuda.is_available():
            changes = {"device": "cuda:99"}
            message = "cuda:99"
    path = write_raster(tmp_path / "a.tif", quarters(40, 40)[0])
    with pytest.raises(ObicError, match=message):
        run(tmp_path, path, **changes)
    assert os.listdir(tmp_path) == ["a.tif"]


def test_an_output_over_its_input_is_refused(tmp_path):
    path = write_raster(tmp_path / "a.tif", quarters(40, 40)[0])
    with pytest.raises(OutputError, match="also an input"):
        run(tmp_path, path, output=path)


def test_all_nodata_is_refused(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.zeros((2, 30, 30), np.uint8), nodata=0)
    with pytest.raises(InputError, match="no valid pixel"):
        run(tmp_path, path)


def test_a_band_that_is_all_nodata_is_left_out(tmp_path):
    values = quarters(60, 70)[0].astype(np.int16)
    values[1] = -1
    assert (run(tmp_path, write_raster(tmp_path / "a.tif", values, nodata=-1)) > 0).all()


def test_colors_are_the_means_of_the_classes(tmp_path):
    image, _ = quarters(noise=0)
    labels = run(tmp_path, write_raster(tmp_path / "a.tif", image))
    for item in ClassTable.from_raster(str(tmp_path / "map.tif")).classes[:3]:
        mean = image[:, labels == item.value].mean(1)
        assert np.abs(mean - item.color).max() < 40


def textured(height=300, width=410):
    """A scene of smooth fields and rough ones, larger than several tiles, with a hole."""
    image, _ = quarters(height, width, noise=4)
    random = np.random.default_rng(5)
    image[:, :, width // 3 : width // 2] = random.integers(0, 255, (3, height, width // 2 - width // 3))
    image[:, 100:140, 60:200] = 0
    return image


@pytest.mark.parametrize("kind", ["slic", "felzenszwalb"])
def test_labels_do_not_depend_on_the_tiles(tmp_path, monkeypatch, kind):
    path = write_raster(tmp_path / "a.tif", textured(), nodata=0)
    found = []
    for tile_px in (64, 150, 1024):
        monkeypatch.setattr(job, "largest_tile_px", lambda *_, size=tile_px: size)
        extra = {"output_superpixels": str(tmp_path / "s.tif"), "superpixels": kind, "superpixel_size": 9}
        labels = run(tmp_path, path, output_confidence=str(tmp_path / "c.tif"), **extra)
        percent = read_raster(tmp_path / "c.tif").astype(int)
        found.append((labels, read_raster(tmp_path / "s.tif"), percent))
    for labels, superpixels, percent in found[1:]:
        assert (superpixels == found[0][1]).all()
        # a margin too narrow shows here first: labels are sure enough to survive it
        assert (np.abs(percent - found[0][2]) <= 1).mean() >= 0.999
        assert (labels == found[0][0]).mean() >= 0.999
    assert len(np.unique(found[0][0])) > 3


def test_out_of_memory_halves_the_tiles_once_and_says_so(tmp_path, monkeypatch):
    path, said, calls = write_raster(tmp_path / "a.tif", quarters()[0]), [], []

    def starved(labeler, windows, pause, tiles=CellLabeler.tiles):
        calls.append(windows)
        if len(calls) == 1:
            raise RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return tiles(labeler, windows, pause)

    class Listen(Silent):
        def say(self, text):
            said.append(text)

    monkeypatch.setattr(CellLabeler, "tiles", starved)
    assert (run(tmp_path, path, progress=Listen()) > 0).all()
    sizes = [int(re.search(r"tiles of (\d+) px", text)[1]) for text in said if text.startswith("Mapping")]
    assert sizes[1] == sizes[0] // 2 and any("half of that" in text for text in said)


def test_out_of_memory_twice_is_refused_in_a_sentence(tmp_path, monkeypatch):
    def starved(*_):
        raise RuntimeError("CUDA out of memory.")

    monkeypatch.setattr(CellLabeler, "tiles", starved)
    params = UnsupervisedParams(
        input=write_raster(tmp_path / "a.tif", quarters()[0]),
        output=str(tmp_path / "map.tif"),
        effort="draft",
    )
    with pytest.raises(DeviceError, match="ran out of memory"):
        unsupervised.METHOD.execute(params, Silent())
    assert os.listdir(tmp_path) == ["a.tif"]
