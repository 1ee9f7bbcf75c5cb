"""Sums over regions: votes, statistics, neighbors. Regions are ids 0..n-1; -1 where there is none."""

from __future__ import annotations

import torch


def vote_sums(scores: torch.Tensor, regions: torch.Tensor, n_regions: int) -> torch.Tensor:
    """(n_regions, classes): sums of ``scores`` (classes, h, w) over the pixels of each region (h, w).

    Whole numbers are summed exactly up to 2^24, so that their sums do not depend on any order.
    """
    ids = regions.reshape(-1).long()
    ids = torch.where(ids < 0, n_regions, ids)  # pixels without a region go to a column of their own
    sums = scores.new_zeros((len(scores), n_regions + 1))
    return sums.index_add_(1, ids, scores.reshape(len(scores), -1))[:, :-1].t()
