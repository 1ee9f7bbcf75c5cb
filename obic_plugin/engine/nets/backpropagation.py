"""The networks of unsupervised segmentation by backpropagation, for an image that is seen whole at every step.

Kanezaki, *Unsupervised Image Segmentation by Backpropagation*, ICASSP 2018, and the faster variant that is
known under its author's name on the web, Yonv1943.

Where pixels are invalid they take no part: they are 0 in what every convolution sees, as what lies beyond the
border of the image is, and batch normalization takes its statistics from the valid pixels alone.
"""

from __future__ import annotations

import torch
from torch import nn

from .convolution import Convolution, generator
from .validnorm import ValidNorm


class WholeImageNetwork(nn.Module):
    """Image (1, B, h, w), 0 where invalid, to scores (1, K, h, w).

    Not in the order that puts channels last: forward that is as fast, but on a CPU the way back takes twice as
    long. First weights are drawn from ``random``. ``index`` are the flat positions of the valid pixels; None: all
    are. What the scores of invalid pixels are means nothing.
    """

    layers: nn.Sequential
    COPIES: float  # numbers held for each channel of a normalization at the peak of a step, as measured

    def forward(self, image: torch.Tensor, index: torch.Tensor | None = None) -> torch.Tensor:
        image = image.contiguous()
        for layer in self.layers:
            image = layer(image, index) if isinstance(layer, ValidNorm) else layer(image)
        return image

    @property
    def floats_per_px(self) -> int:
        """About how many numbers a pixel costs at a step, there and back; somewhat less where all are valid."""
        channels = [layer.num_features for layer in self.layers if isinstance(layer, ValidNorm)]
        return round(self.COPIES * sum(channels))


class KanezakiNetwork(WholeImageNetwork):
    """``n_blocks`` times 3x3 convolution, ReLU, normalization; a 1x1 convolution to the classes, normalized.

    Kanezaki (2018), with 100 channels, 100 classes and M = 2 blocks.
    """

    COPIES = 4.5

    def __init__(
        self,
        n_bands: int,
        channels: int = 100,
        n_classes: int = 100,
        n_blocks: int = 2,
        random: torch.Generator | None = None,
    ):
        super().__init__()
        random = random or generator(0)
        blocks = [n_bands] + [channels] * n_blocks
        layers = []
        for n_in, n_out in zip(blocks, blocks[1:]):
            layers += [
                Convolution(n_in, n_out, 3, random, padding=1),
                nn.ReLU(inplace=True),
                ValidNorm(n_out),
            ]
        layers += [Convolution(channels, n_classes, 1, random), ValidNorm(n_classes)]
        self.layers = nn.Sequential(*layers)


class FastNetwork(WholeImageNetwork):
    """``n_blocks`` times a 3x3 convolution to more channels and a 1x1 convolution back to the number of classes.

    Yonv1943's variant, with 64 channels, 32 classes and 2 blocks; each convolution is normalized, all but the
    last followed by ReLU.
    """

    COPIES = 6.0

    def __init__(
        self,
        n_bands: int,
        channels: int = 64,
        n_classes: int = 32,
        n_blocks: int = 2,
        random: torch.Generator | None = None,
    ):
        super().__init__()
        random = random or generator(0)
        layers, n_in = [], n_bands
        for _ in range(n_blocks):
            layers += [Convolution(n_in, channels, 3, random, padding=1), ValidNorm(channels)]
            layers += [nn.ReLU(inplace=True)]
            layers += [Convolution(channels, n_classes, 1, random), ValidNorm(n_classes)]
            layers += [nn.ReLU(inplace=True)]
            n_in = n_classes
        self.layers = nn.Sequential(*layers[:-1])


BY_NAME = {kind.__name__: kind for kind in (KanezakiNetwork, FastNetwork)}
