"""The objective of the superpixel-guided method: all pixels of a superpixel are to say what most of them say.

Chen et al., IEEE GRSL 2022. Published with a loop over superpixels at every step; here they vote at once (`Vote`).
"""

from __future__ import annotations

from collections.abc import Iterator

from torch.nn import functional

from ..nets.fcn import PLACES, PublishedNetwork, at_places
from .batch import Batch
from .votes import IGNORE, Vote


class Majority:
    """Cross-entropy of each pixel's scores to the commonest argmax label in its superpixel, within the window."""

    def __init__(self, network: PublishedNetwork):
        self.network = network.train()

    def loss(self, batch: Batch) -> dict:
        features = self.network.features(batch.values, batch.valid)
        scores = self.network.head(features, batch.valid, *PLACES)
        regions = at_places(batch.regions, *PLACES)[0]
        vote = Vote(regions, int(regions.max()) + 1, scores.shape[1])
        target = vote(scores.detach()[0].argmax(0))
        # pixel by pixel, as scores lie in memory: their gradients then do, too, and are normalized much faster
        each = scores.permute(0, 2, 3, 1).flatten(0, 2)
        total = functional.cross_entropy(each, target.flatten(), ignore_index=IGNORE, reduction="sum")
        return {"cross-entropy": total / max(int((regions >= 0).sum()), 1)}

    def after_step(self, fraction: float) -> None:
        pass

    def parameters(self) -> Iterator:
        return self.network.parameters()
