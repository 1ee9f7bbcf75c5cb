"""Runs, pixels side by side in a row with one value, of which there are far fewer than pixels; and what they form."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Runs(NamedTuple):
    """``starts`` (h, w) bool: where a run begins; ``number`` (h, w) int32: the run of each pixel, row by row from 0."""

    starts: np.ndarray
    number: np.ndarray

    @classmethod
    def of(cls, values: np.ndarray) -> Runs:
        """Of an array (h, w)."""
        starts = np.ones(values.shape, bool)
        np.not_equal(values[:, 1:], values[:, :-1], out=starts[:, 1:])
        number = np.cumsum(starts.ravel(), dtype=np.int32).reshape(values.shape)
        number -= 1
        return cls(starts, number)

    def meet_below(self) -> np.ndarray:
        """(h - 1, w) bool: the first pixel of each overlap of a run with one below it."""
        return self.starts[1:] | self.starts[:-1]


def components(n: int, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """(n,) which of the things that hang together each one belongs to, numbered by the first of each.

    ``first`` and ``second`` are pairs that touch, in ascending order of the first.
    """
    from scipy.sparse import csr_matrix  # which takes long to load
    from scipy.sparse.csgraph import connected_components

    ends = np.concatenate([[0], np.cumsum(np.bincount(first, minlength=n))])
    links = csr_matrix((np.ones(len(second), np.int8), second, ends), shape=(n, n))
    return connected_components(links, directed=False)[1]
