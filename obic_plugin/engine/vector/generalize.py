"""Simpler and smoother outlines that stay a partition: no gaps, no overlaps, no region lost.

Outlines are cut into arcs where three regions meet. Each arc lies between the same two regions all along, is
simplified once (Douglas and Peucker 1973) and rounded once (after Chaikin 1974), and both its regions take
over the result. That alone keeps borders shared; it does not keep arcs from crossing. So every region of the
strip is then checked, the ones without a label too: if all are valid polygons of unchanged orientation, their
indicator functions add up to that of the strip, since every inner arc counts once in each direction, and
that excludes gaps and overlaps. The arcs of a region that fails are drawn with half the tolerance, at last
exactly; drawn exactly, everything is valid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from osgeo import ogr

from ..progress import Progress, Span
from ..sources import quiet_gdal
from . import rings
from .arcs import Arcs
from .outlines import Outlines, Tracer

CORNER_PX = 1.0  # how much of a side rounding takes at most, unless the tolerance is greater
CHECKED_AT_ONCE = 2000


@dataclass(frozen=True)
class Drawn:
    """Points (n, 2) of rings as in `rings`, and the node (n,) of the outlines that each is, or -1."""

    points: np.ndarray
    first: np.ndarray
    source: np.ndarray


def exact(outlines: Outlines) -> Drawn:
    """The outlines as they are."""
    points = np.stack([outlines.row, outlines.col], axis=1).astype(np.float64)
    return Drawn(points, outlines.first, np.arange(len(points)))


class Exact:
    """The outlines of a strip as they are, in ``parts``, as of a `Generalizer`."""

    def __init__(self, tracer: Tracer, n_corners: int):
        self.parts, self._tracer = tracer.parts(n_corners), tracer

    def drawn(self, part: slice) -> tuple:
        outlines = self._tracer.trace(part)
        return outlines, exact(outlines)


class Generalizer:
    """Outlines of all regions of a strip, simplified to ``tolerance_px``, corners cut ``smoothing`` times.

    Nodes where three regions meet or that lie on the strip's frame stay where they are. Regions are checked, and then
    drawn, in ``parts``, so that the memory does not depend on how speckled the strip is. All that a part needs to
    know of the others is which regions have failed in which round of checks: that tells the level of every arc.
    """

    def __init__(
        self, tracer: Tracer, n_corners: int, tolerance_px: float, smoothing: int, progress: Progress
    ):
        self.parts = tracer.parts(n_corners)
        self._tracer, self._tolerance_px, self._smoothing = tracer, tolerance_px, smoothing
        self._failures, self._only = [], None
        near = np.ones(tracer.n_regions, bool)
        while near.any():
            failed = np.zeros(tracer.n_regions, bool)
            for index, part in enumerate(self.parts):
                told = Span(progress, index / len(self.parts), (index + 1) / len(self.parts))
                if near[part].any():
                    failed |= self._failing(*self._traced(part, near), told)
            self._failures.append(failed)
            near = tracer.around(failed)

    def drawn(self, part: slice) -> tuple:
        """The `Outlines` of the regions of a part, and as what they are `Drawn`."""
        outlines, arcs = self._traced(part)
        return outlines, self._draw(outlines, arcs)

    def _traced(self, part: slice, chosen: np.ndarray | None = None) -> tuple:
        """Outlines and arcs of the regions of a part, or of the ``chosen`` ones (bool); of a single part, kept."""
        if self._only:
            return self._only
        outlines = self._tracer.trace(part, chosen)
        found = outlines, Arcs(outlines, self._tolerance_px)
        if len(self.parts) == 1:
            self._only = found
        return found

    def _draw(self, outlines: Outlines, arcs: Arcs) -> Drawn:
        level = arcs.levels(self._failures)
        return _draw(outlines, *arcs.nodes(level), max(self._tolerance_px, CORNER_PX), self._smoothing)

    def _failing(self, outlines: Outlines, arcs: Arcs, progress: Progress) -> np.ndarray:
        """Which regions, bool, are not valid any more, of those whose arcs have changed since the last round."""
        suspects = np.zeros(self._tracer.n_regions, bool)
        suspects[outlines.region] = True
        if self._failures:
            changed = arcs.levels(self._failures) > arcs.levels(self._failures[:-1])
            suspects &= arcs.touched(changed, len(suspects))
        areas = rings.signed_areas(exact(outlines).points, outlines.first)
        return _failing(self._draw(outlines, arcs), outlines.region, areas, suspects, progress)


def round_corners(points: np.ndarray, first: np.ndarray, round_: np.ndarray, most_px: float) -> tuple:
    """Replace each point that is to be rounded by two, a quarter of the way to its neighbors or ``most_px``.

    Returns points, first, and the point (m,) that each result stems from. The direction of a ring does not
    matter: not even to the last bit.
    """
    origin = np.repeat(np.arange(len(points)), 1 + round_)
    second = np.zeros(len(origin), bool)
    second[1:] = origin[1:] == origin[:-1]
    before, after = rings.neighbors(first)
    side = points[np.where(second, after[origin], before[origin])] - points[origin]
    length = np.hypot(side[:, 0], side[:, 1])
    share = np.where(round_[origin], np.minimum(0.25, most_px / np.maximum(length, 1e-9)), 0)
    starts = np.concatenate([[0], np.cumsum(1 + round_)])[first]
    return points[origin] + side * share[:, None], starts, origin


def _draw(outlines: Outlines, kept: np.ndarray, rounded: np.ndarray, most_px: float, smoothing: int) -> Drawn:
    drawn = exact(outlines)
    counts = np.concatenate([[0], np.cumsum(kept)])
    points, first, source = drawn.points[kept], counts[outlines.first], drawn.source[kept]
    rounded = rounded[kept]
    for _ in range(smoothing):
        points, first, origin = round_corners(points, first, rounded, most_px)
        rounded, source = rounded[origin], np.where(rounded[origin], -1, source[origin])
    return Drawn(points, first, source)


def _failing(
    drawn: Drawn, region: np.ndarray, areas: np.ndarray, suspects: np.ndarray, progress
) -> np.ndarray:
    """Which regions, bool, are not valid any more; only ``suspects`` are looked at."""
    failed = np.zeros(len(suspects), bool)
    found = rings.signed_areas(drawn.points, drawn.first)
    failed[region[(found * np.sign(areas) <= 0)]] = True
    failed &= suspects
    look = suspects[region] & ~failed[region]
    points, first = rings.select(drawn.points, drawn.first, look)
    number, sizes = np.unique(region[look], return_counts=True)
    polygon = np.repeat(np.arange(len(number)), sizes)
    with quiet_gdal():
        for index, wkb in enumerate(rings.packed(points, first, polygon, lambda *place: place)):
            if index % CHECKED_AT_ONCE == 0:
                progress.at(index / len(number))
            if not ogr.CreateGeometryFromWkb(wkb).IsValid():
                failed[number[index]] = True
    return failed
