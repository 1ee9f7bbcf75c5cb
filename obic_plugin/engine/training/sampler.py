"""What a network is trained on: windows drawn over the raster, held at the network's resolution."""

from __future__ import annotations

from typing import Iterator

import torch

from ..mapping import Mapper, reading_ahead
from ..progress import Progress
from ..raster.grid import Window
from ..superpixels.regions import vote_sums
from .batch import Batch


def draw_batches(mapper: Mapper, windows: list, stride_px: int, progress: Progress) -> list:
    """A `Batch` of one image for each window that has a valid pixel: network input and superpixels."""
    plans = [_plan(mapper, window, stride_px) for window in windows]
    batches = []
    for index, (core, window, network, (_, scaled)) in enumerate(
        reading_ahead(lambda plan: (*plan, mapper.read(plan[1])), plans)
    ):
        progress.at(index / len(plans))
        if scaled.valid[core.within(window).slices].any():
            batches.append(_batch(mapper, core, window, network, scaled))
    return batches


def _plan(mapper: Mapper, core: Window, stride_px: int) -> tuple:
    window, network = mapper.reading(core, 0, stride_px)
    return core, window, network


def _batch(mapper: Mapper, core: Window, window: Window, network: Window, scaled) -> Batch:
    superpixels = mapper.segment(scaled, window, core)
    image, valid = mapper.network_input(scaled, window, network)
    step = mapper.reduction
    regions = torch.full(valid.shape, -1, dtype=torch.int64, device=image.device)
    # the superpixel of a block is that of the pixel in its middle
    inside = superpixels.window.within(network)
    first_row, first_col = (step // 2 - inside.row) % step, (step // 2 - inside.col) % step
    ids = superpixels.ids[first_row::step, first_col::step].long()
    row, col = (inside.row + first_row) // step, (inside.col + first_col) // step
    regions[row : row + ids.shape[0], col : col + ids.shape[1]] = ids
    regions[~valid] = -1
    return Batch(image[None], valid[None], regions[None], superpixels.count)


def region_means(batch: Batch) -> tuple:
    """(R, D) mean network input of each superpixel of a batch, and (R,) its number of blocks."""
    sums = vote_sums(batch.image[0], batch.regions[0], batch.n_regions)
    ones = torch.ones_like(batch.image[0][:1])
    count = vote_sums(ones, batch.regions[0], batch.n_regions)[:, 0]
    return sums / count.clamp(min=1)[:, None], count


def endless(batches: list, seed: int) -> Iterator:
    """The batches in a random order, again and again, each once before any comes twice."""
    generator = torch.Generator().manual_seed(seed)
    while True:
        for index in torch.randperm(len(batches), generator=generator).tolist():
            yield batches[index]
