"""The objective of the superpixel-guided method: all pixels of a superpixel are to say what most of them say.

Chen et al., IEEE GRSL 2022. Published with a loop over superpixels at every step; here they vote at once (`Vote`). And
published over all pixels of a window; here over every second one of every second row, beginning at one of four places
by chance: the network has seen both of its poolings by then, so that four neighbors hold little more than one of them,
and a superpixel of 64 pixels still has 16 votes. That halves the work of a step.
"""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch.nn import functional

from ..nets.convolution import generator
from ..nets.fcn import PLACES, PublishedNetwork
from .batch import Batch
from .votes import IGNORE, Vote


class Majority:
    """Cross-entropy of each pixel's scores to the commonest argmax label in its superpixel, within the window."""

    def __init__(self, network: PublishedNetwork, seed: int):
        self.network, self._random = network.train(), generator(seed)

    def loss(self, batch: Batch) -> dict:
        down, right = PLACES[int(torch.randint(len(PLACES), (), generator=self._random))]
        features = self.network.features(batch.values, batch.valid)
        scores = self.network.head(features, batch.valid, down, right)
        regions = batch.regions[0, down::2, right::2]
        vote = Vote(regions, int(batch.regions.max()) + 1, scores.shape[1])
        target = vote(scores.detach()[0].argmax(0))
        total = functional.cross_entropy(scores, target[None], ignore_index=IGNORE, reduction="sum")
        return {"cross-entropy": total / max(int((regions >= 0).sum()), 1)}

    def after_step(self, fraction: float) -> None:
        pass

    def parameters(self) -> Iterator:
        return self.network.parameters()
