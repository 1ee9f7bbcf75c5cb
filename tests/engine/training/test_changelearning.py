"""From where on a chance of change counts, on chances that are known."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from obic_plugin.engine.progress import Silent
from obic_plugin.engine.training.changelearning import AS_GOOD, best_threshold
from obic_plugin.engine.training.datedcrops import DatedPart
from obic_plugin.engine.training.targets import IGNORE


class Told(torch.nn.Module):
    """A network whose score of change is the band that it is given."""

    stride_px = score_px = 1

    def __init__(self):
        super().__init__()
        self.scale = torch.nn.Parameter(torch.ones(1))

    def forward(self, values, valid):
        return values * self.scale


def part(chances, changed) -> DatedPart:
    """A row of pixels of which a chance of change is told, and whether they have changed is known."""
    values = torch.logit(torch.tensor(chances, dtype=torch.float32))[None, None]
    targets = torch.full((3, 1, len(changed)), IGNORE)
    targets[2, 0] = torch.tensor(changed)
    return DatedPart(values, torch.ones(1, len(changed), dtype=torch.bool), targets)


def test_of_thresholds_that_are_as_good_the_lowest_counts():
    """Between 0.1 and 0.9 nothing is told: the network is as sure as can be, and would miss what it is less sure of."""
    found = best_threshold(Told(), [part([0.055] * 80 + [0.955] * 20, [0] * 80 + [1] * 20)], Silent())
    assert found.f1 == pytest.approx(1) and found.chance == pytest.approx(0.06)


def test_what_is_lost_on_known_pixels_is_hardly_anything():
    random = np.random.default_rng(0)
    changed = (random.random(20_000) < 0.2).astype(int)
    chances = (random.normal(-1.5 + 3 * changed, 1.5) / 1.5).clip(-4, 4)
    chances = 1 / (1 + np.exp(-2 * chances))
    found = best_threshold(Told(), [part(chances.tolist(), changed.tolist())], Silent())
    f1 = [
        2 * ((chances >= level) & (changed == 1)).sum() / ((chances >= level).sum() + changed.sum())
        for level in np.arange(1, 100) / 100
    ]
    assert AS_GOOD * max(f1) <= found.f1 < max(f1)
    assert found.chance < 0.01 + np.argmax(f1) / 100
    assert found.f1 == pytest.approx(f1[round(100 * found.chance) - 1], abs=1e-3)


def test_unknown_pixels_say_nothing():
    known = part([0.055] * 80 + [0.955] * 20, [0] * 80 + [1] * 20)
    unknown = part([0.5] * 100, [IGNORE] * 100)
    assert best_threshold(Told(), [known, unknown], Silent()) == best_threshold(Told(), [known], Silent())


def test_without_any_change_one_half_counts_and_no_f1_is_told():
    found = best_threshold(Told(), [part([0.2] * 10, [0] * 10)], Silent())
    assert found.chance == 0.5 and found.f1 != found.f1
