"""Closed lines by the thousand: rings stored one after the other, ``first`` the index where each begins.

Points are (n, 2) float64, (row, col) in pixels; ``first`` (R + 1,) ends with n. A ring's last point is not
repeated. ``polygon`` (R,) says which polygon a ring belongs to, in ascending order.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import numpy as np
from osgeo import ogr


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


def signed_areas(points: np.ndarray, first: np.ndarray) -> np.ndarray:
    """(R,) px², above 0 for a ring that runs clockwise as seen (rows down): an outer one."""
    if len(first) == 1:
        return np.zeros(0)
    after = neighbors(first)[1]
    row, col = (points - points[np.repeat(first[:-1], np.diff(first))]).T
    return np.add.reduceat(col * row[after] - col[after] * row, first[:-1]) / 2


def packed(xy: np.ndarray, first: np.ndarray, polygon: np.ndarray, areas: np.ndarray) -> Iterator[bytes]:
    """The WKB of each polygon, from the coordinates (n, 2) of its rings; the one of positive area first.

    Rings keep their direction if the outer ones are to run clockwise as seen: reverse ``xy`` beforehand with
    `backward` where they are not.
    """
    if not len(polygon):
        return
    buffer = memoryview(np.ascontiguousarray(xy[closed(first)], "<f8").tobytes())
    begin = (first[:-1] + np.arange(len(polygon))) * 16
    end = begin + (np.diff(first) + 1) * 16
    order = np.lexsort((areas < 0, polygon))
    spans = list(zip(begin[order].tolist(), end[order].tolist()))
    groups = np.flatnonzero(np.diff(polygon[order], prepend=-1, append=-1)).tolist()
    for start, stop in zip(groups[:-1], groups[1:]):
        parts = [struct.pack("<BII", 1, ogr.wkbPolygon, stop - start)]
        for s, e in spans[start:stop]:
            parts += (struct.pack("<I", (e - s) // 16), buffer[s:e])
        yield b"".join(parts)


def backward(first: np.ndarray) -> np.ndarray:
    """(n,) indices that turn every ring around.

    >>> backward(np.array([0, 3, 5]))
    array([2, 1, 0, 4, 3])
    """
    return np.repeat(first[:-1] + first[1:] - 1, np.diff(first)) - np.arange(first[-1])
