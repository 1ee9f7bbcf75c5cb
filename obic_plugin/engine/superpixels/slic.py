"""SLIC superpixels on a fixed grid of square cells: the same ids whatever the tiling, on CPU and GPU.

Achanta et al., *SLIC Superpixels Compared to State-of-the-Art Superpixel Methods*, PAMI 2012, with the
fixed neighborhoods of gSLIC (Ren and Reid, 2011). Cells of S x S px are anchored at pixel (0, 0) of the raster;
each grows one superpixel, whose id is that of the cell. A pixel chooses among its own cell and the three
that are nearest to the quarter of the cell it lies in, by

    sum over bands (v - c)^2  +  compactness^2 * bands * (distance in px / S)^2,    v, c in 0..1.

Centers are refined on block means (cells of about 8 x 8 blocks); one last assignment is at full resolution.

**Why the ids do not depend on the tiling.** Values are integers, centers are fixed-point, and every product and
every sum of either stays below 2^23: float32 arithmetic is then exact, so neither the order of a sum nor fused
multiply-adds can change a bit. The number of levels follows from that bound. And nothing reaches farther than
one cell an iteration, so a tile read with `Slic.reading` knows all that its core depends on.

**Why it is fast.** Pixels are laid out as (S, S, cells): first where in its cell, then which cell. A center is
then a plain vector along the last axis, and all work is elementwise on long contiguous rows, without gathers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import torch

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
        """(count,) int64: the id in the whole raster, cell row * cells per row + cell column, of each id here."""
        device = self.ids.device
        row = torch.arange(self.cells.row, self.cells.bottom, device=device)[:, None]
        return (
            row * self.cells_per_row + torch.arange(self.cells.col, self.cells.right, device=device)
        ).ravel()


@dataclass(frozen=True)
class Slic:
    """Superpixels of about ``size_px`` x ``size_px`` pixels.

    ``compactness`` weighs distance on the ground against distance in color, in the range 0..1 that the values
    of a band span: around 0.1 superpixels follow edges, from 1 on they are nearly squares.
    """

    size_px: int = 16
    compactness: float = 0.2
    iterations: int = 4

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
        if tuple(values.shape[1:]) != (reading.height, reading.width) or values.shape[1:] != valid.shape:
            raise ValueError(
                f"values {tuple(values.shape)}, valid {tuple(valid.shape)}, but reading is {reading}"
            )
        metric = Metric(self.size_px, self.compactness, values.shape[0])
        cells, inner = (_ringed_cells(window, self.size_px) for window in (reading, voting))
        fine, coarse = _lay_out(values, valid, cells, metric)
        centers = _initial(coarse)
        for _ in range(self.iterations):
            centers = _refined(coarse, centers, metric)
        here = (slice(None), *inner.within(cells).slices)
        ids = _assigned(fine[(slice(None), slice(None)) + here], centers[here], metric)
        ids = ids[: voting.height, : voting.width].masked_fill_(~valid[voting.within(reading).slices], -1)
        return Superpixels(ids, voting, inner, -(-raster.width // self.size_px))


class Metric:
    """Integer levels of the values, and weight of positions, with which all costs stay exact."""

    def __init__(self, size_px: int, compactness: float, n_bands: int):
        compactness = min(compactness, 10.0)  # squares, if they are not yet
        # |v| <= levels / 2, |c| <= |v|, a pixel lies within 1/2 and a center within 3/2 cells of the cell's middle.
        worst = n_bands * _FRACTION * _CODES * (0.375 + 3.75 * compactness**2)
        self.size = size_px
        self.levels = min(255, int(0.98 * math.sqrt(_LIMIT / worst)) - 1)
        self.middle = (self.levels + 1) // 2
        self.weight = n_bands * (compactness * self.levels / size_px) ** 2 * _FRACTION / 4
        self.block = max(1, round(size_px / 8))


class Blocks(NamedTuple):
    """Means of blocks of pixels: s x s blocks in each of rows x cols cells.

    ``values`` (bands, s, s, rows, cols) are integers; ``weight`` (s, s, rows, cols) is 1 where a block has data,
    else 0; ``position`` (s,) is twice the distance in px from the middle of the cell, downward or to the right.
    """

    values: torch.Tensor
    weight: torch.Tensor
    position: torch.Tensor


def _ringed_cells(window: Window, size_px: int) -> Window:
    """The cells of a window of pixels and a ring of one cell around them, as a window in units of cells."""
    return Window(*(n // size_px for n in window.align(size_px))).grow(1)


def _row_chunks(n_rows: int, elements_per_row: int, device: torch.device):
    """(start, end) of rows of cells, without the ring, that are worked on at a time."""
    step = max(1, _CHUNK // elements_per_row) if device.type == "cpu" else n_rows
    for start in range(1, n_rows - 1, step):
        yield start, min(start + step, n_rows - 1)


def _positions(size: int, block: int, device):
    side = max(1, size // block)
    first = torch.arange(side, device=device) * block
    last = torch.cat([first[1:] - 1, torch.tensor([size - 1], device=device)])
    return (first + last - (size - 1)).float()


def _lay_out(values, valid, cells: Window, metric: Metric):
    """(bands, S, S, rows, cols) int8 levels of the pixels of each cell, and their `Blocks`."""
    size, n_bands, device = metric.size, len(values), values.device
    position = _positions(size, metric.block, device)
    side = len(position)
    fine = torch.zeros((n_bands, size, size, cells.height, cells.width), dtype=torch.int8, device=device)
    means = torch.zeros((n_bands + 1, side, side, cells.height, cells.width), device=device)
    for start, end in _row_chunks(cells.height, size * size * cells.width, device):
        rows = slice((start - 1) * size, min((end - 1) * size, values.shape[1]))
        levels = (
            torch.mul(values[:, rows], metric.levels).clamp_(0, metric.levels).round_().sub_(metric.middle)
        )
        levels.masked_fill_(~valid[rows], 0)
        stage = torch.zeros(
            (n_bands + 1, (end - start) * size, (cells.width - 2) * size), dtype=torch.int8, device=device
        )
        stage[:-1, : levels.shape[1], : levels.shape[2]] = levels
        stage[-1, : levels.shape[1], : levels.shape[2]] = valid[rows]
        stage = stage.view(n_bands + 1, end - start, size, cells.width - 2, size).permute(0, 2, 4, 1, 3)
        fine[:, :, :, start:end, 1:-1] = stage[:-1]
        sums = _block_sums(_block_sums(stage.float(), 1, metric.block), 2, metric.block)
        count = sums[-1].clone()
        sums /= count.clamp(min=1)
        means[:, :, :, start:end, 1:-1] = sums.round_()
    return fine, Blocks(means[:-1], means[-1], position)


def _block_sums(pixels, axis: int, block: int):
    """Sums over blocks along an axis; the last block takes what is left over."""
    side = max(1, pixels.shape[axis] // block)
    parts = pixels.narrow(axis, 0, side * block).unflatten(axis, (side, block)).unbind(axis + 1)
    total = sum(parts[1:], parts[0].clone())
    for i in range(side * block, pixels.shape[axis]):
        total.select(axis, side - 1).add_(pixels.select(axis, i))
    return total


def _initial(blocks: Blocks):
    """(bands + 3, rows, cols): mean levels in quarters, mean y, mean x of each cell; 1 if it has data, else 0."""
    y, x = (
        blocks.position[:, None, None].expand(len(blocks.position), *blocks.weight.shape[2:]) for _ in "yx"
    )
    sums = torch.cat(
        [
            blocks.values.sum((1, 2)),
            (blocks.weight.sum(1) * y).sum(0)[None],
            (blocks.weight.sum(0) * x).sum(0)[None],
            blocks.weight.sum((0, 1))[None],
        ]
    )
    return _means(sums, torch.zeros_like(sums))


def _means(sums, before):
    """Centers from sums of levels, y, x and 1; those that have lost all their pixels stay."""
    count = sums[-1]
    centers = sums / count.clamp(min=1)
    centers[:-3] = (centers[:-3] * _FRACTION).round_()
    return torch.where(count > 0, centers, before)


class _Costs:
    """Tables by which the cost of joining a center is color . values + y + x, cells counted row by row.

    ``color`` (bands, cells); ``y`` and ``x`` (3, s, cells) for a cell in the same row (column) as the pixel's,
    in the next one, in the one before.
    """

    def __init__(self, centers, position, metric: Metric):
        color, y, x, alive = centers[:-3], *centers[-3:]
        self.color = color.flatten(1) * -_CODES
        own = torch.where(alive > 0, ((color * color).sum(0) / (2 * _FRACTION)).round_() * _CODES, _DEAD)
        self.y = torch.stack(
            [
                self._along(y + 2 * metric.size * i, position, metric) + abs(i) + own.flatten()
                for i in (0, 1, -1)
            ]
        )
        self.x = torch.stack(
            [self._along(x + 2 * metric.size * i, position, metric) + 2 * abs(i) for i in (0, 1, -1)]
        )
        self.cols = centers.shape[-1]

    @staticmethod
    def _along(center, position, metric):
        slope = (center * metric.weight).round_().flatten()
        offset = (center * center * (metric.weight / 2)).round_().flatten()
        return (offset - position[:, None] * slope) * _CODES


def _quarters(side: int):
    """Slices of rows, of columns of each quarter of a cell, and the direction (-1, 1) of its near neighbors."""
    halves = (slice(0, side // 2), -1), (slice(side // 2, side), 1)
    return [
        (y, x, down, right)
        for y, down in halves
        for x, right in halves
        if y.stop > y.start and x.stop > x.start
    ]


def _choices(values, costs: _Costs, first: int, quarter):
    """Of each pixel (bands, y, x, cells from number first on): 1 if it joins the next row, the next column; else 0."""
    ys, xs, down, right = quarter
    values = values[:, ys, xs]
    n = values.shape[-1]
    best = None
    cost = torch.empty(values.shape[1:], device=values.device)
    for i in (0, down):
        for j in (0, right):
            cells = slice(first + i * costs.cols + j, first + i * costs.cols + j + n)
            torch.add(costs.y[i, ys, None, cells], costs.x[j, None, xs, cells], out=cost)
            for value, color in zip(values, costs.color[:, cells]):
                cost.addcmul_(value, color)
            best = cost.clone() if best is None else torch.minimum(best, cost, out=best)
    code = best.sub_(torch.mul(best, 1 / _CODES, out=cost).floor_().mul_(_CODES))
    column = torch.mul(code, 0.5, out=cost).floor_()
    return code.sub_(column, alpha=2), column


def _refined(blocks: Blocks, centers, metric: Metric):
    """One iteration: every block joins the cheapest center, every center moves to the mean of its blocks."""
    costs = _Costs(centers, blocks.position, metric)
    sums = torch.zeros_like(centers).flatten(1)
    values, weight = blocks.values.flatten(3), blocks.weight.flatten(2)
    side, cols = len(blocks.position), costs.cols
    for start, end in _row_chunks(centers.shape[1], side * side * cols, values.device):
        first, last = start * cols + 1, end * cols - 1
        for quarter in _quarters(side):
            ys, xs, down, right = quarter
            row, col = _choices(values[..., first:last], costs, first, quarter)
            w = weight[ys, xs, first:last]
            row *= w
            col *= w
            parts = [
                _moments(values[:, ys, xs, first:last], blocks.position[ys], blocks.position[xs], share)
                for share in (w, row, col, row * col)
            ]
            every, down_sum, right_sum, both = parts
            for i, j, part in (
                (0, 0, every - down_sum - right_sum + both),
                (down, 0, down_sum - both),
                (0, right, right_sum - both),
                (down, right, both),
            ):
                part[-3] -= 2 * metric.size * i * part[-1]
                part[-2] -= 2 * metric.size * j * part[-1]
                shift = i * cols + j
                sums[:, first + shift : last + shift] += part
    return _means(sums.view_as(centers), centers)


def _moments(values, y, x, share):
    """(bands + 3, cells): sums over each cell's pixels of share times levels, y, x, 1."""
    along = share.sum(1)
    return torch.cat(
        [
            (values * share).sum((1, 2)),
            (along * y[:, None]).sum(0)[None],
            (share.sum(0) * x[:, None]).sum(0)[None],
            along.sum(0)[None],
        ]
    )


def _assigned(fine, centers, metric: Metric):
    """(S * rows, S * cols) int32: number of the cheapest center of each pixel; the ring has no pixels."""
    size, (rows, cols) = metric.size, centers.shape[1:]
    costs = _Costs(centers, _positions(size, 1, fine.device), metric)
    ids = torch.empty(((rows - 2) * size, (cols - 2) * size), dtype=torch.int32, device=fine.device)
    for start, end in _row_chunks(rows, size * size * cols, fine.device):
        first, last = start * cols + 1, end * cols - 1
        values = fine[..., start:end, :].float().flatten(3)[..., 1:-1]
        own = torch.arange(first, last, device=fine.device).float()
        chosen = torch.empty((size, size, (end - start) * cols), device=fine.device)
        for quarter in _quarters(size):
            ys, xs, down, right = quarter
            row, col = _choices(values, costs, first, quarter)
            torch.add(own, row.mul_(down * cols).add_(col, alpha=right), out=chosen[ys, xs, 1:-1])
        chosen = chosen.view(size, size, end - start, cols)[..., 1:-1].permute(2, 0, 3, 1)
        ids[(start - 1) * size : (end - 1) * size].view(chosen.shape).copy_(chosen)
    return ids
