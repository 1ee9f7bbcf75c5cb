"""A convolution whose first weights come from a generator of its own, not from the one that all of QGIS shares."""

from __future__ import annotations

import math

import torch
from torch import nn


class Convolution(nn.Conv2d):
    """`torch.nn.Conv2d`, with the weights that PyTorch would draw from ``random`` (on the CPU).

    Weights and biases are uniform within 1 / sqrt(n), n inputs to each output (LeCun et al., *Efficient BackProp*,
    1998); weights are drawn first.
    """

    def __init__(self, n_in: int, n_out: int, size: int, random: torch.Generator, **options):
        super().__init__(n_in, n_out, size, **options)
        draw_weights(self, random)

    def reset_parameters(self) -> None:
        """PyTorch's constructor calls it: nothing is drawn from the shared generator."""


def generator(seed: int) -> torch.Generator:
    """A generator of random numbers on the CPU that starts from ``seed``."""
    return torch.Generator().manual_seed(seed)


@torch.no_grad()
def draw_weights(module: nn.Module, random: torch.Generator) -> None:
    """Draw the weights of all convolutions in it, as `Convolution` says."""
    for layer in module.modules():
        if isinstance(layer, nn.Conv2d):
            bound = 1 / math.sqrt(layer.weight[0].numel())
            for parameter in (layer.weight, layer.bias):
                if parameter is not None:
                    parameter.uniform_(-bound, bound, generator=random)
