"""The objective of a network that learns what its superpixels are taken for."""

from __future__ import annotations

from collections.abc import Iterator

from ..nets.superpixelnet import SuperpixelNetwork
from .batch import Batch


class Follow:
    """Cross-entropy of the network's scores to the shares of classes that the batches bring.

    Every superpixel counts once, whatever its size. That is the principle of the superpixel-guided method (Chen
    et al. 2022), in which all pixels of a superpixel are to say the same.
    """

    def __init__(self, network: SuperpixelNetwork):
        self.network = network.train()

    def loss(self, batch: Batch) -> dict:
        scores = self.network.scores(batch.features, batch.present)
        each = -(batch.targets * scores.log_softmax(1)).sum(1)
        return {"cross-entropy": each[batch.present].mean()}

    def after_step(self, fraction: float) -> None:
        pass

    def parameters(self) -> Iterator:
        return self.network.parameters()
