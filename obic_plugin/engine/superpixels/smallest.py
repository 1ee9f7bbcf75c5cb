"""Superpixels that are still too small join neighbors, however far that reaches.

`connectivity` merges within a window, and only so far that the result does not depend on the window. What it leaves is
merged here, among all superpixels of the raster. Each too small one chooses the neighbor with which it shares the
longest border. It joins it if that is large enough, and two that have chosen each other become one; then all choose
anew, until no too small one has a neighbor. So nothing grows further than it must: chains do not become one at once.
"""

from __future__ import annotations

import numpy as np


def borders(ids: np.ndarray, shape: tuple, small: np.ndarray) -> np.ndarray:
    """(3, n) int64: pairs of ids of which one is ``small`` (bool for each id), and their common border in px.

    ``ids`` (h, w), 0 for none, are those of a window of ``shape``, and where there is one, of the row below it and of
    the column on its right: so the windows of a raster see each side of a pixel once.
    """
    height, width = shape
    pairs = []
    for near, far in ((ids[:-1, :width], ids[1:, :width]), (ids[:height, :-1], ids[:height, 1:])):
        border = (near != far) & (near > 0) & (far > 0)
        near, far = near[border], far[border]
        wanted = small[near] | small[far]
        pairs.append(np.stack([near[wanted], far[wanted]]).astype(np.int64))
    pairs = np.sort(np.concatenate(pairs, axis=1), axis=0)
    return _summed(*pairs, np.ones(pairs.shape[1], np.int64))


def heads(starts: np.ndarray, px: np.ndarray, found: np.ndarray, min_px: int) -> np.ndarray:
    """(n,) the superpixel of which each of n becomes a part, itself unless it has fewer than ``min_px`` pixels.

    ``starts`` (n,) are names, by which ties are broken as if by lot, ``px`` (n,) pixels; ``found`` (3, m) are the
    `borders` of their indices.
    """
    head, px, lot = np.arange(len(starts)), px.copy(), _lots(starts)
    while True:
        small = px < min_px
        own, near, length = _of_small(found, small)
        if not len(own):
            return head
        longest = np.lexsort((lot[own] + lot[near], length, own))
        longest = longest[np.flatnonzero(np.diff(own[longest], append=-1))]
        own, near = own[longest], near[longest]
        choice, step = np.arange(len(head)), np.arange(len(head))
        choice[own] = near
        joins = ~small[near] | ((choice[near] == own) & (starts[near] < starts[own]))
        own, near = own[joins], near[joins]
        step[own] = near
        np.add.at(px, near, px[own])
        head, found = step[head], np.stack([*step[found[:2]], found[2]])
        found = found[:, found[0] != found[1]]


def _of_small(found: np.ndarray, small: np.ndarray) -> np.ndarray:
    """(3, m) a small superpixel, a neighbor, and their border in all, each pair once (or twice: either way round)."""
    both = np.concatenate([found, found[[1, 0, 2]]], axis=1)
    return _summed(*both[:, small[both[0]]])


def _summed(first: np.ndarray, second: np.ndarray, length: np.ndarray) -> np.ndarray:
    """(3, m) each pair once, with the sum of its lengths."""
    order = np.lexsort((second, first))
    first, second, length = first[order], second[order], length[order]
    new = np.flatnonzero((np.diff(first, prepend=-1) != 0) | (np.diff(second, prepend=-1) != 0))
    length = np.add.reduceat(length, new) if len(new) else length
    return np.stack([first[new], second[new], length])


def _lots(starts: np.ndarray) -> np.ndarray:
    """(n,) uint64 that look drawn at random: by the names themselves whole rows would choose the same side."""
    lots = starts.astype(np.uint64)
    for shift in (np.uint64(32), np.uint64(29)):
        lots *= np.uint64(0x9E3779B97F4A7C15)
        lots ^= lots >> shift
    return lots
