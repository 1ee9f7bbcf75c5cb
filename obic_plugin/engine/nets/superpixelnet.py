"""A small convolutional network over cells that imitates the mixture: what models of the first version hold.

Superpixels grown from a regular grid of cells lie side by side like pixels. A convolutional network over that grid sees
the whole scene at 1/S of its resolution without losing an edge. It is told no more than the mixture knows, and adds
little to it; `FeatureNetwork` has taken its place.
"""

from __future__ import annotations

import torch
from torch import nn

from ..schema import Fields, Whole
from .convolution import Convolution, generator
from .mixturenet import MixtureNetwork

FLOOR = 1e-4  # of probabilities whose logarithms are summed


class SuperpixelNetwork(MixtureNetwork):
    """A `MixtureNetwork` and 1x1, 3x3 and dilated 3x3 convolutions with batch normalization and ReLU, and a linear
    short cut, whose first weights are drawn from ``random``: the two opinions are summed.
    """

    POSITIVE = ("spread", "scatter")
    OPTIONS = Fields({**MixtureNetwork.OPTIONS.kinds, "width": Whole(1, 256)})
    n_opinions = 2

    def __init__(
        self,
        n_features: int,
        n_classes: int,
        n_factors: int,
        width: int = 32,
        random: torch.Generator | None = None,
    ):
        super().__init__(n_features, n_classes, n_factors)
        random = random or generator(0)
        self.options["width"] = width
        self.register_buffer("spread", torch.ones(n_features))
        self.body = nn.Sequential(
            *_convolution(n_features, width, 1, random),
            *_convolution(width, width, 3, random),
            *_convolution(width, width, 3, random, dilation=2),
        )
        self.head = Convolution(width, n_classes, 1, random)
        self.short_cut = Convolution(n_features, n_classes, 1, random)

    def opinions(self, values: torch.Tensor, valid: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        first, second = self.prior(own, valid).softmax(1), self.scores(values, valid).softmax(1)
        return (first + FLOOR).log() + (second + FLOOR).log()

    def scores(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """(N, K, rows, cols) of the convolutional part alone."""
        normal = (values - self.center[:, None, None]) / self.spread[:, None, None] * valid[:, None]
        normal = normal.contiguous(memory_format=torch.channels_last)
        return self.head(self.body(normal)) + self.short_cut(normal)

    def of_classes(self) -> list:
        layers = self.head, self.short_cut
        return super().of_classes() + [tensor for layer in layers for tensor in (layer.weight, layer.bias)]


def _convolution(n_in: int, n_out: int, size: int, random: torch.Generator, dilation: int = 1) -> list:
    padding = dilation * (size // 2)
    return [
        Convolution(n_in, n_out, size, random, padding=padding, dilation=dilation),
        nn.BatchNorm2d(n_out),
        nn.ReLU(),
    ]
