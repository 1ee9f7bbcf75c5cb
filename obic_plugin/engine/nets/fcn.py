"""The fully convolutional network of the superpixel-guided method, over pixels.

Chen, He, Wang, Zhu, Liao, Zhang: *A Superpixel-Guided Unsupervised Fast Semantic Segmentation Method of Remote
Sensing Images*, IEEE GRSL 2022. The network is theirs; it is computed in other ways, which give the same numbers but
for rounding:

- A convolution of what was enlarged by repeating pixels sees but 2 x 2 different ones. Where each pixel became four, it
  is four convolutions of 2 x 2, one for each place among the four: less than half of the work.
- A convolution is linear, so the mean and the variance of what comes out of it follow from those of what it sees: the
  first layer is normalized by its weights, and not in passes over 64 channels at full resolution.
- Scores can be had place by place (`PublishedNetwork.head`), and training takes them in that order: nothing has to be
  put between anything.

Invalid pixels are 0 for each layer, as what lies beyond the image is, and have no part in statistics.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from ..schema import Fields, Whole
from .convolution import Convolution, generator
from .validnorm import ValidNorm

PLACES = ((0, 0), (0, 1), (1, 0), (1, 1))  # (down, right) of the four pixels that one has become
MOST_CHANNELS = 8  # of a scaled image


class Block(nn.Module):
    """The weights of a convolution and of its normalization."""

    def __init__(self, n_in: int, n_out: int, size: int, random: torch.Generator):
        super().__init__()
        self.conv = Convolution(n_in, n_out, size, random, padding=size // 2)
        self.norm = ValidNorm(n_out, remembers=True)

    def normalizing(self, mean: torch.Tensor, variance: torch.Tensor) -> tuple:
        """Weight and bias of a convolution that normalizes, too, what has that mean and variance without a bias."""
        scale = self.norm.weight / (variance + self.norm.eps).sqrt()
        return self.conv.weight * scale[:, None, None, None], self.norm.bias - mean * scale

    def folded(self) -> tuple:
        """Weight and bias of the one convolution that the block is once it is trained."""
        return self.normalizing(self.norm.running_mean - self.conv.bias, self.norm.running_var)

    def folded_by(self, image: torch.Tensor, index: torch.Tensor | None) -> tuple:
        """The same in training, for an image of which the pixels ``index`` count."""
        seen = functional.unfold(image, self.conv.kernel_size, padding=self.conv.padding)[0]
        seen = seen if index is None else seen[:, index]
        n = max(seen.shape[1], 1)
        center = seen.sum(1, keepdim=True) / n
        seen = seen - center
        weight = self.conv.weight.flatten(1)
        mean, variance = (weight @ center)[:, 0], ((weight @ (seen @ seen.T / n)) * weight).sum(1)
        if n > 1:
            self._remember(mean.detach() + self.conv.bias.detach(), variance.detach() * (n / (n - 1)))
        return self.normalizing(mean, variance)

    def _remember(self, mean: torch.Tensor, variance: torch.Tensor) -> None:
        self.norm.num_batches_tracked += 1
        self.norm.running_mean.lerp_(mean, self.norm.momentum)
        self.norm.running_var.lerp_(variance, self.norm.momentum)


class PublishedNetwork(nn.Module):
    """Values (1, B, h, w) of pixels and valid (1, h, w) to scores (1, K, h, w); h and w are multiples of 4.

    Five 3x3 convolutions of ``width`` channels, each with batch normalization and ReLU, at the strides 1, 2, 4, 2
    and 1: two poolings down, two nearest enlargements back. Then a 1x1 convolution to the classes, normalized too,
    so that no class wins everywhere by its bias alone. First weights are drawn from ``random``.
    """

    stride_px, score_px = 4, 1  # windows begin on multiples of the one; a score is as large as the other
    LAYERS = ("3x3", "pool", "3x3", "pool", "3x3", "enlarge", "3x3", "enlarge", "3x3")
    POSITIVE = ()
    OPTIONS = Fields({"n_bands": Whole(1, MOST_CHANNELS), "n_classes": Whole(1, 254), "width": Whole(1, 256)})

    def __init__(
        self, n_bands: int, n_classes: int = 32, width: int = 64, random: torch.Generator | None = None
    ):
        super().__init__()
        random = random or generator(0)
        self.options = {"n_bands": n_bands, "n_classes": n_classes, "width": width}
        widths = [n_bands] + 5 * [width]
        self.blocks = nn.ModuleList(Block(*pair, 3, random) for pair in zip(widths, widths[1:]))
        self.last = Block(width, n_classes, 1, random)

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        features = self.features(values, valid)
        scores = values.new_empty((1, self.options["n_classes"], *values.shape[2:]))
        for down, right in PLACES:
            scores[..., down::2, right::2] = self.head(features, valid, (down, right))
        return scores

    def features(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """(1, width, h / 2, w / 2): what scores are made of."""
        first, second, third, fourth, _ = self.blocks
        masks = [ValidPixels(valid)]
        for _ in range(2):
            masks.append(ValidPixels(functional.max_pool2d(masks[-1].valid.float(), 2) > 0))
        full, half, quarter = masks
        image = full.kept(values).contiguous(memory_format=torch.channels_last)
        weights = first.folded_by(image, full.index) if self.training else first.folded()
        image = functional.conv2d(image, *weights, padding=1)
        image = functional.max_pool2d(full.kept(image), 2).relu_()
        image = functional.max_pool2d(self._activated(second, image, half), 2)
        image = self._activated(third, image, quarter)
        return self._activated(fourth, image, half, enlarges=True)

    def head(self, features: torch.Tensor, valid: torch.Tensor, *places: tuple) -> torch.Tensor:
        """(1, K, n h / 2, w / 2): scores of the pixels at n of the `PLACES`, in the order of `at_places`."""
        mask, fifth = ValidPixels(at_places(valid, *places)), self.blocks[-1]
        weight, bias = (fifth.conv.weight, fifth.conv.bias) if self.training else fifth.folded()
        image = torch.cat([_enlarged(features, weight, bias, *place) for place in places], 2)
        image = (mask.normalized(fifth.norm, image) if self.training else image).relu_()
        if not self.training:
            return functional.conv2d(image, *self.last.folded())
        return mask.normalized(self.last.norm, self.last.conv(image))

    def _activated(
        self, block: Block, image: torch.Tensor, mask: ValidPixels, enlarges: bool = False
    ) -> torch.Tensor:
        weight, bias = (block.conv.weight, block.conv.bias) if self.training else block.folded()
        if enlarges:
            image = _interleaved([_enlarged(image, weight, bias, *place) for place in PLACES])
        else:
            image = functional.conv2d(image, weight, bias, padding=1)
        if self.training:
            return mask.normalized(block.norm, image).relu_()
        return mask.kept(image.relu_())

    @property
    def reach_px(self) -> int:
        """How far beyond the 4 x 4 pixels on its stride a score sees: one less would not do."""
        low, high = 0, self.stride_px - 1
        for layer in reversed(self.LAYERS):
            if layer == "3x3":
                low, high = low - 1, high + 1
            elif layer == "enlarge":
                low, high = low // 2, high // 2
            else:
                low, high = 2 * low, 2 * high + 1
        return max(-low, high - self.stride_px + 1)

    def reorder(self, classes: list) -> None:
        """Put the given classes (indices) first, in that order, and all others after them."""
        first = [int(index) for index in classes]
        order = first + [k for k in range(self.options["n_classes"]) if k not in first]
        norm = self.last.norm
        of_classes = self.last.conv.weight, self.last.conv.bias, norm.weight, norm.bias
        for tensor in (*of_classes, norm.running_mean, norm.running_var):
            tensor.data = tensor.data[order]


def at_places(image: torch.Tensor, *places: tuple) -> torch.Tensor:
    """(…, n h / 2, w / 2) of an image (…, h, w): all pixels ``[down::2, right::2]`` of one place, below them those of
    the next. What does not ask where a pixel lies, a normalization or a vote, is the same as of the image."""
    return torch.cat([image[..., down::2, right::2] for down, right in places], -2)


class ValidPixels:
    """Which pixels of an image (1, C, h, w) count: ``valid`` (1, h, w) bool; ``index`` (n,) are they, None for all."""

    def __init__(self, valid: torch.Tensor):
        self.valid = valid
        self.index = None if bool(valid.all()) else valid.flatten().nonzero().flatten()

    def kept(self, image: torch.Tensor) -> torch.Tensor:
        """The image, 0 where it does not count."""
        return image if self.index is None else image.masked_fill(~self.valid[:, None], 0)

    def normalized(self, norm: ValidNorm, image: torch.Tensor) -> torch.Tensor:
        return norm(image, self.index)


def _enlarged(image: torch.Tensor, weight: torch.Tensor, bias, down: int, right: int) -> torch.Tensor:
    """The pixels ``[down::2, right::2]`` of a 3x3 convolution of the image, its pixels repeated twice."""
    beyond = (1 - right, right, 1 - down, down)
    return functional.conv2d(functional.pad(image, beyond), _seen(_seen(weight, 2, down), 3, right), bias)


def _seen(weight: torch.Tensor, axis: int, far: int) -> torch.Tensor:
    """Three weights along an axis as the two of different pixels: the middle one falls on the same as one beside it."""
    one, two, three = weight.unbind(axis)
    return torch.stack((one + two, three) if far else (one, two + three), axis)


def _interleaved(places: list) -> torch.Tensor:
    """(1, C, 2 h, 2 w) of images (1, C, h, w) of its `PLACES`."""
    rows = [torch.stack(places[i : i + 2], 4).flatten(3) for i in (0, 2)]
    image = torch.stack(rows, 3).flatten(2, 3)
    return image.contiguous(memory_format=torch.channels_last)
