"""The outlines of regions as rings of pixel corners, for all regions of a strip at once.

A ring runs along the sides of pixels with its region on the right (rows count down): clockwise around a
region, counterclockwise around a hole. It is stored as the nodes (pixel corners) where it turns or where
three or more regions meet. Where two pixels of a region touch only at a corner the ring crosses over to the
other one, so no ring ever touches itself: polygons are valid by construction.

No ring is followed step by step. Sides of equal direction on one line begin and end alternately, so the k-th
beginning belongs to the k-th end: that tells each node's successor, and the order along all rings is one
breadth-first walk over the chain of all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .strips import NOTHING, Strip

EAST, SOUTH, WEST, NORTH = range(4)
# of the pixels around a node (0 NW, 1 NE, 2 SW, 3 SE), for each direction of arrival:
# behind on the right (the ring's own region), behind on the left, ahead on the right, ahead on the left
_AROUND = {EAST: (2, 0, 3, 1), SOUTH: (0, 1, 2, 3), WEST: (1, 3, 0, 2), NORTH: (3, 2, 1, 0)}


@dataclass(frozen=True)
class Outlines:
    """Rings of a strip, as nodes in order, ring after ring, the rings sorted by region.

    For each node: ``row``, ``col`` counted in the strip; ``arrival`` and ``departure`` directions; ``left``,
    what lies left of the side that departs (a region, or below 0 something outside of the strip); ``fixed``,
    whether three regions meet here, or it is on the strip's frame; ``open``, whether the departing side is
    none in truth, since the region goes on beyond the frame; ``pinch``, whether the region touches another
    part of itself; ``smooth``, whether the arriving side goes on straight beyond the frame.
    For each ring: ``first`` node (and the end of the last ring), ``region``.
    """

    row: np.ndarray
    col: np.ndarray
    arrival: np.ndarray
    departure: np.ndarray
    left: np.ndarray
    fixed: np.ndarray
    open: np.ndarray
    pinch: np.ndarray
    smooth: np.ndarray
    first: np.ndarray
    region: np.ndarray

    @property
    def ring(self) -> np.ndarray:
        """The ring of each node."""
        return np.repeat(np.arange(len(self.region)), np.diff(self.first))


class Tracer:
    """Traces the outlines of a strip's regions, those of some at a time: of those that are drawn, or of all."""

    def __init__(self, strip: Strip, all_regions: bool = False):
        cells = _framed(strip)
        self._shape, (self._nodes, self._corners) = cells.shape, _stops(cells)
        self._wanted, self._roots = strip.drawn | all_regions, strip.roots
        nw, ne, sw, se = self._corners
        self._n_sides = (nw != ne).astype(np.int8) + (ne != se) + (se != sw) + (sw != nw)

    def parts(self, n_corners: int) -> list:
        """Slices of the regions, in order; what is around those of a slice is seen from about ``n_corners`` corners."""
        seen = np.cumsum(np.bincount(self._corners[self._corners >= 0], minlength=len(self._roots)))
        ends = np.searchsorted(seen, np.arange(n_corners, int(seen[-1]), n_corners)) + 1
        bounds = np.unique([0, *ends, len(seen)]).tolist()
        return [slice(*pair) for pair in zip(bounds[:-1], bounds[1:])]

    @property
    def n_regions(self) -> int:
        return len(self._roots)

    def around(self, regions: np.ndarray) -> np.ndarray:
        """Which regions, bool, meet one of ``regions`` (bool) at a corner where outlines turn or meet."""
        inside = self._corners >= 0
        near = inside & (inside & regions[np.maximum(self._corners, 0)]).any(0)
        found = np.zeros(self.n_regions, bool)
        found[self._corners[near]] = True
        return found

    def trace(self, part: slice, chosen: np.ndarray | None = None) -> Outlines:
        """The outlines of a slice of the regions, or of the ``chosen`` ones (bool, of all regions) of these."""
        width = self._shape[1] - 1
        turns = self._turns(part, self._wanted if chosen is None else self._wanted & chosen)
        row, col = np.divmod(self._nodes[turns.pop("node")], width)
        successor = _successors(row, col, turns["arrival"], turns["departure"], self._shape)
        fixed = turns.pop("fixed")
        fixed |= (row == 0) | (row == self._shape[0] - 2) | (col == 0) | (col == width - 1)
        region = turns.pop("region")
        order, first = _order(successor, region, fixed)
        turns = {name: values[order] for name, values in turns.items()}
        return Outlines(
            row=row[order],
            col=col[order],
            fixed=fixed[order],
            first=first,
            region=region[order][first[:-1]],
            **turns,
        )

    def _turns(self, part: slice, wanted: np.ndarray) -> dict:
        """How each ring of the wanted regions (bool) of a slice passes each node, as arrays over all passes."""
        corners = self._corners
        found: dict = {}
        for arrival, (own, other, right, left) in _AROUND.items():
            region = corners[own]
            passes = np.flatnonzero(
                (region >= part.start) & (region < part.stop) & (region != corners[other])
            )
            passes = passes[wanted[region[passes]]]
            region = region[passes]
            beside, right_ahead, left_ahead = (
                corners[other][passes],
                corners[right][passes],
                corners[left][passes],
            )
            turns_left = left_ahead == region
            straight = ~turns_left & (right_ahead == region)
            turns_right = ~turns_left & ~straight
            outer_left = np.where(turns_left, beside, np.where(straight, left_ahead, right_ahead))
            root, beside, ahead, right_ahead = (
                _true_region(pixels, self._roots) for pixels in (region, beside, left_ahead, right_ahead)
            )
            drawn = root != NOTHING
            is_open = drawn & (outer_left <= -2) & (-2 - outer_left == root)
            pinch = drawn & turns_right & (ahead == root) & (right_ahead != root) & (beside != root)
            for name, values in (
                ("node", passes),
                ("region", region),
                ("arrival", np.full(len(passes), arrival, np.int8)),
                ("departure", ((arrival + turns_right - turns_left) % 4).astype(np.int8)),
                ("left", outer_left),
                ("fixed", self._n_sides[passes] >= 3),
                ("open", is_open),
                ("pinch", pinch),
                ("smooth", is_open & turns_right & (beside == ahead)),
            ):
                found.setdefault(name, []).append(values)
        return {name: np.concatenate(parts) for name, parts in found.items()}


def _framed(strip: Strip) -> np.ndarray:
    """(h + 2, w + 2) int32: the strip's regions; around it -2 - root where a region is, else -1."""
    height, width = strip.ids.shape
    cells = np.full((height + 2, width + 2), -1, np.int32)
    cells[1:-1, 1:-1] = strip.ids
    cells[0, 1:-1] = np.where(strip.above == NOTHING, -1, -2 - strip.above)
    cells[-1, 1:-1] = np.where(strip.below == NOTHING, -1, -2 - strip.below)
    return cells


def _stops(cells: np.ndarray) -> tuple:
    """Flat indices of the nodes at which an outline turns or regions meet, and (4, n) their pixels."""
    across = cells[1:] != cells[:-1]
    down = cells[:, 1:] != cells[:, :-1]
    west, east, north, south = across[:, :-1], across[:, 1:], down[:-1], down[1:]
    nodes = np.flatnonzero((west != east) | (north != south) | (west & north))
    row, col = np.divmod(nodes, cells.shape[1] - 1)
    corner = row * cells.shape[1] + col
    flat, below = cells.ravel(), corner + cells.shape[1]
    return nodes, np.stack([flat[corner], flat[corner + 1], flat[below], flat[below + 1]])


def _true_region(pixels: np.ndarray, roots: np.ndarray) -> np.ndarray:
    """The root of what `_framed` wrote: of a region of the strip, or of one beyond its frame."""
    return np.where(pixels >= 0, roots[np.maximum(pixels, 0)], np.where(pixels == -1, NOTHING, -2 - pixels))


def _successors(row, col, arrival, departure, shape: tuple) -> np.ndarray:
    """The pass at the end of the side that begins at each pass."""
    successor = np.empty(len(row), np.int64)
    by_row, by_col = row * shape[1] + col, col * shape[0] + row
    for direction in range(4):
        key = by_row if direction in (EAST, WEST) else by_col
        begins, ends = np.flatnonzero(departure == direction), np.flatnonzero(arrival == direction)
        successor[begins[np.argsort(key[begins])]] = ends[np.argsort(key[ends])]
    return successor


def _order(successor: np.ndarray, region: np.ndarray, fixed: np.ndarray) -> tuple:
    """The passes in the order of their rings, and where each ring begins (with the end of the last).

    A ring begins at a fixed node if it has one. Rings are sorted by region.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import breadth_first_order, connected_components

    n = len(successor)
    if n == 0:
        return successor, np.zeros(1, np.int64)
    steps = np.arange(n + 1)
    graph = csr_matrix((np.ones(n, np.int8), successor, steps), shape=(n, n))
    n_rings, ring = connected_components(graph, connection="weak")
    heads = np.empty(n_rings, np.int64)
    heads[ring[::-1]] = steps[:-1][::-1]
    at = np.flatnonzero(fixed)[::-1]
    heads[ring[at]] = at
    heads = heads[np.argsort(region[heads], kind="stable")]
    predecessor = np.empty(n, np.int64)
    predecessor[successor] = steps[:-1]
    chain = successor.copy()
    chain[predecessor[heads]] = np.append(heads[1:], heads[-1])
    graph = csr_matrix((np.ones(n, np.int8), chain, steps), shape=(n, n))
    order = breadth_first_order(graph, heads[0], return_predecessors=False)
    sizes = np.bincount(ring)[ring[heads]]
    return order, np.concatenate([[0], np.cumsum(sizes)])
