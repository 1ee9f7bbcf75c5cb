"""Superpixels as teachers: within each, what most of its pixels say is what all should say.

Chen et al., IEEE GRSL 2022, and Kanezaki, ICASSP 2018.
"""

from __future__ import annotations

import numpy as np
import torch

IGNORE = 255
MOST_BOXES = 8  # ballot boxes a pixel: above, few of them hold a vote, and only those that do are counted


class Vote:
    """``vote(labels)``: (h, w) int64 the commonest of the labels (h, w) in each pixel's region; IGNORE where none.

    Of equally common labels the lowest wins. The regions (h, w) are 0..n_regions-1, or -1, the labels
    0..n_classes-1. What does not depend on the labels is done once. On a CPU numpy counts: it takes a millisecond
    or two, in which PyTorch's threads would mostly wait for each other.
    """

    def __init__(self, regions: torch.Tensor, n_regions: int, n_classes: int):
        self._shape, self._n_regions, self._n_classes = regions.shape, n_regions, n_classes
        flat = regions.reshape(-1).long()
        region = torch.where(flat >= 0, flat, n_regions)
        self._on_cpu = regions.device.type == "cpu"
        self._region = region.numpy() if self._on_cpu else region
        self._box = (
            self._region * n_classes
        )  # of label 0; pixels of no region vote for boxes that nobody opens
        self._dense = n_regions * n_classes <= MOST_BOXES * len(flat)

    def __call__(self, labels: torch.Tensor) -> torch.Tensor:
        flat = labels.reshape(-1)
        boxes = self._box + (flat.numpy() if self._on_cpu else flat)
        winner = self._open_all(boxes) if self._dense else self._open_used(torch.as_tensor(boxes))
        winner[self._n_regions] = IGNORE
        return torch.as_tensor(winner[self._region]).view(self._shape)

    def _open_all(self, boxes):
        bincount = np.bincount if self._on_cpu else torch.bincount
        votes = bincount(boxes, minlength=(self._n_regions + 1) * self._n_classes)
        return votes.reshape(-1, self._n_classes).argmax(1)

    def _open_used(self, boxes: torch.Tensor) -> torch.Tensor:
        n = self._n_classes
        boxes, votes = torch.unique(boxes, return_counts=True)
        # votes first, then the lower label: the greatest of these numbers names the winner
        rank = votes * n + (n - 1 - boxes % n)
        best = torch.zeros(self._n_regions + 1, dtype=torch.int64, device=boxes.device)
        best.scatter_reduce_(0, boxes.div(n, rounding_mode="floor"), rank, "amax")
        winner = n - 1 - best % n
        return winner.numpy() if self._on_cpu else winner


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
