"""What an encoder sees in a superpixel does not depend on the window in which it is looked at."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from obic_plugin.engine.nets.encoder import Encoder
from obic_plugin.engine.nets.imagefeatures import ImageFeatures, joined, means_and_contrasts
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.scaling import Scaling
from obic_plugin.engine.superpixels.cellencoder import CellEncoder, _blocks, resampled
from obic_plugin.engine.superpixels.cellreader import CellReader
from obic_plugin.engine.superpixels.felzenszwalb import Felzenszwalb
from obic_plugin.engine.superpixels.slic import Slic
from tests.scenes import write_raster

KINDS = [Slic(16), Slic(8), Slic(4), Slic(11), Felzenszwalb(10)]
N_PLAIN = 5  # features of two channels without an encoder


def encoder(n_channels: int = 3) -> Encoder:
    torch.manual_seed(0)
    return Encoder(n_channels, last=8).fold()


@pytest.fixture
def path(tmp_path):
    random = np.random.default_rng(0)
    image = np.repeat(np.repeat(random.integers(1, 256, (2, 70, 90)), 4, 1), 4, 2).astype(np.uint8)
    image[:, 100:130, 40:200] = 0
    return write_raster(tmp_path / "a.tif", image, nodata=0)


def features(block_px: int) -> ImageFeatures:
    torch.manual_seed(0)
    return ImageFeatures(2, [1, 0, 0], True, block_px).eval()


def cells_on(path, kind, looking=None) -> CellReader:
    reader = RasterReader(path)
    scaling = Scaling(2, (0, 1), np.zeros(2), np.full(2, 255.0))
    return CellReader(reader, scaling, kind, torch.device("cpu"), looking or encoder())


def seen(cells: CellReader, part: Window) -> dict:
    """{number of the superpixel: what is seen in it} of those whose cells lie in ``part``."""
    superpixels, patch = cells.cells(cells.scaled(cells.read(part)[1]), part)
    regions = patch.regions[patch.valid]
    found = patch.values[N_PLAIN:, patch.valid].T.numpy()
    return dict(zip(superpixels.numbers[regions].tolist(), found))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{type(kind).__name__} {kind.size_px}")
def test_it_is_the_same_in_any_window(path, kind):
    cells = cells_on(path, kind)
    whole = seen(cells, cells.raster)
    assert len(whole) > 50 and np.ptp(list(whole.values()), axis=0).max() > 0.01
    for part in (Window(0, 0, 90, 100), Window(130, 170, 100, 120), Window(200, 300, 80, 60)):
        for number, features in seen(cells, part & cells.raster).items():
            np.testing.assert_allclose(features, whole[number], atol=1e-6)


@pytest.mark.parametrize("block_px", [8, 16, 12])
def test_so_are_all_features_of_an_image_at_any_resolution(path, block_px):
    cells = cells_on(path, Slic(8), features(block_px))
    whole = seen(cells, cells.raster)
    for part in (Window(0, 0, 90, 100), Window(130, 170, 100, 120), Window(200, 300, 80, 60)):
        for number, found in seen(cells, part & cells.raster).items():
            np.testing.assert_allclose(found, whole[number], atol=1e-5)


def test_features_at_pixels_are_those_of_the_squares_they_lie_in(path):
    cells = cells_on(path, Slic(8), features(16))
    rows, cols = np.array([3, 70, 200, 3]), np.array([5, 111, 300, 6])
    window = cells.encoder.reading(cells.encoder.window_of(rows, cols) & cells.raster, cells.raster)
    found = cells.encoder.at(cells.scaled(cells.reader.read(window)), window, rows, cols)
    assert found.shape == (4, cells.encoder.network.n_features)
    own, deep = cells.encoder.network.groups[0]
    image = cells.reader.read(cells.raster).values / 255
    square = image[:, 2:4, 4:6].mean((1, 2))  # of 2 x 2 px: the first stride
    np.testing.assert_allclose(found[0, :2], square, atol=1e-5)
    assert (found[0, : own + deep] == found[3, : own + deep]).sum() < own + deep  # (3, 5) and (3, 6) differ
    assert (found[0, -deep:] == found[3, -deep:]).all()  # but lie in the same 16 x 16 px


def test_means_and_contrasts_are_those_of_the_valid_pixels():
    values = torch.tensor([[[[1.0, 3.0, 9.0, 9.0], [5.0, 100.0, 9.0, 9.0]]]])
    valid = torch.tensor([[[True, True, False, False], [True, False, False, False]]])
    mean, deviation = means_and_contrasts(values, valid, (2,))[0][0]
    assert torch.allclose(mean, torch.tensor([[3.0, 0.0]]))
    assert torch.allclose(deviation, torch.tensor([[(8 / 3) ** 0.5, 0.0]]))


@pytest.mark.parametrize("kind", KINDS[:2], ids=lambda kind: str(kind.size_px))
def test_without_a_margin_it_is_not(path, kind):
    cells, part = cells_on(path, kind), Window(130, 170, 100, 120)
    whole = seen(cells, cells.raster)
    cells.encoder.margin_cells = 0
    far = [np.abs(features - whole[number]).max() for number, features in seen(cells, part).items()]
    assert max(far) > 5e-5


def test_what_fills_invalid_pixels_never_matters(tmp_path):
    random = np.random.default_rng(1)
    image = random.integers(1, 256, (2, 120, 130)).astype(np.float32)
    hole, found = random.random((120, 130)) > 0.7, []
    for fill in (-9999.0, 1e6):
        filled = np.where(hole, np.float32(fill), image)
        path = write_raster(tmp_path / f"{fill}.tif", filled, nodata=fill)
        found.append(seen(cells_on(path, Slic(16)), Window(0, 0, 120, 130)))
    assert all((found[0][number] == found[1][number]).all() for number in found[0])


@pytest.mark.parametrize("size_px", [4, 8, 12, 16])
def test_a_plain_image_stays_plain_at_any_resolution(size_px):
    valid = torch.ones(5 * size_px, 7 * size_px, dtype=torch.bool)
    valid[: 2 * size_px, :size_px] = False
    values = torch.full((3, *valid.shape), 0.25) * valid
    small, known = resampled(values, valid, (40, 56))
    assert small.shape == (3, 40, 56) and not known[:12, :4].any()
    assert torch.allclose(small[:, known], torch.tensor(0.25))


def test_an_image_of_few_bands_is_seen_too():
    seen_by, pixels = CellEncoder(encoder(), 8), torch.rand(1, 64, 64)
    one = seen_by._block(patch_of(pixels), Window(0, 0, 64, 64), Window(0, 0, 64, 64), Window(0, 0, 8, 8))
    same = patch_of(pixels.repeat(3, 1, 1))
    three = seen_by._block(same, Window(0, 0, 64, 64), Window(0, 0, 64, 64), Window(0, 0, 8, 8))
    assert all((a == b).all() for a, b in zip(one, three))


def patch_of(values: torch.Tensor) -> Patch:
    return Patch(values, torch.ones(values.shape[1:], dtype=torch.bool))


@pytest.mark.parametrize("limit", [10**6, 64])
def test_around_the_image_the_encoder_sees_some_cells_without_data(limit):
    torch.manual_seed(1)
    cells, pixels = CellEncoder(encoder(), 8), torch.rand(3, 72, 60)
    cells.block_cells = limit // 8  # all at once, or in parts
    window = Window(0, 0, 72, 60)
    found = cells._maps(patch_of(pixels), window, window.align(8), lambda: None)
    beyond = (32, 36, 32, 32)
    values = torch.nn.functional.pad(pixels, beyond)[None]
    with torch.inference_mode():
        alone = cells.network(values, torch.nn.functional.pad(torch.ones(1, 72, 60), beyond) > 0)
    for one, other, stride in zip(found, alone, cells.network.strides):
        n = 32 // stride
        np.testing.assert_allclose(one, other[0, :, n : n + 72 // stride, n : n + 64 // stride], atol=1e-5)


def test_blocks_cover_all_cells_once_and_are_alike():
    whole = Window(0, 0, 98, 250)
    blocks = list(_blocks(whole, 96))
    covered = np.zeros((98, 250), int)
    for block in blocks:
        covered[block.slices] += 1
    assert (covered == 1).all()
    assert [(block.height, block.width) for block in blocks] == [(98, 83), (98, 83), (98, 84)]


def test_maps_that_lie_differently_are_joined_as_they_are():
    own = torch.rand(2, 3, 4, 5)
    deep = torch.rand(2, 2, 4, 5, requires_grad=True)
    found = joined(own, deep.contiguous(memory_format=torch.channels_last))
    assert torch.equal(found, torch.cat([own, deep], 1))
    found.sum().backward()
    assert (deep.grad == 1).all()


def test_contrasts_of_large_squares_are_those_of_their_pixels():
    torch.manual_seed(2)
    values, valid = torch.rand(1, 2, 16, 16), torch.rand(1, 16, 16) > 0.3
    mean, deviation = means_and_contrasts(values, valid, (2, 8))[1][0].split(2)
    square, known = values[0, :, 8:, :8], valid[0, 8:, :8]
    np.testing.assert_allclose(mean[:, 1, 0], square[:, known].mean(1), atol=1e-6)
    np.testing.assert_allclose(deviation[:, 1, 0], square[:, known].std(1, correction=0), atol=1e-5)
