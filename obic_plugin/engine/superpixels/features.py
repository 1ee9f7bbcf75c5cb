"""What a superpixel looks like: means, contrasts and edges of its pixels, laid out on a regular grid of cells."""

from __future__ import annotations

from typing import NamedTuple

import torch

from ..raster.grid import Window
from ..raster.patch import Patch
from .regions import Superpixels, vote_sums

DEVIATION_FLOOR = 0.02  # of the 0..1 range of a band: below it, contrast is taken for noise
GRADIENT_FLOOR = 0.01
STRIP_PX = 128  # rows that are summed at a time: what the caches hold


def feature_names(n_channels: int) -> list:
    """The group of each feature: 'mean' and 'deviation' for each channel, then one 'gradient'."""
    return ["mean"] * n_channels + ["deviation"] * n_channels + ["gradient"]


def cell_patch(pixels: Patch, superpixels: Superpixels, kind, part: Window, raster: Window) -> Patch:
    """The patch whose pixels are the square cells that cover ``part`` of the raster, a superpixel in each.

    ``pixels`` is the scaled patch (C, h, w) of the window of the superpixels, which ``kind`` (a `Slic`, …) has
    found. The cells' values (F, rows, cols) float32 are the `region_features` of their superpixels, 0 where there
    is none; ``regions`` (rows, cols) int64 are the ids of the superpixels, -1 for none.
    """
    features, count = region_features(pixels.values, pixels.valid, superpixels.ids, superpixels.count)
    size_px = kind.size_px
    cells = Window(*(n // size_px for n in (part.align(size_px) & raster.align(size_px))))
    regions = kind.regions_of(cells, superpixels, raster)
    regions = torch.where(count[regions.clamp(min=0)] > 0, regions, -1)
    present = regions >= 0
    return Patch(features[regions.clamp(min=0)].permute(2, 0, 1) * present, present, regions)


class RegionFeatures(NamedTuple):
    """``features`` (n, 2 C + 1) of n regions, and ``count`` (n,) of their pixels."""

    features: torch.Tensor
    count: torch.Tensor


def region_features(
    values: torch.Tensor, valid: torch.Tensor, ids: torch.Tensor, n_regions: int
) -> RegionFeatures:
    """What regions ``ids`` (h, w) look like in the channels ``values`` (C, h, w).

    For each channel its mean and the logarithm of its standard deviation, then the logarithm of the mean
    gradient of the mean of all channels. ``values`` are 0 where not ``valid``.
    """
    n_channels, height = len(values), values.shape[1]
    on_gpu = values.device.type == "cuda"
    sums = values.new_zeros((n_regions, 2 * n_channels + 2))
    strip_px = height if on_gpu else STRIP_PX
    for top in range(0, height, strip_px):
        rows = slice(top, min(top + strip_px, height))
        strip = values.new_empty((2 * n_channels + 2, rows.stop - top, values.shape[2]))
        strip[:n_channels] = values[:, rows]
        torch.square(values[:, rows], out=strip[n_channels:-2])
        strip[-2] = _gradient(values, valid, rows)
        strip[-1] = 1
        # a GPU sums in any order: in float64 that does not show after rounding
        sums += vote_sums(strip.double() if on_gpu else strip, ids[rows], n_regions)
    count = sums[:, -1]
    sums = sums / count.clamp(min=1)[:, None]
    mean, square, gradient = sums[:, :n_channels], sums[:, n_channels:-2], sums[:, -2:-1]
    deviation = (square - mean.square()).clamp(min=0).sqrt()
    features = torch.cat([mean, (deviation + DEVIATION_FLOOR).log(), (gradient + GRADIENT_FLOOR).log()], 1)
    return RegionFeatures(features, count)


def votes_of_regions(
    shares: torch.Tensor, cells: Patch, part: Window, superpixels: Superpixels, size_px: int
) -> torch.Tensor:
    """(n, K): the mean of the ``shares`` (K, rows, cols) of the cells that stand for each superpixel.

    A superpixel without a cell of its own (felzenszwalb's may be small) has the shares of the cell in
    which its first pixel lies; one that lies beyond the cells has 0.
    """
    votes = vote_sums(shares, cells.regions, superpixels.count)
    votes = votes / votes.sum(1, keepdim=True).clamp(min=1e-12)
    lacking = votes.sum(1) == 0
    if not lacking.any():
        return votes
    ids = superpixels.ids.reshape(-1).long()
    places = torch.arange(len(ids), device=ids.device)
    first = torch.full((superpixels.count + 1,), len(ids), device=ids.device)
    first = first.scatter_reduce(0, torch.where(ids < 0, superpixels.count, ids), places, "amin")[:-1]
    lacking &= first < len(ids)
    width = superpixels.ids.shape[1]
    row = (first // width + superpixels.window.row) // size_px - part.row // size_px
    col = (first % width + superpixels.window.col) // size_px - part.col // size_px
    lacking &= (row >= 0) & (row < shares.shape[1]) & (col >= 0) & (col < shares.shape[2])
    votes[lacking] = shares[:, row[lacking], col[lacking]].t()
    return votes


def _gradient(values: torch.Tensor, valid: torch.Tensor, rows: slice) -> torch.Tensor:
    """(rows, w) length of the central differences of the mean channel; 0 where a neighbor is missing."""
    top, bottom = max(rows.start - 1, 0), min(rows.stop + 1, values.shape[1])
    mean, known = values[:, top:bottom].mean(0), valid[top:bottom].to(values.dtype)
    here = slice(rows.start - top, rows.stop - top)
    down, right = torch.zeros_like(mean), torch.zeros_like(mean)
    if len(mean) > 2:
        down[1:-1] = (mean[2:] - mean[:-2]) * (known[2:] * known[:-2])
    if mean.shape[1] > 2:
        right[:, 1:-1] = (mean[:, 2:] - mean[:, :-2]) * (known[:, 2:] * known[:, :-2])
    return torch.hypot(down[here], right[here]).mul_(0.5)
