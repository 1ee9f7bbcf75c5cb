"""Labels from a network over pixels: tile + reach, scores at a stride of 4 pixels, a vote of each superpixel, paint.

**Why the labels do not depend on the tiling.** What the network sees starts on a multiple of its stride from the
corner of the raster and has a margin of all that it can see, or ends at the raster's own edge, where it is continued
with nothing up to a whole number of strides: there too the same numbers meet. One thread computes a tile, since how
several share a sum depends on its size; with one, tiles of any size gave the same bits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch.nn import functional

from ..nets.heads import STRIDE_PX, at_stride
from ..progress import no_pause
from ..raster.grid import Window
from ..raster.patch import Patch
from ..raster.scaling import Scaling
from ..superpixels.overlaps import Overlaps
from ..threads import threads
from ..workers import worked_ahead
from .labeler import Tile, labels_confidence_superpixels, painted

if TYPE_CHECKING:
    from ..raster.reader import RasterReader

STRIP_PX = 128  # rows of pixels that are decided at a time


class DenseNetwork(torch.nn.Module):
    """An encoder, perhaps a decoder, and a head: values (N, C, h, w), valid (N, h, w) to scores (N, K, h/4, w/4).

    ``head`` knows by ``reach_px`` how far scores reach.
    """

    def __init__(self, encoder, head, decoder=None):
        super().__init__()
        self.encoder, self.decoder, self.head = encoder, decoder, head
        self.stride_px = encoder.stride_px
        self.reach_px = head.reach_px if decoder is None else decoder.reach_px

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        features = self.encoder(values, valid)
        return self.head(features if self.decoder is None else self.decoder(features))


class Dense:
    """Labels 1..K of each superpixel, or of each pixel where ``superpixels`` is None, by a `DenseNetwork`."""

    def __init__(
        self, reader: RasterReader, scaling: Scaling, network, n_classes: int, superpixels=None, device=None
    ):
        self.reader, self.scaling, self.superpixels = reader, scaling, superpixels
        self.device = device or torch.device("cpu")
        self.network = network.eval().to(self.device, memory_format=torch.channels_last)
        self.n_classes, self.raster = n_classes, reader.grid.window
        self.planes = labels_confidence_superpixels(n_classes)
        if superpixels is None:
            self.planes = self.planes[:2]

    def tiles(self, windows: list, pause: Callable = no_pause) -> Iterator:
        """A `Tile` for each of the windows, in order; two are worked on at a time."""
        return worked_ahead(self._tile, windows, self.device, pause)

    def _tile(self, core: Window, pause: Callable) -> Tile:
        if self.superpixels is None:
            voting = core.grow(STRIDE_PX) & self.raster
            window = seen(voting, self.network, self.raster)
        else:
            voting = self.superpixels.voting(core, self.raster)
            window = seen(voting, self.network, self.raster)
            window = window.around(self.superpixels.reading(core, self.raster))
        raw = self.reader.read(window & self.raster)
        here = core.within(window & self.raster).slices
        values = raw.values[(slice(None), *here)]
        if not raw.valid[here].any():
            return Tile(core, {p.name: np.zeros(core[2:], p.dtype) for p in self.planes}, values)
        patch = self.scaling(raw)
        scores = self._scores(patch, window, voting, pause)
        if self.superpixels is None:
            return Tile(core, self._by_pixel(scores, core, voting, raw.valid[here]), values)
        planes = self._by_superpixel(scores, patch, core, window & self.raster, pause)
        return Tile(core, planes, values)

    def _scores(self, patch: Patch, window: Window, voting: Window, pause) -> torch.Tensor:
        """(K, rows, cols) at a stride of 4, of the blocks of 4 x 4 pixels that touch ``voting``."""
        seeing = seen(voting, self.network, self.raster)
        part = (seeing & self.raster).within(window & self.raster).slices
        values = torch.from_numpy(patch.values[(slice(None), *part)])
        valid = torch.from_numpy(patch.valid[part])
        beyond = (0, seeing.width - valid.shape[1], 0, seeing.height - valid.shape[0])
        values, valid = functional.pad(values, beyond), functional.pad(valid, beyond)
        pause()
        with torch.inference_mode(), threads(1):
            scores = self.network(values[None].to(self.device), valid[None].to(self.device))[0]
        blocks = Window(*(n // STRIDE_PX for n in voting.align(STRIDE_PX).within(seeing)))
        return scores[(slice(None), *blocks.slices)].float().cpu()

    def _by_superpixel(self, scores, patch: Patch, core: Window, window: Window, pause) -> dict:
        reading = self.superpixels.reading(core, self.raster)
        part = reading.within(window).slices
        values, valid = (
            torch.from_numpy(patch.values[(slice(None), *part)]),
            torch.from_numpy(patch.valid[part]),
        )
        found = self.superpixels.segment(values, valid, core, self.raster, pause)
        place = found.window.within(found.window.align(STRIDE_PX))
        ids = np.pad(found.ids.numpy(), ((place.row, 0), (place.col, 0)), constant_values=-1)
        overlaps = Overlaps(ids, found.count, STRIDE_PX)
        winner, percent = decided(torch.from_numpy(overlaps.means(scores)), self.n_classes)
        properties = [winner, percent, found.numbers + 1]
        ids = found.ids[core.within(found.window).slices]
        labels, confidence, numbers = painted(properties, ids)
        return {"labels": labels, "confidence": confidence, "superpixels": numbers.astype(np.uint32)}

    def _by_pixel(self, scores: torch.Tensor, core: Window, voting: Window, valid: np.ndarray) -> dict:
        """Scores enlarged bilinearly to pixels, a strip of rows at a time."""
        blocks, n_rows = voting.align(STRIDE_PX), scores.shape[1]
        place = core.within(blocks)
        planes = [np.zeros((core.height, core.width), np.uint8) for _ in range(2)]
        for top in range(0, core.height, STRIP_PX):
            bottom = min(top + STRIP_PX, core.height)
            first = max((place.row + top) // STRIDE_PX - 1, 0)
            last = min((place.row + bottom - 1) // STRIDE_PX + 2, n_rows)
            fine = at_stride(scores[None, :, first:last], STRIDE_PX, 1)[0]
            row = place.row + top - STRIDE_PX * first
            fine = fine[:, row : row + bottom - top, place.col : place.col + core.width]
            for plane, each in zip(planes, decided(fine.flatten(1).t(), self.n_classes)):
                plane[top:bottom] = each.view(fine.shape[1:]).numpy()
        return {name: np.where(valid, each, 0) for name, each in zip(("labels", "confidence"), planes)}


def seen(part: Window, network, raster: Window) -> Window:
    """The window that the network has to see for the scores of ``part``, on multiples of its stride; it may end beyond
    the raster."""
    return part.grow(network.reach_px).align(network.stride_px) & raster.align(network.stride_px)


class Decision(NamedTuple):
    """``labels`` (n,) uint8 from 1, and ``percent`` (n,) uint8: how sure they are."""

    labels: torch.Tensor
    percent: torch.Tensor


def decided(scores: torch.Tensor, n_classes: int) -> Decision:
    """The highest of the first ``n_classes`` scores (n, K), and its share."""
    top, winner = scores[:, :n_classes].softmax(1).max(1)
    return Decision((winner + 1).to(torch.uint8), (100 * top).round().clamp(1, 100).to(torch.uint8))
