"""What a network is trained on: windows drawn over the raster, held at the network's resolution."""

from __future__ import annotations

from typing import Iterator

import torch

from ..mapping import Mapper, reading_ahead
from ..progress import Progress
from ..raster.grid import Window
from ..superpixels.regions import vote_sums
from .batch import Batch


def draw_batches(mapper: Mapper, windows: list, align_px: int, progress: Progress) -> list:
    """A `Batch` of one image for each window that has a valid pixel: network input and superpixels."""
    plans = [_plan(mapper, window, align_px) for window in windows]
    batches = []
    for index, (core, window, network, (_, scaled)) in enumerate(
        reading_ahead(lambda plan: (*plan, mapper.read(plan[1])), plans)
    ):
        progress.at(index / len(plans))
        if scaled.valid[core.within(window).slices].any():
            batches.append(_batch(mapper, core, window, network, scaled))
    return batches


def _plan(mapper: Mapper, core: Window, align_px: int) -> tuple:
    window, network = mapper.reading(core, 0, align_px)
    return core, window, network


def _batch(mapper: Mapper, core: Window, window: Window, network: Window, scaled) -> Batch:
    superpixels = mapper.segment(scaled, window, core)
    image, valid = mapper.network_input(scaled, window, network)
    inside = superpixels.window.within(network)
    ids = torch.full((network.height, network.width), -1, dtype=torch.int64, device=image.device)
    ids[inside.slices] = superpixels.ids.long()
    return Batch(image[None], valid[None], _of_blocks(ids, mapper.reduction)[None], superpixels.count)


def _of_blocks(ids: torch.Tensor, step: int) -> torch.Tensor:
    """The superpixel of each block of ``step`` x ``step`` pixels: that of its middle, or else any that it has."""
    blocks = ids.reshape(ids.shape[0] // step, step, ids.shape[1] // step, step)
    middle = blocks[:, step // 2, :, step // 2]
    return torch.where(middle >= 0, middle, blocks.amax((1, 3)))


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
