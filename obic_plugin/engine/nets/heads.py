"""Scores from the stages of an encoder: a linear head."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from .encoder import Encoder, Sight

STRIDE_PX = 4  # of scores


def at_stride(image: torch.Tensor, stride_px: int, wanted_px: int) -> torch.Tensor:
    """A map (N, C, h, w) of some stride at another: enlarged bilinearly, or the mean of the pixels that become one."""
    if stride_px == wanted_px:
        return image
    if stride_px < wanted_px:
        return functional.avg_pool2d(image, wanted_px // stride_px)
    return functional.interpolate(
        image, scale_factor=stride_px // wanted_px, mode="bilinear", align_corners=False
    )


class LinearHead(nn.Module):
    """Scores (N, K, h / 4, w / 4) that are linear in all stages of an encoder together.

    Enlarging a map and taking weighted sums of its channels can change places: each stage is brought to K channels
    where it is small, and only these are enlarged. That gives what a 1x1 convolution of all stages, enlarged and
    side by side, would give, at a tenth of the memory.
    """

    def __init__(self, encoder: Encoder, n_classes: int):
        super().__init__()
        self.sights, self.channels = encoder.sights, encoder.channels
        self.weights = nn.ParameterList(
            [nn.Parameter(torch.zeros(n_classes, n, 1, 1)) for n in self.channels]
        )
        self.offset = nn.Parameter(torch.zeros(n_classes))

    def forward(self, stages: list) -> torch.Tensor:
        parts = zip(stages, self.weights, self.sights)
        maps = [at_stride(functional.conv2d(s, w), sight.stride_px, STRIDE_PX) for s, w, sight in parts]
        return sum(maps) + self.offset[:, None, None]

    def set(self, slopes: torch.Tensor, offset: torch.Tensor) -> None:
        """Take slopes (K, channels of all stages) and offset (K,)."""
        with torch.no_grad():
            for weight, part in zip(self.weights, slopes.split(list(self.channels), 1)):
                weight.copy_(part[:, :, None, None])
            self.offset.copy_(offset)

    @property
    def reach_px(self) -> int:
        return max(scored(sight).reach_px for sight in self.sights)


def scored(sight: Sight) -> Sight:
    """What a pixel of a stage sees once it is at the stride of scores."""
    if sight.stride_px > STRIDE_PX:
        return sight.enlarged(sight.stride_px // STRIDE_PX)
    return Sight(STRIDE_PX, sight.before, sight.after)
