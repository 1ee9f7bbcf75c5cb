"""Superpixels that are still too small join neighbors, however far that reaches.

`connectivity` merges within a window, and only so far that the result does not depend on the window. What it leaves is
merged here, among all superpixels of the raster: each too small one joins the neighbor with which it shares the longest
border, what has been joined is one, and so on until no too small one has a neighbor (after Borůvka 1926).
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components


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

    ``starts`` (n,) are names by which ties are broken, ``px`` (n,) pixels; ``found`` (3, m) `borders` of their indices.
    """
    head, px = np.arange(len(starts)), px.copy()
    while True:
        own, near, length = _of_small(found, px < min_px)
        if not len(own):
            return head
        longest = np.lexsort((-starts[near], length, own))
        longest = longest[np.flatnonzero(np.diff(own[longest], append=-1))]
        here, new = _united(own[longest], near[longest], starts, px < min_px)
        step = np.arange(len(head))
        step[here] = new
        moved = here[new != here]
        np.add.at(px, step[moved], px[moved])
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


def _united(own: np.ndarray, near: np.ndarray, starts: np.ndarray, small: np.ndarray) -> tuple:
    """All superpixels of the pairs, and the head of each: of those joined the large one, else the first to start."""
    here, inverse = np.unique(np.concatenate([own, near]), return_inverse=True)
    ends = inverse.reshape(2, -1)
    graph = coo_matrix((np.ones(len(own), np.int8), tuple(ends)), shape=(len(here), len(here)))
    component = connected_components(graph, directed=False)[1]
    order = np.lexsort((starts[here], small[here], component))
    leaders = order[np.flatnonzero(np.diff(component[order], prepend=-1))]
    return here, here[leaders[component]]
