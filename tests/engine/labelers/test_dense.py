"""Labels from a network over pixels: the same in any tiling, by superpixel or by pixel, and 0 where nothing is."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest
import torch

from obic_plugin.engine.labelers.dense import Dense, seen
from obic_plugin.engine.nets import densenet
from obic_plugin.engine.nets.densenet import DenseNetwork
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.sample import read_sample
from obic_plugin.engine.raster.scaling import fit_scaling
from obic_plugin.engine.superpixels.slic import Slic
from tests.scenes import quarters, write_raster


def dense(path, superpixels, zoom=1) -> Dense:
    """A labeler whose network has random weights, and sees no farther than some tiles."""
    torch.manual_seed(2)
    reader = RasterReader(path)
    scaling = fit_scaling(read_sample(reader, Silent())[0], Silent())
    with mock.patch.object(densenet, "LAST", 8):
        network = DenseNetwork(scaling.n_channels, 5, list(range(scaling.n_channels)), 8, zoom)
    labeler = Dense(reader, scaling, network, 5, superpixels)
    _even(labeler)
    return labeler


def _even(labeler: Dense) -> None:
    """Offsets by which each class wins somewhere."""
    patch = labeler.scaling(labeler.reader.read(Window(0, 0, 64, 64)))
    with torch.inference_mode():
        scores = labeler.network(torch.from_numpy(patch.values)[None], torch.from_numpy(patch.valid)[None])
    head, spread = labeler.network.head, scores.std((0, 2, 3))
    head.weight.data /= spread[:, None, None, None]
    head.bias.data = (head.bias.data - scores.mean((0, 2, 3))) / spread


def mosaic(labeler: Dense, windows: list) -> dict:
    height, width = labeler.raster[2:]
    planes = {plane.name: np.zeros((height, width), plane.dtype) for plane in labeler.planes}
    for tile in labeler.tiles(windows):
        for name, whole in planes.items():
            whole[tile.window.slices] = tile.planes[name]
    return planes


@pytest.fixture(scope="module")
def path(tmp_path_factory) -> str:
    image = quarters(150, 203, noise=40)[0]
    image[:, 60:75, 90:120] = 0
    return write_raster(tmp_path_factory.mktemp("dense") / "a.tif", image, nodata=0)


@pytest.mark.parametrize("superpixels", [Slic(8), None])
@pytest.mark.parametrize("zoom", [1, 2])
def test_the_map_is_the_same_in_any_tiling(path, superpixels, zoom):
    labeler = dense(path, superpixels, zoom)
    whole = mosaic(labeler, [labeler.raster])
    assert len(np.unique(whole["labels"])) > 3
    for size_px in (64, 90):
        tiled = mosaic(labeler, list(labeler.raster.tiles(size_px)))
        for name, plane in whole.items():
            assert (plane == tiled[name]).all(), name


def test_with_less_than_its_reach_it_would_not_be(path):
    labeler = dense(path, None)
    whole = mosaic(labeler, [labeler.raster])
    labeler.network.reach_px = 0
    tiled = mosaic(labeler, list(labeler.raster.tiles(64)))
    assert (whole["confidence"] != tiled["confidence"]).any()


def test_a_superpixel_has_one_label_and_nothing_is_where_no_data_is(path):
    labeler = dense(path, Slic(8))
    planes = mosaic(labeler, list(labeler.raster.tiles(64)))
    valid = labeler.reader.read(labeler.raster).valid
    assert not valid.all()
    for plane in planes.values():
        assert ((plane > 0) == valid).all()
    for number in np.unique(planes["superpixels"][valid]):
        assert len(np.unique(planes["labels"][planes["superpixels"] == number])) == 1


def test_what_is_seen_starts_on_a_stride_and_ends_at_most_with_the_rasters_last(path):
    labeler = dense(path, None)
    for core in labeler.raster.tiles(64):
        window = seen(core, labeler.network, labeler.raster)
        assert all(number % labeler.network.stride_px == 0 for number in window)
        assert window & labeler.raster.align(8) == window and window & core == core


def test_a_tile_without_data_is_empty(tmp_path):
    image = quarters(40, 64)[0]
    image[:, :, :32] = 0
    labeler = dense(write_raster(tmp_path / "a.tif", image, nodata=0), Slic(8))
    (tile,) = labeler.tiles([Window(0, 0, 16, 16)])
    assert not any(plane.any() for plane in tile.planes.values())
    assert tile.planes["superpixels"].dtype == np.uint32
