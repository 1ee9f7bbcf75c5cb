"""Prototypes: directions in the space of what an encoder knows, each of which is a kind of ground.

Xu, Zhang, Yue, Wang: *SDCluster*, ISPRS Journal of Photogrammetry and Remote Sensing 223, 2025.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from ..schema import Fields, Whole
from .convolution import Convolution, generator
from .imagefeatures import ImageFeatures
from .mixturenet import MOST_FEATURES

HIDDEN, SIZE = 256, 128  # of the projector; published: 2048, 256
MOST_PROTOTYPES = 254
TEMPERATURE = 0.1  # of a student's shares


class Projector(nn.Module):
    """Features (N, F, h, w) to vectors (N, D, h, w) and their cosines (N, K, h, w) to the prototypes.

    Three 1x1 convolutions, as published, on features in units of their own spread: what lies in a square of pixels or
    in a superpixel is projected alike.
    """

    def __init__(self, n_features: int, n_prototypes: int, random: torch.Generator):
        super().__init__()
        self.standard = nn.BatchNorm2d(n_features, affine=False)
        self.layers = nn.Sequential(
            Convolution(n_features, HIDDEN, 1, random),
            nn.BatchNorm2d(HIDDEN),
            nn.ReLU(),
            Convolution(HIDDEN, HIDDEN, 1, random),
            nn.BatchNorm2d(HIDDEN),
            nn.ReLU(),
            Convolution(HIDDEN, SIZE, 1, random),
        )
        self.prototypes = nn.Parameter(torch.randn(n_prototypes, SIZE, generator=random))

    def forward(self, features: torch.Tensor) -> tuple:
        found = self.layers(self.standard(features))
        directions = functional.normalize(self.prototypes, dim=1)
        return found, functional.conv2d(functional.normalize(found, dim=1), directions[:, :, None, None])


class PrototypeNetwork(nn.Module):
    """Features (N, F, rows, cols) of superpixels, valid (N, rows, cols), to log shares (N, K, rows, cols) of classes.

    The first ``n_features`` features are what a superpixel looks like, which does not matter here. The others are what
    `ImageFeatures`, ``encoder``, knows of it; what its learnt part knows is projected, and each prototype has a share.
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
        self.projector = Projector(len(self.encoder.learnt), n_prototypes, generator(0))
        self.register_buffer("members", torch.eye(n_classes, n_prototypes))

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        _, cosines = self.projected(values)
        shares = (cosines / TEMPERATURE).softmax(1)
        return functional.conv2d(shares, self.members[:, :, None, None]).clamp(min=1e-12).log()

    def projected(self, values: torch.Tensor) -> tuple:
        """What the projector makes of features."""
        index = self.options["n_features"] + torch.as_tensor(self.encoder.learnt, device=values.device)
        return self.projector(values[:, index])

    def of_superpixels(self, patches: list) -> tuple:
        """Vectors (n, D) of length 1 and the number (n,) of the prototype of all superpixels of patches of cells."""
        vectors, winners = [], []
        with torch.inference_mode():
            for patch in patches:
                known = patch.values[:, patch.valid].T[:, :, None, None]
                found, cosines = self.projected(known)
                vectors.append(functional.normalize(found, dim=1).flatten(1).cpu())
                winners.append(cosines.flatten(1).argmax(1).cpu())
        return torch.cat(vectors).numpy(), torch.cat(winners).numpy()

    def merged(self, classes: torch.Tensor) -> PrototypeNetwork:
        """The same network, of which prototype k is part of class number ``classes[k]``, from 0."""
        network = PrototypeNetwork(**{**self.options, "n_classes": int(classes.max()) + 1})
        members = functional.one_hot(classes).T.to(self.members.dtype)
        network.load_state_dict({**self.state_dict(), "members": members})
        return network.eval()
