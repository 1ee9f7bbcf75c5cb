"""A decoder from the stages of an encoder to features at a stride of 4 pixels: a feature pyramid.

Lin et al., *Feature Pyramid Networks for Object Detection*, CVPR 2017, with the branch for segmentation of Kirillov et
al., *Panoptic Feature Pyramid Networks*, CVPR 2019: what coarse stages know is added to finer ones, and all levels
are brought to a stride of 4 pixels by convolutions and enlargements, and summed. Theirs normalizes over groups of
channels of the whole image; here it is batch normalization, since a pixel is to depend on what is near it alone.
"""

from __future__ import annotations

import torch
from torch import nn

from .encoder import Encoder
from .resampling import STRIDE_PX, at_stride


class PyramidDecoder(nn.Module):
    """Stages of an `Encoder` to features (N, ``channels``, h / 4, w / 4); a stage of stride 2 is not used."""

    def __init__(self, encoder: Encoder, pyramid: int = 128, channels: int = 128):
        super().__init__()
        self.options = {"pyramid": pyramid, "channels": channels}
        self._skipped = sum(stride < STRIDE_PX for stride in encoder.strides)
        self._sights = encoder.sights[self._skipped :]
        if not self._sights:
            raise ValueError(f"an encoder that ends at stride {encoder.stride_px} has nothing for a pyramid")
        self.lateral = nn.ModuleList([nn.Conv2d(n, pyramid, 1) for n in encoder.channels[self._skipped :]])
        self.levels = nn.ModuleList()
        for sight in self._sights:
            n_steps = max(1, (sight.stride_px // STRIDE_PX).bit_length() - 1)
            self.levels.append(
                nn.ModuleList([_step(pyramid if i == 0 else channels, channels) for i in range(n_steps)])
            )
        self.out_channels = channels

    def forward(self, stages: list) -> torch.Tensor:
        maps = [lateral(stage) for lateral, stage in zip(self.lateral, stages[self._skipped :])]
        for fine in reversed(range(len(maps) - 1)):
            maps[fine] = maps[fine] + at_stride(maps[fine + 1], 2, 1)
        return sum(self._at_scores(*each) for each in zip(maps, self.levels, self._sights))

    def _at_scores(self, image: torch.Tensor, steps: nn.ModuleList, sight) -> torch.Tensor:
        stride_px = sight.stride_px
        for step in steps:
            image = step(image)
            if stride_px > STRIDE_PX:
                image = at_stride(image, 2, 1)
                stride_px //= 2
        return image

    @property
    def reach_px(self) -> int:
        """How far beyond the 4 x 4 pixels that it covers a feature sees: one less would not do."""
        sights = list(self._sights)
        for fine in reversed(range(len(sights) - 1)):
            sights[fine] = sights[fine] | sights[fine + 1].enlarged(2)
        reach_px = 0
        for sight, steps in zip(sights, self.levels):
            for _ in steps:
                sight = sight.convolved(3, 1)
                if sight.stride_px > STRIDE_PX:
                    sight = sight.enlarged(2)
            reach_px = max(reach_px, sight.reach_px)
        return reach_px


def _step(n_in: int, n_out: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(n_in, n_out, 3, padding=1, bias=False), nn.BatchNorm2d(n_out), nn.ReLU(inplace=True)
    )
