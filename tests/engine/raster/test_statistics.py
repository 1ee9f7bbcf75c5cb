"""Scaling is robust, says what it leaves out, and survives a file; samples cover the work area."""

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.sample import read_sample, sample_windows, training_windows
from obic_plugin.engine.raster.scaling import MAX_CHANNELS, Scaling, fit_scaling
from tests.scenes import write_raster


class Said(Silent):
    def __init__(self):
        self.lines = []

    def say(self, text):
        self.lines.append(text)


def patch_of(sample):
    values = sample[:, None, :].astype(np.float32)
    return Patch(values, np.ones(values.shape[1:], bool))


def test_one_percent_of_outliers_does_not_move_the_scaling():
    sample = np.random.default_rng(0).normal(1000, 50, (2, 5000))
    spoiled = sample.copy()
    spoiled[:, :40] = 60000
    before, after = (fit_scaling(values, Silent()) for values in (sample, spoiled))
    assert np.allclose(before.low, after.low, rtol=0.01) and np.allclose(before.high, after.high, rtol=0.03)


def test_scaled_values_do_not_depend_on_units():
    sample = np.random.default_rng(0).gamma(2, 50, (3, 4000))
    plain = fit_scaling(sample, Silent())(patch_of(sample)).values
    other = sample * 37 - 9000
    assert np.allclose(fit_scaling(other, Silent())(patch_of(other)).values, plain, atol=1e-3)
    assert plain.min() == 0 and plain.max() == 1


@pytest.mark.parametrize("n_bands", [3, 12])
def test_tensors_are_scaled_to_the_same_numbers(n_bands):
    torch = pytest.importorskip("torch")
    random = np.random.default_rng(0)
    patch = patch_of(random.gamma(2, 50, (n_bands, 4000)))
    patch.valid[0, ::7] = False
    scaling = fit_scaling(random.gamma(2, 50, (n_bands, 4000)), Silent())
    found = scaling.of_tensors(torch.from_numpy(patch.values), torch.from_numpy(patch.valid)).numpy()
    wanted = scaling(patch).values
    # a matrix product may differ in its last bits
    assert (found == wanted).all() if n_bands == 3 else np.allclose(found, wanted, rtol=0, atol=1e-6)


def test_constant_bands_are_left_out_and_said():
    sample = np.random.default_rng(0).normal(0, 1, (3, 500))
    sample[1] = 255
    said = Said()
    scaling = fit_scaling(sample, said)
    assert scaling.keep == (0, 2) and scaling.n_channels == 2
    assert "band 2" in said.lines[0]


def test_a_constant_image_keeps_one_channel():
    scaling = fit_scaling(np.full((3, 500), 7.0), Silent())
    assert scaling.n_channels == 1
    assert (scaling(patch_of(np.full((3, 9), 7.0))).values == 0).all()


def test_a_mostly_constant_band_still_counts():
    sample = np.zeros((1, 1000))
    sample[0, :5] = 3
    assert fit_scaling(sample, Silent())(patch_of(sample)).values.max() == 1


def test_many_bands_become_their_principal_components():
    random = np.random.default_rng(0)
    sources = random.normal(0, 1, (3, 3000))
    sample = random.normal(0, 1, (60, 3)) @ sources + random.normal(0, 0.01, (60, 3000))
    scaling = fit_scaling(sample, Silent())
    values = scaling(patch_of(sample)).values
    assert scaling.n_channels == MAX_CHANNELS and values.min() >= 0 and values.max() <= 1
    spread = values[:, 0].std(1)
    assert (np.diff(spread) <= 1e-6).all() and spread[3:].max() < 0.05 * spread[0]


def test_a_scaling_survives_its_json():
    sample = np.random.default_rng(0).normal(0, 1, (12, 900))
    scaling = fit_scaling(sample, Silent())
    again = Scaling.from_json(scaling.to_json())
    assert (again(patch_of(sample)).values == scaling(patch_of(sample)).values).all()


@pytest.mark.parametrize("work", [Window(0, 0, 3000, 5000), Window(100, 200, 90, 4000), Window(7, 9, 40, 50)])
def test_sample_windows_lie_in_the_work_area_and_spread(work):
    windows = sample_windows(work, 256, 16, seed=1)
    assert all((window & work) == window and window.size for window in windows)
    assert sample_windows(work, 256, 16, seed=1) == windows
    rows = [window.row + window.height / 2 for window in windows]
    assert len(windows) == 1 or max(rows) - min(rows) > 0.4 * (work.height - 256)


SIZES = [1, 5, 63, 64, 65, 100, 129, 190, 513, 2050]


@pytest.mark.parametrize("align_px", [1, 8, 16])
@pytest.mark.parametrize("height", SIZES)
@pytest.mark.parametrize("corner", [(0, 0), (7, 30)])
def test_training_windows_are_never_cut(height, align_px, corner):
    for width in SIZES:
        work = Window(*corner, height, width)
        windows = training_windows(work, 64, 12, seed=1, align_px=align_px)
        assert 1 <= len(set(windows)) == len(windows) <= 12
        for window in windows:
            assert (window & work) == window and window[2:] == (min(64, height), min(64, width))
            if corner == (0, 0):
                assert window.row % align_px == window.col % align_px == 0


def test_training_windows_that_are_whole_stay_where_they_are():
    for work in (Window(0, 0, 512, 256), Window(0, 0, 3000, 5000)):
        assert training_windows(work, 256, 12, 3, align_px=1) == sample_windows(work, 256, 12, 3)


def test_a_window_beyond_the_border_is_moved_inside_to_whole_cells():
    assert training_windows(Window(0, 0, 130, 100), 64, 12, 0, align_px=16) == [
        Window(row, col, 64, 64) for row, col in [(64, 32), (64, 0), (0, 0), (0, 32)]
    ]


def test_a_small_area_is_covered_wholly():
    work = Window(0, 0, 600, 700)
    covered = np.zeros((600, 700), int)
    for window in sample_windows(work, 256, 16, seed=0):
        covered[window.slices] += 1
    assert (covered == 1).all()


def test_the_sample_finds_a_small_valid_corner(tmp_path):
    values = np.zeros((1, 1500, 1600), np.uint8)
    values[0, 1480:, 1590:] = 9
    reader = RasterReader(write_raster(tmp_path / "a.tif", values, nodata=0))
    sample, share = read_sample(reader, Silent())
    assert share == pytest.approx(200 / (1500 * 1600))
    assert sample.size and (sample == 9).all()


def test_all_nodata_is_refused(tmp_path):
    reader = RasterReader(write_raster(tmp_path / "a.tif", np.zeros((1, 50, 60), np.uint8), nodata=0))
    with pytest.raises(InputError, match="no valid pixel"):
        read_sample(reader, Silent())


@pytest.mark.parametrize("nodata", [None, 0])
def test_what_the_first_look_misses_is_found(tmp_path, nodata):
    """A sparse raster with one small place that holds something, where no window of the sample lies."""
    path, place = str(tmp_path / "sparse.tif"), Window(5800, 5850, 40, 30)
    dataset = gdal.GetDriverByName("GTiff").Create(
        path, 6000, 6000, 1, gdal.GDT_Byte, ["TILED=YES", "SPARSE_OK=YES"]
    )
    if nodata is not None:
        dataset.GetRasterBand(1).SetNoDataValue(nodata)
    values = np.random.default_rng(0).integers(50, 200, (40, 30)).astype(np.uint8)
    dataset.GetRasterBand(1).WriteArray(values, place.col, place.row)
    dataset = None
    reader = RasterReader(path)
    sample, share = read_sample(reader, Silent())
    assert sample.max() >= 50 and share == pytest.approx(1 if nodata is None else values.size / 36e6, rel=0.2)
    assert reader.content == [place]
    (window,) = training_windows(reader.work, 256, 4, 0, 8, reader.content)[:1]
    assert (window & place).size > 0 and (window.height, window.width) == (256, 256)
