"""A mixture of classes as a network over cells: fitted, not trained; neighbors that look alike agree."""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import nn

from ..schema import Fields, Whole
from . import neighbors

CONTEXT_CELLS = 1.0  # standard deviation of the Gaussian that gathers a cell's surroundings
MOST_FEATURES = 17  # of eight channels, see superpixels/features.py
LEAST_LOG = -9.0  # of a class's posterior: nobody is surer than that


class MixtureNetwork(nn.Module):
    """Features (N, F, rows, cols) of superpixels, valid (N, rows, cols), to log scores (N, K, rows, cols).

    The posterior of a mixture that is linear in ``n_factors`` factors of the first ``n_features`` features, and in the
    same factors of the cell's surroundings (see training/mixture.py). Then neighbors that look alike in the factors
    agree. What follows the first features is for networks that are made from this one.
    """

    stride_px, reach_px = 1, 3 + neighbors.STEPS  # pixels are cells here
    n_opinions, strength = 1, neighbors.STRENGTH  # the more opinions, the louder must neighbors be
    POSITIVE = ("scatter",)
    OPTIONS = Fields(
        {
            "n_features": Whole(3, MOST_FEATURES),
            "n_classes": Whole(1, 254),
            "n_factors": Whole(1, MOST_FEATURES),
        }
    )

    def __init__(self, n_features: int, n_classes: int, n_factors: int):
        super().__init__()
        self.options = {"n_features": n_features, "n_classes": n_classes, "n_factors": n_factors}
        self.register_buffer("center", torch.zeros(n_features))
        self.register_buffer("factors", torch.zeros(n_factors, n_features))
        self.register_buffer("scatter", torch.ones(()))  # root of the factors' summed variances
        self.register_buffer("slope", torch.zeros(n_classes, 2 * n_factors))
        self.register_buffer("offset", torch.zeros(n_classes))

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        own = self.factor_grid(values, valid)
        opinions = self.opinions(values, valid, own)
        told, heard = neighbors.agreed(opinions, own, valid, self.scatter, self.strength)
        # the mean of all opinions: the winner is that of the sum, but not as sure as if they were independent
        return told / (self.n_opinions + self.strength / neighbors.STRENGTH * heard)

    def opinions(self, values: torch.Tensor, valid: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        """(N, K, rows, cols): the sum of the log opinions about each superpixel by itself, of the factors ``own``."""
        return self.prior(own, valid).log_softmax(1).clamp(min=LEAST_LOG)

    def prior(self, own: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """(N, K, rows, cols) of the mixture, from the `factor_grid`: log posteriors but for a constant."""
        both = torch.cat([own, surroundings(own, valid)], 1)
        return functional.conv2d(both, self.slope[:, :, None, None], self.offset)

    def factor_grid(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """(N, n_factors, rows, cols) factors of the features, 0 where there is no superpixel."""
        plain = values[:, : len(self.center)]
        centered = (plain - self.center[:, None, None]) * valid[:, None]
        return functional.conv2d(centered, self.factors[:, :, None, None])

    def reorder(self, classes: list) -> None:
        """Put the given classes (indices) first, in that order, and all others after them."""
        first = [int(index) for index in classes]
        order = first + [k for k in range(self.options["n_classes"]) if k not in first]
        for tensor in self.of_classes():
            tensor.data = tensor.data[order]

    def of_classes(self) -> list:
        """The tensors that have a row for each class."""
        return [self.slope, self.offset]


def surroundings(grid: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """(N, C, rows, cols): Gaussian mean of each cell and the valid cells around it, up to 3 cells away."""
    steps = torch.arange(-3, 4, dtype=grid.dtype, device=grid.device)
    weights = torch.exp(-0.5 * (steps / CONTEXT_CELLS) ** 2)
    known = valid[:, None].to(grid.dtype)
    return _blur(grid * known, weights) / _blur(known, weights).clamp(min=1e-9) * known


def _blur(grid: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    n_images, n_channels, rows, cols = grid.shape
    flat = grid.reshape(n_images * n_channels, 1, rows, cols)
    flat = functional.conv2d(flat, weights[None, None, :, None], padding=(3, 0))
    return functional.conv2d(flat, weights[None, None, None, :], padding=(0, 3)).reshape(grid.shape)
