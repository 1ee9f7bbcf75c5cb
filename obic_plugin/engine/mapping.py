"""A raster mapped tile by tile: superpixels and a network's scores become labels and confidence."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Iterator

import numpy as np
import torch

from .nets.input import reduce
from .raster.grid import Window
from .raster.reader import Patch, RasterReader
from .raster.statistics import Scaling
from .superpixels.regions import vote_sums

BLOCK_PX = 512  # tiles are multiples of it, as the blocks of the output are


@dataclass(frozen=True)
class Tile:
    """What has been found for one window: labels (h, w) uint8 1..K and confidence 1..100 (0: no data),
    superpixel ids (h, w) uint32 from 1 (0: none), and the image's raw values (B, h, w) there."""

    window: Window
    labels: np.ndarray
    confidence: np.ndarray
    superpixels: np.ndarray
    values: np.ndarray


class Mapper:
    """A network's view of a raster: how to read, segment and score any part of it.

    ``superpixels`` is a `Slic` or `Felzenszwalb`, ``reduction`` the side in pixels of the blocks that
    the network sees. What it says of a pixel does not depend on the window in which it is asked.
    """

    def __init__(self, reader: RasterReader, scaling: Scaling, superpixels, reduction: int, device):
        self.reader, self.scaling, self.superpixels = reader, scaling, superpixels
        self.reduction, self.device = reduction, device
        self.raster = reader.grid.window

    def reading(self, core: Window, margin_px: int, align_px: int) -> tuple:
        """The windows to read, and for the network, so that all superpixels of ``core`` are known whole."""
        voting = self.superpixels.voting(core, self.raster)
        network = voting.grow(margin_px).align(align_px) & self.raster.align(align_px)
        segments = self.superpixels.reading(core, self.raster)
        return _union(segments, network), network

    def read(self, window: Window) -> tuple:
        """The raw patch of a window, and the scaled one."""
        patch = self.reader.read(window)
        return patch, self.scaling(patch)

    def segment(self, scaled: Patch, window: Window, core: Window):
        """Superpixels of ``core`` from a scaled patch of ``window``."""
        part = self.superpixels.reading(core, self.raster).within(window).slices
        values = torch.from_numpy(scaled.values[(slice(None), *part)]).to(self.device)
        return self.superpixels.segment(values, torch.from_numpy(scaled.valid[part]).to(self.device), core, self.raster)

    def network_input(self, scaled: Patch, window: Window, network: Window) -> tuple:
        """(D, h, w) and (h, w) bool at the network's resolution."""
        part = network.within(window).slices
        values = torch.from_numpy(scaled.values[(slice(None), *part)]).to(self.device)
        return reduce(values, torch.from_numpy(scaled.valid[part]).to(self.device), self.reduction)


def map_tiles(mapper: Mapper, network: torch.nn.Module, n_classes: int, tile_px: int) -> Iterator:
    """A `Tile` for each part of the work area, in order; reads the next while it computes one.

    Each superpixel gets the class with the largest sum of its pixels' softmax scores; the confidence is
    that class's share of the sum, in percent. Only the first ``n_classes`` of the network can win.
    """
    network.eval()
    align_px = mapper.reduction * network.ALIGN
    margin_px = mapper.reduction * network.REACH

    def read(core: Window) -> tuple:
        window, seen = mapper.reading(core, margin_px, align_px)
        return core, window, seen, *mapper.read(window)

    for core, window, seen, raw, scaled in reading_ahead(read, list(mapper.reader.work.tiles(tile_px))):
        here = core.within(window).slices
        values = raw.values[(slice(None), *here)]
        if not raw.valid[here].any():
            nothing = np.zeros((core.height, core.width), np.uint8)
            yield Tile(core, nothing, nothing, nothing.astype(np.uint32), values)
            continue
        yield _map_tile(mapper, network, n_classes, core, window, seen, scaled, values)


def _map_tile(mapper, network, n_classes, core, window, seen, scaled, values) -> Tile:
    superpixels = mapper.segment(scaled, window, core)
    shares = class_shares(mapper, network, superpixels, scaled, window, seen)
    top, winner = shares[:, :n_classes].max(1)
    percent = (100 * top).round().clamp(1, 100).to(torch.uint8)
    ids = superpixels.ids[core.within(superpixels.window).slices].long()
    some, index = ids >= 0, ids.clamp(min=0)
    return Tile(
        core,
        torch.where(some, (winner + 1).to(torch.uint8)[index], 0).cpu().numpy(),
        torch.where(some, percent[index], 0).cpu().numpy(),
        torch.where(some, superpixels.raster_ids()[index] + 1, 0).cpu().numpy().astype(np.uint32),
        values,
    )


def class_shares(mapper, network, superpixels, scaled, window, seen) -> torch.Tensor:
    """(R, K) share of each class in the votes of each superpixel; rows of absent superpixels are 0."""
    image, _ = mapper.network_input(scaled, window, seen)
    with torch.inference_mode():
        scores = network(image[None])[0].softmax(0)
    # whole numbers: their sums are exact, and so the same in any tiling and on any device
    scores = (scores * min(1024, 2**24 // (9 * mapper.superpixels.size_px**2))).round_()
    votes = _votes_of_blocks(scores, superpixels, seen, mapper.reduction)
    return votes / votes.sum(1, keepdim=True).clamp(min=1e-12)


def _votes_of_blocks(scores, superpixels, seen: Window, step: int) -> torch.Tensor:
    """(R, K) sums over pixels of the scores of the blocks of ``step`` x ``step`` px that they lie in.

    The pixels at one place in their blocks make a picture as large as the scores: one sum for each place.
    """
    inside = superpixels.window.within(seen)
    votes = scores.new_zeros((superpixels.count, len(scores)))
    for row in range(step):
        for col in range(step):
            first_row, first_col = (row - inside.row) % step, (col - inside.col) % step
            ids = superpixels.ids[first_row::step, first_col::step]
            top, left = (inside.row + first_row) // step, (inside.col + first_col) // step
            part = scores[:, top : top + ids.shape[0], left : left + ids.shape[1]]
            votes += vote_sums(part, ids, superpixels.count)
    return votes


def _union(a: Window, b: Window) -> Window:
    row, col = min(a.row, b.row), min(a.col, b.col)
    return Window(row, col, max(a.bottom, b.bottom) - row, max(a.right, b.right) - col)


def reading_ahead(read, items: list) -> Iterator:
    """``read(item)`` for each item, the next one being read by a thread while the last is worked on."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = None
        for item in items:
            following = pool.submit(read, item)
            if waiting is not None:
                yield waiting.result()
            waiting = following
        if waiting is not None:
            yield waiting.result()
