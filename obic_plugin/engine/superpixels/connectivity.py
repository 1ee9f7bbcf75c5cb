"""Superpixels in one piece each: small fragments join the neighbor with which they share the longest border.

All work is on runs, of which there are far fewer than pixels (see `raster.runs`).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_matrix

from ..raster.runs import Runs, components

ROUNDS = 3


def halo_px(size_px: int, rounds: int = ROUNDS) -> int:
    """How far from the edge of a window `in_one_piece` is right: what happens there reaches no farther.

    A superpixel, hence a part of one, fits into 2 S x 2 S px. What becomes of a part depends on the size of its
    neighbors; in every further round, on theirs.
    """
    return 2 * size_px * (rounds + 1)


class WholePieces(NamedTuple):
    """``regions`` (h, w) int32 in one piece each, 0..n-1, -1 for none; and ``starts`` (n,) int64, the first pixel of
    each. It is a name that does not depend on the window."""

    regions: np.ndarray
    starts: np.ndarray


def in_one_piece(ids: np.ndarray, min_px: int, rounds: int = ROUNDS) -> WholePieces:
    """The regions of ``ids`` (h, w), -1 for none.

    Parts (4-connected) of an id that have at least ``min_px`` pixels are regions of their own. Each smaller
    one joins the region with which it shares the longest border, or, of equally long ones, the one that starts
    first; one that touches no region waits for the next round. What is left after the last is a region too.

    A region's start is the first pixel, row by row, of the part that the others have joined.
    """
    runs = Runs.of(ids)
    start = np.flatnonzero(runs.starts)
    length, id_of = np.diff(start, append=ids.size), ids.ravel()[start]
    same, other = _touching(id_of, start, runs)
    part = components(len(start), *same)
    n_parts = part.max(initial=-1) + 1
    first, known = np.empty(n_parts, np.int64), np.empty(n_parts, bool)
    first[part[::-1]], known[part] = start[::-1], id_of >= 0  # of several, the last to be written stays
    small = known & (np.bincount(part, length, n_parts) < min_px)
    target = np.where(known & ~small, np.arange(n_parts), -1)
    fragment, neighbor, border = _borders_of(small, known, part, other)
    for _ in range(rounds):
        reached = np.flatnonzero(target[neighbor] >= 0)
        if not reached.size:
            break
        joining, region = _longest(fragment[reached], target[neighbor[reached]], border[reached], n_parts)
        target[joining] = region
        waiting = np.flatnonzero(target[fragment] < 0)
        fragment, neighbor, border = fragment[waiting], neighbor[waiting], border[waiting]
    target = np.where(known & (target < 0), np.arange(n_parts), target)
    heads = np.flatnonzero(target == np.arange(n_parts))
    number = np.full(n_parts + 1, -1, np.int32)  # the last: target -1
    number[heads] = np.arange(len(heads))
    return WholePieces(np.repeat(number[target][part], length).reshape(ids.shape), first[heads])


def _touching(id_of: np.ndarray, start: np.ndarray, runs: Runs) -> tuple:
    """Pairs of runs that touch: of the same id, first and second; of others, first, second, common border in px."""
    height, width = runs.number.shape
    right = np.flatnonzero(start % width)
    at = np.flatnonzero(runs.meet_below())
    upper, lower = runs.number.ravel()[at], runs.number.ravel()[at + width]
    length = np.diff(at, append=(height - 1) * width)
    differ = id_of[upper] != id_of[lower]
    beside = right - 1, right, np.ones(len(right), np.int64)
    below = upper[differ], lower[differ], length[differ]
    other = tuple(np.concatenate(each) for each in zip(beside, below))
    return (upper[~differ], lower[~differ]), other


def _borders_of(small: np.ndarray, known: np.ndarray, part: np.ndarray, touching: tuple) -> tuple:
    """Small parts, their neighbors, and the lengths in px of their common borders, in pieces of any number."""
    first, second, length = part[touching[0]], part[touching[1]], touching[2]
    pairs = []
    for own, near in ((first, second), (second, first)):
        counts = np.flatnonzero(small[own] & known[near])
        pairs.append((own[counts], near[counts], length[counts]))
    return tuple(np.concatenate(each) for each in zip(*pairs))


def _longest(fragment: np.ndarray, region: np.ndarray, length: np.ndarray, n: int) -> tuple:
    """Each fragment once, with the region of its longest border in all; of equal ones the lowest number."""
    # a sparse matrix sums up what is equal in linear time, where sorting would take most of the run
    table = coo_matrix((length, (fragment, region)), shape=(n, n)).tocsr()
    found = np.flatnonzero(np.diff(table.indptr))
    rank = table.data * n + (n - 1 - table.indices)
    return found, n - 1 - np.maximum.reduceat(rank, table.indptr[found]) % n
