"""What a network is trained on at one step."""

from __future__ import annotations

from typing import NamedTuple

import torch


class Batch(NamedTuple):
    """features (N, F, h, w) float32, present (N, h, w) bool: where there is something to learn, targets
    (N, K, h, w): the share of each class in what the network should say."""

    features: torch.Tensor
    present: torch.Tensor
    targets: torch.Tensor

    @classmethod
    def stack(cls, parts: list) -> Batch:
        """One batch of N (features, present, targets) without their first axis."""
        return cls(*(torch.stack(list(kind)) for kind in zip(*parts)))
