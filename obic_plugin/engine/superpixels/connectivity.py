"""Superpixels in one piece each: small fragments join the neighbor with which they share the longest border."""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from skimage.measure import label

ROUNDS = 3


def halo_px(size_px: int, rounds: int = ROUNDS) -> int:
    """How far from the edge of a window `connected` is right: what happens there reaches no farther.

    A superpixel, hence a part of one, fits into 2 S x 2 S px. What becomes of a part depends on the size of its
    neighbors; in every further round, on theirs.
    """
    return 2 * size_px * (rounds + 1)


def connected(ids: np.ndarray, min_px: int, rounds: int = ROUNDS) -> tuple:
    """Regions (h, w) int32 in one piece each, 0..n-1, of ``ids`` (h, w), -1 for none; and where they start.

    Parts (4-connected) of an id that have at least ``min_px`` pixels are regions of their own. Each smaller
    one joins the region with which it shares the longest border, or, of equally long ones, the one that starts
    first; one that touches no region waits for the next round. What is left after the last is a region too.

    A region's start (n,) int64 is the first pixel, row by row, of the part that the others have joined. It is
    a name that does not depend on the window.
    """
    parts = label(ids, background=-1, connectivity=1)
    size = np.bincount(parts.ravel())
    small = size < min_px
    small[0] = False
    target = np.where(small, 0, np.arange(len(size)))
    fragment, neighbor, length = _borders_of(parts, small)
    for _ in range(rounds):
        known = target[neighbor] > 0
        if not known.any():
            break
        joining, region = _longest(fragment[known], target[neighbor[known]], length[known], len(size))
        target[joining] = region
        waiting = target[fragment] == 0
        fragment, neighbor, length = fragment[waiting], neighbor[waiting], length[waiting]
    alone = np.flatnonzero(target == 0)
    target[alone] = alone
    heads = np.unique(target)
    heads = heads[heads > 0]
    number = np.full(len(size), -1, np.int32)
    number[heads] = np.arange(len(heads))
    return number[target][parts], _first_pixels(parts, len(size))[heads]


def _borders_of(parts: np.ndarray, small: np.ndarray) -> tuple:
    """Small parts, their neighbors, and the lengths in px of their common borders, for each pair that touches."""
    padded = np.pad(parts.astype(np.int32), 1).ravel()
    width = parts.shape[1] + 2
    pixels = np.flatnonzero(small[padded])
    own = padded[pixels]
    pairs = []
    for step in (-width, -1, 1, width):
        near = padded[pixels + step]
        touch = (near != own) & (near > 0)
        pairs.append((own[touch], near[touch]))
    fragment, neighbor = (np.concatenate(part) for part in zip(*pairs))
    # a sparse matrix sums up what is equal in linear time, where sorting would take most of the run
    table = coo_matrix(
        (np.ones(len(fragment), np.int32), (fragment, neighbor)), shape=(len(small),) * 2
    ).tocsr()
    table.sort_indices()
    return np.repeat(np.arange(len(small)), np.diff(table.indptr)), table.indices.astype(np.int64), table.data


def _longest(fragment: np.ndarray, region: np.ndarray, length: np.ndarray, n: int) -> tuple:
    """Each fragment once, with the region of its longest border in all; of equal ones the lowest number."""
    keys, index = np.unique(fragment * n + region, return_inverse=True)
    length = np.bincount(index, length)
    fragment, region = keys // n, keys % n
    order = np.lexsort((region, -length, fragment))
    fragment, region = fragment[order], region[order]
    first = np.r_[True, fragment[1:] != fragment[:-1]]
    return fragment[first], region[first]


def _first_pixels(parts: np.ndarray, n: int) -> np.ndarray:
    """(n,) int64: the first pixel of each part, row by row."""
    flat = parts.ravel()
    edge = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])  # a part starts where a run of it starts
    first = np.empty(n, np.int64)
    first[flat[edge][::-1]] = edge[::-1]
    return first
