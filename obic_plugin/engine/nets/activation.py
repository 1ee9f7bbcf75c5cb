"""What says which class is where in a chip, when only the classes of the whole chip are known."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from .convolution import draw_weights
from .resampling import at_stride

QUERY = 64  # channels by which pixels are compared


class ActivationHead(nn.Module):
    """Activations (N, K, h / 16, w / 16) of classes, linear in the last two stages of an encoder, at strides 8 and 16.

    Features are in units of their spread over the chips (`settle`), so that all of them count.
    """

    def __init__(self, n_features: int, n_classes: int):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(n_classes, n_features))
        self.bias = nn.Parameter(torch.zeros(n_classes))
        self.register_buffer("mean", torch.zeros(n_features))
        self.register_buffer("spread", torch.ones(n_features))

    def settle(self, features: torch.Tensor, valid: torch.Tensor) -> None:
        """Take the mean and spread of features (n, F, h, w) where valid (n, h, w)."""
        known = features.movedim(1, -1)[valid]
        self.mean.copy_(known.mean(0))
        self.spread.copy_(known.std(0) + 1e-6)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        slopes = self.weight / self.spread
        return functional.conv2d(features, slopes[:, :, None, None], self.bias - slopes @ self.mean)


class PixelCorrelation(nn.Module):
    """The pixel correlation module of SEAM (Wang et al., *Self-supervised Equivariant Attention Mechanism for Weakly
    Supervised Semantic Segmentation*, CVPR 2020): pixels that look alike share their activations."""

    def __init__(self, n_channels: int, n_features: int, random: torch.Generator):
        super().__init__()
        self.known, self.query = nn.Conv2d(n_features, QUERY, 1), nn.Conv2d(QUERY + n_channels, QUERY, 1)
        for layer in (self.known, self.query):
            draw_weights(layer, random)

    def forward(
        self, cam: torch.Tensor, image: torch.Tensor, features: torch.Tensor, valid: torch.Tensor
    ) -> torch.Tensor:
        """Refined activations of ``cam`` (N, K, h, w); ``image`` (N, C, h, w) are its colors. Only what says which
        pixels are alike is learned from them."""
        strongest = normalized(cam.detach(), valid)
        strongest = strongest * (strongest == strongest.amax(1, keepdim=True))
        query = self.query(torch.cat([image, self.known(features.detach()).relu()], 1))
        query = functional.normalize(query, dim=1).flatten(2)
        affinity = (query.transpose(1, 2) @ query).relu() * valid.flatten(1)[:, :, None]
        affinity = affinity / affinity.sum(1, keepdim=True).clamp(min=1e-5)
        return (strongest.flatten(2) @ affinity).view_as(cam)


def normalized(cam: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """The positive part of activations (N, K, h, w), each class from 0 to 1 over the valid pixels (N, h, w)."""
    positive = cam.relu() * valid[:, None]
    low = positive.masked_fill(~valid[:, None], float("inf")).flatten(2).amin(2)[..., None, None]
    high = positive.flatten(2).amax(2)[..., None, None]
    low = torch.where(low.isfinite(), low, torch.zeros_like(low))
    return ((positive - low - 1e-5).relu() / (high - low + 1e-5)) * valid[:, None]


def last_two(stages: list) -> torch.Tensor:
    """(N, F, h / 16, w / 16) of an encoder's last two stages."""
    return torch.cat([at_stride(stages[-2].float(), 1, 2), stages[-1].float()], 1)
