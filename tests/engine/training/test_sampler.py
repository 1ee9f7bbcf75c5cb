"""Crops are parts of their patches, whole ones, turned and mirrored with all that belongs to them."""

import itertools

import pytest
import torch

from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.training.sampler import CROP_CELLS, CROPS, crops


def numbered(shape, start=0):
    """A grid whose one feature is the number of its cell, and its targets: that and its negative."""
    number = torch.arange(start, start + shape[0] * shape[1], dtype=torch.float32).view(1, *shape)
    return Patch(number, number[0] % 7 > 0), torch.cat([number, -number])


def drawn(shapes, seed=0, n=6):
    grids, targets = zip(*(numbered(shape, 100_000 * index) for index, shape in enumerate(shapes)))
    return list(itertools.islice(crops(list(grids), list(targets), seed), n))


@pytest.mark.parametrize("shapes", [[(70, 80)], [(64, 64), (65, 64)], [(20, 90)], [(5, 3)]])
def test_all_parts_of_a_crop_belong_together(shapes):
    rows, cols = (min(CROP_CELLS, *(shape[axis] for shape in shapes), CROP_CELLS) for axis in (0, 1))
    for batch in drawn(shapes):
        assert batch.values.shape == (CROPS, 1, rows, cols) and batch.targets.shape == (
            CROPS,
            2,
            rows,
            cols,
        )
        assert (batch.values[:, 0] == batch.targets[:, 0]).all()
        assert (batch.valid == (batch.values[:, 0] % 7 > 0)).all()


def test_crops_are_neighbors_from_anywhere_in_any_direction():
    steps, starts = set(), set()
    for batch in drawn([(100, 120)], n=12):
        for crop in batch.values[:, 0]:
            down, right = crop.diff(dim=0).unique(), crop.diff(dim=1).unique()
            assert len(down) == len(right) == 1
            steps.add((int(down), int(right)))
            starts.add(int(crop.min()))
    turned = {(120, 1), (120, -1), (-120, 1), (-120, -1)}
    assert steps == turned | {(right, down) for down, right in turned}
    assert len(starts) > 40


def test_all_grids_are_drawn_from_the_same_for_a_seed():
    shapes = [(64, 70), (66, 64), (80, 80)]
    first, again, other = drawn(shapes, 1), drawn(shapes, 1), drawn(shapes, 2)
    assert all((one.values == two.values).all() for one, two in zip(first, again))
    assert any((one.values != two.values).any() for one, two in zip(first, other))
    assert {int(crop.min()) // 100_000 for batch in first for crop in batch.values} == {0, 1, 2}


def test_crops_with_hardly_a_superpixel_are_avoided():
    full, empty = numbered((64, 64)), numbered((64, 64), 100_000)
    grids = [full[0], *[Patch(empty[0].values, torch.zeros(64, 64, dtype=torch.bool))] * 2]
    batches = itertools.islice(crops(grids, [full[1], empty[1], empty[1]], 0), 12)
    shares = torch.cat([batch.valid.flatten(1).float().mean(1) for batch in batches])
    assert (shares > 0).float().mean() > 0.7
