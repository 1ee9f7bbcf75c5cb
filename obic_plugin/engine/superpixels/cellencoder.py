"""What an image encoder sees in each superpixel: means of its maps, at a resolution of our choice.

The encoder looks at the image resampled so that a cell, a square of so many pixels, is as wide as its last stride.
Pixels of its maps then begin on the corners of cells, and so does all that is computed here: the same in any
tiling. Where cells are those that superpixels grow from, large ones are seen from farther away, small ones enlarged.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from ..nets.encoder import Encoder
from ..nets.parts import MapPart
from ..nets.resampling import resampled
from ..progress import no_pause
from ..raster.grid import Window
from ..raster.patch import Patch
from ..threads import threads
from .overlaps import Overlaps
from .regions import Superpixels

BEYOND_CELLS = 4  # without data, around the image, are seen too: its border would show in the maps
BLOCK_MARGINS = 8  # a block that is encoded at once is so many times as wide as the margin around it


class MapShares(NamedTuple):
    """How superpixels share the pixels of an encoder's maps of ``cells``, a window of whole cells: the `Overlaps` with
    each of the maps."""

    cells: Window
    overlaps: list


class CellEncoder:
    """An `Encoder`, or another network with ``strides`` and ``channels`` of its maps, ``stride_px`` (the last of them)
    and ``reach_px``, for cells of ``size_px``.

    It sees as many of the scaled channels as it was made for: the first ones, of which the last is repeated where there
    are fewer.
    """

    def __init__(self, encoder: Encoder, size_px: int):
        self.network, self.size_px, self.unit_px = encoder.eval(), size_px, encoder.stride_px
        # one pixel more: enlarging looks at neighbors
        self.margin_cells = -(-(encoder.reach_px + 1) // self.unit_px)
        self.block_cells = BLOCK_MARGINS * self.margin_cells

    @property
    def bytes_per_px(self) -> float:
        """Of the maps, for each pixel of the image."""
        pixels = [
            channels / stride**2 for channels, stride in zip(self.network.channels, self.network.strides)
        ]
        return 4 * sum(pixels) * (self.unit_px / self.size_px) ** 2

    def reading(self, part: Window, raster: Window) -> Window:
        """The window of pixels that has to be known to see ``part``."""
        margin_px = self.margin_cells * self.size_px
        return part.align(self.size_px).grow(margin_px) & raster

    def shares(self, superpixels: Superpixels) -> MapShares:
        """How superpixels share the pixels of the maps."""
        cells = superpixels.window.align(self.size_px)
        top, left = superpixels.window.row - cells.row, superpixels.window.col - cells.col
        ids = np.pad(superpixels.ids.cpu().numpy(), ((top, 0), (left, 0)), constant_values=-1)
        blocks = [Fraction(stride * self.size_px, self.unit_px) for stride in self.network.strides]
        return MapShares(cells, [Overlaps(ids, superpixels.count, block) for block in blocks])

    def features(
        self, scaled: Patch, window: Window, shares: MapShares, pause: Callable = no_pause
    ) -> torch.Tensor:
        """(n, F) float32 means of the encoder's maps by superpixel.

        ``scaled`` is the patch of ``window``, which holds all of `reading` of the superpixels' window.
        """
        found = []
        for image, overlaps in zip(self._maps(scaled, window, shares.cells, pause), shares.overlaps):
            found.append(overlaps.means(image[:, : overlaps.shape[0], : overlaps.shape[1]]))
            pause()
        return torch.from_numpy(np.concatenate(found, 1)).to(scaled.values.device)

    def window_of(self, rows: np.ndarray, cols: np.ndarray) -> Window:
        """The smallest window of whole cells around some pixels."""
        row, col = int(rows.min()), int(cols.min())
        return Window(row, col, int(rows.max()) - row + 1, int(cols.max()) - col + 1).align(self.size_px)

    def at(
        self, scaled: Patch, window: Window, rows: np.ndarray, cols: np.ndarray, pause: Callable = no_pause
    ) -> np.ndarray:
        """(n, F) float32 of the encoder's maps at pixels (n,) of the raster: those of the squares that they lie in.

        ``scaled`` is the patch of ``window``, which holds all of `reading` of the pixels.
        """
        cells = self.window_of(rows, cols)
        found = []
        for image, stride in zip(self._maps(scaled, window, cells, pause), self.network.strides):
            row, col = (
                n * self.unit_px // (self.size_px * stride) for n in (rows - cells.row, cols - cells.col)
            )
            found.append(image[:, torch.from_numpy(row), torch.from_numpy(col)].T)
        return torch.cat(found, 1).numpy()

    def _maps(self, scaled: Patch, window: Window, cells: Window, pause: Callable) -> list:
        """A map (C, rows, cols) of each stage, on the CPU, that covers ``cells``, a window of whole cells; all that is
        known of a pixel lies side by side in memory."""
        n_rows, n_cols = cells.height // self.size_px, cells.width // self.size_px
        blocks = list(_blocks(Window(0, 0, n_rows, n_cols), self.block_cells))
        if len(blocks) == 1 and self._holds_data(scaled, window, cells, blocks[0]):
            pause()
            return [stage.cpu() for stage in self._block(scaled, window, cells, blocks[0], pause)]
        maps = [
            torch.zeros(n_rows * self.unit_px // stride, n_cols * self.unit_px // stride, channels)
            for channels, stride in zip(self.network.channels, self.network.strides)
        ]
        maps = [image.permute(2, 0, 1) for image in maps]
        for block in blocks:
            pause()
            if not self._holds_data(scaled, window, cells, block):
                continue
            for image, stage, stride in zip(
                maps, self._block(scaled, window, cells, block, pause), self.network.strides
            ):
                unit = self.unit_px // stride
                here = Window(*(n * unit for n in block))
                image[(slice(None), *here.slices)] = stage.cpu()
        return maps

    def _holds_data(self, scaled: Patch, window: Window, cells: Window, block: Window) -> bool:
        """Whether any pixel of some cells is valid: superpixels lie nowhere else."""
        here = self._pixels(cells, block) & window
        return bool(scaled.valid[here.within(window).slices].any())

    def _pixels(self, cells: Window, block: Window) -> Window:
        """The pixels of some cells, counted from the first of ``cells``."""
        row, col, height, width = (n * self.size_px for n in block)
        return Window(cells.row + row, cells.col + col, height, width)

    def _block(
        self, scaled: Patch, window: Window, cells: Window, block: Window, pause: Callable = no_pause
    ) -> list:
        """The maps (C, rows, cols) of some cells, ``block`` in units of cells from the first of ``cells``."""
        pixels = self._pixels(cells, block.grow(self.margin_cells))
        pixels &= window.grow(BEYOND_CELLS * self.size_px).align(self.size_px)
        there = pixels & window
        around = Window(
            *((n - first) // self.size_px for n, first in zip(pixels[:2], cells[:2])),
            *(n // self.size_px for n in pixels[2:]),
        )
        part = there.within(window).slices
        beyond = (
            there.col - pixels.col,
            pixels.right - there.right,
            there.row - pixels.row,
            pixels.bottom - there.bottom,
        )
        valid, n_channels = scaled.valid[part], self.network.options["n_channels"]
        channels = [min(i, len(scaled.values) - 1) for i in range(n_channels)]
        values = scaled.values[(slice(None) if len(scaled.values) == n_channels else channels, *part)]
        if any(beyond):
            values, valid = functional.pad(values, beyond), functional.pad(valid, beyond)
        values, valid = resampled(values, valid, (around.height * self.unit_px, around.width * self.unit_px))
        here = block.within(around)
        inner = MapPart(*(n * self.unit_px for n in (here.row, here.col, here.bottom, here.right)))
        with torch.inference_mode(), threads(1):
            return [stage[0] for stage in self.network(values[None], valid[None], pause, inner)]


def _blocks(cells: Window, size: int) -> Iterator[Window]:
    """Parts of about ``size`` x ``size`` cells, all of about the same size: a small one costs its margin, too."""
    n_rows, n_cols = (max(1, round(n / size)) for n in (cells.height, cells.width))
    for i, j in itertools.product(range(n_rows), range(n_cols)):
        top, bottom = (cells.height * n // n_rows for n in (i, i + 1))
        left, right = (cells.width * n // n_cols for n in (j, j + 1))
        yield Window(cells.row + top, cells.col + left, bottom - top, right - left)
