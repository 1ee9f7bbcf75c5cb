"""The fully convolutional network of the superpixel-guided method.

Chen et al., *A Superpixel-Guided Unsupervised Fast Semantic Segmentation Method of Remote Sensing Images*,
IEEE GRSL 2022.
"""

from __future__ import annotations

import torch
from torch import nn


class SuperpixelFCN(nn.Module):
    """Image (N, B, h, w) to scores (N, K, h, w); h and w are multiples of `ALIGN`.

    Two poolings down and two nearest upsamplings back, five 3x3 convolutions of ``width`` channels,
    each with batch normalization and ReLU, then a 1x1 convolution to the classes, normalized too: so no
    class can win everywhere by its bias alone.
    """

    ALIGN = 8  # twice the poolings' stride: batch normalization needs several pixels in the deepest layer too
    REACH = 16  # pixels of the network's input beyond which nothing matters to a score

    def __init__(self, n_bands: int, n_classes: int, width: int = 64):
        super().__init__()
        self.layers = nn.Sequential(
            *_convolution(n_bands, width),
            nn.MaxPool2d(2),
            *_convolution(width, width),
            nn.MaxPool2d(2),
            *_convolution(width, width),
            nn.Upsample(scale_factor=2, mode="nearest"),
            *_convolution(width, width),
            nn.Upsample(scale_factor=2, mode="nearest"),
            *_convolution(width, width),
            nn.Conv2d(width, n_classes, 1),
            nn.BatchNorm2d(n_classes),
        )
        self.options = {"n_bands": n_bands, "n_classes": n_classes, "width": width}

    def reorder(self, classes: list) -> None:
        """Put the given classes (indices) first, in that order, and all others after them."""
        first = [int(index) for index in classes]
        order = first + [k for k in range(self.options["n_classes"]) if k not in first]
        for layer in self.layers[-2:]:
            for values in (*layer.parameters(), *layer.buffers()):
                if values.ndim:
                    values.data = values.data[order]

    def forward(self, image: torch.Tensor) -> torch.Tensor:
        return self.layers(image.contiguous(memory_format=torch.channels_last))


def _convolution(n_in: int, n_out: int) -> list:
    return [nn.Conv2d(n_in, n_out, 3, padding=1), nn.BatchNorm2d(n_out), nn.ReLU(inplace=True)]
