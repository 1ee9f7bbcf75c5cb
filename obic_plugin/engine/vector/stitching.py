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
    """Collects fragments of outlines by region, and joins them when a region is complete."""

    def __init__(self):
        self._fragments: dict = defaultdict(list)
        self._rings: dict = defaultdict(list)

    def add(self, root: int, points: np.ndarray, cuts: np.ndarray, open_: np.ndarray, sides: tuple) -> None:
        """Add one ring of a part of region ``root``.

        ``points`` (n, 2) are the ring's, counted in the raster; ``cuts`` the indices where it is to be cut,
        ``open_`` (n,) marks the sides (from point k to k + 1) that are not there; ``sides`` are the (n,)
        directions of departure and of arrival and the (n,) marks of ends that may go on straight.
        """
        if len(cuts) == 0:
            self._rings[root].append(points)
            return
        departure, arrival, smooth = sides
        for begin, end in zip(cuts, np.append(cuts[1:], cuts[0] + len(points))):
            if not open_[begin]:
                index = np.arange(begin, end + 1) % len(points)
                last = end % len(points)
                self._fragments[root].append(
                    Fragment(points[index], int(departure[begin]), int(arrival[last]), bool(smooth[last]))
                )

    def finish(self, root: int) -> list:
        """The rings of a complete region, as (n, 2) points each; the region is forgotten."""
        rings, fragments = self._rings.pop(root, []), self._fragments.pop(root, [])
        begins = defaultdict(list)
        for number, fragment in enumerate(fragments):
            begins[tuple(fragment.points[0])].append(number)
        used = [False] * len(fragments)
        for number in range(len(fragments)):
            if not used[number]:
                rings.append(_walk(number, fragments, begins, used))
        return rings


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
