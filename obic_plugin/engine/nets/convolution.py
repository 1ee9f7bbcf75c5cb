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
        bound = 1 / math.sqrt(self.weight[0].numel())
        with torch.no_grad():
            for parameter in (self.weight, self.bias):
                parameter.uniform_(-bound, bound, generator=random)

    def reset_parameters(self) -> None:
        """PyTorch's constructor calls it: nothing is drawn from the shared generator."""


def generator(seed: int) -> torch.Generator:
    """A generator of random numbers on the CPU that starts from ``seed``."""
    return torch.Generator().manual_seed(seed)
