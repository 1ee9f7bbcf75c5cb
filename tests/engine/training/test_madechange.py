"""Made changes: what is said of a pixel is what it shows."""

from __future__ import annotations

import torch

from obic_plugin.engine.nets.convolution import generator
from obic_plugin.engine.training.batch import Batch
from obic_plugin.engine.training.madechange import pasted, relit, swapped
from obic_plugin.engine.training.targets import IGNORE

SIDE = 64


def crop(first, second, unknown=0):
    """A crop (2 bands a date) whose values are those of its classes."""
    targets = torch.stack(
        [torch.full((SIDE, SIDE), number) for number in (first, second, int(first != second))]
    )
    targets[:, :unknown] = IGNORE
    values = torch.stack([torch.full((SIDE, SIDE), float(n)) for n in (first, first, second, second)])
    return Batch(values, torch.ones(SIDE, SIDE, dtype=torch.bool), targets)


def test_what_is_pasted_has_the_class_it_shows_and_change_follows():
    for other in (1, 2):
        found = pasted(crop(1, 1), crop(3, other), generator(0))
        here = found.values[2] == other
        assert here.float().mean() > 0.05 and (other == 1 or here.float().mean() < 0.5)
        assert (found.values[:2] == 1).all() and (found.targets[0] == 1).all()
        assert torch.equal(found.targets[1], found.values[2].long())
        assert torch.equal(found.targets[2], (found.targets[0] != found.targets[1]).long())


def test_unknown_places_are_neither_pasted_nor_known_after():
    found = pasted(crop(1, 1), crop(3, 2, unknown=SIDE), generator(0))
    assert torch.equal(found.values, crop(1, 1).values)
    found = pasted(crop(1, 1, unknown=20), crop(3, 2), generator(0))
    new = found.values[2] == 2
    assert (found.targets[1][new] == 2).all() and (found.targets[2][:20] == IGNORE).all()


def test_dates_swap_with_all_that_is_known_of_them():
    found = [swapped(crop(1, 2), generator(seed)) for seed in range(8)]
    orders = {tuple(int(each.targets[date, 0, 0]) for date in range(3)) for each in found}
    assert orders == {(1, 2, 1), (2, 1, 1)}
    assert all(float(each.values[0, 0, 0]) == float(each.targets[0, 0, 0]) for each in found)


def test_light_differs_between_dates_and_not_within():
    found = [relit(crop(1, 1), generator(seed)).values for seed in range(8)]
    assert any(not torch.equal(each[0], each[2]) for each in found)
    assert all(float(each.var((1, 2)).max()) < 1e-9 for each in found)
