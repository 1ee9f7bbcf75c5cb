"""Small patches of a label raster merged into their largest neighbors, in memory that does not grow with the raster.

A patch (pixels of one label that hang together by their sides) of fewer pixels than asked for takes the label of the
largest patch beside it; of equally large ones, of that which a scan row by row meets first. If that one is too small
as well, of its largest neighbor, and so on. What never comes to a patch that is large enough stays as it is. That is
what GDAL's sieve filter does, to the pixel.

Where a patch goes is followed strip by strip. What leaves a strip is followed at the end, among the patches at the
seams alone; meanwhile the strips' answers wait on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import NamedTuple

import numpy as np

from ..progress import Progress, Span
from ..raster.grid import RasterGrid
from ..writing import writing
from .strips import NOTHING, STRIP_PX, LabelRaster, Part, Regions

# Where a patch goes: a code from 0 on, or -1 - the number of a patch that is followed later, or
STAYS = np.iinfo(np.int64).min


class LabelSource(NamedTuple):
    """What of a label raster is needed: its grid, and ``read(window)``, (h, w) codes, 0 for no data."""

    grid: RasterGrid
    read: Callable
    offset: int = 0


def sieve(
    raster: LabelRaster | LabelSource,
    write: Callable,
    min_px: int,
    scratch: str,
    progress: Progress,
    strip_px: int = STRIP_PX // 4,
) -> None:
    """``write(window, codes)`` all of a raster, with its patches of fewer than ``min_px`` pixels merged.

    ``raster`` is a `LabelRaster` or `LabelSource`; a strip is written after it has been read for the last time, so that
    it may go where it was. ``scratch`` is a file to be deleted afterwards.
    """
    regions = Regions(raster, Span(progress, 0.0, 0.25), strip_px)
    answers = _Answers(scratch)
    try:
        joint = _Joint()
        for index, strip in enumerate(_surrounded(regions)):
            progress.at(0.25 + 0.5 * index / regions.n_strips)
            answers.append(joint.followed(strip, min_px))
        joint.finish()
        for index in range(regions.n_strips):
            progress.at(0.75 + 0.25 * index / regions.n_strips)
            part = regions.part(index)
            target = joint.resolved(answers.read(regions.numbers(index)))
            write(part.window, np.where(target == STAYS, part.codes, target)[part.ids])
    finally:
        answers.close()


class _Answers:
    """Where each part of a patch goes, (n,) int64, in a file."""

    def __init__(self, path: str):
        self._path = path
        with writing(path):
            self._file = open(path, "w+b")  # noqa: SIM115 - closed by `close`

    def append(self, values: np.ndarray) -> None:
        with writing(self._path):
            self._file.write(values.tobytes())

    def read(self, numbers: slice) -> np.ndarray:
        with writing(self._path):  # what was appended last may still have to be written
            self._file.seek(8 * numbers.start)
            return np.frombuffer(self._file.read(8 * (numbers.stop - numbers.start)), np.int64)

    def close(self) -> None:
        with suppress(OSError):  # of a full disk, which has been told
            self._file.close()


class _Surrounded(NamedTuple):
    """A strip with the rows above and below it, where there are any.

    ``cells`` (h + 2, w) int32 number the parts of patches: the strip's own ``part`` as there, then those of the row
    above, those of the row below, and one for what is beyond the raster. For each of them: its code, the pixels of
    the whole patch (0 without a label), and the number of that in the raster.
    """

    part: Part
    cells: np.ndarray
    codes: np.ndarray
    px: np.ndarray
    roots: np.ndarray


def _surrounded(regions: Regions) -> Iterator[_Surrounded]:
    """The strips from top to bottom."""
    beyond = (
        np.zeros(regions.raster.grid.width, np.int32),
        *(np.zeros(1, np.int64) + n for n in (0, 0, NOTHING)),
    )
    above, part = beyond, regions.part(0)
    for index in range(regions.n_strips):
        following = regions.part(index + 1) if index + 1 < regions.n_strips else None
        below = _edge(following, 0) if following else beyond
        n, m = len(part.codes), len(part.codes) + len(above[1])
        cells = np.concatenate([above[0][None] + np.int32(n), part.ids, below[0][None] + np.int32(m)])
        own = part.codes, part.px, part.roots
        codes, px, roots = (np.concatenate(parts) for parts in zip(own, above[1:], below[1:]))
        yield _Surrounded(part, cells, codes, np.where(codes == 0, 0, px), roots)
        above, part = _edge(part, -1), following


def _edge(part: Part, row: int) -> tuple:
    """(w,) the parts in a row of a strip, counted there, and code, pixels and root of each of them."""
    found, inverse = np.unique(part.ids[row], return_inverse=True)
    return inverse.astype(np.int32), part.codes[found], part.px[found], part.roots[found]


class _Joint:
    """What is known of patches at the seams: where they go, or to which others."""

    def __init__(self):
        self._known, self._open = [], []
        self._numbers = self._targets = np.zeros(0, np.int64)

    def followed(self, strip: _Surrounded, min_px: int) -> np.ndarray:
        """(n,) where each part of a patch in the strip goes, as far as the strip can tell."""
        part, n = strip.part, len(strip.part.codes)
        small = (part.px < min_px) & (part.codes != 0)
        target = np.where(small, STAYS, part.codes).astype(np.int64)
        own, px, order, other = _largest_neighbors(strip, small)
        goal = np.where(px >= min_px, strip.codes[other], -1 - strip.roots[other])
        whole = ~part.joined[own]
        target[small & part.joined] = -1 - part.roots[small & part.joined]
        target[own[whole]] = goal[whole]
        # a small and whole neighbor in the strip itself is followed here
        here = (px < min_px) & (other < n)
        here[here] = ~part.joined[other[here]]
        on = whole & here
        following = np.arange(n)
        following[own[on]] = other[on]
        target = _ends(following, target)
        self._remember(strip, small, target)
        beside = np.flatnonzero(~whole)
        self._open.append(np.stack([part.roots[own[beside]], px[beside], -order[beside], goal[beside]]))
        near = other[~whole & here]
        self._known.append(np.stack([part.roots[near], target[near]]))
        return target

    def _remember(self, strip: _Surrounded, small: np.ndarray, target: np.ndarray) -> None:
        """Note where the small patches at the seams go: other strips may ask."""
        part = strip.part
        edge = np.unique(part.ids[[0, -1]])
        edge = edge[small[edge] & ~part.joined[edge]]
        self._known.append(np.stack([part.roots[edge], target[edge]]))

    def finish(self) -> None:
        """Follow what the strips could not."""
        root, px, order, goal = np.concatenate(self._open, axis=1)
        best = np.lexsort((order, px, root))  # the last of each root: the largest, of these the first
        best = best[np.diff(root[best], append=NOTHING - 1) != 0]
        numbers, targets = np.concatenate([*self._known, np.stack([root[best], goal[best]])], axis=1)
        self._known, self._open = [], []
        self._numbers, first = np.unique(numbers, return_index=True)
        targets = targets[first]
        following = np.arange(len(targets))
        on = np.flatnonzero((targets < 0) & (targets != STAYS))
        place, known = self._places(targets[on])
        targets[on[~known]] = STAYS  # without any neighbor
        following[on[known]] = place[known]
        self._targets = _ends(following, targets)

    def resolved(self, target: np.ndarray) -> np.ndarray:
        """What `followed` has returned, with all answers."""
        target = target.copy()
        on = np.flatnonzero((target < 0) & (target != STAYS))
        place, known = self._places(target[on])
        target[on] = np.where(known, self._targets[place], STAYS) if len(self._targets) else STAYS
        return target

    def _places(self, targets: np.ndarray) -> tuple:
        """Indices of the patches that are to be followed, and whether they are known."""
        wanted = -1 - targets
        place = np.searchsorted(self._numbers, wanted).clip(max=max(len(self._numbers) - 1, 0))
        return place, self._numbers[place] == wanted if len(self._numbers) else np.zeros(len(place), bool)


def _largest_neighbors(strip: _Surrounded, small: np.ndarray) -> tuple:
    """Of each small part that has a neighbor: its id, and of the largest neighbor the pixels, the order in which a
    scan of the raster meets the two, and its number among the cells of the strip."""
    cells, (height, width) = strip.cells.ravel(), strip.cells.shape
    n_bits = (2 * height * width).bit_length()
    last = (1 << n_bits) - 1
    rank = strip.px.astype(np.int64) << n_bits
    wanted = np.zeros(len(rank), bool)
    wanted[: len(small)] = small
    best = np.zeros(height * width, np.int64)
    for early, late, in_row in ((*_differing(strip, 0), 0), (*_differing(strip, 1), 1)):
        first, second = cells[early], cells[late]
        met = last - (2 * late + in_row)  # the later, the less
        for own, at, beside in ((first, early, second), (second, late, first)):
            chosen = np.flatnonzero(wanted[own])
            at = at[chosen]
            best[at] = np.maximum(best[at], (rank[beside[chosen]] | met[chosen]) * (rank[beside[chosen]] > 0))
    at = np.flatnonzero(best)
    own, best = cells[at], best[at]
    by_part = np.argsort(own)
    groups = np.flatnonzero(np.diff(own[by_part], prepend=-1))
    own = own[by_part][groups]
    best = np.maximum.reduceat(best[by_part], groups) if len(groups) else best
    order = last - (best & last)
    late = order >> 1
    early = late - np.where(order & 1, 1, width)
    # one of the two is of the part itself, or, across a seam, of the same patch
    itself = strip.roots[cells[late]] == strip.roots[own]
    other = np.where(itself, cells[early], cells[late])
    return own, best >> n_bits, order + 2 * width * (strip.part.window.row - 1), other


def _differing(strip: _Surrounded, axis: int) -> tuple:
    """Flat places of pixels side by side that are of different patches: the one a scan meets first, and the other."""
    cells, width = strip.cells, strip.cells.shape[1]
    if axis:
        early = np.flatnonzero(cells[1:-1, 1:] != cells[1:-1, :-1])
        early += width + early // (width - 1) if width > 1 else 0
        return early, early + 1
    differ = cells[1:] != cells[:-1]
    codes = strip.codes[cells[[0, 1, -2, -1]]]
    differ[0], differ[-1] = codes[0] != codes[1], codes[2] != codes[3]
    early = np.flatnonzero(differ)
    return early, early + width


def _ends(following: np.ndarray, target: np.ndarray) -> np.ndarray:
    """(n,) the target at the end of each chain; one that follows itself is an end, a circle has none: it stays."""
    at, places = following.copy(), np.arange(len(following))
    end = following == places
    pairs = ~end & (following[following] == places)  # the usual circle
    at[pairs], end[pairs], target = places[pairs], True, np.where(pairs, STAYS, target)
    walking = np.flatnonzero(~end[at])
    for _ in range(len(following).bit_length() + 1):
        at[walking] = at[at[walking]]  # twice as far each time
        walking = walking[~end[at[walking]]]
        if not walking.size:
            break
    return np.where(end[at], target[at], STAYS)
