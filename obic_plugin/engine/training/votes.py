"""Superpixels as teachers: within each, what most of its pixels say is what all should say.

Chen et al., IEEE GRSL 2022, and Kanezaki, ICASSP 2018.
"""

from __future__ import annotations

import torch

from ..superpixels.regions import vote_sums

IGNORE = 255


def majority(scores: torch.Tensor, regions: torch.Tensor, n_regions: int) -> torch.Tensor:
    """(h, w) int64: the commonest argmax of the scores (K, h, w) in each pixel's region; IGNORE where none.

    Of equally common labels the lowest wins.
    """
    ballots = torch.zeros_like(scores).scatter_(0, scores.argmax(0, keepdim=True), 1.0)
    return spread(vote_sums(ballots, regions, n_regions).argmax(1), regions)


def spread(labels: torch.Tensor, regions: torch.Tensor) -> torch.Tensor:
    """(h, w) int64: each region's label (R,) on its pixels; IGNORE outside of regions."""
    return torch.where(regions >= 0, labels[regions.clamp(min=0)], IGNORE)
