"""One network for two dates: the classes of both, and where they have changed.

Tang et al., *ClearSCD*, ISPRS Journal 211, 2024: both dates go through one encoder, one decoder and one head of
classes; a second head tells change from how much the *scores* of both dates differ (deep change vector analysis in
posterior probability space), not from the features.
"""

from __future__ import annotations

import torch
from torch import nn

from ..schema import Fields
from .densenet import DenseNetwork

N_LAYERS = 3  # of the head of change, before the last one


class ChangeNetwork(nn.Module):
    """Values (N, 2 B, h, w), the bands of the first date and then those of the second, and valid (N, h, w), to scores
    (N, 2 K + 1, h / score, w / score): those of the classes of the first date, of the second, and of change.

    The options are those of the `DenseNetwork` that sees each date, but that ``n_bands`` are those of both and
    ``n_classes`` all that may win of one date.
    """

    POSITIVE = ()
    OPTIONS = Fields(DenseNetwork.OPTIONS.kinds)

    def __init__(self, n_bands: int, n_classes: int, seen: list, width: int = 64, zoom: int = 1):
        super().__init__()
        self.dense = DenseNetwork(n_bands // 2, n_classes, seen, width, zoom)
        self.options = {**self.dense.options, "n_bands": n_bands}
        layers = []
        for _ in range(N_LAYERS):
            layers += [nn.Conv2d(n_classes, n_classes, 3, padding=1), nn.BatchNorm2d(n_classes), nn.ReLU()]
        self.change = nn.Sequential(*layers, nn.Conv2d(n_classes, 1, 3, padding=1))
        self.stride_px, self.score_px = self.dense.stride_px, self.dense.score_px
        self.reach_px = self.dense.reach_px + (N_LAYERS + 1) * self.score_px

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        first, second, change = self.told(*self.features(values, valid))
        return torch.cat([first, second, change], 1)

    def features(self, values: torch.Tensor, valid: torch.Tensor) -> tuple:
        """(N, width, h / score, w / score) of each date; both are seen at once."""
        both = torch.cat(values.chunk(2, 1))
        return self.dense.features(both, torch.cat([valid, valid])).chunk(2)

    def told(self, first: torch.Tensor, second: torch.Tensor) -> tuple:
        """Scores (N, K, …) of both dates, and of change (N, 1, …), from their features."""
        scores = self.dense.head(torch.cat([first, second])).chunk(2)
        return *scores, self.change((scores[0] - scores[1]).abs())
