"""A network over pixels: encoder, decoder and a linear head."""

from __future__ import annotations

import torch
from torch import nn

from ..schema import Fields, ListOf, Whole
from .encoder import Encoder
from .fpn import PyramidDecoder
from .resampling import STRIDE_PX, at_stride, resampled

MOST_CHANNELS = 1000
LAST = 16  # stride of the encoder's last stage: later ones cost more, and see far beyond what is near
ZOOMS = (1, 2)


class DenseNetwork(nn.Module):
    """Values (N, B, h, w) in 0..1 and valid (N, h, w) to scores (N, K, h / score, w / score).

    Parameters
    ----------
    n_bands, n_classes : int
        B and K.
    seen : list of int
        The bands, from 0, in the order in which the encoder sees them: red, green and blue first.
    width : int
        Channels of the decoder.
    zoom : int
        How many times an image is enlarged before it is looked at, 1 or 2: 2 for coarse ones.

    The encoder's normalizations are part of its convolutions (see `Encoder.fold`), and so stay what they were when it
    is trained further: a few labels are too few to find them again.
    """

    POSITIVE = ()
    OPTIONS = Fields(
        {
            "n_bands": Whole(1, MOST_CHANNELS),
            "n_classes": Whole(1, 254),
            "seen": ListOf(Whole(0, MOST_CHANNELS - 1), 1, MOST_CHANNELS),
            "width": Whole(1, 512),
            "zoom": Whole(*ZOOMS),
        }
    )

    def __init__(self, n_bands: int, n_classes: int, seen: list, width: int = 64, zoom: int = 1):
        super().__init__()
        self.options = {
            "n_bands": n_bands,
            "n_classes": n_classes,
            "seen": list(seen),
            "width": width,
            "zoom": zoom,
        }
        self.encoder = Encoder(len(seen), LAST).fold()
        self.decoder = PyramidDecoder(self.encoder, width, width)
        self.head = nn.Conv2d(width, n_classes, 1)
        self.stride_px, self.score_px = LAST // zoom, STRIDE_PX // zoom
        self.reach_px = -(-self.decoder.reach_px // zoom) + zoom - 1  # enlarging looks at neighbors

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        return self.head(self.features(values, valid))

    def features(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """(N, width, h / score, w / score) of the decoder."""
        return self.decoder(self.stages(values, valid))

    def stages(self, values: torch.Tensor, valid: torch.Tensor) -> list:
        """What the encoder sees, at its strides."""
        values, zoom = values[:, self.options["seen"]], self.options["zoom"]
        return self.encoder(*resampled(values, valid, tuple(zoom * n for n in valid.shape[1:])))

    def scores(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        """(N, K, h, w): between those of a larger stride."""
        return at_stride(self(values, valid), self.score_px, 1)
