"""The objective of a network that is told what each pixel, or cell, should be taken for."""

from __future__ import annotations

from collections.abc import Iterator

import torch
from torch import nn
from torch.nn import functional

from .batch import Batch

IGNORE = 255  # a target that is not known


class Targets:
    """Cross-entropy of the network's scores to the targets that the batches bring, hard or soft (see `Batch`).

    Every valid pixel counts the same. Of cells, that is the principle of the superpixel-guided method (Chen et al.
    2022): every superpixel counts once, whatever its size, and all of its pixels are to say the same. With ``weights``
    (K,) hard targets of a class count so much.
    """

    def __init__(self, network: nn.Module, weights: torch.Tensor | None = None):
        self.network, self._weights = network.train(), weights

    def loss(self, batch: Batch) -> dict:
        scores = self.network.scores(batch.values, batch.valid)
        if batch.targets.dim() == 4:
            each = -(batch.targets * scores.log_softmax(1)).sum(1)
            return {"cross-entropy": each[batch.valid].mean()}
        hard = batch.targets.masked_fill(~batch.valid, IGNORE)
        return {"cross-entropy": functional.cross_entropy(scores, hard, self._weights, ignore_index=IGNORE)}

    def after_step(self, fraction: float) -> None:
        pass

    def parameters(self) -> Iterator:
        return self.network.parameters()
