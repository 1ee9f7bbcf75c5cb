"""The connected regions of a label raster larger than memory, strip by strip.

A region is a set of pixels of one label that hang together by their sides (4-connected). Strips are labeled
on their own; what touches across their seams is joined at the end. A strip is labeled a second time when it
is wanted, which is quicker than storing and reading its ids, and needs no disk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ..errors import InputError
from ..progress import Progress
from ..raster.bands import read_band, value_type
from ..raster.grid import Window
from ..raster.labels import LARGEST, whole_numbers
from ..raster.mask import PolygonMask
from ..raster.reader import grid_of, open_raster
from ..raster.runs import Runs, components
from ..raster.validity import Validity

STRIP_PX = 1 << 20
NOTHING = -1  # beside the raster, or without a label
_OFFSETS = {"i1": 1 << 7, "i2": 1 << 15, "i4": 1 << 31}


class LabelRaster:
    """Band 1 of a raster of whole numbers; no data is its nodata value or mask, else 0; and the labels ``without``.

    Its labels are read as codes: 0 for no data, label + ``offset`` (above 0) elsewhere.
    """

    def __init__(self, source: str, mask: PolygonMask | None = None, without: tuple = ()):
        self.source, self._mask, self._dataset = source, mask, open_raster(source)
        self._without = without
        self.grid, self._validity = grid_of(self._dataset), Validity(self._dataset, (1,))
        kind = value_type(self._dataset.GetRasterBand(1))
        if kind.kind == "c":
            raise InputError(f"{source} is complex. Polygons need a raster of whole numbers.")
        self._is_wide = kind.kind == "f" or kind.itemsize == 8
        self._dtype = np.int32 if kind.itemsize <= 2 else np.int64
        offset = LARGEST if self._is_wide else _OFFSETS.get(kind.str[1:], 0)
        self.offset = offset + 1 if self._validity.declared or offset else 0

    def close(self) -> None:
        self._dataset = None

    def read(self, window: Window) -> np.ndarray:
        """(h, w) codes, int32 or int64."""
        values = read_band(self._dataset, 1, window)
        valid = self._validity.of(values[None], window) if self._validity.declared else values != 0
        if values.dtype.kind == "f":
            valid &= np.isfinite(values)
        if self._mask is not None:
            valid &= self._mask.read(self.grid[window])
        for label in self._without:
            valid &= values != label
        if self._is_wide:
            values = whole_numbers(np.where(valid, values, 0), self.source)
        codes = values.astype(self._dtype)
        codes += self.offset
        codes *= valid
        return codes


class Part(NamedTuple):
    """What a strip is made of, before it knows its neighbors; see `Strip`. ``px`` (n,) are the pixels of the whole
    regions that its own are parts of, ``last`` (n,) the last strips that these reach."""

    window: Window
    ids: np.ndarray
    codes: np.ndarray
    px: np.ndarray
    roots: np.ndarray
    joined: np.ndarray
    last: np.ndarray


@dataclass(frozen=True)
class Strip:
    """Some rows of the raster and the regions in them.

    ``ids`` (h, w) int32 number the strip's regions 0..n-1. For each: ``labels`` (n,) its label, ``drawn``
    (n,) whether it has one at all, ``roots`` (n,) the number in the raster of the region it is a part of
    (`NOTHING` where not drawn), ``joined`` (n,) whether that has other parts, ``ends`` (n,) whether this
    strip is the last it reaches. ``above`` and ``below`` (w,) are the roots of the adjacent rows.
    """

    window: Window
    ids: np.ndarray
    labels: np.ndarray
    drawn: np.ndarray
    roots: np.ndarray
    joined: np.ndarray
    ends: np.ndarray
    above: np.ndarray
    below: np.ndarray


class Regions:
    """All regions of a `LabelRaster`; making it reads the raster once."""

    def __init__(self, raster: LabelRaster, progress: Progress, strip_px: int = STRIP_PX):
        self.raster = raster
        height = max(1, min(raster.grid.height, strip_px // raster.grid.width))
        self._height = height // 64 * 64 if height >= 64 else height
        self._starts, seams, bottom, at_seams = [0], [], None, []
        for index in range(self.n_strips):
            progress.at(index / self.n_strips)
            ids, codes = equal_regions(raster.read(self.window(index)))
            if bottom is not None:
                seams.append(_touching(bottom, codes[ids[0]], ids[0] + self._starts[-1]))
            bottom = codes[ids[-1]], ids[-1] + self._starts[-1]
            edge = np.unique(ids[[0, -1]])
            at_seams.append((edge + self._starts[-1], np.bincount(ids.ravel())[edge]))
            self._starts.append(self._starts[-1] + len(codes))
        self._join(np.concatenate(seams, axis=1) if seams else np.zeros((2, 0), np.int64))
        self._count(*(np.concatenate(each) for each in zip(*at_seams)))

    @property
    def n_strips(self) -> int:
        return -(-self.raster.grid.height // self._height)

    def window(self, index: int) -> Window:
        grid = self.raster.grid
        return Window(index * self._height, 0, self._height, grid.width) & grid.window

    def strips(self) -> Iterator[Strip]:
        """The strips from top to bottom."""
        nothing = np.full(self.raster.grid.width, NOTHING)
        above, current = nothing, self.part(0)
        for index in range(self.n_strips):
            following = self.part(index + 1) if index + 1 < self.n_strips else None
            window, ids, codes, _, roots, joined, last = current
            below = following.roots[following.ids[0]] if following else nothing
            labels = codes - self.raster.offset
            yield Strip(window, ids, labels, codes > 0, roots, joined, last <= index, above, below)
            above, current = roots[ids[-1]], following

    def _join(self, seams: np.ndarray) -> None:
        """Find the first part of each region that reaches across a seam, and the last strip it is in."""
        self._parts, inverse = np.unique(seams, return_inverse=True)
        n = len(self._parts)
        if not n:
            self._roots = self._last = self._parts
            return
        upper, lower = inverse.reshape(seams.shape)
        component = components(n, upper, lower)
        first, last = np.zeros(n, np.int64), np.zeros(n, np.int64)
        first[component[::-1]] = self._parts[::-1]
        last[component] = self._parts
        self._roots = first[component]
        self._last = np.searchsorted(self._starts, last[component], side="right") - 1

    def _count(self, parts: np.ndarray, px: np.ndarray) -> None:
        """Find the pixels of each region that reaches across a seam, from the pixels of all parts at a seam."""
        here = np.searchsorted(parts, self._parts)
        names, inverse = np.unique(self._roots, return_inverse=True)
        self._px = np.bincount(inverse, px[here], len(names)).astype(np.int64)[inverse]

    def numbers(self, index: int) -> slice:
        """The numbers in the raster of a strip's parts of regions."""
        return slice(self._starts[index], self._starts[index + 1])

    def part(self, index: int) -> Part:
        """A strip by itself."""
        window = self.window(index)
        ids, codes = equal_regions(self.raster.read(window))
        number = np.arange(len(codes)) + self._starts[index]
        roots, last = number.copy(), np.full(len(codes), index)
        joined = np.zeros(len(codes), bool)
        part = slice(*np.searchsorted(self._parts, (self._starts[index], self._starts[index + 1])))
        here = self._parts[part] - self._starts[index]
        px = np.bincount(ids.ravel(), minlength=len(codes))
        roots[here], last[here], joined[here], px[here] = (
            self._roots[part],
            self._last[part],
            True,
            self._px[part],
        )
        roots[codes == 0] = NOTHING
        return Part(window, ids, codes, px, roots, joined, last)


class EqualRegions(NamedTuple):
    """4-connected regions of equal codes: ``ids`` (h, w) int32, 0..n-1 in the order of their first pixels, and the
    ``codes`` (n,) of the regions."""

    ids: np.ndarray
    codes: np.ndarray


def equal_regions(codes: np.ndarray) -> EqualRegions:
    """Those of an (h, w) array."""
    runs = Runs.of(codes)
    link = (codes[1:] == codes[:-1]) & runs.meet_below()
    upper, lower = runs.number[:-1][link], runs.number[1:][link]
    region = components(int(runs.number[-1, -1]) + 1, upper, lower)
    found = np.empty(region.max() + 1, codes.dtype)
    found[region] = codes[runs.starts]
    return EqualRegions(region.astype(np.int32, copy=False)[runs.number], found)


def _touching(bottom: tuple, codes: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """(2, n) distinct pairs of region numbers that meet with the same code across a seam."""
    upper_codes, upper_ids = bottom
    same = (upper_codes == codes) & (codes != 0)
    return np.unique(np.stack([upper_ids[same], ids[same]]).astype(np.int64), axis=1)
