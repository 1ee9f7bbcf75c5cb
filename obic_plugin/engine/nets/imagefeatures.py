"""What is known of an image around each of its pixels: means and contrasts of its channels, and an encoder's stages.

An encoder that has learnt from photographs sees three channels. An image has more: what the others hold comes in beside
the encoder's stages, as means and standard deviations of each channel, at the same strides.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from ..progress import no_pause
from ..schema import Fields, ListOf, Switch, Whole
from .encoder import CHANNELS, STRIDES, Encoder
from .parts import MapPart

LAST = 16  # stride of the last stage: later ones cost more, and know little of a few pixels
MOST_CHANNELS = 1000
MIRRORED = (), (-2, -1), (-1,), (-2,)  # axes: as it is, turned around, left for right, upside down


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
    views : int, 1 to 4
        How often the encoder looks: at the image, and at its mirrorings. The mean of what it sees depends less on
        chance, such as from where the light falls.
    """

    OPTIONS = Fields(
        {
            "n_channels": Whole(1, MOST_CHANNELS),
            "seen": ListOf(Whole(0, MOST_CHANNELS - 1), 3, MOST_CHANNELS),
            "encoder": Switch(),
            "block_px": Whole(1, 1024),
            "views": Whole(1, len(MIRRORED)),
        }
    )

    def __init__(self, n_channels: int, seen: list, encoder: bool, block_px: int, views: int = 1):
        super().__init__()
        self.options = {
            "n_channels": n_channels,
            "seen": list(seen),
            "encoder": encoder,
            "block_px": block_px,
            "views": views,
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

    def looking(self, views: int) -> ImageFeatures:
        """Itself, from now on with so many views."""
        self.options["views"] = views
        return self

    def forward(
        self,
        values: torch.Tensor,
        valid: torch.Tensor,
        pause: Callable = no_pause,
        inner: MapPart | None = None,
    ) -> list:
        """``inner`` is the part whose maps are asked for, on multiples of `LAST`; ``pause()`` is called now and then,
        and may raise, to stop."""
        whole = MapPart.whole(values)
        here = (inner or whole).within(whole)
        own = means_and_contrasts(values[here], valid[here], self.strides)
        if self.encoder is None:
            return own
        seen = self.options["seen"]
        values = values if seen == list(range(values.shape[1])) else values[:, seen]
        deep = self._deep(values, valid, pause, inner)
        return [joined(own.pop(0), deep.pop(0)) for _ in self.strides]

    def _deep(
        self, values: torch.Tensor, valid: torch.Tensor, pause: Callable, inner: MapPart | None
    ) -> list:
        """The encoder's maps, the mean of all views. Each is taken off its list before the next is made: a map that
        nothing needs any more is given back at once."""
        found = self.encoder(values, valid, pause, inner)
        for axes in MIRRORED[1 : self.options["views"]]:
            mirrored = inner and inner.mirrored(axes, MapPart.whole(values))
            seen = self.encoder(values.flip(axes), valid.flip(axes), pause, mirrored)
            found = [found.pop(0) + seen.pop(0).flip(axes) for _ in self.strides]
        return [found.pop(0) / self.options["views"] for _ in self.strides]


def joined(own: torch.Tensor, deep: torch.Tensor) -> torch.Tensor:
    """Channels of one map and then those of another: `torch.cat`, in half the time for maps that lie differently."""
    n_own, n_all = own.shape[1], own.shape[1] + deep.shape[1]
    found = deep.new_empty((len(deep), *deep.shape[2:], n_all)).permute(0, 3, 1, 2)
    found[:, :n_own], found[:, n_own:] = own, deep
    return found


def means_and_contrasts(values: torch.Tensor, valid: torch.Tensor, strides: tuple) -> list:
    """A map (N, 2 C, h / stride, w / stride) for each of the strides, each a multiple of the one before: mean and
    standard deviation of the valid pixels of each square; 0 for none."""
    known, found, before = valid[:, None].to(values.dtype), [], 1
    values = values * known
    parts = known, values, values.square()
    for stride in strides:
        parts = [functional.avg_pool2d(each, stride // before) for each in parts]
        share = parts[0].clamp(min=1e-6)
        mean, square = parts[1] / share, parts[2] / share
        found.append(torch.cat([mean, (square - mean.square()).clamp(min=0).sqrt()], 1))
        before = stride
    return found
