"""An encoder of images with any number of bands: what is seen, at strides of 2 to 32 pixels.

EfficientNet-lite0: the inverted residuals of Tan and Le, *EfficientNet: Rethinking Model Scaling for Convolutional
Neural Networks*, ICML 2019, without squeeze-and-excitation and with ReLU6 for swish, so that all that a pixel knows
comes from within `Encoder.reach_px` and not from the whole image.

**Where a pixel of a stage lies.** A convolution of stride 2 may see one pixel more to the left or to the right. Here
this alternates, so that what a pixel of a stage sees is centered on the pixels that it covers, within a fifth of its
width (or half a pixel); always to the right, as in the original, would be off by half of it. The weights do not notice.

**What lies beyond the image** is 0 in each layer, as in training. A part of an image that starts on a multiple of 32
pixels and has a margin of `reach_px` gives the numbers that the whole gives, but for the order of sums.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from ..progress import no_pause
from .parts import Layers, MapPart, worked_on

CENTER, SPREAD = 127 / 255, 128 / 255  # of values in 0..1, as in training of the ImageNet weights
NORM_EPS = 1e-3
STRIDES = (2, 4, 8, 16, 32)
CHANNELS = (16, 24, 40, 112, 320)


class Sight(NamedTuple):
    """What a pixel of a map of some stride sees: pixels of the image ``before`` and ``after`` those that it covers.

    >>> Sight(stride_px=1, before=0, after=0).convolved(3, 1, 1)
    Sight(stride_px=1, before=1, after=1)
    """

    stride_px: int
    before: int
    after: int

    def convolved(self, kernel: int, before: int, stride: int = 1) -> Sight:
        """After a convolution that sees so many pixels before the first that it covers."""
        after = kernel - stride - before
        return Sight(
            self.stride_px * stride,
            self.before + self.stride_px * before,
            self.after + self.stride_px * after,
        )

    def enlarged(self, factor: int) -> Sight:
        """After bilinear enlargement: half of the pixels also look at the pixel before, half at the one after."""
        stride_px = self.stride_px // factor
        more = self.stride_px + self.stride_px // 2 - stride_px  # for the last of the first half
        return Sight(stride_px, self.before + more, self.after + more)

    def __or__(self, other: Sight) -> Sight:
        """Of the sum of two maps of one stride."""
        return Sight(self.stride_px, max(self.before, other.before), max(self.after, other.after))

    @property
    def reach_px(self) -> int:
        return max(self.before, self.after)


class Group(NamedTuple):
    """Blocks side by side: how many, their expansion, kernel, stride of the first, and channels."""

    n_blocks: int
    expansion: int
    kernel: int
    stride: int
    channels: int


STEM_CHANNELS = 32
GROUPS = (
    Group(1, 1, 3, 1, 16),
    Group(2, 6, 3, 2, 24),
    Group(2, 6, 5, 2, 40),
    Group(3, 6, 3, 2, 80),
    Group(3, 6, 5, 1, 112),
    Group(4, 6, 5, 2, 192),
    Group(1, 6, 3, 1, 320),
)
STAGE_ENDS = (1, 2, 3, 5, 7)  # groups after which a stage is complete


class NormalizedConvolution(nn.Module):
    """Convolution, batch normalization and perhaps ReLU6; of stride 2 it sees one pixel more on the ``late`` side."""

    def __init__(self, n_in: int, n_out: int, kernel=1, stride=1, late=False, groups=1, active=True):
        super().__init__()
        self.conv = nn.Conv2d(n_in, n_out, kernel, stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(n_out, NORM_EPS)
        self.active = active
        self.before = (kernel - 1) // 2 - int(late and stride == 2)
        self.after = kernel - stride - self.before  # as many pixels come out as there are strides

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        if self.before >= self.after:  # what is padded too much at the end no stride comes to
            self.conv.padding = (self.before, self.before)
        else:
            image = functional.pad(image, (self.before, self.after, self.before, self.after))
        image = self.norm(self.conv(image))
        return functional.relu6(image, inplace=True) if self.active else image

    def seen(self, sight: Sight) -> Sight:
        """What a pixel of the output sees, if one of the input sees that."""
        return sight.convolved(self.conv.kernel_size[0], self.before, self.conv.stride[0])

    def fold(self) -> None:
        """Make the normalization part of the convolution: the same numbers, sooner; no training after that."""
        if isinstance(self.norm, nn.Identity):
            return
        scale = self.norm.weight / (self.norm.running_var + self.norm.eps).sqrt()
        with torch.no_grad():
            self.conv.weight.mul_(scale[:, None, None, None])
        self.conv.bias = nn.Parameter((self.norm.bias - self.norm.running_mean * scale).detach())
        self.norm = nn.Identity()


class InvertedResidual(nn.Module):
    """1x1 convolution to more channels, a convolution within each of them, 1x1 convolution back to few."""

    def __init__(self, n_in: int, n_out: int, expansion: int, kernel: int, stride: int, late: bool):
        super().__init__()
        wide = n_in * expansion
        self.expand = NormalizedConvolution(n_in, wide) if expansion > 1 else nn.Identity()
        self.within = NormalizedConvolution(wide, wide, kernel, stride, late, groups=wide)
        self.project = NormalizedConvolution(wide, n_out, active=False)
        self.adds = stride == 1 and n_in == n_out

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        found = self.project(self.within(self.expand(image)))
        return image + found if self.adds else found

    @property
    def layers(self) -> Layers:
        """The same, for parts of an image."""
        (kernel, _), (stride, _) = self.within.conv.kernel_size, self.within.conv.stride
        return Layers(self, stride, -(-(kernel // 2) // stride) * stride, self.within.conv.in_channels)


class Encoder(nn.Module):
    """Values (N, C, h, w) in 0..1 and valid (N, h, w) to one map (N, channels, h / stride, w / stride) a stage.

    ``last`` is the stride of the last stage, 2 to 32; later layers are left out, and with them most of the reach.
    Invalid pixels are 0 for the first layer, which is the middle gray of training, whatever their values. Height
    and width are multiples of ``last``.
    """

    def __init__(self, n_channels: int, last: int = 32):
        super().__init__()
        if last not in STRIDES:
            raise ValueError(f"the last stage has a stride of {last}, which is none of {STRIDES}")
        n_stages = STRIDES.index(last) + 1
        self.options = {"n_channels": n_channels, "last": last}
        self.strides, self.channels, self.stride_px = STRIDES[:n_stages], CHANNELS[:n_stages], last
        self.stem = NormalizedConvolution(n_channels, STEM_CHANNELS, 3, 2, late=True)
        self.stages = nn.ModuleList()
        late, n_in, blocks = True, STEM_CHANNELS, []
        for index, group in enumerate(GROUPS[: STAGE_ENDS[n_stages - 1]], 1):
            for number in range(group.n_blocks):
                stride = group.stride if number == 0 else 1
                late ^= stride == 2
                blocks.append(
                    InvertedResidual(n_in, group.channels, group.expansion, group.kernel, stride, late)
                )
                n_in = group.channels
            if index in STAGE_ENDS:
                self.stages.append(nn.Sequential(*blocks))
                blocks = []
        for layer in self.convolutions():
            nn.init.kaiming_normal_(layer.conv.weight, mode="fan_out", nonlinearity="relu")

    def forward(
        self,
        values: torch.Tensor,
        valid: torch.Tensor,
        pause: Callable = no_pause,
        inner: MapPart | None = None,
    ) -> list:
        """``inner`` is the part whose maps are asked for, on multiples of ``last``; ``pause()`` is called now and then,
        and may raise, to stop."""
        return worked_on(self._stages, (values, valid), inner, pause)

    @property
    def _stages(self) -> list:
        """The `Layers` of each stage; all before the second are one."""
        first = Layers(self._first, 2, 4, STEM_CHANNELS // 4)
        return [[first], *([block.layers for block in stage] for stage in self.stages[1:])]

    def _first(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """The first stage."""
        image = ((values - CENTER) / SPREAD).masked_fill(~valid[:, None], 0)
        return self.stages[0](self.stem(image.contiguous(memory_format=torch.channels_last)))

    @property
    def sights(self) -> list:
        """What a pixel of each stage sees, computed from the layers."""
        sight, found = self.stem.seen(Sight(1, 0, 0)), []
        for stage in self.stages:
            for layer in stage.modules():
                if isinstance(layer, NormalizedConvolution):
                    sight = layer.seen(sight)
            found.append(sight)
        return found

    @property
    def reach_px(self) -> int:
        """How far beyond the pixels that it covers a pixel of the last stage sees: one less would not do."""
        return self.sights[-1].reach_px

    def convolutions(self) -> list:
        """All layers, from the first to the last."""
        return [layer for layer in self.modules() if isinstance(layer, NormalizedConvolution)]

    def fold(self) -> Encoder:
        """Make normalizations part of the convolutions, which is sooner; the encoder cannot be trained after that."""
        self.eval()
        for layer in self.convolutions():
            layer.fold()
        return self
