"""A linear head on what is known of the image around each superpixel: what a few labels are enough for."""

from __future__ import annotations

import torch
import torch.nn.functional as functional
from torch import nn

from ..schema import Fields, Whole
from . import neighbors
from .imagefeatures import ImageFeatures
from .mixturenet import MOST_FEATURES


class LabelNetwork(nn.Module):
    """Features (N, F, rows, cols) of superpixels, valid (N, rows, cols), to log scores (N, K, rows, cols).

    The first ``n_features`` features are what a superpixel looks like, in units of their ``spread``: neighbors that
    look alike agree, as much as ``strength`` says. The others are what `ImageFeatures`, ``encoder``, knows of it, from
    which the head tells the class.
    """

    stride_px, reach_px = 1, neighbors.STEPS  # pixels are cells here
    POSITIVE = ("spread",)
    OPTIONS = Fields(
        {"n_features": Whole(3, MOST_FEATURES), "n_classes": Whole(1, 254), "image": ImageFeatures.OPTIONS}
    )

    def __init__(self, n_features: int, n_classes: int, image: dict):
        super().__init__()
        self.options = {"n_features": n_features, "n_classes": n_classes, "image": dict(image)}
        self.encoder = ImageFeatures(**image)
        self.register_buffer("spread", torch.ones(n_features))
        self.register_buffer("strength", torch.zeros(()))
        self.register_buffer("head_slope", torch.zeros(n_classes, self.encoder.n_features))
        self.register_buffer("head_offset", torch.zeros(n_classes))

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        looks, known = values[:, : len(self.spread)], values[:, len(self.spread) :]
        scores = functional.conv2d(known, self.head_slope[:, :, None, None], self.head_offset)
        looks = looks / self.spread[:, None, None] * valid[:, None] / len(self.spread) ** 0.5
        scores = scores.log_softmax(1)
        told, heard = neighbors.agreed(scores, looks, valid, 1.0, self.strength)
        return told / (1 + self.strength / neighbors.STRENGTH * heard)
