"""The published method: it learns, and its map depends on neither tiles nor what fills nodata."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine import job, nets, threads
from obic_plugin.engine.errors import ParameterError
from obic_plugin.engine.methods import applymodel, published, unsupervised
from obic_plugin.engine.methods.applymodel import ApplyModelParams
from obic_plugin.engine.methods.unsupervised import UnsupervisedParams
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.nets import fcn
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.reader import RasterReader
from tests.scenes import purity, quarters, read_raster, write_raster


class Narrow(fcn.PublishedNetwork):
    """Of few channels: what is tested does not depend on their number."""

    def __init__(self, n_bands, n_classes=32, width=12, random=None):
        super().__init__(n_bands, n_classes, width, random)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Few channels, and as many steps on one small window as a large image would have on several; too little for two
    threads."""
    monkeypatch.setattr(threads, "two_threads", lambda: threads.threads(1))
    monkeypatch.setattr(fcn, "PublishedNetwork", Narrow)
    monkeypatch.setitem(nets.NETWORKS, "PublishedNetwork", Narrow)
    monkeypatch.setattr(published, "PUBLISHED", published.PUBLISHED._replace(n_epochs=40, learning_rate=0.01))


def run(tmp_path, image, name="map.tif", **changes):
    given = {"input": image, "output": str(tmp_path / name), "network": "published", "classes": 8, **changes}
    unsupervised.METHOD.execute(UnsupervisedParams(**given), Silent())
    return read_raster(tmp_path / name)


def textured(height=90, width=118):
    """Smooth land and rough land, larger than several tiles, with a hole."""
    image, _ = quarters(height, width, noise=4)
    image[:, :, width // 3 : width // 2] = np.random.default_rng(5).integers(
        1, 255, (3, height, width // 2 - width // 3)
    )
    image[:, 30:50, 20:60] = 0
    return image


def test_four_kinds_of_land_are_told_apart(tmp_path):
    image, truth = quarters(88, 116)
    labels = run(tmp_path, write_raster(tmp_path / "a.tif", image))
    assert purity(labels, truth) > 0.9


def test_training_moves_the_network(tmp_path, monkeypatch):
    """And removed, there is another map."""
    path, told = write_raster(tmp_path / "a.tif", quarters(88, 116)[0]), []
    monkeypatch.setattr(job.MapJob, "add_to_curve", lambda self, history: told.extend(history))
    labels = run(tmp_path, path)
    losses = [terms["cross-entropy"] for _, terms in told]
    assert len(losses) == 40 and np.mean(losses[-5:]) < 0.7 * np.mean(losses[:5])
    monkeypatch.setattr(job.MapJob, "fit", lambda *given, **options: None)
    assert (run(tmp_path, path, "untrained.tif") != labels).mean() > 0.05


def test_the_map_does_not_depend_on_the_tiles(tmp_path, monkeypatch):
    path, found = write_raster(tmp_path / "a.tif", textured(), nodata=0), []
    names = {"output_confidence": str(tmp_path / "c.tif"), "output_superpixels": str(tmp_path / "s.tif")}
    for tile_px in (1024, 40):
        monkeypatch.setattr(job, "largest_tile_px", lambda *_, size=tile_px: size)
        labels = run(tmp_path, path, **names)
        found.append([labels, *(read_raster(name) for name in names.values())])
    assert len(np.unique(found[0][0])) > 3
    assert (found[0][0] == found[1][0]).all() and (found[0][2] == found[1][2]).all()
    assert np.abs(found[0][1].astype(int) - found[1][1]).max() <= 1
    assert ((found[0][0] > 0) == (textured()[0] > 0)).all() and (
        (found[0][2] > 0) == (textured()[0] > 0)
    ).all()


def test_what_fills_nodata_has_no_influence(tmp_path):
    image, found = textured().astype(np.int16), []
    for name, filled in (("a", 0), ("b", 30000)):
        values = image.copy()
        values[:, 30:50, 20:60] = filled
        values[0, 30:50, 20:60] = -9999
        found.append(
            run(tmp_path, write_raster(tmp_path / f"{name}.tif", values, nodata=-9999), f"map_{name}.tif")
        )
    assert (found[0] == found[1]).all() and (found[0] > 0).any()


def test_the_seed_decides(tmp_path):
    path = write_raster(tmp_path / "a.tif", textured(60, 80))
    first, second, other = (run(tmp_path, path, f"{n}.tif", seed=seed) for n, seed in enumerate((3, 3, 4)))
    assert (first == second).all() and (first != other).any()


def test_patches_are_at_least_as_large_as_published(tmp_path):
    path = write_raster(tmp_path / "a.tif", textured(60, 80))
    output = str(tmp_path / "map.tif")
    labels = run(tmp_path, path)
    dataset = gdal.GetDriverByName("MEM").CreateCopy("", gdal.Open(output))
    gdal.SieveFilter(dataset.GetRasterBand(1), None, dataset.GetRasterBand(1), 20, 4)
    assert (dataset.ReadAsArray() == labels).all()


def test_its_model_makes_its_map_again(tmp_path):
    path, model = (
        write_raster(tmp_path / "a.tif", textured(60, 80), nodata=0),
        str(tmp_path / "m.safetensors"),
    )
    labels = run(tmp_path, path, output_model=model)
    again = str(tmp_path / "again.tif")
    given = {"input": path, "model": model, "output": again, "scaling": "model", "min_area": 20}
    applymodel.METHOD.execute(ApplyModelParams(**given), Silent())
    assert (read_raster(again) == labels).all()
    assert ClassTable.from_raster(again) == ClassTable.from_raster(str(tmp_path / "map.tif"))
    assert ModelFile.load(model).labeler == "dense"


@pytest.mark.parametrize("shape", [(1, 1, 1), (2, 3, 5), (3, 9, 130)])
def test_it_works_on_small_and_narrow_images(tmp_path, shape):
    values = np.random.default_rng(0).integers(0, 255, shape).astype(np.uint8)
    assert (run(tmp_path, write_raster(tmp_path / "a.tif", values)) > 0).all()


def test_small_images_are_seen_whole_and_large_ones_in_a_sample(tmp_path):
    reader = RasterReader(write_raster(tmp_path / "a.tif", np.zeros((1, 1100, 1030), np.uint8)))
    windows = published.windows_of(reader, 12, 4, seed=0)
    seen = np.zeros((1100, 1030), int)
    for window in windows:
        assert window.height == window.width == 512 and window.row % 4 == window.col % 4 == 0
        seen[window.slices] += 1
    assert len(windows) == 9 and (seen > 0).mean() > 0.99
    few = published.windows_of(reader, 3, 4, seed=0)
    assert 1 <= len(few) <= 3 and all(window & reader.work == window for window in few)


def test_settings_are_the_published_ones_where_the_user_has_none():
    params = UnsupervisedParams(input="a", output="b", network="published")
    used = unsupervised.with_defaults(params)
    assert (used.classes, used.min_area, used.superpixels) == (32, 20, "felzenszwalb")
    kind = unsupervised.superpixels_of(used, 1e6)
    assert (kind.used_scale, kind.sigma, kind.used_min_size) == (32, 0.5, 64)
    wanted = unsupervised.with_defaults(replace(params, classes=5, min_area=100, felzenszwalb_scale=9.0))
    assert (wanted.classes, wanted.min_area, wanted.felzenszwalb_scale) == (5, 100, 9.0)
    assert unsupervised.with_defaults(replace(params, network="none")).classes == 16


def test_a_model_of_pixels_makes_no_superpixels(tmp_path):
    image, model = write_raster(tmp_path / "a.tif", quarters(40, 40)[0]), str(tmp_path / "m.safetensors")
    run(tmp_path, image, output_model=model)
    output = {"output": str(tmp_path / "b.tif"), "output_superpixels": str(tmp_path / "s.tif")}
    with pytest.raises(ParameterError, match=r"No superpixels can be written to .*pixel by pixel"):
        applymodel.METHOD.execute(ApplyModelParams(input=image, model=model, **output), Silent())
    assert not (tmp_path / "b.tif").exists()
