"""Laws of the SLIC superpixels, and their slow definition, pixel by pixel, as an oracle."""

from __future__ import annotations

import math

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from obic_plugin.engine.errors import ParameterError  # noqa: E402
from obic_plugin.engine.raster.grid import Window  # noqa: E402
from obic_plugin.engine.superpixels.cells import Metric  # noqa: E402
from obic_plugin.engine.superpixels.slic import Slic  # noqa: E402


def scene(height, width, n_bands=3, seed=0):
    """Patches with soft borders and noise, 0..1, and a mask with a hole, a missing corner and specks."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[:height, :width]
    waves = [np.sin(y / random.uniform(2, 9) + x / random.uniform(2, 9)) for _ in range(n_bands)]
    values = (
        0.5 + 0.3 * np.sign(waves) * np.abs(waves) ** 0.3 + random.normal(0, 0.05, (n_bands, height, width))
    )
    valid = random.random((height, width)) > 0.02
    valid[: height // 4, : width // 3] = False
    valid[height // 2 : height // 2 + 9, width // 2 : width // 2 + 20] = False
    return torch.tensor(values, dtype=torch.float32), torch.tensor(valid)


def whole(values, valid, slic):
    """(H, W) raster ids, -1 where invalid, the raster taken in one piece."""
    return tiled(values, valid, slic, [Window(0, 0, *valid.shape)])


def tiled(values, valid, slic, cores):
    raster = Window(0, 0, *valid.shape)
    out = torch.full(valid.shape, -2, dtype=torch.int64)
    for core in cores:
        reading = slic.reading(core, raster).slices
        tile = slic.segment(values[(slice(None), *reading)], valid[reading], core, raster)
        ids = torch.where(tile.ids < 0, -1, tile.numbers[tile.ids.long()])
        out[core.slices] = ids[core.within(tile.window).slices]
    return out.numpy()


def oracle(values, valid, slic):
    """The definition, one pixel and one candidate at a time; also the plain distance to each candidate."""
    single = np.float32
    n_bands, height, width = values.shape
    size, metric = slic.size_px, Metric(slic.size_px, slic.compactness, n_bands)
    levels = np.rint(np.clip(values * single(metric.levels), 0, metric.levels)).astype(int) - metric.middle
    weight, block, side = single(metric.weight), metric.block, max(1, size // metric.block)

    def candidates(row, col, n_parts, n_y, n_x):
        down, right = (1 if n >= n_parts // 2 else -1 for n in (n_y, n_x))
        cells = [(row, col), (row + down, col), (row, col + right), (row + down, col + right)]
        return [(code, cell) for code, cell in enumerate(cells) if cell in centers]

    def cost(level, y, x, row, col, code, cell):
        color, cy, cx = centers[cell]
        total = np.rint(single((color.astype(int) ** 2).sum()) / 8) - (level * color.astype(int)).sum()
        for place, center, shift in ((y, cy, cell[0] - row), (x, cx, cell[1] - col)):
            center = single(center + single(2 * size * shift))
            total += np.rint(center * center * single(metric.weight / 2)) - place * np.rint(center * weight)
        return 4 * int(total) + code

    def distance(level, y, x, row, col, cell):
        color, cy, cx = centers[cell]
        ground = (y - cy - 2 * size * (cell[0] - row)) ** 2 + (x - cx - 2 * size * (cell[1] - col)) ** 2
        return ((level - color / 4) ** 2).sum() + n_bands * (
            slic.compactness * metric.levels / size
        ) ** 2 * ground / 4

    def part(n):
        return min(n % size // block, side - 1)

    def middle(n):
        last = size - 1 if n == side - 1 else n * block + block - 1
        return n * block + last - (size - 1)

    def smooth(y, x):
        total, weights, reach = 0, 0, metric.n_passes
        for down, right in np.ndindex(2 * reach + 1, 2 * reach + 1):
            near = y + down - reach, x + right - reach
            if 0 <= near[0] < height and 0 <= near[1] < width and valid[near]:
                weight = math.comb(2 * reach, down) * math.comb(2 * reach, right)
                total, weights = total + weight * levels[:, near[0], near[1]], weights + weight
        return np.rint(total.astype(single) / single(weights)).astype(int)

    blocks = {}
    for y, x in np.argwhere(valid):
        blocks.setdefault((y // size, x // size, part(y), part(x)), []).append(levels[:, y, x])
    blocks = {
        key: np.rint(sum(found).astype(single) / single(len(found))).astype(int)
        for key, found in blocks.items()
    }

    def join(members, cell, level, y, x, row, col):
        place = y - 2 * size * (cell[0] - row), x - 2 * size * (cell[1] - col)
        members.setdefault(cell, []).append((*level, *place))

    def move(members):
        for cell, found in members.items():
            mean = sum(np.array(found, int)).astype(single) / single(len(found))
            centers[cell] = np.rint(mean[:-2] * 4), mean[-2], mean[-1]

    centers, everything, in_the_middle = {}, {}, {}
    for (row, col, n_y, n_x), level in blocks.items():
        y, x = middle(n_y), middle(n_x)
        join(everything, (row, col), level, y, x, row, col)
        if max(abs(y), abs(x)) <= size / 2:
            join(in_the_middle, (row, col), level, y, x, row, col)
    move(everything)
    move(in_the_middle)
    for _ in range(slic.iterations):
        members = {}
        for (row, col, n_y, n_x), level in blocks.items():
            y, x = middle(n_y), middle(n_x)
            options = candidates(row, col, side, n_y, n_x)
            cell = min((cost(level, y, x, row, col, *option), option[1]) for option in options)[1]
            join(members, cell, level, y, x, row, col)
        move(members)
    ids = np.full((height, width), -1)
    excess = np.zeros((height, width))
    for y, x in np.argwhere(valid):
        row, col, level = y // size, x // size, smooth(y, x)
        place = 2 * (y % size) - (size - 1), 2 * (x % size) - (size - 1)
        options = candidates(row, col, size, y % size, x % size)
        best = min((cost(level, *place, row, col, *c), c[1]) for c in options)[1]
        ids[y, x] = best[0] * -(-width // size) + best[1]
        plain = [distance(level, *place, row, col, c[1]) for c in options]
        excess[y, x] = distance(level, *place, row, col, best) - min(plain)
    return ids, excess / metric.levels**2


@pytest.mark.parametrize(
    "size_px, compactness, iterations, n_bands",
    [
        (16, 0.2, 4, 3),
        (7, 0.1, 3, 1),
        (12, 1.0, 2, 4),
        (5, 0.0, 2, 8),
        (17, 0.3, 1, 2),
        (1, 0.2, 2, 3),
        (2, 0.2, 2, 3),
        (24, 0.05, 3, 3),
        (40, 0.05, 1, 2),
    ],
)
def test_agrees_with_its_slow_definition(size_px, compactness, iterations, n_bands):
    values, valid = scene(37, 43, n_bands)
    slic = Slic(size_px, compactness, iterations)
    expected, excess = oracle(values.numpy(), valid.numpy(), slic)
    np.testing.assert_array_equal(whole(values, valid, slic), expected)
    # Rounding to integers chooses a center that is at most a trifle farther than the nearest.
    assert excess.max() < 2e-3 * n_bands


@pytest.mark.parametrize("size_px, iterations", [(16, 4), (9, 3), (24, 2)])
def test_ids_do_not_depend_on_the_tiling(size_px, iterations):
    values, valid = scene(231, 282)
    slic = Slic(size_px, 0.15, iterations)
    expected = whole(values, valid, slic)
    raster = Window(0, 0, *valid.shape)
    tilings = [
        list(raster.tiles(64)),
        list(raster.tiles(101)),
        [Window(0, 0, 231, 77), Window(0, 77, 13, 205), Window(13, 77, 218, 205)],
    ]
    for cores in tilings:
        np.testing.assert_array_equal(tiled(values, valid, slic, cores), expected)


def test_voting_window_holds_every_pixel_of_the_core_s_superpixels():
    values, valid = scene(300, 300)
    slic, core = Slic(12, 0.02, 3), Window(101, 95, 80, 91)
    everywhere = whole(values, valid, slic)
    raster = Window(0, 0, 300, 300)
    voting = slic.voting(core, raster)
    outside = everywhere.copy()
    outside[voting.slices] = -1
    assert not np.intersect1d(everywhere[core.slices], outside[outside >= 0]).size


def test_what_lies_in_nodata_has_no_influence():
    values, valid = scene(90, 120)
    expected = whole(values, valid, Slic(10))
    for garbage in (math.nan, math.inf, -1e30, 0.5):
        changed = torch.where(valid, values, torch.tensor(garbage))
        np.testing.assert_array_equal(whole(changed, valid, Slic(10)), expected)
    np.testing.assert_array_equal(expected == -1, ~valid.numpy())


def test_the_order_of_bands_does_not_matter():
    values, valid = scene(90, 120, n_bands=5)
    np.testing.assert_array_equal(whole(values[[3, 0, 4, 1, 2]], valid, Slic()), whole(values, valid, Slic()))


@pytest.mark.parametrize("size_px", [1, 4, 9, 16, 40])
def test_a_constant_image_gives_squares(size_px):
    shape = 4 * size_px, 6 * size_px
    values, valid = torch.full((3, *shape), 0.3), torch.ones(shape, dtype=torch.bool)
    y, x = np.mgrid[: shape[0], : shape[1]] // size_px
    np.testing.assert_array_equal(whole(values, valid, Slic(size_px)), y * 6 + x)


def test_compactness_pulls_toward_squares():
    values, valid = scene(160, 160)
    valid[:] = True
    square = whole(torch.zeros_like(values), valid, Slic())
    shares = [(whole(values, valid, Slic(compactness=c)) == square).mean() for c in (0.02, 0.2, 2, 10)]
    assert shares == sorted(shares) and shares[0] < 0.7 and shares[-1] > 0.95


def test_edges_are_followed():
    """Two halves whose border runs through the middle of cells: no superpixel holds pixels of both."""
    values, valid = torch.zeros((1, 96, 100)), torch.ones((96, 100), dtype=torch.bool)
    values[:, :, 44:] = 0.6
    ids = whole(values, valid, Slic(16, 0.1))
    assert not np.intersect1d(ids[:, :44], ids[:, 44:]).size


def test_one_superpixel_for_each_cell_with_data():
    values, valid = scene(200, 310)
    ids = whole(values, valid, Slic(10, 0.2))
    cells = valid.view(20, 10, 31, 10).any(3).any(1).sum()
    assert 0.97 * cells <= len(np.unique(ids[ids >= 0])) <= cells


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (17, 400), (400, 3), (16, 16)])
@pytest.mark.parametrize("n_bands", [1, 8])
def test_odd_rasters(shape, n_bands):
    values, valid = torch.rand((n_bands, *shape)), torch.ones(shape, dtype=torch.bool)
    ids = whole(values, valid, Slic())
    assert ids.min() >= 0 and ids.max() < -(-shape[0] // 16) * -(-shape[1] // 16)
    assert (whole(values, ~valid, Slic()) == -1).all()


def test_exactness_bound_holds_at_the_extremes():
    """Black and white pixels with every band count and compactness: still the oracle's ids."""
    for n_bands, compactness in ((1, 0.0), (8, 0.0), (3, 10.0), (8, 100.0), (16, 1.0)):
        values, valid = (torch.rand((n_bands, 21, 18)) > 0.5).float(), torch.ones((21, 18), dtype=torch.bool)
        slic = Slic(8, compactness, 2)
        np.testing.assert_array_equal(
            whole(values, valid, slic), oracle(values.numpy(), valid.numpy(), slic)[0]
        )


@pytest.mark.parametrize(
    "settings", [{"size_px": 0}, {"compactness": -0.1}, {"compactness": math.nan}, {"iterations": -1}]
)
def test_settings_out_of_range_are_refused(settings):
    with pytest.raises(ParameterError):
        Slic(**settings)


def test_a_wrong_window_is_refused():
    with pytest.raises(ValueError, match="not those of"):
        Slic().segment(
            torch.zeros(1, 5, 5), torch.ones(5, 5, dtype=torch.bool), Window(0, 0, 9, 9), Window(0, 0, 9, 9)
        )
