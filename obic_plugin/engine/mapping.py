"""A raster mapped tile by tile: superpixels and a network's scores become labels and confidence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import torch

from .errors import ModelError
from .nets.superpixelnet import SuperpixelNetwork
from .progress import awaited, no_pause
from .raster.grid import Window
from .raster.patch import Patch
from .raster.statistics import Scaling
from .superpixels.features import cell_grid, votes_of_regions
from .threads import two_threads
from .workers import worked_ahead

if TYPE_CHECKING:
    from .raster.reader import RasterReader

BLOCK_PX = 512  # tiles are multiples of it, as the blocks of the output are


@dataclass(frozen=True)
class Tile:
    """What has been found for one window: labels (h, w) uint8 1..K and confidence 1..100 (0: no data),
    superpixel ids (h, w) uint32 from 1 (0: none), and the image's raw values there, (B, h, w), or (h, w)
    for each band that matters."""

    window: Window
    labels: np.ndarray
    confidence: np.ndarray
    superpixels: np.ndarray
    values: np.ndarray


class Mapper:
    """How to read, segment and describe any part of a raster, independent of the windows in which it is done.

    ``superpixels`` is a `Slic` or a `Felzenszwalb`.
    """

    def __init__(self, reader: RasterReader, scaling: Scaling, superpixels, device):
        self.reader, self.scaling, self.superpixels, self.device = reader, scaling, superpixels, device
        self.raster = reader.grid.window

    def read_scaled(self, part: Window) -> tuple:
        """``part``, the window that has to be read to know its superpixels, and the scaled patch of it."""
        window = self.superpixels.reading(part, self.raster)
        return part, window, self.scaled(self.reader.read(window))

    def scaled(self, raw: Patch) -> Patch:
        """The patch scaled, as tensors on the device."""
        on_gpu = self.device.type == "cuda"  # which scales sooner, and to the same numbers
        patch = raw if on_gpu else self.scaling(raw)
        values, valid = (torch.from_numpy(part).to(self.device) for part in (patch.values, patch.valid))
        return Patch(self.scaling.of_tensors(values, valid) if on_gpu else values, valid)

    def cells_of(self, part: Window, window: Window, scaled: Patch, pause: Callable = no_pause) -> tuple:
        """The superpixels that touch ``part``, and the `CellGrid` that covers it."""
        values, valid = scaled.values, scaled.valid
        superpixels = self.superpixels.segment(values, valid, part, self.raster, pause)
        pause()
        here = superpixels.window.within(window).slices
        grid = cell_grid(
            values[(slice(None), *here)], valid[here], superpixels, self.superpixels, part, self.raster
        )
        return superpixels, grid


def map_tiles(
    mapper: Mapper,
    network: SuperpixelNetwork,
    n_classes: int,
    windows: list,
    pause: Callable = no_pause,
) -> Iterator:
    """A `Tile` for each of the windows, in order; two are worked on at a time.

    Each superpixel gets the class of the network's highest score; the confidence is its share, in percent:
    the mean opinion of mixture, network and similar neighbors (see `nets.superpixelnet`). Only the first ``n_classes``
    of the network can win.
    """
    network.eval()
    work = partial(_map_tile, mapper, network, n_classes)
    return worked_ahead(work, windows, mapper.device, pause)


def _map_tile(
    mapper: Mapper, network: SuperpixelNetwork, n_classes: int, core: Window, pause: Callable
) -> Tile:
    reach_px = network.REACH * mapper.superpixels.size_px
    part = mapper.superpixels.origins(core, mapper.raster).grow(reach_px) & mapper.raster
    window = mapper.superpixels.reading(part, mapper.raster)
    raw = mapper.reader.read(window)
    values = raw.values[(slice(None), *core.within(window).slices)]
    if not raw.valid[core.within(window).slices].any():
        nothing = np.zeros((core.height, core.width), np.uint8)
        return Tile(core, nothing, nothing, nothing.astype(np.uint32), values)
    pause()
    superpixels, grid = mapper.cells_of(part, window, mapper.scaled(raw), pause)
    pause()
    with torch.inference_mode(), two_threads():
        shares = network(grid.features[None], grid.present[None])[0].softmax(0)
    pause()
    votes = votes_of_regions(shares, grid, part, superpixels, mapper.superpixels.size_px)
    top, winner = votes[:, :n_classes].max(1)
    if not top.isfinite().all():
        raise ModelError(
            "The network's scores of this image are no numbers: its weights are damaged, or it was made for values of"
            " another range. Set Scaling to this scene's statistics, or make the model again."
        )
    percent = (100 * top).round().clamp(1, 100).to(torch.uint8)
    ids = superpixels.ids[core.within(superpixels.window).slices]
    looks = [(winner + 1).to(torch.uint8), percent, superpixels.numbers + 1]
    labels, confidence, numbers = painted(looks, ids)
    return Tile(core, labels, confidence, numbers.astype(np.uint32), values)


def painted(looks: list, ids: torch.Tensor) -> list:
    """(h, w) arrays of the values (n,) that each superpixel has, on its pixels; 0 where there is none (id -1)."""
    looks = [torch.cat([each, each.new_zeros(1)]) for each in looks]
    if ids.device.type == "cpu":
        return [np.take(each.numpy(), ids.numpy(), mode="wrap") for each in looks]
    return [each[ids.long()].cpu().numpy() for each in looks]


def reading_ahead(read, items: list, pause: Callable = no_pause) -> Iterator:
    """``read(item)`` for each item, the next one being read by a thread while the last is worked on.

    ``pause`` is called now and then by the thread that iterates, and may raise, to stop.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = None
        for item in items:
            following = pool.submit(read, item)
            if waiting is not None:
                yield awaited(waiting, pause)
            waiting = following
        if waiting is not None:
            yield awaited(waiting, pause)
