"""Segmentation by backpropagation: what it finds, what it keeps, what it refuses."""

import json
import os

import numpy as np
import pytest
import torch
from osgeo import gdal, ogr

from obic_plugin.engine.errors import InputError, ObicError, OutputError
from obic_plugin.engine.methods import backpropagation
from obic_plugin.engine.methods.backpropagation import BackpropagationParams
from obic_plugin.engine.params import specs
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from tests.progress import StopAt
from tests.scenes import NORTH_UP, ROTATED, purity, quarters, read_raster, write_raster

SMALL = {"channels": 16, "classes": 12, "iterations": 12, "learning_rate": 0.1}


def run(tmp_path, image, name="map.tif", progress=None, **changes):
    """The labels (h, w) that a small network makes of a raster file."""
    settings = {"input": image, "output": str(tmp_path / name), **SMALL, **changes}
    run.numbers = backpropagation.METHOD.execute(BackpropagationParams(**settings), progress or Silent())
    return read_raster(tmp_path / name)


@pytest.fixture
def scene(tmp_path):
    return write_raster(tmp_path / "a.tif", quarters(48, 64)[0])


@pytest.mark.parametrize("variant", ["original", "fast"])
@pytest.mark.parametrize("superpixels", ["slic", "felzenszwalb"])
def test_four_kinds_of_land_are_told_apart(tmp_path, scene, variant, superpixels):
    labels = run(tmp_path, scene, variant=variant, superpixels=superpixels, iterations=25)
    assert purity(labels, quarters(48, 64)[1]) > 0.95
    used = np.unique(labels)
    assert used.tolist() == list(range(1, len(used) + 1)) and len(used) == run.numbers["class_count"] >= 4
    assert (np.diff(np.bincount(labels.ravel())[1:]) <= 0).all()


def test_defaults_are_those_of_the_variant():
    published = {
        "original": ("slic", 100, 100, 128, 0.1),
        "fast": ("felzenszwalb", 64, 32, 64, 0.05),
    }
    for variant, expected in published.items():
        params = BackpropagationParams(input="a", output="b", variant=variant)
        names = ("superpixels", "channels", "classes", "iterations", "learning_rate")
        assert tuple(params.of_variant(name) for name in names) == expected
        assert (params.min_classes, params.momentum, params.blocks) == (3, 0.9, 2)
        slic = backpropagation.superpixels_of(
            BackpropagationParams(input="a", superpixels="slic", output="b"), 1e6
        )
        assert slic.size_px == 10
        network = backpropagation.network_of(params, 3)
        assert sum(map(torch.numel, network.parameters())) == {"original": 103_600, "fast": 24_832}[variant]


def test_the_same_seed_gives_the_same_map(tmp_path, scene):
    maps = [run(tmp_path, scene, f"{n}.tif", seed=seed) for n, seed in enumerate([5, 5, 6])]
    assert (maps[0] == maps[1]).all() and not (maps[0] == maps[2]).all()


@pytest.mark.parametrize("variant", ["original", "fast"])
def test_what_fills_nodata_has_no_influence(tmp_path, variant):
    image = quarters(48, 64)[0].astype(np.int16)
    hole = np.zeros(image.shape[1:], bool)
    hole[10:30, 15:45] = True
    results = []
    for name, garbage in (("a", 0), ("b", 30000)):
        values = image.copy()
        values[:, hole] = garbage
        values[0, hole] = -9999
        path = write_raster(tmp_path / f"{name}.tif", values, nodata=-9999)
        results.append(run(tmp_path, path, f"map_{name}.tif", variant=variant))
    assert ((results[0] == 0) == hole).all()
    assert (results[0] == results[1]).all()


def test_a_margin_of_nodata_changes_nothing(tmp_path):
    """Superpixels given, so that they are the same: the rest is what an image without a margin gives."""
    image = quarters(48, 64)[0].astype(np.int16)
    ids = (np.arange(48)[:, None] // 8 * 8 + np.arange(64) // 8 + 1).astype(np.uint32)
    found = []
    for name, margin in (("a", 0), ("b", 9)):
        around = ((margin, 2 * margin), (margin, 0))
        path = write_raster(
            tmp_path / f"{name}.tif", np.pad(image, ((0, 0), *around), constant_values=-1), nodata=-1
        )
        given = write_raster(tmp_path / f"ids_{name}.tif", np.pad(ids, around), nodata=0)
        found.append(
            run(tmp_path, path, f"m_{name}.tif", superpixels="raster", superpixel_raster=given, iterations=4)
        )
    assert (found[1][9:57, 9:] == found[0]).mean() > 0.99  # sums in another order: a tie may fall otherwise


def noisy(shape, dtype):
    return (np.random.default_rng(0).normal(0, 1, shape).cumsum(-1) * 100).astype(dtype)


SCENES = {
    "1x1": lambda: np.array([[[7]]], np.uint8),
    "3x5": lambda: noisy((3, 3, 5), np.int16),
    "9x300": lambda: noisy((2, 9, 300), np.float64),
    "one band": lambda: quarters(30, 40, 1)[0],
    "a constant image": lambda: np.full((3, 30, 40), 9, np.uint8),
    "224 bands": lambda: noisy((224, 20, 30), np.int16),
}


@pytest.mark.parametrize("variant", ["original", "fast"])
@pytest.mark.parametrize("values", SCENES)
def test_it_works_on(tmp_path, values, variant):
    values = SCENES[values]()
    labels = run(tmp_path, write_raster(tmp_path / "a.tif", values), variant=variant, iterations=3)
    assert labels.shape == values.shape[1:] and (labels > 0).all()


@pytest.mark.parametrize("transform", [ROTATED, None])
def test_the_grid_is_that_of_the_input(tmp_path, transform):
    path = write_raster(tmp_path / "a.tif", quarters(48, 64)[0], transform)
    folder = tmp_path / "steps"
    run(tmp_path, path, iterations=2, output_iterations=str(folder))
    for name in (tmp_path / "map.tif", folder / "iteration_00001.tif"):
        before, after = gdal.Open(path), gdal.Open(str(name))
        assert after.GetGeoTransform(can_return_null=True) == before.GetGeoTransform(can_return_null=True)
        assert after.GetProjection() == before.GetProjection()


def test_outside_of_the_extent_is_no_data(tmp_path, scene):
    folder = tmp_path / "steps"
    extent = (500100, 5399700, 500500, 5399900)
    labels = run(tmp_path, scene, extent=extent, output_iterations=str(folder), iterations=2)
    assert (labels[10:30, 10:50] > 0).all() and (labels > 0).sum() == 800
    assert ((read_raster(folder / "iteration_00002.tif") > 0) == (labels > 0)).all()


def test_given_superpixels_are_used(tmp_path, scene):
    ids = (np.arange(48)[:, None] // 12 * 4 + np.arange(64) // 16 + 1).astype(np.uint32) + 70_000_000
    ids[:5] = 0
    given = write_raster(tmp_path / "ids.tif", ids)
    options = {
        "superpixels": "raster",
        "superpixel_raster": given,
        "output_superpixels": str(tmp_path / "s.tif"),
    }
    labels = run(tmp_path, scene, **options)
    assert (labels[:5] == 0).all() and (labels[5:] > 0).all()
    assert (read_raster(tmp_path / "s.tif") == ids).all()
    pairs = np.unique(np.stack([ids[5:].ravel(), labels[5:].ravel()]), axis=1)
    assert pairs.shape[1] == 16, "a superpixel has two labels"


def test_companions_agree_with_the_map(tmp_path, scene):
    names = {"output_confidence": "c.tif", "output_superpixels": "s.tif", "output_polygons": "p.gpkg"}
    names["output_report"] = "r.html"
    labels = run(tmp_path, scene, **{key: str(tmp_path / name) for key, name in names.items()})
    confidence, superpixels = read_raster(tmp_path / "c.tif"), read_raster(tmp_path / "s.tif")
    assert confidence.min() >= 1 and confidence.max() <= 100
    assert superpixels.dtype == np.uint32 and superpixels.min() >= 1
    dataset, areas = ogr.Open(str(tmp_path / "p.gpkg")), {}
    for feature in dataset.GetLayer(0):
        areas[feature["class"]] = areas.get(feature["class"], 0) + feature.GetGeometryRef().Area()
    assert areas == pytest.approx({int(v): float((labels == v).sum() * 100) for v in np.unique(labels)})
    for name in ("map.tif", "c.tif", "s.tif"):
        found = gdal.Open(str(tmp_path / name)).GetMetadata()
        assert found["OBIC_METHOD"] == "backpropagation" and json.loads(found["OBIC_SETTINGS"])["seed"] == 0
    assert "cross-entropy" in (tmp_path / "r.html").read_text()


@pytest.mark.parametrize("there", [False, True])
def test_iterations_are_kept_at_powers_of_two_and_at_the_end(tmp_path, there):
    image = quarters(48, 64)[0]
    path, folder = write_raster(tmp_path / "a.tif", image), tmp_path / "steps"
    if there:
        folder.mkdir()
        for name in (
            "iteration_00064.tif",
            "iteration_00064.tif.aux.xml",
            "iteration_00064.qml",
            "notes.txt",
        ):
            (folder / name).write_text("from before")
    labels = run(tmp_path, path, output_iterations=str(folder), iterations=11, variant="original")
    rasters = sorted(path.name for path in folder.iterdir() if path.suffix != ".xml")
    expected = [f"iteration_{n:05d}.tif" for n in (1, 2, 4, 8, 11)]
    assert rasters == expected + (["notes.txt"] if there else [])
    assert not (folder / "iteration_00064.tif.aux.xml").exists()
    assert (read_raster(folder / "iteration_00011.tif") == labels).all()
    assert len(np.unique(read_raster(folder / expected[0]))) > len(np.unique(labels))
    for name in expected:
        step = read_raster(folder / name)
        classes = [item for item in ClassTable.from_raster(str(folder / name)) if item.name]
        assert {item.value for item in classes} == set(np.unique(step))
        for item in classes:
            assert np.abs(image[:, step == item.value].mean(1) - item.color).max() <= 0.5, item


def test_it_stops_when_few_classes_are_left(tmp_path, scene):
    labels = run(tmp_path, scene, min_classes=12, iterations=50)
    assert run.numbers["iteration_count"] == 1 and len(np.unique(labels)) <= 12
    labels = run(tmp_path, scene, min_classes=5, iterations=200)
    assert run.numbers["iteration_count"] < 200 and len(np.unique(labels)) <= 5


def test_a_cancel_at_any_moment_leaves_nothing_behind(tmp_path, scene):
    folder = tmp_path / "steps"
    extra = {"output_iterations": str(folder), "output_polygons": str(tmp_path / "p.gpkg"), "iterations": 3}
    whole = StopAt(2)
    run(tmp_path, scene, progress=whole, **extra)
    told = sorted(set(whole.seen))  # how often each is told depends on how long one had to wait
    for path in (tmp_path / "map.tif", tmp_path / "p.gpkg", *folder.iterdir()):
        path.write_bytes(b"what the user had")
    before = sorted(os.listdir(tmp_path)), sorted(os.listdir(folder))
    for fraction in [told[0], told[len(told) // 3], told[len(told) // 2], told[-4], told[-1]]:
        with pytest.raises(Cancelled):
            run(tmp_path, scene, progress=StopAt(fraction), **extra)
        assert (sorted(os.listdir(tmp_path)), sorted(os.listdir(folder))) == before, fraction
        assert (folder / "iteration_00001.tif").read_bytes() == b"what the user had"


def test_an_image_too_large_is_refused_with_what_fits(tmp_path):
    path = str(tmp_path / "large.tif")
    dataset = gdal.GetDriverByName("GTiff").Create(path, 9000, 7000, 1, gdal.GDT_Byte, ["SPARSE_OK=YES"])
    dataset.SetGeoTransform(NORTH_UP)
    dataset = None
    with pytest.raises(InputError, match=r"9000 x 7000 px .* enough for \d+ x \d+ px.*obic:unsupervised"):
        run(tmp_path, path, memory_mb=1000)
    assert os.listdir(tmp_path) == ["large.tif"]


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"bands": [9]}, "no band 9"),
        ({"classes": 300}, "between 2 and 254, not 300"),
        ({"superpixels": "raster"}, "give it"),
        ({"superpixel_raster": "x.tif"}, "Set that to raster"),
        ({"variant": "quick"}, "one of original, fast"),
        ({"output_iterations": "/nowhere/at/all"}, "does not exist"),
        ({"device": "abacus"}, "not 'abacus'"),
    ],
)
def test_refusals(tmp_path, scene, changes, message):
    with pytest.raises(ObicError, match=message):
        run(tmp_path, scene, **changes)
    assert os.listdir(tmp_path) == ["a.tif"]


@pytest.mark.parametrize(
    "ids, message",
    [
        (np.ones((48, 60), np.uint8), "not on the grid"),
        (np.full((48, 64), 1.5, np.float32), "holds 1.5. Labels must be whole numbers"),
        (np.full((48, 64), -3, np.int16), "whole numbers from 1"),
        (np.zeros((48, 64), np.uint8), "same ground"),
    ],
)
def test_bad_superpixels_are_refused(tmp_path, scene, ids, message):
    given = write_raster(tmp_path / "ids.tif", ids)
    with pytest.raises(InputError, match=message):
        run(tmp_path, scene, superpixels="raster", superpixel_raster=given)


def test_an_output_over_its_superpixels_is_refused(tmp_path, scene):
    given = write_raster(tmp_path / "map.tif", np.ones((48, 64), np.uint8))
    with pytest.raises(OutputError, match="also an input"):
        run(tmp_path, scene, superpixels="raster", superpixel_raster=given)


def test_every_constant_of_the_method_is_a_parameter():
    names = {spec.name for spec in specs(BackpropagationParams)}
    assert names >= {
        "segments",
        "compactness",
        "felzenszwalb_scale",
        "felzenszwalb_sigma",
        "felzenszwalb_min_size",
        "channels",
        "classes",
        "blocks",
        "iterations",
        "learning_rate",
        "momentum",
        "min_classes",
        "seed",
    }
