"""Rings that were cut by the seams between strips, made whole again."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np


class Fragment(NamedTuple):
    """A part of a ring: points (n, 2) of fractional (row, col) with both ends, the directions of its first
    and last side, and whether the last side may go on straight without a node."""

    points: np.ndarray
    departure: int
    arrival: int
    smooth: bool


class Stitcher:
    """Collects rings and fragments of outlines by region, and joins them when a region is complete.

    A class of a speckled map may have a hole for each speck, millions in all. So rings are not kept as objects: those
    of a region and a strip are one array of points, of whole numbers where they are whole.
    """

    def __init__(self):
        self._fragments: dict = defaultdict(list)
        self._rings: dict = defaultdict(list)  # (points, sizes of the rings) of each strip

    def add_whole(self, root: int, points: np.ndarray, sizes: np.ndarray) -> None:
        """Add rings of a part of region ``root`` that no seam has cut: points (n, 2), counted in the raster, of rings
        one after the other, of ``sizes`` (R,) points each."""
        whole = points.astype(np.int32)
        self._rings[root].append((whole if (whole == points).all() else points.copy(), sizes))

    def add(self, root: int, points: np.ndarray, cuts: np.ndarray, open_: np.ndarray, sides: tuple) -> None:
        """Add one ring of a part of region ``root``, in pieces.

        ``points`` (n, 2) are the ring's, counted in the raster; ``cuts`` the indices where it is to be cut, one at
        least; ``open_`` (n,) marks the sides (from point k to k + 1) that are not there; ``sides`` are the (n,)
        directions of departure and of arrival and the (n,) marks of ends that may go on straight.
        """
        departure, arrival, smooth = sides
        for begin, end in zip(cuts, np.append(cuts[1:], cuts[0] + len(points))):
            if not open_[begin]:
                index = np.arange(begin, end + 1) % len(points)
                last = end % len(points)
                self._fragments[root].append(
                    Fragment(points[index], int(departure[begin]), int(arrival[last]), bool(smooth[last]))
                )

    def finish(self, root: int) -> tuple:
        """The points (n, 2) of the rings of a complete region, one ring after the other, and their sizes (R,); the
        region is forgotten."""
        whole, joined = self._rings.pop(root, []), _joined(self._fragments.pop(root, []))
        blocks = [*whole, *((ring, [len(ring)]) for ring in joined)]
        points, sizes = zip(*blocks)
        return np.concatenate(points), np.concatenate(sizes).astype(np.int64)


def _joined(fragments: list) -> list:
    """The rings (n, 2) that fragments are parts of."""
    begins = defaultdict(list)
    for number, fragment in enumerate(fragments):
        begins[tuple(fragment.points[0])].append(number)
    used = [False] * len(fragments)
    return [_walk(number, fragments, begins, used) for number in range(len(fragments)) if not used[number]]


def _walk(first: int, fragments: list, begins: dict, used: list) -> np.ndarray:
    points, number, straight = [], first, False
    while True:
        fragment = fragments[number]
        points.append(fragment.points[1 if straight else 0 : -1])
        candidates = begins[tuple(fragment.points[-1])]
        # leftmost first: where a region touches itself at a corner, the ring crosses over (see `outlines`)
        following = min(candidates, key=lambda n: (fragments[n].departure - fragment.arrival + 1) % 4)
        candidates.remove(following)
        used[following] = True
        straight = fragment.smooth and fragments[following].departure == fragment.arrival
        if following == first:
            break
        number = following
    if straight:
        points[0] = points[0][1:]
    return np.concatenate(points)
