"""Closed lines by the thousand: rings stored one after the other, ``first`` the index where each begins.

Points are (n, 2) float64, (row, col) in pixels; ``first`` (R + 1,) ends with n. A ring's last point is not
repeated. ``polygon`` (R,) says which polygon a ring belongs to, in ascending order.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

import numpy as np
from osgeo import ogr

POINTS_AT_ONCE = 1 << 16  # of one polygon there may be millions


def closed(first: np.ndarray) -> np.ndarray:
    """(n + R,) indices of all points, each ring's first one again at its end.

    >>> closed(np.array([0, 3, 5]))
    array([0, 1, 2, 0, 3, 4, 3])
    """
    return np.insert(np.arange(first[-1]), first[1:], first[:-1])


def neighbors(first: np.ndarray) -> tuple:
    """(n,) indices of the point before and of the one after each point."""
    before, after = np.arange(first[-1]) - 1, np.arange(first[-1]) + 1
    filled = np.diff(first) > 0
    before[first[:-1][filled]] = first[1:][filled] - 1
    after[first[1:][filled] - 1] = first[:-1][filled]
    return before, after


def select(points: np.ndarray, first: np.ndarray, chosen: np.ndarray) -> tuple:
    """The points and ``first`` of the rings that are ``chosen`` (R,) bool."""
    sizes = np.diff(first)
    return points[np.repeat(chosen, sizes)], np.concatenate([[0], np.cumsum(sizes[chosen])])


def pieces(first: np.ndarray) -> Iterator[slice]:
    """Slices of the rings, in order, of about `POINTS_AT_ONCE` points each."""
    ends = np.searchsorted(first, np.arange(POINTS_AT_ONCE, first[-1], POINTS_AT_ONCE))
    bounds = np.unique([0, *ends, len(first) - 1]).tolist()
    yield from map(slice, bounds[:-1], bounds[1:])


def _of_each(measure: Callable, points: np.ndarray, first: np.ndarray) -> np.ndarray:
    """(R,) ``measure(points, first)`` of each ring, piece by piece."""
    found = [np.zeros(0)]
    for piece in pieces(first):
        begin, end = first[piece.start], first[piece.stop]
        part = points[begin:end].astype(np.float64, copy=False)
        found.append(measure(part, first[piece.start : piece.stop + 1] - begin))
    return np.concatenate(found)


def signed_areas(points: np.ndarray, first: np.ndarray) -> np.ndarray:
    """(R,) px², above 0 for a ring that runs clockwise as seen (rows down): an outer one."""

    def areas(points: np.ndarray, first: np.ndarray) -> np.ndarray:
        after = neighbors(first)[1]
        row, col = (points - points[np.repeat(first[:-1], np.diff(first))]).T
        return np.add.reduceat(col * row[after] - col[after] * row, first[:-1]) / 2

    return _of_each(areas, points, first)


def lengths(points: np.ndarray, first: np.ndarray, between: Callable) -> np.ndarray:
    """(R,) once around each ring; ``between(rows, cols)`` are the lengths from point to point."""

    def around(points: np.ndarray, first: np.ndarray) -> np.ndarray:
        sides = np.append(between(*points[closed(first)].T), 0)
        steps = np.arange(len(first) - 1)
        sides[first[1:] + steps] = 0  # from one ring to the next
        return np.add.reduceat(sides, first[:-1] + steps)

    return _of_each(around, points, first)


def packed(
    points: np.ndarray, first: np.ndarray, polygon: np.ndarray, place: Callable, turned: bool = False
) -> Iterator[bytes]:
    """The WKB of each polygon, its ring of positive area first; ``place(row, col)`` are the two coordinates of points.

    Outer rings run clockwise as seen, unless rings are ``turned`` around. A million rings of one polygon take no more
    memory beside it than `POINTS_AT_ONCE` points do.
    """
    order = np.lexsort((signed_areas(points, first) < 0, polygon))
    sizes, n_rings = np.diff(first)[order], np.bincount(polygon).tolist()
    missing, parts = list(n_rings), []
    for piece in pieces(np.concatenate([[0], np.cumsum(sizes)])):
        ring = order[piece]
        words, ends = _words(points, first[ring], sizes[piece], place, turned)
        data, starts = memoryview(words).cast("B"), np.flatnonzero(np.diff(polygon[ring], prepend=-1))
        for start, end in zip(starts.tolist(), [*starts[1:].tolist(), len(ring)]):
            number = polygon[ring[start]]
            parts.append(data[4 * ends[start] : 4 * ends[end]])
            missing[number] -= end - start
            if not missing[number]:
                yield b"".join([struct.pack("<BII", 1, ogr.wkbPolygon, n_rings[number]), *parts])
                parts = []


def _words(points: np.ndarray, first: np.ndarray, sizes: np.ndarray, place: Callable, turned: bool) -> tuple:
    """WKB of closed rings as 32-bit words, and (R + 1,) where each begins; ``first`` points are (R,)."""
    begins = np.concatenate([[0], np.cumsum(sizes + 1)])
    step = np.arange(begins[-1]) - np.repeat(begins[:-1], sizes + 1)
    step %= np.repeat(sizes, sizes + 1)
    index = np.repeat(first + sizes - 1, sizes + 1) - step if turned else np.repeat(first, sizes + 1) + step
    ends = np.arange(len(first) + 1) + 4 * begins
    words, is_count = np.empty(ends[-1], "<u4"), np.zeros(ends[-1], bool)
    is_count[ends[:-1]] = True
    words[is_count] = sizes + 1
    xy = np.stack(place(*points[index].T.astype(np.float64)), axis=1).astype("<f8", copy=False)
    words[~is_count] = xy.view("<u4").ravel()
    return words, ends
