"""Two teachers of a network that has no labels: given first labels, and then its own superpixel votes."""

from __future__ import annotations

from typing import Iterator

import torch
import torch.nn.functional as functional
from torch import nn

from .batch import Batch
from .votes import IGNORE, majority


class Follow:
    """Cross-entropy to labels that the batches bring."""

    def __init__(self, network: nn.Module):
        self.network = network.train()

    def loss(self, batch: Batch) -> dict:
        scores = self.network(batch.image)
        return {"first labels": functional.cross_entropy(scores, batch.labels, ignore_index=IGNORE)}

    def after_step(self, fraction: float) -> None:
        pass

    def parameters(self) -> Iterator:
        return self.network.parameters()


class SelfVote(Follow):
    """Cross-entropy to the majority, within each superpixel, of the network's own labels."""

    def loss(self, batch: Batch) -> dict:
        scores = self.network(batch.image)
        target = majority(scores[0].detach(), batch.regions[0], batch.n_regions)
        return {"superpixel votes": functional.cross_entropy(scores, target[None], ignore_index=IGNORE)}
