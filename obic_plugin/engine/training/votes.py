"""Superpixels as teachers: within each, what most of its pixels say is what all should say.

Chen et al., IEEE GRSL 2022, and Kanezaki, ICASSP 2018.
"""

from __future__ import annotations

import torch

from ..superpixels.regions import majority_labels

IGNORE = 255
MOST_BALLOTS = 8  # boxes a pixel: above, few of them hold a vote, and only those that do are counted


def majority(labels: torch.Tensor, regions: torch.Tensor, n_regions: int, n_classes: int) -> torch.Tensor:
    """(h, w) int64: the commonest of ``labels`` (h, w) 0..n_classes-1 in each pixel's region; IGNORE where none.

    Of equally common labels the lowest wins. The regions (h, w) are 0..n_regions-1, or -1.
    """
    boxes = n_regions * n_classes
    count = majority_labels if boxes <= MOST_BALLOTS * labels.numel() else _majority_of_many
    return spread(count(labels, regions, n_regions, n_classes), regions)


def agreement(
    labels: torch.Tensor, said: torch.Tensor, regions: torch.Tensor, n_regions: int
) -> torch.Tensor:
    """(h, w) float32: the share of the pixels of each pixel's region that ``said`` what its ``labels`` (h, w) say.

    Where a region has one label, that is how sure its vote was. 0 outside of regions.
    """
    inside = regions >= 0
    n_classes = int(torch.maximum(labels.max(), said.max())) + 1
    place = regions.clamp(min=0).long() * n_classes
    boxes, position = torch.unique((place + said)[inside], return_inverse=True)
    votes = torch.bincount(position, minlength=len(boxes))
    wanted = (place + labels)[inside]
    found = torch.searchsorted(boxes, wanted).clamp(max=len(boxes) - 1)
    same = torch.where(boxes[found] == wanted, votes[found], 0)
    size = torch.bincount(regions[inside].long(), minlength=n_regions)
    shares = torch.zeros(regions.shape, device=regions.device)
    shares[inside] = same / size[regions[inside].long()]
    return shares


def spread(labels: torch.Tensor, regions: torch.Tensor) -> torch.Tensor:
    """(h, w) int64: each region's label (R,) on its pixels; IGNORE outside of regions."""
    return torch.where(regions >= 0, labels[regions.clamp(min=0).long()], IGNORE)


def _majority_of_many(
    labels: torch.Tensor, regions: torch.Tensor, n_regions: int, n_classes: int
) -> torch.Tensor:
    """As `majority_labels`, for regions of a few pixels each: only labels that got a vote are counted."""
    inside = regions >= 0
    ballots = regions[inside].long() * n_classes + labels[inside]
    boxes, votes = torch.unique(ballots, return_counts=True)
    # votes first, then the lower label: the greatest of these numbers names the winner
    rank = votes * n_classes + (n_classes - 1 - boxes % n_classes)
    best = torch.full((n_regions,), -1, dtype=torch.int64, device=labels.device)
    best.scatter_reduce_(0, boxes.div(n_classes, rounding_mode="floor"), rank, "amax")
    return torch.where(best >= 0, n_classes - 1 - best % n_classes, -1)
