"""A network that sees one vector for each superpixel, on the grid of their cells.

Superpixels grown from a regular grid of cells lie side by side like pixels. A convolutional network over
that grid sees the whole scene at 1/S of its resolution without losing an edge: what is classified is the
superpixel, and its outline is that of the map.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import nn

from ..schema import Fields, Whole
from . import neighbors
from .convolution import Convolution, generator

CONTEXT_CELLS = 1.0  # standard deviation of the Gaussian that gathers a cell's surroundings
MOST_FEATURES = 17  # of eight channels, see superpixels/features.py
FLOOR = 1e-4  # of probabilities whose logarithms are summed


class SuperpixelNetwork(nn.Module):
    """Features (N, F, rows, cols) of superpixels, present (N, rows, cols), to log scores (N, K, rows, cols).

    Two opinions are summed. The first, ``prior``, is linear in ``n_factors`` factors of the features and in
    the same factors of the cell's surroundings: it is fitted, not trained (see training/mixture.py). The
    second is a convolutional network: 1x1, 3x3 and dilated 3x3 convolutions with batch normalization and
    ReLU, and a linear short cut; its first weights are drawn from ``random``. Then neighbors that look alike in
    the factors agree.
    """

    stride_px, reach_px = 1, 3 + neighbors.STEPS  # pixels are cells here
    POSITIVE = ("spread", "scatter")
    OPTIONS = Fields(
        {
            "n_features": Whole(3, MOST_FEATURES),
            "n_classes": Whole(1, 254),
            "n_factors": Whole(1, MOST_FEATURES),
            "width": Whole(1, 256),
        }
    )

    def __init__(
        self,
        n_features: int,
        n_classes: int,
        n_factors: int,
        width: int = 32,
        random: torch.Generator | None = None,
    ):
        super().__init__()
        random = random or generator(0)
        self.options = {
            "n_features": n_features,
            "n_classes": n_classes,
            "n_factors": n_factors,
            "width": width,
        }
        self.register_buffer("center", torch.zeros(n_features))
        self.register_buffer("spread", torch.ones(n_features))
        self.register_buffer("factors", torch.zeros(n_factors, n_features))
        self.register_buffer("scatter", torch.ones(()))  # root of the factors' summed variances
        self.register_buffer("slope", torch.zeros(n_classes, 2 * n_factors))
        self.register_buffer("offset", torch.zeros(n_classes))
        self.body = nn.Sequential(
            *_convolution(n_features, width, 1, random),
            *_convolution(width, width, 3, random),
            *_convolution(width, width, 3, random, dilation=2),
        )
        self.head = Convolution(width, n_classes, 1, random)
        self.short_cut = Convolution(n_features, n_classes, 1, random)

    def forward(self, features: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        own = self.factor_grid(features, present)
        first = self._prior(own, present).softmax(1)
        second = self.scores(features, present).softmax(1)
        both = (first + FLOOR).log() + (second + FLOOR).log()
        told, heard = neighbors.agreed(both, own, present, self.scatter)
        # the mean of all opinions: the winner is that of the sum, but not as sure as if they were independent
        return told / (2 + heard)

    def scores(self, features: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """(N, K, rows, cols) of the convolutional part alone."""
        normal = (features - self.center[:, None, None]) / self.spread[:, None, None] * present[:, None]
        normal = normal.contiguous(memory_format=torch.channels_last)
        return self.head(self.body(normal)) + self.short_cut(normal)

    def prior(self, features: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """(N, K, rows, cols) of the fitted part alone: log posteriors but for a constant."""
        return self._prior(self.factor_grid(features, present), present)

    def _prior(self, own: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        both = torch.cat([own, surroundings(own, present)], 1)
        return functional.conv2d(both, self.slope[:, :, None, None], self.offset)

    def factor_grid(self, features: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
        """(N, n_factors, rows, cols) factors of the features, 0 where no superpixel is present."""
        centered = (features - self.center[:, None, None]) * present[:, None]
        return functional.conv2d(centered, self.factors[:, :, None, None])

    def reorder(self, classes: list) -> None:
        """Put the given classes (indices) first, in that order, and all others after them."""
        first = [int(index) for index in classes]
        order = first + [k for k in range(self.options["n_classes"]) if k not in first]
        tensors = [self.slope, self.offset]
        tensors += [tensor for layer in (self.head, self.short_cut) for tensor in (layer.weight, layer.bias)]
        for tensor in tensors:
            tensor.data = tensor.data[order]


def surroundings(grid: torch.Tensor, present: torch.Tensor) -> torch.Tensor:
    """(N, C, rows, cols): Gaussian mean of each cell and the present cells around it, up to 3 cells away."""
    steps = torch.arange(-3, 4, dtype=grid.dtype, device=grid.device)
    weights = torch.exp(-0.5 * (steps / CONTEXT_CELLS) ** 2)
    known = present[:, None].to(grid.dtype)
    return _blur(grid * known, weights) / _blur(known, weights).clamp(min=1e-9) * known


def _blur(grid: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    n_images, n_channels, rows, cols = grid.shape
    flat = grid.reshape(n_images * n_channels, 1, rows, cols)
    flat = functional.conv2d(flat, weights[None, None, :, None], padding=(3, 0))
    return functional.conv2d(flat, weights[None, None, None, :], padding=(0, 3)).reshape(grid.shape)


def _convolution(n_in: int, n_out: int, size: int, random: torch.Generator, dilation: int = 1) -> list:
    padding = dilation * (size // 2)
    return [
        Convolution(n_in, n_out, size, random, padding=padding, dilation=dilation),
        nn.BatchNorm2d(n_out),
        nn.ReLU(),
    ]
