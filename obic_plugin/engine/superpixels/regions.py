"""Superpixels of a part of a raster, and sums over them.

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
