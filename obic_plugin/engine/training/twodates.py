"""The objective of one network for two dates: their classes, where they have changed, and what ties them together.

Tang et al., *ClearSCD*, ISPRS Journal 211, 2024, whole: cross-entropy of the classes of both dates, binary
cross-entropy and Dice of change, correlation and contrast (see contrast.py). Unlabeled pixels have no part in any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch.nn import functional

from ..nets.changenet import ChangeNetwork
from ..nets.convolution import generator
from ..nets.resampling import at_stride
from .batch import Batch
from .contrast import Projection, Queues, at_stride_of, correlation, global_contrast, local_contrast
from .targets import IGNORE

WEIGHT = 0.1  # of correlation and contrasts, as published
WARM_UP = 0.1  # of the steps, before queues are asked


class Terms(NamedTuple):
    """Which terms take part, and whether changes are made beside those that are known."""

    classes: bool = True
    change: bool = True
    correlation: bool = True
    local_contrast: bool = True
    global_contrast: bool = True
    made_changes: bool = True


class TwoDates:
    """Targets of a batch are (N, 3, h, w): classes of the first and of the second date, and change, 0 or 1."""

    def __init__(self, network: ChangeNetwork, terms: Terms, seed: int, weights: torch.Tensor | None = None):
        self.network, self.terms, self._weights = network.train(), terms, weights
        self._random, self._fraction = generator(seed), 0.0
        channels, self._n = network.options["width"], network.options["n_classes"]
        device = next(network.parameters()).device
        self._projection = Projection(channels, self._random).to(device)
        self._queues = Queues(self._n, channels)

    def loss(self, batch: Batch) -> dict:
        first, second = self.network.features(batch.values, batch.valid)
        *scores, change = self.network.told(first, second)
        targets = batch.targets.masked_fill(~batch.valid[:, None], IGNORE)
        unit, found = self.network.score_px, {}
        if self.terms.classes:
            found["classes"] = self._classes(scores, targets, unit)
        if self.terms.change:
            large = at_stride(change, unit, 1)[:, 0]
            found.update(_change(large, targets[:, 2]))
        return {**found, **self._tied(first, second, scores, change, targets, unit)}

    def after_step(self, fraction: float) -> None:
        self._fraction = fraction

    def parameters(self) -> Iterator:
        yield from self.network.parameters()
        yield from self._projection.parameters()

    def _classes(self, scores: list, targets: torch.Tensor, unit: int) -> torch.Tensor:
        """Mean cross-entropy of both dates."""
        parts = []
        for date, own in enumerate(scores):
            each = functional.cross_entropy(
                at_stride(own, unit, 1), targets[:, date], self._weights, ignore_index=IGNORE, reduction="sum"
            )
            parts.append(each / (targets[:, date] != IGNORE).sum().clamp(min=1))
        return sum(parts) / 2

    def _tied(self, first, second, scores: list, change, targets: torch.Tensor, unit: int) -> dict:
        found, terms = {}, self.terms
        small = [at_stride_of(targets[:, number], unit) for number in range(3)]
        if terms.correlation:
            changed, known = small[2] == 1, small[2] != IGNORE
            chance = change[:, 0].sigmoid()
            found["correlation"] = WEIGHT * correlation(first, second, chance, changed, known)
        if terms.local_contrast and terms.classes:
            projected = self._projection(torch.cat([first, second])).chunk(2)
            each = local_contrast(projected, (first, second), small[:2], self._n, self._random)
            found["local contrast"] = WEIGHT * each
        if terms.global_contrast and terms.classes:
            if self._fraction >= WARM_UP:
                shares = [own.softmax(1) for own in scores]
                found["global contrast"] = WEIGHT * global_contrast(
                    (first, second), shares, small[:2], self._queues
                )
            self._queues.add((first, second), small[:2], self._random)
        return found


def _change(logits: torch.Tensor, truth: torch.Tensor) -> dict:
    """Binary cross-entropy and Dice of scores (N, h, w) where the truth is known."""
    known = truth != IGNORE
    if not known.any():
        return {"change": logits.sum() * 0}
    logits, truth = logits[known], truth[known].to(logits.dtype)
    chance = logits.sigmoid()
    dice = 1 - (2 * (chance * truth).sum() + 1) / (chance.sum() + truth.sum() + 1)
    return {"change": functional.binary_cross_entropy_with_logits(logits, truth), "dice": dice}
