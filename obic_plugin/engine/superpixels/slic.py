"""SLIC superpixels on a fixed grid of square cells: the same ids whatever the tiling, on CPU and GPU.

Achanta et al., *SLIC Superpixels Compared to State-of-the-Art Superpixel Methods*, PAMI 2012, with the
fixed neighborhoods of gSLIC (Ren and Reid, 2011). Cells of S x S px are anchored at pixel (0, 0) of the
raster; each grows one superpixel, whose id is that of the cell. A pixel chooses among its own cell and the
three that are nearest to the quarter of the cell it lies in, by

    sum over bands (v - c)^2  +  compactness^2 * bands * (distance in px / S)^2,    v, c in 0..1.

Centers start in the middle of their cells and are refined on block means (about 8 x 8 blocks a cell). One
last assignment is at full resolution, of values smoothed by 3 x 3 binomial weights against salt and pepper.

**Why the ids do not depend on the tiling.** Values are integers, centers are fixed-point, and all products
and sums of either stay below 2^24: float32 arithmetic is then exact, so neither the order of a sum nor a
fused multiply-add can change a bit. The number of levels follows from that bound. And nothing reaches
farther than one cell an iteration: a tile read with `Slic.reading` knows all that its core depends on.

**Why it is fast.** Pixels are laid out as (S, S, cells): first where in its cell, then which cell. A center
is then one number along the last axis, and all work is elementwise on long rows, without gathers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import torch
from torch.nn import functional

from ..errors import ParameterError
from ..raster.grid import Window

_FRACTION = 4.0  # centers are multiples of 1/4 of a level
_CODES = 4.0  # a cost carries the number (0..3) of its candidate in its last two bits
_LIMIT = 2.0**22  # of all costs
_DEAD = 2.5 * _LIMIT  # cost of a cell without pixels: above all others wherever the pixel is, and still exact
_CHUNK = 1 << 18  # elements worked on at a time on a CPU: what its caches hold


class Superpixels(NamedTuple):
    """Ids (h, w) int32 of the pixels of ``window``: 0..count-1, or -1 where invalid. Not every id occurs.

    Ids number the ``cells`` (a window in units of cells) row by row; the raster has ``cells_per_row``.
    """

    ids: torch.Tensor
    window: Window
    cells: Window
    cells_per_row: int

    @property
    def count(self) -> int:
        return self.cells.size

    def raster_ids(self) -> torch.Tensor:
        """(count,) int64: cell row * cells per row + cell column, the id in the whole raster, of each id."""
        row, col = (
            torch.arange(start, end, device=self.ids.device)
            for start, end in ((self.cells.row, self.cells.bottom), (self.cells.col, self.cells.right))
        )
        return (row[:, None] * self.cells_per_row + col).ravel()


@dataclass(frozen=True)
class Slic:
    """Superpixels of about ``size_px`` x ``size_px`` pixels.

    ``compactness`` weighs distance on the ground against distance in color, in the range 0..1 that the values
    of a band span: below 0.1 superpixels follow edges, from 1 on they are nearly squares.
    """

    size_px: int = 16
    compactness: float = 0.06
    iterations: int = 3

    def __post_init__(self):
        if self.size_px < 1:
            raise ParameterError(f"Superpixel size must be at least 1 px, not {self.size_px}.")
        if not self.compactness >= 0:
            raise ParameterError(f"Compactness must be at least 0, not {self.compactness}.")
        if self.iterations < 0:
            raise ParameterError(f"The number of iterations cannot be negative, as is {self.iterations}.")

    @property
    def halo_px(self) -> int:
        """Pixels around a core of whole cells on which its superpixels, whole ones, depend."""
        return (self.iterations + 3) * self.size_px

    def voting(self, core: Window, raster: Window) -> Window:
        """The window that holds all pixels of every superpixel that touches ``core``."""
        return core.align(self.size_px).grow(2 * self.size_px) & raster

    def reading(self, core: Window, raster: Window) -> Window:
        """The window of pixels that `segment` needs for ``voting(core, raster)``."""
        return self.voting(core, raster).grow((self.iterations + 1) * self.size_px) & raster

    def segment(self, values: torch.Tensor, valid: torch.Tensor, core: Window, raster: Window) -> Superpixels:
        """Superpixels of the window ``voting(core, raster)``.

        Parameters
        ----------
        values : (bands, h, w) float tensor
            Pixels of the window ``reading(core, raster)``, each band scaled to 0..1 (clipped beyond).
        valid : (h, w) bool tensor
            Pixels to be used; the values of others have no influence, and their id is -1.
        core, raster : Window
            The part that is asked for; all of the raster, with its pixel (0, 0) at (0, 0).
        """
        reading, voting = self.reading(core, raster), self.voting(core, raster)
        if not values.shape[1:] == valid.shape == (reading.height, reading.width):
            raise ValueError(
                f"values {tuple(values.shape)}, valid {tuple(valid.shape)}: not those of {reading}"
            )
        metric = Metric(self.size_px, self.compactness, len(values))
        image = Image(values, valid, metric)
        cells, inner = (_ringed_cells(window, self.size_px) for window in (reading, voting))
        blocks = _blocks(image, cells)
        totals = [
            blocks.moments(blocks.weight[ys, xs], ys, xs) for ys, xs, _, _ in _quarters(len(blocks.position))
        ]
        centers = _initial(blocks, metric)
        for _ in range(self.iterations):
            centers = _refined(blocks, totals, centers, cells, metric)
        centers = centers.unflatten(1, (cells.height, cells.width))[
            (slice(None), *inner.within(cells).slices)
        ]
        ids = _assigned(image, voting.within(reading), centers.flatten(1), inner)
        return Superpixels(ids, voting, inner, -(-raster.width // self.size_px))


class Metric:
    """Integer levels of the values, and weight of positions, with which all costs stay exact."""

    def __init__(self, size_px: int, compactness: float, n_bands: int):
        compactness = min(compactness, 10.0)  # squares, if they are not yet
        # |v|, |c| <= levels / 2; a pixel lies within 1/2, a center within 3/2 cells of the middle of the cell
        worst = n_bands * _FRACTION * _CODES * (0.375 + 3.75 * compactness**2)
        self.size = size_px
        self.levels = min(255, int(0.98 * math.sqrt(_LIMIT / worst)) - 1)
        self.middle = (self.levels + 1) // 2
        self.weight = n_bands * (compactness * self.levels / size_px) ** 2 * _FRACTION / 4
        self.block = max(1, round(size_px / 8))


class Image(NamedTuple):
    """Values (bands, h, w) in 0..1, valid (h, w), and the metric in which they are seen."""

    values: torch.Tensor
    valid: torch.Tensor
    metric: Metric

    def levels(self, part: Window) -> torch.Tensor:
        """(bands + 1, h, w) whole numbers: levels, 0 in their middle and where invalid; then 1 where valid."""
        values, valid = self.values[(slice(None), *part.slices)], self.valid[part.slices]
        levels = torch.empty((len(values) + 1, *valid.shape), device=valid.device)
        colors = torch.mul(values, self.metric.levels, out=levels[:-1])
        colors.clamp_(0, self.metric.levels).round_().sub_(self.metric.middle)
        if not valid.all():
            colors.masked_fill_(~valid, 0)
        levels[-1] = valid
        return levels

    def smooth_levels(self, part: Window) -> torch.Tensor:
        """(bands, h, w) whole numbers: means of the valid levels around, weighted 1 2 1 along both axes."""
        seen = part.grow(1) & Window(0, 0, *self.valid.shape)
        left, top = seen.col - part.col + 1, seen.row - part.row + 1
        right, bottom = part.right + 1 - seen.right, part.bottom + 1 - seen.bottom
        sums = functional.pad(self.levels(seen), (left, right, top, bottom))
        for axis in (1, 1, 2, 2):
            n = sums.shape[axis] - 1
            sums = sums.narrow(axis, 0, n) + sums.narrow(axis, 1, n)
        return sums[:-1].div_(sums[-1].clamp_(min=1)).round_()


class Blocks(NamedTuple):
    """Means of blocks of pixels: s x s blocks in each cell; the cells, with their ring, counted row by row.

    ``values`` (bands, s, s, cells) are whole numbers; ``weight`` (s, s, cells) is 1 where a block has data,
    else 0; ``position`` (s,) is twice the distance in px from the middle of the cell, down or to the right.
    """

    values: torch.Tensor
    weight: torch.Tensor
    position: torch.Tensor

    def moments(self, share: torch.Tensor, ys: slice, xs: slice, cells: slice = slice(None)) -> torch.Tensor:
        """(bands + 3, cells): for part of each cell, sums of ``share`` times the values, y, x and 1."""
        in_rows = share.sum(1)
        return torch.cat(
            [
                (self.values[:, ys, xs, cells] * share).sum((1, 2)),
                (in_rows * self.position[ys, None]).sum(0)[None],
                (share.sum(0) * self.position[xs, None]).sum(0)[None],
                in_rows.sum(0)[None],
            ]
        )


def _ringed_cells(window: Window, size_px: int) -> Window:
    """The cells of a window of pixels and a ring of one cell around them, as a window in units of cells."""
    return Window(*(n // size_px for n in window.align(size_px))).grow(1)


def _row_chunks(cells: Window, elements_per_cell: int, device: torch.device) -> Iterator:
    """(start, end) of the rows of cells, counted from the ring, that are worked on at a time."""
    step = cells.height
    if device.type == "cpu":
        step = max(1, _CHUNK // (elements_per_cell * cells.width))
    for start in range(1, cells.height - 1, step):
        yield start, min(start + step, cells.height - 1)


def _to_cells(image: torch.Tensor, rows: int, cols: int, height: int, width: int) -> torch.Tensor:
    """View (C, height, width, rows, cols) of an image (C, h, w) of rows x cols cells; 0 beyond the image."""
    beyond = cols * width - image.shape[2], rows * height - image.shape[1]
    if any(beyond):
        image = functional.pad(image, (0, beyond[0], 0, beyond[1]))
    return image.view(len(image), rows, height, cols, width).permute(0, 2, 4, 1, 3)


def _positions(size: int, block: int, device) -> torch.Tensor:
    first = torch.arange(0, size // block * block, block, device=device)
    last = torch.cat([first[1:] - 1, torch.tensor([size - 1], device=device)])
    return (first + last - (size - 1)).float()


def _block_sums(pixels: torch.Tensor, axis: int, block: int) -> torch.Tensor:
    """Sums over blocks along an axis; the last block takes what is left over."""
    size = pixels.shape[axis]
    side = size // block
    blocks = pixels.narrow(axis, 0, side * block).unflatten(axis, (side, block))
    sums = reduce(torch.add, blocks.unbind(axis + 1))
    for i in range(side * block, size):
        sums.select(axis, side - 1).add_(pixels.select(axis, i))
    return sums


def _blocks(image: Image, cells: Window) -> Blocks:
    size, block, device = image.metric.size, image.metric.block, image.valid.device
    position = _positions(size, block, device)
    side = len(position)
    means = torch.zeros((len(image.values) + 1, side, side, cells.height, cells.width), device=device)
    whole = Window(0, 0, *image.valid.shape)
    for start, end in _row_chunks(cells, size * size, device):
        rows = Window((start - 1) * size, 0, (end - start) * size, whole.width) & whole
        levels = _to_cells(image.levels(rows), end - start, cells.width - 2, size, size)
        sums = _block_sums(_block_sums(levels, 1, block), 2, block)
        sums /= sums[-1:].clamp(min=1)
        means[:, :, :, start:end, 1:-1] = sums.round_()
    means = means.flatten(3)
    return Blocks(means[:-1], means[-1], position)


def _initial(blocks: Blocks, metric: Metric) -> torch.Tensor:
    """(bands + 3, cells): mean levels in quarters, mean y, mean x; then above 0 if the cell has data.

    Of the middle of the cell, where it has data: the mean of all of a cell that lies on an edge is a color of
    neither side.
    """
    every = slice(None)
    middle = (blocks.position.abs() <= metric.size / 2).float()
    whole = _means(blocks.moments(blocks.weight, every, every), 0.0)
    return _means(blocks.moments(blocks.weight * (middle[:, None] * middle)[..., None], every, every), whole)


def _means(sums: torch.Tensor, otherwise) -> torch.Tensor:
    """Centers from sums of levels, y, x and 1; ``otherwise`` where there is nothing to sum."""
    centers = sums / sums[-1].clamp(min=1)
    centers[:-3] = (centers[:-3] * _FRACTION).round_()
    return torch.where(sums[-1] > 0, centers, otherwise)


class _Costs:
    """Tables by which the cost of joining a center is color . values + y + x.

    ``color`` (bands, cells); ``y`` and ``x`` (3, s, cells), for centers in the pixel's row (column) of cells,
    in the next one, and in the one before.
    """

    def __init__(self, centers: torch.Tensor, n_cols: int, position: torch.Tensor, metric: Metric):
        color, y, x, alive = centers[:-3], *centers[-3:]
        own = torch.where(alive > 0, ((color * color).sum(0) / (2 * _FRACTION)).round_() * _CODES, _DEAD)
        self.n_cols, self.position, self.metric = n_cols, position, metric
        self.color = color * -_CODES
        self.y = torch.stack([own + step % 2 + self._along(y, step) for step in (0, 1, -1)])
        self.x = torch.stack([step % 2 * 2 + self._along(x, step) for step in (0, 1, -1)])

    def _along(self, center: torch.Tensor, step: int) -> torch.Tensor:
        center = center + 2 * self.metric.size * step
        slope = (center * self.metric.weight).round_()
        offset = (center * center * (self.metric.weight / 2)).round_()
        return (offset - self.position[:, None] * slope) * _CODES

    def choices(self, values: torch.Tensor, first: int, quarter: tuple) -> tuple:
        """Of each pixel (bands, y, x, cells from number first on): 1 if it joins the near row (column), or 0."""
        ys, xs, down, right = quarter
        best, cost = (torch.empty(values.shape[1:], device=values.device) for _ in range(2))
        for i in (0, down):
            for j in (0, right):
                start = first + i * self.n_cols + j
                cells = slice(start, start + values.shape[-1])
                total = cost if i or j else best
                torch.add(self.y[i, ys, None, cells], self.x[j, None, xs, cells], out=total)
                for value, color in zip(values, self.color[:, cells]):
                    total.addcmul_(value, color)
                if total is cost:
                    torch.minimum(best, cost, out=best)
        code = best.sub_(torch.mul(best, 1 / _CODES, out=cost).floor_().mul_(_CODES))
        column = torch.mul(code, 0.5, out=cost).floor_()
        return code.sub_(column, alpha=2), column


def _quarters(side: int) -> list:
    """Rows and columns of the quarters of a cell, and the directions (-1, 1) of their near neighbors."""
    halves = [(slice(0, side // 2), -1), (slice(side // 2, side), 1)][side < 2 :]
    return [(ys, xs, down, right) for ys, down in halves for xs, right in halves]


def _refined(
    blocks: Blocks, totals: list, centers: torch.Tensor, cells: Window, metric: Metric
) -> torch.Tensor:
    """One iteration: every block joins the cheapest center, every center moves to the mean of its blocks."""
    costs = _Costs(centers, cells.width, blocks.position, metric)
    sums = torch.zeros_like(centers)
    side = len(blocks.position)
    for start, end in _row_chunks(cells, side * side, centers.device):
        first, last = start * cells.width + 1, end * cells.width - 1
        for quarter, total in zip(_quarters(side), totals):
            ys, xs, down, right = quarter
            part = ys, xs, slice(first, last)
            row, col = costs.choices(blocks.values[(slice(None), *part)], first, quarter)
            row *= blocks.weight[part]
            both = row * col
            col *= blocks.weight[part]
            row, col, both = (blocks.moments(share, *part) for share in (row, col, both))
            stay = total[:, first:last] - row - col + both
            for i, j, found in (
                (0, 0, stay),
                (down, 0, row - both),
                (0, right, col - both),
                (down, right, both),
            ):
                # places are counted from the middle of the center's own cell
                found[-3] -= 2 * metric.size * i * found[-1]
                found[-2] -= 2 * metric.size * j * found[-1]
                shift = i * cells.width + j
                sums[:, first + shift : last + shift] += found
    return _means(sums, centers)


def _assigned(image: Image, part: Window, centers: torch.Tensor, cells: Window) -> torch.Tensor:
    """(h, w) int32: the cheapest center of each pixel of ``part``, counted in ``cells``; -1 where invalid."""
    size, cols, device = image.metric.size, cells.width, centers.device
    costs = _Costs(centers, cols, _positions(size, 1, device), image.metric)
    ids = torch.empty((part.height, part.width), dtype=torch.int32, device=device)
    for start, end in _row_chunks(cells, size * size, device):
        rows = Window(part.row + (start - 1) * size, part.col, (end - start) * size, part.width) & part
        values = torch.zeros((len(image.values), size, size, end - start, cols), device=device)
        values[..., 1:-1] = _to_cells(image.smooth_levels(rows), end - start, cols - 2, size, size)
        values = values.flatten(3)[..., 1:-1]
        first = start * cols + 1
        own = torch.arange(first, first + values.shape[-1], device=device).float()
        chosen = torch.empty((size, size, (end - start) * cols), device=device)
        for quarter in _quarters(size):
            ys, xs, down, right = quarter
            row, col = costs.choices(values[:, ys, xs], first, quarter)
            torch.add(own, row.mul_(down * cols).add_(col, alpha=right), out=chosen[ys, xs, 1:-1])
        chosen = chosen.view(size, size, end - start, cols)[..., 1:-1].permute(2, 0, 3, 1)
        chosen = chosen.to(torch.int32).reshape((end - start) * size, (cols - 2) * size)
        here = rows.within(part)
        ids[here.slices] = chosen[: rows.height, : rows.width].masked_fill_(~image.valid[rows.slices], -1)
    return ids
