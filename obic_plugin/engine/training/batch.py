"""What one step of training sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch


class Batch(NamedTuple):
    """N crops of pixels, or of cells, and what is known of them; None where a method does not have it.

    ``values`` (N, C, h, w) float32; ``valid`` (N, h, w) bool: where there is something to learn; ``targets``
    (N, K, h, w) float32, the share of each class, or (N, h, w) int64, a class (255: unknown); ``regions`` (N, h, w)
    int64, which superpixel a pixel belongs to (-1: none). A crop by itself is the same without the first axis.
    """

    values: torch.Tensor
    valid: torch.Tensor
    targets: torch.Tensor | None = None
    regions: torch.Tensor | None = None

    def map(self, change: Callable) -> Batch:
        """``change`` of each tensor that is there."""
        return Batch(*(None if part is None else change(part) for part in self))

    @classmethod
    def stack(cls, crops: list) -> Batch:
        """One batch of N crops."""
        return cls(*(None if parts[0] is None else torch.stack(parts) for parts in zip(*crops)))
