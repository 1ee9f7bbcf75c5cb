"""Batch normalization that knows where there is nothing."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional


class ValidNorm(nn.BatchNorm2d):
    """Batch normalization of some pixels of an image (1, C, h, w) by their own mean and variance; the others become 0.

    ``index`` (n,) are the flat positions of the pixels that count; None for all. If it ``remembers``, an image is
    normalized by what was met in training once that is over; otherwise always by its own statistics.
    """

    def __init__(self, n_channels: int, remembers: bool = False):
        super().__init__(n_channels, track_running_stats=remembers)

    def forward(self, image: torch.Tensor, index: torch.Tensor | None = None) -> torch.Tensor:
        if index is None and image.shape[2:].numel() > 1:
            return super().forward(image)
        pixels = image.flatten(2)
        chosen = pixels if index is None else pixels[..., index]
        if chosen.shape[2] > 1:
            memory = self.running_mean, self.running_var
            chosen = functional.batch_norm(
                chosen, *memory, self.weight, self.bias, True, self.momentum, self.eps
            )
        else:  # a single pixel is its own mean
            chosen = chosen * 0 + self.bias[:, None]
        if index is not None:
            chosen = torch.zeros_like(pixels).index_copy(2, index, chosen)
        return chosen.view(image.shape)
