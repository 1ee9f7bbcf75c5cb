"""The arithmetic of SLIC on a grid of cells: exact, and elementwise.

**Why the ids do not depend on the tiling.** Values are integers, centers are fixed-point, and all products
and sums of either stay below 2^24: float32 arithmetic is then exact, so neither the order of a sum nor a
fused multiply-add can change a bit. The number of levels follows from that bound. And nothing reaches
farther than one cell an iteration: a tile read with `Slic.reading` knows all that its core depends on.

**Why it is fast.** Pixels are laid out as (S, S, cells): first where in its cell, then which cell. A center
is then one number along the last axis, and all work is elementwise on long rows, without gathers.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from functools import reduce
from typing import NamedTuple

import torch
from torch.nn import functional

from ..progress import no_pause
from ..raster.grid import Window

_FRACTION = 4.0  # centers are multiples of 1/4 of a level
_CODES = 4.0  # a cost carries the number (0..3) of its candidate in its last two bits
_LIMIT = 2.0**22  # of all costs
_DEAD = 2.5 * _LIMIT  # cost of a cell without pixels: above all others wherever the pixel is, and still exact
_MOST_PASSES = 4  # 128 ∙ 16^4 is still exact
_CHUNK = 1 << 18  # elements worked on at a time on a CPU: what its caches hold


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
        self.n_passes = min(_MOST_PASSES, (size_px + 4) // 12)  # of smoothing
        self.block = max(2, round(size_px / 8)) if size_px >= 8 else 1


class Image(NamedTuple):
    """Values (bands, h, w) in 0..1, valid (h, w), and the metric in which they are seen."""

    values: torch.Tensor
    valid: torch.Tensor
    metric: Metric

    def levels(self, part: Window) -> torch.Tensor:
        """(bands + 1, h, w) whole numbers: levels, 0 in the middle and where invalid; then 1 where valid."""
        values, valid = self.values[(slice(None), *part.slices)], self.valid[part.slices]
        levels = torch.empty((len(values) + 1, *valid.shape), device=valid.device)
        colors = torch.mul(values, self.metric.levels, out=levels[:-1])
        colors.clamp_(0, self.metric.levels).round_().sub_(self.metric.middle)
        if not valid.all():
            colors.masked_fill_(~valid, 0)
        levels[-1] = valid
        return levels

    def smooth_levels(self, part: Window) -> torch.Tensor:
        """(bands, h, w) whole numbers: means of the valid levels around, weighted 1 2 1 along both axes, n times."""
        n_passes = self.metric.n_passes
        seen = part.grow(n_passes) & Window(0, 0, *self.valid.shape)
        left, top = seen.col - part.col + n_passes, seen.row - part.row + n_passes
        right, bottom = part.right + n_passes - seen.right, part.bottom + n_passes - seen.bottom
        sums = self.levels(seen)
        everywhere = seen == part.grow(n_passes) and bool(self.valid[seen.slices].all())
        # without the plane of weights where all are equal: the same numbers, sooner
        sums = sums[:-1] if everywhere else functional.pad(sums, (left, right, top, bottom))
        for axis in (1, 1, 2, 2) * n_passes:
            n = sums.shape[axis] - 1
            sums = sums.narrow(axis, 0, n) + sums.narrow(axis, 1, n)
        if everywhere:
            return sums.div_(16**n_passes).round_()
        return sums[:-1].div_(sums[-1].clamp_(min=1)).round_()


class Blocks:
    """Means of blocks of pixels: s x s blocks in each of ``cells``, which count row by row.

    ``values`` (bands, s, s, cells) are whole numbers; ``weight`` (s, s, cells) is 1 where a block has data,
    else 0; ``position`` (s,) is twice the distance in px from the middle of the cell, down or to the right.

    Centers are tensors (bands + 3, cells): mean level in quarters, mean y, mean x, and a number above 0 where
    there is a center.
    """

    def __init__(self, image: Image, cells: Window, pause: Callable = no_pause):
        self.metric, self.cells = image.metric, cells
        size, device = image.metric.size, image.valid.device
        self.position = _positions(size, image.metric.block, device)
        side = len(self.position)
        means = torch.zeros((len(image.values) + 1, side, side, cells.height, cells.width), device=device)
        whole = Window(0, 0, *image.valid.shape)
        for start, end in _row_chunks(cells, size * size, device, pause):
            rows = Window((start - 1) * size, 0, (end - start) * size, whole.width) & whole
            pixels = _to_cells(image.levels(rows), end - start, cells.width - 2, size)
            means[:, :, :, start:end, 1:-1] = self._block_means(pixels)
        self.values, self.weight = means[:-1].flatten(3), means[-1].flatten(2)
        self.totals = [self._moments(self.weight[ys, xs], ys, xs) for ys, xs, _, _ in _quarters(side)]

    def _block_means(self, pixels: torch.Tensor) -> torch.Tensor:
        sums = _block_sums(_block_sums(pixels, 1, self.metric.block), 2, self.metric.block)
        sums /= sums[-1:].clamp(min=1)
        return sums.round_()

    def _moments(self, share: torch.Tensor, ys: slice, xs: slice, cells: slice = slice(None)) -> torch.Tensor:
        """(bands + 3, cells): for part of each cell, sums of ``share`` times the values, y, x and 1."""
        in_rows = share.sum(1)
        y = (in_rows * self.position[ys, None]).sum(0)
        x = (share.sum(0) * self.position[xs, None]).sum(0)
        values = (self.values[:, ys, xs, cells] * share).sum((1, 2))
        return torch.cat([values, torch.stack([y, x, in_rows.sum(0)])])

    def first_centers(self) -> torch.Tensor:
        """Means of the middle of each cell, where it has data, else of all of it.

        The mean of all of a cell that lies on an edge would be a color of neither side.
        """
        every = slice(None)
        middle = (self.position.abs() <= self.metric.size / 2).float()
        whole = _means(self._moments(self.weight, every, every), 0.0)
        return _means(self._moments(self.weight * (middle[:, None] * middle)[..., None], every, every), whole)

    def refined(self, centers: torch.Tensor, pause: Callable = no_pause) -> torch.Tensor:
        """One iteration: every block joins the cheapest center, a center moves to the mean of its blocks."""
        costs = _Costs(centers, self.cells, self.position, self.metric)
        sums = torch.zeros_like(centers)
        side, n_cols = len(self.position), self.cells.width
        for start, end in _row_chunks(self.cells, side * side, centers.device, pause):
            first, last = start * n_cols + 1, end * n_cols - 1
            for quarter, total in zip(_quarters(side), self.totals):
                self._join(sums, costs, slice(first, last), quarter, total[:, first:last])
        return _means(sums, centers)

    def _join(
        self, sums: torch.Tensor, costs: _Costs, cells: slice, quarter: tuple, total: torch.Tensor
    ) -> None:
        """Add the blocks of a quarter of some cells to the sums of the centers that they join."""
        ys, xs, down, right = quarter
        weight = self.weight[ys, xs, cells]
        row, col = costs.choices(self.values[:, ys, xs, cells], cells.start, quarter)
        row *= weight
        shares = row, row * col, col.mul_(weight)
        row, both, col = (self._moments(share, ys, xs, cells) for share in shares)
        found = {(0, 0): total - row - col + both, (1, 0): row - both, (0, 1): col - both, (1, 1): both}
        for (i, j), part in found.items():
            # places count from the middle of the center's own cell
            part[-3] -= 2 * self.metric.size * i * down * part[-1]
            part[-2] -= 2 * self.metric.size * j * right * part[-1]
            shift = i * down * self.cells.width + j * right
            sums[:, cells.start + shift : cells.stop + shift] += part


class _Costs:
    """Tables by which the cost of joining a center is color . values + y + x.

    ``color`` (bands, cells); ``y`` and ``x`` (3, s, cells), for centers in the pixel's row (column) of cells,
    in the next one, and in the one before.
    """

    def __init__(self, centers: torch.Tensor, cells: Window, position: torch.Tensor, metric: Metric):
        color, y, x, alive = centers[:-3], *centers[-3:]
        own = torch.where(alive > 0, ((color * color).sum(0) / (2 * _FRACTION)).round_() * _CODES, _DEAD)
        self.n_cols, self.position, self.metric = cells.width, position, metric
        self.color = color * -_CODES
        self.y = torch.stack([own + step % 2 + self._along(y, step) for step in (0, 1, -1)])
        self.x = torch.stack([step % 2 * 2 + self._along(x, step) for step in (0, 1, -1)])

    def _along(self, center: torch.Tensor, step: int) -> torch.Tensor:
        center = center + 2 * self.metric.size * step
        slope = (center * self.metric.weight).round_()
        offset = (center * center * (self.metric.weight / 2)).round_()
        return (offset - self.position[:, None] * slope) * _CODES

    def choices(self, values: torch.Tensor, first: int, quarter: tuple) -> tuple:
        """For pixels (bands, y, x, cells from number first on): 1 if it joins the near row (column), or 0."""
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


def assigned(
    image: Image, part: Window, centers: torch.Tensor, cells: Window, pause: Callable = no_pause
) -> torch.Tensor:
    """(h, w) int32: the cheapest center of each pixel of ``part``, counted in ``cells``; -1 where invalid."""
    size, n_cols, device = image.metric.size, cells.width, centers.device
    costs = _Costs(centers, cells, _positions(size, 1, device), image.metric)
    ids = torch.empty((part.height, part.width), dtype=torch.int32, device=device)
    pixels = torch.zeros(0)
    for start, end in _row_chunks(cells, size * size, device, pause):
        rows = Window(part.row + (start - 1) * size, part.col, (end - start) * size, part.width) & part
        if pixels.dim() < 5 or pixels.shape[3] != end - start:
            pixels = torch.zeros((len(image.values), size, size, end - start, n_cols), device=device)
        pixels[..., 1:-1] = _to_cells(image.smooth_levels(rows), end - start, n_cols - 2, size)
        chosen = _chosen(pixels.flatten(3)[..., 1:-1], costs, start * n_cols + 1)
        chosen = functional.pad(chosen, (1, 1)).view(size, size, end - start, n_cols)[..., 1:-1]
        chosen = chosen.permute(2, 0, 3, 1).reshape((end - start) * size, (n_cols - 2) * size)
        ids[rows.within(part).slices] = chosen[: rows.height, : rows.width]
    valid = image.valid[part.slices]
    return ids if valid.all() else ids.masked_fill_(~valid, -1)


def _chosen(pixels: torch.Tensor, costs: _Costs, first: int) -> torch.Tensor:
    """(s, s, cells) int32: the center that each pixel (bands, s, s, cells from number first on) joins."""
    own = torch.arange(first, first + pixels.shape[-1], device=pixels.device, dtype=torch.float32)
    chosen = torch.empty(pixels.shape[1:], dtype=torch.int32, device=pixels.device)
    for quarter in _quarters(pixels.shape[1]):
        ys, xs, down, right = quarter
        row, col = costs.choices(pixels[:, ys, xs], first, quarter)
        chosen[ys, xs] = row.mul_(down * costs.n_cols).add_(col, alpha=right).add_(own)
    return chosen


def ringed_cells(window: Window, size_px: int) -> Window:
    """The cells of a window of pixels and a ring of one cell around them, as a window in units of cells."""
    return Window(*(n // size_px for n in window.align(size_px))).grow(1)


def _row_chunks(cells: Window, elements_per_cell: int, device: torch.device, pause: Callable) -> Iterator:
    """(start, end) of the rows of cells, counted from the ring, that are worked on at a time; ``pause`` is called
    before each."""
    step = cells.height
    if device.type == "cpu":
        step = max(1, _CHUNK // (elements_per_cell * cells.width))
    for start in range(1, cells.height - 1, step):
        pause()
        yield start, min(start + step, cells.height - 1)


def _quarters(side: int) -> list:
    """Rows and columns of the quarters of a cell, and the directions (-1, 1) of their near neighbors."""
    halves = [(slice(0, side // 2), -1), (slice(side // 2, side), 1)][side < 2 :]
    return [(ys, xs, down, right) for ys, down in halves for xs, right in halves]


def _to_cells(image: torch.Tensor, n_rows: int, n_cols: int, size: int) -> torch.Tensor:
    """View (C, S, S, rows, cols) of an image (C, h, w); 0 beyond the image."""
    beyond = n_cols * size - image.shape[2], n_rows * size - image.shape[1]
    if any(beyond):
        image = functional.pad(image, (0, beyond[0], 0, beyond[1]))
    return image.view(len(image), n_rows, size, n_cols, size).permute(0, 2, 4, 1, 3)


def _positions(size: int, block: int, device) -> torch.Tensor:
    """(s,): twice the distance in px of each block from the middle of its cell; the last may be longer."""
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


def _means(sums: torch.Tensor, otherwise) -> torch.Tensor:
    """Centers from sums of levels, y, x and 1; ``otherwise`` where there is nothing to sum."""
    centers = sums / sums[-1].clamp(min=1)
    centers[:-3] = (centers[:-3] * _FRACTION).round_()
    return torch.where(sums[-1] > 0, centers, otherwise)
