"""Superpixels of a part of a raster, and sums over them: votes, statistics, neighbors.

Regions are numbered 0..n-1; -1 where there is none.
"""

from __future__ import annotations

from typing import NamedTuple

import torch

from ..raster.grid import Window


class Superpixels(NamedTuple):
    """Ids (h, w) int32 of the pixels of ``window``: 0..count-1, or -1 where invalid. Not every id must occur.

    ``numbers`` (count,) int64 are their ids in the whole raster.
    """

    ids: torch.Tensor
    window: Window
    numbers: torch.Tensor

    @property
    def count(self) -> int:
        return len(self.numbers)

    def raster_ids(self) -> torch.Tensor:
        return self.numbers


def vote_sums(scores: torch.Tensor, regions: torch.Tensor, n_regions: int) -> torch.Tensor:
    """(n_regions, classes): sums of ``scores`` (classes, h, w) over the pixels of each region (h, w).

    Whole numbers are summed exactly up to 2^24, so that their sums do not depend on any order.
    """
    ids = _bins(regions, n_regions)
    sums = scores.new_zeros((len(scores), n_regions + 1))
    return sums.index_add_(1, ids, scores.reshape(len(scores), -1))[:, :-1].t()


def _bins(regions: torch.Tensor, n_regions: int) -> torch.Tensor:
    """(h * w,) int64: the region of each pixel; n_regions for those that have none."""
    ids = regions.reshape(-1).long()
    return torch.where(ids < 0, n_regions, ids)


class Statistics(NamedTuple):
    """Of each region: ``count`` (n,) of its pixels, and ``mean``, ``std``, ``low``, ``high`` (n, bands).

    Float64 on the CPU; NaN in regions without pixels.
    """

    count: torch.Tensor
    mean: torch.Tensor
    std: torch.Tensor
    low: torch.Tensor
    high: torch.Tensor


def statistics(values: torch.Tensor, regions: torch.Tensor, n_regions: int) -> Statistics:
    """Count, mean, standard deviation (of the population), least and greatest of ``values`` (bands, h, w)."""
    ids = _bins(regions, n_regions).cpu()
    bands = values.reshape(len(values), -1).cpu()
    count = torch.bincount(ids, minlength=n_regions + 1).double()
    where = torch.where(count > 0, count, torch.nan)
    found = []
    for band in bands:
        mean = torch.bincount(ids, band.double(), n_regions + 1) / where
        # from the deviations: sums of squares cancel where values are large and vary little
        deviation = band.double() - mean[ids]
        std = (torch.bincount(ids, deviation.square_(), n_regions + 1) / where).sqrt()
        ends = [
            torch.full((n_regions + 1,), torch.nan, dtype=torch.float64).scatter_reduce_(
                0, ids, band.double(), how, include_self=False
            )
            for how in ("amin", "amax")
        ]
        found.append((mean, std, *ends))
    mean, std, low, high = (torch.stack(part, 1)[:-1] for part in zip(*found))
    return Statistics(count[:-1].long(), mean, std, low, high)


def majority_labels(
    labels: torch.Tensor, regions: torch.Tensor, n_regions: int, n_classes: int
) -> torch.Tensor:
    """(n_regions,) int64: the commonest of ``labels`` (h, w) 0..n_classes-1 in each region, -1 in empty ones.

    Labels of other values have no vote; of equally common ones the lowest wins.
    """
    ids, flat = _bins(regions, n_regions), labels.reshape(-1).long()
    ids = torch.where((flat >= 0) & (flat < n_classes), ids, n_regions)
    votes = torch.bincount(
        ids * n_classes + flat.clamp(0, n_classes - 1), minlength=(n_regions + 1) * n_classes
    )
    votes = votes.view(-1, n_classes)[:n_regions]
    return torch.where(votes.sum(1) > 0, votes.argmax(1), -1)


def borders(regions: torch.Tensor) -> tuple:
    """Neighbors (m, 2) int64, in order, the lower id first; lengths (m,) in px of their common borders."""
    pairs = []
    for first, second in ((regions[:-1], regions[1:]), (regions[:, :-1], regions[:, 1:])):
        touch = (first != second) & (first >= 0) & (second >= 0)
        pair = torch.stack([first[touch], second[touch]]).long()
        pairs.append(pair.sort(0).values)
    low, high = torch.cat(pairs, 1)
    n = int(high.max()) + 1 if len(high) else 1
    keys, length = torch.unique(low * n + high, return_counts=True)
    return torch.stack([keys.div(n, rounding_mode="floor"), keys % n], 1), length
