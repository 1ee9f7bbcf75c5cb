"""Small patches join their largest neighbors: known answers, a plain version, and GDAL, in any strips."""

from __future__ import annotations

from collections import deque

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.vector.sieve import LabelSource, sieve
from tests.progress import StopAt


def sieved(codes, min_px, folder, strip_px=1 << 20, progress=None):
    result = codes.copy()

    def write(window, values):
        result[window.slices] = values

    raster = LabelSource(RasterGrid(*codes.shape), lambda window: result[window.slices])
    sieve(raster, write, min_px, str(folder / "answers"), progress or Silent(), strip_px)
    return result


def plain(codes, min_px):
    """As the module says it, patch by patch."""
    height, width = codes.shape
    patch, members = np.full(codes.shape, -1), []
    for start in np.ndindex(codes.shape):
        if patch[start] >= 0 or codes[start] == 0:
            continue
        waiting, found = deque([start]), []
        patch[start] = len(members)
        while waiting:
            row, col = waiting.popleft()
            found.append((row, col))
            for near in ((row - 1, col), (row + 1, col), (row, col - 1), (row, col + 1)):
                inside = 0 <= near[0] < height and 0 <= near[1] < width
                if inside and codes[near] == codes[start] and patch[near] < 0:
                    patch[near] = len(members)
                    waiting.append(near)
        members.append(found)
    largest = [-1] * len(members)
    for row, col in np.ndindex(codes.shape):
        for near in ((row - 1, col), (row, col - 1)):
            one, other = patch[row, col], patch[near] if min(near) >= 0 else -1
            for own, beside in ((one, other), (other, one)) if min(one, other) >= 0 and one != other else ():
                if largest[own] < 0 or len(members[beside]) > len(members[largest[own]]):
                    largest[own] = beside
    result = codes.copy()
    for own, pixels in enumerate(members):
        end, seen = own, set()
        while end >= 0 and len(members[end]) < min_px and end not in seen:
            seen.add(end)
            end = largest[end]
        if end >= 0 and end not in seen and len(pixels) < min_px:
            for pixel in pixels:
                result[pixel] = codes[members[end][0]]
    return result


def by_gdal(codes, min_px):
    dataset = gdal.GetDriverByName("MEM").Create("", codes.shape[1], codes.shape[0], 1, gdal.GDT_Byte)
    band = dataset.GetRasterBand(1)
    band.SetNoDataValue(0)
    band.WriteArray(codes.astype(np.uint8))
    gdal.SieveFilter(band, band.GetMaskBand(), band, min_px, 4)
    return band.ReadAsArray()


def scene(kind, random):
    if kind == "speckle":
        return random.integers(0, 4, (37, 29))
    if kind == "patches":
        coarse = np.kron(random.integers(0, 5, (8, 7)), np.ones((5, 4), int))
        return np.where(random.random(coarse.shape) < 0.2, random.integers(1, 5, coarse.shape), coarse)
    if kind == "checkers":
        codes = np.indices((31, 26)).sum(0) % 2 + 1
        codes[:3] = 3
        return codes
    codes = random.integers(1, 9, (40, 9))  # long and thin patches, across many strips
    return np.repeat(np.repeat(codes[:, :3], 3, 1), 1, 0) * (random.random((40, 9)) < 0.9)


@pytest.mark.parametrize("kind", ["speckle", "patches", "checkers", "thin"])
@pytest.mark.parametrize("strip_px", [1, 100, 1 << 20])
def test_it_is_the_plain_one_and_that_of_gdal_in_any_strips(kind, strip_px, tmp_path):
    for seed in range(2):
        codes = scene(kind, np.random.default_rng(seed)).astype(np.int32)
        for min_px in (2, 5, 12, 60):
            found = sieved(codes, min_px, tmp_path, strip_px)
            assert (found == by_gdal(codes, min_px)).all(), (seed, min_px)
            if seed == 0:
                assert (found == plain(codes, min_px)).all(), min_px


def test_a_small_patch_takes_the_label_of_the_largest_beside_it(tmp_path):
    codes = np.full((6, 9), 1)
    codes[:, 4:] = 2
    codes[2, 3:5] = 7  # between 1 (23 px) and 2 (29 px)
    codes[0, 0] = 0  # no data neither merges nor is merged with
    found = sieved(codes, 3, tmp_path)
    codes[2, 3:5] = 2
    assert (found == codes).all()
    alone = np.zeros((3, 3), int)
    alone[1, 1] = 5
    assert (sieved(alone, 9, tmp_path) == alone).all()


def test_it_can_be_stopped_at_every_strip(tmp_path):
    codes = np.random.default_rng(0).integers(1, 4, (40, 30))
    told = StopAt(2)
    sieved(codes, 5, tmp_path, 30, told)
    assert len(told.seen) == 3 * 40
    with pytest.raises(Cancelled):
        sieved(codes, 5, tmp_path, 30, StopAt(0.8))
