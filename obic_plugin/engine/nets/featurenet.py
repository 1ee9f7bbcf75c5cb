"""A network that knows more of a superpixel than the mixture does: what an image encoder sees in it.

Superpixel-guided self-training (Chen et al., IEEE GRSL 2022): the network learns what a superpixel was last taken
for, and has a say in what it is taken for next; see training/selftraining.py.
"""

from __future__ import annotations

import torch
import torch.nn.functional as functional

from ..schema import Fields, Switch
from .encoder import CHANNELS, STRIDES, Encoder
from .mixturenet import MixtureNetwork, surroundings

ENCODER = {"n_channels": 3, "last": 8}  # later stages cost more and gain nothing
N_SEEN = sum(CHANNELS[: STRIDES.index(ENCODER["last"]) + 1])
WEIGHT = 4  # opinions of the mixture that one of a head counts for


class FeatureNetwork(MixtureNetwork):
    """A `MixtureNetwork`, and two linear heads on what an encoder has seen: one in each superpixel, features from
    number ``n_features`` on, `N_SEEN` of them; one in its `surroundings`, means of the same features. Without an
    ``encoder`` they look at the first features too.

    The log probabilities of each head, less ``balance`` (K,), count as `WEIGHT` opinions. ``head_slope`` (K, 2 F) and
    ``head_offset`` (K, 2) are those of the superpixel and then those of its surroundings.
    """

    OPTIONS = Fields({**MixtureNetwork.OPTIONS.kinds, "encoder": Switch()})
    n_opinions, strength = 1 + 2 * WEIGHT, 16.0

    def __init__(self, n_features: int, n_classes: int, n_factors: int, encoder: bool):
        super().__init__(n_features, n_classes, n_factors)
        self.options["encoder"] = encoder
        self.encoder = Encoder(**ENCODER).fold() if encoder else None
        self.register_buffer("head_slope", torch.zeros(n_classes, 2 * (N_SEEN if encoder else n_features)))
        self.register_buffer("head_offset", torch.zeros(n_classes, 2))
        self.register_buffer("balance", torch.zeros(n_classes))

    def opinions(self, values: torch.Tensor, valid: torch.Tensor, own: torch.Tensor) -> torch.Tensor:
        seen = self.seen(values)
        inside, around = (
            functional.conv2d(seen, part[:, :, None, None]) for part in self.head_slope.chunk(2, 1)
        )
        around = surroundings(
            around, valid
        )  # of the scores, which are fewer than the features: a mean is linear
        logits = [each + offset[:, None, None] for each, offset in zip((inside, around), self.head_offset.T)]
        told = sum(each.log_softmax(1) for each in logits) - 2 * self.balance[:, None, None]
        return super().opinions(values, valid, own) + WEIGHT * told

    def seen(self, values: torch.Tensor) -> torch.Tensor:
        """The features that the heads look at."""
        return values[:, len(self.center) :] if self.encoder is not None else values[:, : len(self.center)]

    def of_classes(self) -> list:
        return [*super().of_classes(), self.head_slope, self.head_offset, self.balance]
