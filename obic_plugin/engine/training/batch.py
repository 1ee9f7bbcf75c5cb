"""What a network is trained on at one step."""

from __future__ import annotations

from dataclasses import dataclass, fields

import torch


@dataclass
class Batch:
    """One window of the image, at the network's resolution.

    image (N, D, h, w) float32, valid (N, h, w) bool, regions (N, h, w) int64: superpixel of each pixel,
    -1 for none, numbered over all of the batch; n_regions; labels (N, h, w) int64, 255 to be ignored.
    """

    image: torch.Tensor
    valid: torch.Tensor
    regions: torch.Tensor | None = None
    n_regions: int = 0
    labels: torch.Tensor | None = None

    def to(self, device) -> Batch:
        moved = {f.name: getattr(self, f.name) for f in fields(self)}
        for name, value in moved.items():
            if isinstance(value, torch.Tensor):
                moved[name] = value.to(device, non_blocking=True)
        return Batch(**moved)
