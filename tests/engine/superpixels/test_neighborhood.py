"""Means with the neighbors, against a slow version that asks the picture."""

from __future__ import annotations

import numpy as np
import torch

from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.superpixels.neighborhood import OWN, with_neighbors
from obic_plugin.engine.superpixels.slic import Slic


def test_each_is_joined_by_the_eight_around_it():
    random = np.random.default_rng(0)
    slic, raster = Slic(8, 0.1), Window(0, 0, 40, 56)
    valid = torch.ones(40, 56, dtype=torch.bool)
    valid[:16, :16] = False
    found = slic.segment(torch.from_numpy(random.random((3, 40, 56), np.float32)), valid, raster, raster)
    values = random.random(found.count)
    told = with_neighbors(values, found, 8)
    cells = slic.regions_of(Window(0, 0, 5, 7), found, raster).numpy()
    there = np.isin(cells, found.ids.numpy())
    assert not there.all()
    for (row, col), number in np.ndenumerate(cells):
        sums = weights = 0.0
        for down in (-1, 0, 1):
            for right in (-1, 0, 1):
                r, c = row + down, col + right
                if 0 <= r < 5 and 0 <= c < 7 and there[r, c]:
                    weight = (OWN if not down else 1) * (OWN if not right else 1)
                    sums, weights = sums + weight * values[cells[r, c]] ** 0.5, weights + weight
        if there[row, col]:
            assert np.isclose(told[number], (sums / weights) ** 2)


def test_one_that_is_far_out_does_not_carry_its_neighbors_along():
    raster = Window(0, 0, 24, 24)
    found = Slic(8, 0.1).segment(torch.zeros(3, 24, 24), torch.ones(24, 24, dtype=torch.bool), raster, raster)
    cells = Slic(8, 0.1).regions_of(Window(0, 0, 3, 3), found, raster).numpy()
    values = np.zeros(found.count)
    values[cells[1, 1]] = 100.0
    told = with_neighbors(values, found, 8)
    assert told[cells[1, 1]] > 10 * told[cells[0, 1]] > 0
