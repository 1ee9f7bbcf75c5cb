"""Prototypes: directions in the space of what an encoder knows, each of which is a kind of ground.

Xu, Zhang, Yue, Wang: *SDCluster*, ISPRS Journal of Photogrammetry and Remote Sensing 223, 2025.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from ..schema import Fields, Whole
from .convolution import Convolution, generator
from .imagefeatures import ImageFeatures
from .mixturenet import MOST_FEATURES

HIDDEN, SIZE = 256, 128  # of the projector; published: 2048, 256
MOST_PROTOTYPES = 254
CONSTANT = 1.5  # beside features of a length of about 3
TEMPERATURE = 0.1  # of a student's shares


class Projector(nn.Module):
    """Features (N, F, h, w) to vectors (N, D, h, w) and their cosines (N, K, h, w) to the prototypes.

    Three 1x1 convolutions, as published, learn what is to be added to directions by chance of the features in units
    of their own spread, times ``weights`` (F,); these keep about how far what lies apart, so that the first prototypes
    are as good as the features. A constant beside them keeps how long they are, which a direction would not tell. What
    lies in a square of pixels or in a superpixel is projected alike.
    """

    def __init__(self, weights: np.ndarray, n_prototypes: int, random: torch.Generator):
        super().__init__()
        n_features = len(weights)
        self.standard = nn.BatchNorm2d(n_features, affine=False)
        self.register_buffer("weights", torch.as_tensor(weights, dtype=torch.float32))
        self.straight = Convolution(n_features, SIZE, 1, random)
        self.layers = nn.Sequential(
            Convolution(n_features, HIDDEN, 1, random),
            nn.BatchNorm2d(HIDDEN),
            nn.ReLU(),
            Convolution(HIDDEN, HIDDEN, 1, random),
            nn.BatchNorm2d(HIDDEN),
            nn.ReLU(),
            Convolution(HIDDEN, SIZE, 1, random),
        )
        with torch.no_grad():
            self.straight.weight.normal_(std=SIZE**-0.5, generator=random)
            self.straight.bias.fill_(CONSTANT * SIZE**-0.5)
            for parameter in self.layers[-1].parameters():
                parameter.zero_()
        self.prototypes = nn.Parameter(torch.randn(n_prototypes, SIZE, generator=random))

    def forward(self, features: torch.Tensor) -> tuple:
        weighted = self.standard(features) * self.weights[:, None, None]
        found = self.straight(weighted) + self.layers(weighted)
        directions = functional.normalize(self.prototypes, dim=1)
        return found, functional.conv2d(functional.normalize(found, dim=1), directions[:, :, None, None])


class KnownSuperpixels(NamedTuple):
    """What is known of n superpixels: ``features`` (n, F) in units of their spread times the weights of the projector,
    and the number (n,) of the ``prototype`` of each."""

    features: np.ndarray
    prototype: np.ndarray


class PrototypeNetwork(nn.Module):
    """Features (N, F, rows, cols) of superpixels, valid (N, rows, cols), to log shares (N, K, rows, cols) of classes.

    The first ``n_features`` features are what a superpixel looks like, which does not matter here. The others are what
    `ImageFeatures`, ``encoder``, knows of it: that is projected, and each prototype has a share.
    A class is one prototype, or several: ``members`` (K, prototypes) tells which.
    """

    stride_px, reach_px = 1, 0  # pixels are cells here
    POSITIVE = ()
    OPTIONS = Fields(
        {
            "n_features": Whole(3, MOST_FEATURES),
            "n_prototypes": Whole(2, MOST_PROTOTYPES),
            "n_classes": Whole(1, MOST_PROTOTYPES),
            "image": ImageFeatures.OPTIONS,
        }
    )

    def __init__(self, n_features: int, n_prototypes: int, n_classes: int, image: dict):
        super().__init__()
        self.options = {
            "n_features": n_features,
            "n_prototypes": n_prototypes,
            "n_classes": n_classes,
            "image": image,
        }
        self.encoder = ImageFeatures(**image)
        self.projector = Projector(self.encoder.weights, n_prototypes, generator(0))
        self.register_buffer("members", torch.eye(n_classes, n_prototypes))

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        _, cosines = self.projected(values)
        shares = (cosines / TEMPERATURE).softmax(1)
        return functional.conv2d(shares, self.members[:, :, None, None]).clamp(min=1e-12).log()

    def projected(self, values: torch.Tensor) -> tuple:
        """What the projector makes of features."""
        return self.projector(values[:, self.options["n_features"] :])

    def of_superpixels(self, patches: list) -> KnownSuperpixels:
        """All superpixels of patches of cells."""
        features, winners = [], []
        with torch.inference_mode():
            for patch in patches:
                known = patch.values[:, patch.valid].T[:, :, None, None]
                features.append(known[:, self.options["n_features"] :, 0, 0])
                winners.append(self.projected(known)[1].flatten(1).argmax(1).cpu())
        features = torch.cat(features)
        spread, mean = torch.std_mean(features, 0, unbiased=False)
        features = (features - mean) / spread.clamp(min=1e-6) * self.projector.weights
        return KnownSuperpixels(features.cpu().numpy(), torch.cat(winners).numpy())

    def merged(self, classes: torch.Tensor) -> PrototypeNetwork:
        """The same network, of which prototype k is part of class number ``classes[k]``, from 0."""
        network = PrototypeNetwork(**{**self.options, "n_classes": int(classes.max()) + 1})
        members = functional.one_hot(classes).T.to(self.members.dtype)
        network.load_state_dict({**self.state_dict(), "members": members})
        return network.eval()
