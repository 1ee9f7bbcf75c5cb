"""What is known of an image around each of its pixels: means and contrasts of its channels, and an encoder's stages.

An encoder that has learnt from photographs sees three channels. An image has more: what the others hold comes in beside
the encoder's stages, as means and standard deviations of each channel, at the same strides.
"""

from __future__ import annotations

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from ..schema import Fields, ListOf, Switch, Whole
from .encoder import CHANNELS, STRIDES, Encoder

LAST = 16  # stride of the last stage: later ones cost more, and know little of a few pixels
MOST_CHANNELS = 1000


class ImageFeatures(nn.Module):
    """Values (N, C, h, w) in 0..1 and valid (N, h, w) to one map (N, F, h / stride, w / stride) for each stride.

    Parameters
    ----------
    n_channels : int
        C, all of which count.
    seen : list of three channels or more, from 0
        Those that the encoder sees: as red, green and blue, the same one several times where there are fewer; and
        further ones, if it has learnt from such images.
    encoder : bool
        Whether there is one.
    block_px : int
        How many pixels of the image the last stride is made to be (see `superpixels.cellencoder`): 16 looks at it
        as it is, 8 enlarges it twice.
    """

    OPTIONS = Fields(
        {
            "n_channels": Whole(1, MOST_CHANNELS),
            "seen": ListOf(Whole(0, MOST_CHANNELS - 1), 3, MOST_CHANNELS),
            "encoder": Switch(),
            "block_px": Whole(1, 1024),
        }
    )

    def __init__(self, n_channels: int, seen: list, encoder: bool, block_px: int):
        super().__init__()
        self.options = {
            "n_channels": n_channels,
            "seen": list(seen),
            "encoder": encoder,
            "block_px": block_px,
        }
        self.block_px, self.stride_px = block_px, LAST
        self.strides = STRIDES[: STRIDES.index(LAST) + 1]
        self.encoder = Encoder(len(seen), LAST).fold() if encoder else None
        self.reach_px = self.encoder.reach_px if encoder else 0
        deep = CHANNELS[: len(self.strides)]
        self.groups = tuple((2 * n_channels, n) if encoder else (2 * n_channels,) for n in deep)
        self.channels = tuple(map(sum, self.groups))

    @property
    def n_features(self) -> int:
        """Of all maps."""
        return sum(self.channels)

    @property
    def group_sizes(self) -> np.ndarray:
        """(F,) how many features there are of the kind of each: of its stride, and of the channels or the encoder."""
        sizes = [size for groups in self.groups for size in groups]
        return np.repeat(sizes, sizes)

    @property
    def weights(self) -> np.ndarray:
        """(F,) by which each kind counts as much as any other, however many features it has."""
        return self.group_sizes**-0.5

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> list:
        own = [means_and_contrasts(values, valid, stride) for stride in self.strides]
        if self.encoder is None:
            return own
        deep = self.encoder(values[:, self.options["seen"]], valid)
        return [torch.cat(pair, 1) for pair in zip(own, deep)]


def means_and_contrasts(values: torch.Tensor, valid: torch.Tensor, stride: int) -> torch.Tensor:
    """(N, 2 C, h / stride, w / stride): mean and standard deviation of the valid pixels of each square; 0 for none."""
    known = valid[:, None].to(values.dtype)
    share = functional.avg_pool2d(known, stride).clamp(min=1e-6)
    mean = functional.avg_pool2d(values * known, stride) / share
    square = functional.avg_pool2d(values.square() * known, stride) / share
    return torch.cat([mean, (square - mean.square()).clamp(min=0).sqrt()], 1)
