"""A network that knows more of a superpixel than the mixture does: what an image encoder sees in it.

Superpixel-guided self-training (Chen et al., IEEE GRSL 2022): the network learns what a superpixel was last taken
for, and has a say in what it is taken for next; see training/selftraining.py.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional

from ..schema import Fields, Switch
from .encoder import CHANNELS, STRIDES, Encoder
from .mixturenet import MixtureNetwork

ENCODER = {"n_channels": 3, "last": 8}  # later stages cost more and gain nothing
N_SEEN = sum(CHANNELS[: STRIDES.index(ENCODER["last"]) + 1])
WEIGHT = 8  # opinions of the mixture that one of the head counts for


class FeatureNetwork(MixtureNetwork):
    """A `MixtureNetwork`, and a linear head on what an encoder has seen in each superpixel: features from number
    ``n_features`` on, `N_SEEN` of them. Without an ``encoder`` the head looks at the first features too.

    The head's log probabilities, less ``balance`` (K,), count as `WEIGHT` opinions.
    """

    OPTIONS = Fields({**MixtureNetwork.OPTIONS.kinds, "encoder": Switch()})
    n_opinions = 1 + WEIGHT

    def __init__(self, n_features: int, n_classes: int, n_factors: int, encoder: bool):
        super().__init__(n_features, n_classes, n_factors)
        self.options["encoder"] = encoder
        self.encoder = Encoder(**ENCODER).fold() if encoder else None
        self.register_buffer("head_slope", torch.zeros(n_classes, N_SEEN if encoder else n_features))
        self.register_buffer("head_offset", torch.zeros(n_classes))
        self.register_buffer("balance", torch.zeros(n_classes))

    def opinions(self, values: torch.Tensor, valid: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        logits = functional.conv2d(self.seen(values), self.head_slope[:, :, None, None], self.head_offset)
        told = logits.log_softmax(1) - self.balance[:, None, None]
        return super().opinions(values, valid, own) + WEIGHT * told

    def seen(self, values: torch.Tensor) -> torch.Tensor:
        """The features that the head looks at."""
        return values[:, len(self.center) :] if self.encoder is not None else values[:, : len(self.center)]

    def of_classes(self) -> list:
        return [*super().of_classes(), self.head_slope, self.head_offset, self.balance]
