"""Superpixels in one piece each."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.measure import label

from obic_plugin.engine.superpixels.connectivity import halo_px, in_one_piece


def ragged_ids(shape, size_px=4, seed=0):
    """Cells whose pixels have moved to a near cell by chance, as SLIC's may; and a hole."""
    random = np.random.default_rng(seed)
    y, x = np.mgrid[: shape[0], : shape[1]]
    down, right = (np.where(n % size_px < size_px // 2, -1, 1) for n in (y, x))
    row = y // size_px + down * (random.random(shape) < 0.25)
    col = x // size_px + right * (random.random(shape) < 0.25)
    rows, cols = (-(-n // size_px) for n in shape)
    ids = row.clip(0, rows - 1) * cols + col.clip(0, cols - 1)
    ids[shape[0] // 3 : shape[0] // 2, shape[1] // 3 : shape[1] // 2] = -1
    return ids


def oracle(ids, min_px, rounds):
    """Part after part, pixel after pixel; regions are named by their first pixel."""
    parts = {}
    seen = np.zeros(ids.shape, bool)
    for start in np.ndindex(ids.shape):
        if seen[start] or ids[start] < 0:
            continue
        parts[start], todo = {start}, [start]
        seen[start] = True
        while todo:
            y, x = todo.pop()
            for near in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                inside = 0 <= near[0] < ids.shape[0] and 0 <= near[1] < ids.shape[1]
                if inside and not seen[near] and ids[near] == ids[start]:
                    seen[near] = True
                    parts[start].add(near)
                    todo.append(near)
    part_of = {pixel: start for start, pixels in parts.items() for pixel in pixels}
    target = {start: start for start, pixels in parts.items() if len(pixels) >= min_px}
    for _ in range(rounds):
        found = {}
        for start in parts.keys() - target.keys():
            border = {}
            for y, x in parts[start]:
                for near in ((y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)):
                    region = target.get(part_of.get(near))
                    if region is not None:
                        border[region] = border.get(region, 0) + 1
            if border:
                found[start] = min(border, key=lambda region: (-border[region], region))
        target.update(found)
    out = np.full(ids.shape, -1)
    for pixel, start in part_of.items():
        y, x = target.get(start, start)
        out[pixel] = y * ids.shape[1] + x
    return out


@pytest.mark.parametrize("min_px, rounds", [(4, 3), (7, 1), (9, 5), (1, 2), (1000, 3)])
def test_agrees_with_its_slow_definition(min_px, rounds):
    ids = ragged_ids((37, 45))
    regions, starts = in_one_piece(ids, min_px, rounds)
    named = np.where(regions >= 0, starts[regions.clip(0)], -1)
    np.testing.assert_array_equal(named, oracle(ids, min_px, rounds))
    assert regions.dtype == np.int32


def test_every_region_is_in_one_piece_and_none_is_small():
    ids = ragged_ids((120, 131))
    regions, starts = in_one_piece(ids, 5)
    counts = np.bincount(regions[regions >= 0])
    assert len(counts) == len(starts) and counts.min() >= 5
    assert label(regions, background=-1, connectivity=1).max() == len(starts)
    np.testing.assert_array_equal(regions == -1, ids == -1)


def test_names_do_not_depend_on_the_window():
    ids, size_px, rounds = ragged_ids((140, 150)), 4, 2
    regions, starts = in_one_piece(ids, 4, rounds)
    expected = np.where(regions >= 0, starts[regions.clip(0)], -1)
    halo = halo_px(size_px, rounds)
    for row, col in ((40, 37), (61, 50)):
        window = slice(row - halo, row + 30 + halo), slice(col - halo, col + 40 + halo)
        regions, starts = in_one_piece(ids[window], 4, rounds)
        y, x = np.divmod(starts, regions.shape[1])
        named = np.where(regions >= 0, ((y + row - halo) * 150 + x + col - halo)[regions.clip(0)], -1)
        inner = slice(halo, halo + 30), slice(halo, halo + 40)
        np.testing.assert_array_equal(named[inner], expected[row : row + 30, col : col + 40])


def test_whole_squares_stay_as_they_are():
    ids = np.kron(np.arange(20).reshape(4, 5), np.ones((6, 6), int))
    regions, starts = in_one_piece(ids, 30)
    np.testing.assert_array_equal(regions, ids)
    assert starts.tolist() == [r * 6 * 30 + c * 6 for r in range(4) for c in range(5)]


@pytest.mark.parametrize("value, count", [(-1, 0), (7, 1)])
def test_nothing_and_one_piece(value, count):
    regions, starts = in_one_piece(np.full((3, 5), value), 4)
    assert len(starts) == count and (regions == count - 1).all()
