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

from ..progress import Progress
from ..sources import quiet_gdal
from . import rings
from .outlines import Outlines

EXACT = 2  # level of an arc that is drawn as it is; 0: as wanted, 1: with half the tolerance
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


def generalize(outlines: Outlines, tolerance_px: float, smoothing: int, progress: Progress) -> Drawn:
    """Outlines of all regions of a strip, simplified to ``tolerance_px``, corners cut ``smoothing`` times.

    Nodes where three regions meet or that lie on the strip's frame stay where they are.
    """
    arcs = _Arcs(outlines, tolerance_px)
    areas = rings.signed_areas(exact(outlines).points, outlines.first)
    n_regions = int(outlines.region.max(initial=-1)) + 1
    suspects = np.ones(n_regions, bool)
    while True:
        drawn = _draw(outlines, arcs, max(tolerance_px, CORNER_PX), smoothing)
        failed = _failing(drawn, outlines.region, areas, suspects, progress)
        changed = arcs.refine(failed)
        if not changed.any():
            return drawn
        suspects = np.zeros(n_regions, bool)
        suspects[arcs.right[changed]] = True
        suspects[arcs.left[changed][arcs.left[changed] >= 0]] = True


class _Arcs:
    """The arcs of a strip, each once; ``right`` and ``left`` its regions (below 0 beyond the strip)."""

    def __init__(self, outlines: Outlines, tolerance_px: float):
        order = rings.closed(outlines.first)
        bound = outlines.fixed[order]
        last = outlines.first[1:] + np.arange(len(outlines.region))
        bound[last] = bound[outlines.first[:-1] + np.arange(len(outlines.region))] = True
        bounds = np.flatnonzero(bound)
        ring = np.searchsorted(last, bounds)
        begin, end = bounds[:-1][np.diff(ring) == 0], bounds[1:][np.diff(ring) == 0]
        right, left = outlines.region[np.searchsorted(last, begin)], outlines.left[order[begin]]
        once = right > left
        self.begin, self.end, self.right, self.left = begin[once], end[once], right[once], left[once]
        self.level = np.full(len(self.begin), 0 if len(self.begin) else EXACT, np.int8)
        self._xy = np.stack([outlines.col, outlines.row], axis=1)[order].astype(np.int64)
        self._width = int(outlines.col.max(initial=0)) + 1
        self._node = outlines.row.astype(np.int64) * self._width + outlines.col
        self._fixed = outlines.fixed
        self._of_node = self._spread(order)
        self._dropped = [self._dropped_nodes(order, tolerance_px / part) for part in (1, 2)]

    def refine(self, failed: np.ndarray) -> np.ndarray:
        """Draw the arcs of ``failed`` (regions) more exactly; returns which arcs (A,) that changes."""
        around = failed[self.right] | (failed[np.maximum(self.left, 0)] & (self.left >= 0))
        changed = around & (self.level < EXACT)
        self.level[changed] += 1
        return changed

    def nodes(self) -> tuple:
        """For each node of the outlines: whether it is kept, and whether it may be rounded."""
        arc = self._of_node[self._node]
        level = np.where(self._fixed | (arc < 0), EXACT, self.level[arc] if len(self.level) else EXACT)
        kept = level == EXACT
        for step, dropped in enumerate(self._dropped):
            kept |= (level == step) & ~dropped[self._node]
        return kept, level == 0

    def _spread(self, order: np.ndarray) -> np.ndarray:
        """The arc of each lattice node, -1 where there is none; any of several at fixed nodes."""
        size = int(self._node.max(initial=0)) + 1
        arc_of = np.full(size, -1, np.int64)
        lengths = self.end - self.begin
        at = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        at += np.repeat(self.begin, lengths)
        arc_of[self._node[order[at]]] = np.repeat(np.arange(len(lengths)), lengths)
        return arc_of

    def _dropped_nodes(self, order: np.ndarray, tolerance_px: float) -> np.ndarray:
        """Lattice nodes, bool, that simplification does without."""
        dropped = np.zeros(len(self._of_node), bool)
        if tolerance_px > 0:
            inside = np.zeros(len(order) + 1, np.int64)
            np.add.at(inside, self.begin, 1)
            np.add.at(inside, self.end, -1)
            on_arc = np.cumsum(inside)[:-1] > 0
            on_arc &= ~simplify(self._xy, self.begin, self.end, tolerance_px)
            dropped[self._node[order[on_arc]]] = True
        return dropped


def simplify(xy: np.ndarray, begin: np.ndarray, end: np.ndarray, tolerance: float) -> np.ndarray:
    """Which points (n,) of many lines to keep so that all others are within ``tolerance`` of what is drawn.

    Line k has the points ``begin[k]`` to ``end[k]``, both included. Of a closed line at least three points
    are kept, four if it has them. Douglas and Peucker (1973), all lines at once, one split a round.
    """
    keep = np.zeros(len(xy), bool)
    keep[begin] = keep[end] = True
    forced = np.where((xy[begin] == xy[end]).all(1), 2, 0)
    while True:
        long = end - begin > 1
        begin, end, forced = begin[long], end[long], forced[long]
        if not len(begin):
            return keep
        sizes = end - begin - 1
        starts = np.cumsum(sizes) - sizes
        line = np.repeat(np.arange(len(sizes)), sizes)
        point = np.arange(len(line)) + (begin + 1 - starts)[line]
        distance = _squared_distances(xy[point], xy[begin][line], xy[end][line])
        farthest = np.maximum.reduceat(distance, starts)
        hits = np.flatnonzero(distance == farthest[line])
        middle = point[hits[np.diff(line[hits], prepend=-1) > 0]]
        split = (farthest > tolerance**2) | (forced > 0)
        begin, middle, end, forced = begin[split], middle[split], end[split], forced[split] - 1
        keep[middle] = True
        begin, end = np.concatenate([begin, middle]), np.concatenate([middle, end])
        forced = np.concatenate([forced, forced])


def _squared_distances(point: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Of points from segments a-b, all (n, 2) integers."""
    side, offset = b - a, point - a
    length = (side * side).sum(1)
    along = (side * offset).sum(1)
    cross = side[:, 0] * offset[:, 1] - side[:, 1] * offset[:, 0]
    beside = cross.astype(np.float64) ** 2 / np.maximum(length, 1)
    before, after = (offset * offset).sum(1), ((point - b) ** 2).sum(1)
    return np.where(along <= 0, before, np.where(along >= length, after, beside))


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


def _draw(outlines: Outlines, arcs: _Arcs, most_px: float, smoothing: int) -> Drawn:
    kept, rounded = arcs.nodes()
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
        for index, wkb in enumerate(rings.packed(points, first, polygon, found[look])):
            if index % CHECKED_AT_ONCE == 0:
                progress.at(index / len(number))
            if not ogr.CreateGeometryFromWkb(wkb).IsValid():
                failed[number[index]] = True
    return failed
