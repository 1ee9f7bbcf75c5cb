"""Laws of the graph-based superpixels in their fixed blocks."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from skimage.measure import label  # noqa: E402
from skimage.segmentation import felzenszwalb  # noqa: E402

from obic_plugin.engine.errors import ParameterError  # noqa: E402
from obic_plugin.engine.progress import Cancelled  # noqa: E402
from obic_plugin.engine.raster.grid import Window  # noqa: E402
from obic_plugin.engine.superpixels import felzenszwalb as module  # noqa: E402
from obic_plugin.engine.superpixels.felzenszwalb import Felzenszwalb  # noqa: E402

from .test_slic import scene, tiled, whole  # noqa: E402


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(module, "BLOCK_PX", 64)


def test_superpixels_do_not_depend_on_the_tiling():
    values, valid = scene(150, 170)
    expected = whole(values, valid, Felzenszwalb(8))
    for size in (64, 37):
        cores = list(Window(0, 0, 150, 170).tiles(size))
        np.testing.assert_array_equal(tiled(values, valid, Felzenszwalb(8), cores), expected)


def test_each_superpixel_is_connected_and_lies_in_one_block():
    values, valid = scene(150, 170)
    ids = whole(values, valid, Felzenszwalb(8))
    assert label(ids, background=-1, connectivity=2).max() == len(np.unique(ids[ids >= 0]))
    block = np.mgrid[:150, :170][0] // 64 * 3 + np.mgrid[:150, :170][1] // 64
    pairs = np.unique(np.stack([ids, block])[:, ids >= 0], axis=1)
    assert len(np.unique(pairs[0])) == pairs.shape[1]


def test_what_lies_in_nodata_has_no_influence():
    values, valid = scene(90, 120)
    expected = whole(values, valid, Felzenszwalb(8))
    for garbage in (np.nan, np.inf, -1e30, 0.5):
        changed = torch.where(valid, values, torch.tensor(garbage, dtype=torch.float32))
        np.testing.assert_array_equal(whole(changed, valid, Felzenszwalb(8)), expected)
    np.testing.assert_array_equal(expected == -1, ~valid.numpy())


@pytest.mark.parametrize("n_bands", [1, 3, 6])
def test_a_block_without_nodata_is_what_scikit_image_makes_of_it(n_bands):
    values = scene(60, 64, n_bands)[0].clamp(0, 1)
    ids = whole(values, torch.ones((60, 64), dtype=torch.bool), Felzenszwalb(16, 32, 0.5, 64))
    image = values.numpy().astype(np.float64).transpose(1, 2, 0) * np.sqrt(3 / n_bands)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        expected = felzenszwalb(image, scale=32, sigma=0.5, min_size=64, channel_axis=-1)
    pairs = np.unique(np.stack([ids.ravel(), expected.ravel()]), axis=1)
    assert pairs.shape[1] == len(np.unique(ids)) == len(np.unique(expected))


def test_repeating_bands_changes_nothing():
    values, valid = scene(60, 64, 2)
    once, twice = (whole(v, valid, Felzenszwalb(8)) for v in (values, torch.cat([values, values])))
    assert (once == twice).mean() > 0.99


def test_settings_follow_from_the_size():
    assert (Felzenszwalb(16).used_scale, Felzenszwalb(16).used_min_size) == (32, 64)
    values, valid = scene(128, 128)
    counts = [len(np.unique(whole(values, valid, Felzenszwalb(size)))) for size in (4, 8, 16)]
    assert counts[0] > 2 * counts[1] > 4 * counts[2]


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (17, 200), (64, 64)])
def test_odd_rasters(shape):
    values, valid = torch.rand((2, *shape)), torch.ones(shape, dtype=torch.bool)
    assert whole(values, valid, Felzenszwalb()).min() >= 0
    assert (whole(values, ~valid, Felzenszwalb()) == -1).all()


def test_it_can_be_stopped_between_blocks():
    values, valid = scene(128, 128)
    calls = []

    def pause():
        calls.append(1)
        if len(calls) == 3:
            raise Cancelled

    raster = Window(0, 0, 128, 128)
    with pytest.raises(Cancelled):
        Felzenszwalb(8).segment(values, valid, raster, raster, pause)
    assert len(calls) == 3


@pytest.mark.parametrize(
    "settings", [{"size_px": 0}, {"scale": -1}, {"sigma": -0.1}, {"min_size": 0}, {"scale": np.nan}]
)
def test_settings_out_of_range_are_refused(settings):
    with pytest.raises(ParameterError):
        Felzenszwalb(**settings)
