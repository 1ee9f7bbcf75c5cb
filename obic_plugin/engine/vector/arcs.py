"""Arcs: what of the outlines of a strip lies between the same two regions, from where three meet to the next."""

from __future__ import annotations

import numpy as np

from . import rings
from .outlines import WEST, Outlines

EXACT = 2  # level of an arc that is drawn as it is; 0: as wanted, 1: with half the tolerance
NOWHERE = np.iinfo(np.int64).max


class Arcs:
    """The arcs of the rings of some regions, each once; ``right`` and ``left`` its regions (below 0 beyond the strip).

    An arc is simplified in the direction in which the region of the higher number is on its right, whether that is
    among those traced or not; one that is a whole ring begins where the ring of that region does.
    """

    def __init__(self, outlines: Outlines, tolerance_px: float):
        order = rings.closed(outlines.first)
        self._node = _flat_nodes(outlines)
        self._fixed = outlines.fixed
        begin, end, right, left = _between_fixed(outlines, order)
        traced = np.zeros(int(max(right.max(initial=0), left.max(initial=0))) + 1, bool)
        traced[outlines.region] = True
        once = (right > left) | ~traced[np.maximum(left, 0)]
        begin, end, self.right, self.left = begin[once], end[once], right[once], left[once]
        turned = self.right < self.left
        loose = turned & ~outlines.fixed[order[begin]]
        offset = np.where(turned, end - begin, 0)
        west = np.where(outlines.departure[order] == WEST, self._node[order], NOWHERE)
        offset[loose] = _first_least(west, begin[loose], end[loose])
        arc, step, self._starts = _spread(end - begin + 1)
        place = np.where(turned[arc], offset[arc] - step, step)
        place = np.where(loose[arc], place % (end - begin)[arc], place)
        self._at = order[begin[arc] + place]
        self._of_node = np.full(int(self._node.max(initial=0)) + 1, -1, np.int64)
        self._of_node[self._node[self._at]] = arc
        xy = np.stack([outlines.col, outlines.row], axis=1)[self._at].astype(np.int64)
        self._dropped = [self._dropped_nodes(xy, end - begin, tolerance_px / part) for part in (1, 2)]

    def levels(self, failures: list) -> np.ndarray:
        """(A,) how exactly each arc is drawn after these rounds, in each of which some regions (bool) have failed."""
        level = np.zeros(len(self.right), np.int8)
        for failed in failures:
            level += failed[self.right] | (failed[np.maximum(self.left, 0)] & (self.left >= 0))
            np.minimum(level, EXACT, out=level)
        return level

    def touched(self, arcs: np.ndarray, n_regions: int) -> np.ndarray:
        """Which regions, bool, are beside one of these arcs (A,) bool."""
        found = np.zeros(n_regions, bool)
        found[self.right[arcs]] = True
        found[self.left[arcs & (self.left >= 0)]] = True
        return found

    def nodes(self, level: np.ndarray) -> tuple:
        """For each node of the outlines: whether it is kept, and whether it may be rounded."""
        arc = self._of_node[self._node]
        level = np.where(self._fixed | (arc < 0), EXACT, level[arc] if len(level) else EXACT)
        kept = level == EXACT
        for step, dropped in enumerate(self._dropped):
            kept |= (level == step) & ~dropped[self._node]
        return kept, level == 0

    def _dropped_nodes(self, xy: np.ndarray, lengths: np.ndarray, tolerance_px: float) -> np.ndarray:
        """Lattice nodes, bool, that simplification does without."""
        dropped = np.zeros(len(self._of_node), bool)
        if tolerance_px > 0 and len(xy):
            keep = simplify(xy, self._starts, self._starts + lengths, tolerance_px)
            dropped[self._node[self._at[~keep]]] = True
        return dropped


def _flat_nodes(outlines: Outlines) -> np.ndarray:
    """(n,) a number of each node's place, row by row."""
    return outlines.row.astype(np.int64) * (int(outlines.col.max(initial=0)) + 1) + outlines.col


def _between_fixed(outlines: Outlines, order: np.ndarray) -> tuple:
    """(A,) where arcs begin and end in the ``order`` of the closed rings, and the regions on their right and left."""
    bound = outlines.fixed[order]
    last = outlines.first[1:] + np.arange(len(outlines.region))
    bound[last] = bound[outlines.first[:-1] + np.arange(len(outlines.region))] = True
    bounds = np.flatnonzero(bound)
    ring = np.searchsorted(last, bounds)
    begin, end = bounds[:-1][np.diff(ring) == 0], bounds[1:][np.diff(ring) == 0]
    return begin, end, outlines.region[np.searchsorted(last, begin)], outlines.left[order[begin]]


def _spread(sizes: np.ndarray) -> tuple:
    """For things of these ``sizes`` one after the other: of which each part is, which of it, and where each begins.

    >>> _spread(np.array([2, 3]))
    (array([0, 0, 1, 1, 1]), array([0, 1, 0, 1, 2]), array([0, 2]))
    """
    starts = np.cumsum(sizes) - sizes
    thing = np.repeat(np.arange(len(sizes)), sizes)
    return thing, np.arange(len(thing)) - starts[thing], starts


def _first_least(values: np.ndarray, begin: np.ndarray, end: np.ndarray) -> np.ndarray:
    """How far from each ``begin`` the least of the values from there to ``end`` is, the end left out."""
    if not len(begin):
        return begin
    thing, step, starts = _spread(end - begin)
    found = values[begin[thing] + step]
    hits = np.flatnonzero(found == np.minimum.reduceat(found, starts)[thing])
    return step[hits[np.diff(thing[hits], prepend=-1) > 0]]


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
