"""How often each reference label meets each map label: the table from which every score is computed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .. import wording
from ..errors import InputError

# A joint histogram of at most this many bins is counted directly; beyond it runs of equal pairs are sorted.
DENSE_BINS = 1 << 18
CHUNK_PX = 1 << 18  # keeps the joint keys of a window in the processor's cache
MERGE_PAIRS = 4_000_000
SORTED_PAIRS = 1 << 20  # sorted at once, between two looks whether to stop


@dataclass(frozen=True)
class Contingency:
    """Pixels by reference label (rows) and map label (columns); only pairs that occur are stored.

    ``reference`` (R,) and ``mapped`` (C,) int64 are the labels that occur, ascending. The n pairs are
    ``row`` and ``col`` (indices into them, row by row) and ``count`` (pixels), all (n,) int64.

    >>> table = contingency_of(np.array([0, 0, 5, 5]), np.array([2, 2, 2, 3]))
    >>> table.dense()
    array([[2, 0],
           [1, 1]])
    """

    reference: np.ndarray
    mapped: np.ndarray
    row: np.ndarray
    col: np.ndarray
    count: np.ndarray

    @cached_property
    def total(self) -> int:
        return int(self.count.sum())

    @cached_property
    def reference_px(self) -> np.ndarray:
        """(R,) int64 pixels of each reference label."""
        return _sums(self.row, self.count, len(self.reference))

    @cached_property
    def mapped_px(self) -> np.ndarray:
        """(C,) int64 pixels of each map label."""
        return _sums(self.col, self.count, len(self.mapped))

    def dense(self) -> np.ndarray:
        """(R, C) int64; for tables that are small enough to be looked at."""
        table = np.zeros((len(self.reference), len(self.mapped)), np.int64)
        table[self.row, self.col] = self.count
        return table

    def without(self, reference: Iterable[int] = (), mapped: Iterable[int] = ()) -> Contingency:
        """The table of the pixels that have none of these labels."""
        rows = np.isin(self.reference, _labels(reference), invert=True)
        cols = np.isin(self.mapped, _labels(mapped), invert=True)
        if rows.all() and cols.all():
            return self
        keep = rows[self.row] & cols[self.col]
        return _of_merged(self.reference[self.row[keep]], self.mapped[self.col[keep]], self.count[keep])

    def relabeled(self, assignment: dict, otherwise: int) -> Contingency:
        """The table after giving each map label the value ``assignment`` has for it, or ``otherwise``."""
        new = np.array([assignment.get(label, otherwise) for label in self.mapped.tolist()], np.int64)
        return from_pairs(self.reference[self.row], new[self.col], self.count)


class PairCounter:
    """Counts pairs window by window; memory is that of a window and of the pairs that differ.

    Labels are integers of any type. ``add`` may be called any number of times, with parts of any shape.
    ``pause`` is called now and then, and may raise, to stop.
    """

    def __init__(self, pause: Callable | None = None):
        self._parts: list = []
        self._n_new, self._limit = 0, MERGE_PAIRS
        self._pause = pause or (lambda: None)

    def add(self, reference: np.ndarray, mapped: np.ndarray, valid: np.ndarray | None = None) -> None:
        """Count the pixels of two label arrays of one shape, where ``valid`` (same shape, bool)."""
        if valid is not None and not valid.all():
            reference, mapped = reference[valid], mapped[valid]
        reference, mapped = reference.reshape(-1), mapped.reshape(-1)
        for start in range(0, reference.size, CHUNK_PX):
            part = slice(start, start + CHUNK_PX)
            self._keep(*_count(reference[part], mapped[part]))

    def table(self) -> Contingency:
        if not self._parts:
            return _of_merged(*np.zeros((3, 0), np.int64))
        self._merge()
        return _of_merged(*self._parts[0])

    def _keep(self, reference: np.ndarray, mapped: np.ndarray, count: np.ndarray) -> None:
        self._parts.append((reference, mapped, count))
        self._n_new += len(count)
        if self._n_new > self._limit:
            self._merge()
            # parts that hardly merge must not be merged again and again
            self._n_new, self._limit = 0, max(MERGE_PAIRS, len(self._parts[0][0]))

    def _merge(self) -> None:
        if len(self._parts) > 1:  # a single part is what one look at a window gave: merged
            arrays = [np.concatenate(parts) for parts in zip(*self._parts)]
            self._parts = []
            self._parts = [_merged(*arrays, self._pause)]


def contingency_of(reference: np.ndarray, mapped: np.ndarray, valid: np.ndarray | None = None) -> Contingency:
    """The table of two label arrays of one shape, where ``valid``."""
    if reference.shape != mapped.shape:
        raise InputError(f"Two label images must have one shape, not {reference.shape} and {mapped.shape}.")
    counter = PairCounter()
    counter.add(reference, mapped, valid)
    return counter.table()


def from_pairs(reference: np.ndarray, mapped: np.ndarray, count: np.ndarray) -> Contingency:
    """The table of n pairs of labels, in any order, equal ones summed; all arrays (n,)."""
    return _of_merged(*_merged(reference, mapped, count))


def _of_merged(reference: np.ndarray, mapped: np.ndarray, count: np.ndarray) -> Contingency:
    """The table of distinct pairs in ascending order."""
    row_labels, row = _numbered(reference)
    col_labels, col = _numbered(mapped)
    return Contingency(row_labels, col_labels, row, col, count)


def _numbered(values: np.ndarray) -> tuple:
    """The distinct values, ascending, and (n,) the index of each value among them."""
    low, span = _range(values) if len(values) else (0, 0)
    if span > 4 * len(values):
        labels, index = np.unique(values, return_inverse=True)
        return labels, index.reshape(-1)
    seen = np.zeros(span, bool)
    seen[values - low] = True
    return np.flatnonzero(seen) + low, (np.cumsum(seen) - 1)[values - low]


def _count(reference: np.ndarray, mapped: np.ndarray) -> tuple:
    """Labels and counts of the pairs in two equally long (n,) arrays."""
    if reference.size == 0:
        return tuple(np.zeros((3, 0), np.int64))
    row0, row_span = _range(reference)
    col0, col_span = _range(mapped)
    if row_span * col_span <= max(DENSE_BINS, reference.size // 4):
        key = (reference.astype(np.int64) - row0) * col_span + (mapped.astype(np.int64) - col0)
        counts = np.bincount(key)
        key = np.flatnonzero(counts)
        return key // col_span + row0, key % col_span + col0, counts[key].astype(np.int64)
    # labels of regions: neighbors are mostly equal, so that a run is one entry instead of many
    change = (reference[1:] != reference[:-1]) | (mapped[1:] != mapped[:-1])
    start = np.concatenate([[0], np.flatnonzero(change) + 1])
    length = np.diff(np.append(start, reference.size))
    return _merged(reference[start].astype(np.int64), mapped[start].astype(np.int64), length)


def _merged(
    reference: np.ndarray, mapped: np.ndarray, count: np.ndarray, pause: Callable | None = None
) -> tuple:
    """Distinct pairs, ascending, with the sum of their counts."""
    if len(count) == 0:
        return tuple(np.zeros((3, 0), np.int64))
    row0, row_span = _range(reference)
    col0, col_span = _range(mapped)
    if row_span * col_span >= 2**63:
        raise InputError(
            f"The reference's values span {wording.count(row_span)} and the map's {wording.count(col_span)}, too many"
            " pairs to count. Renumber them."
        )
    key = (reference - row0) * col_span + (mapped - col0)
    some = np.sort(key[:: 1 + len(key) // SORTED_PAIRS * 256])
    n_parts = 1 + len(key) // SORTED_PAIRS
    limits = np.unique(some[np.arange(1, n_parts) * len(some) // n_parts])
    place = np.searchsorted(limits, key, side="right") if len(limits) else None
    found = []
    for number in range(len(limits) + 1):
        if pause:
            pause()
        here = slice(None) if place is None else place == number
        found.append(_summed(key[here], count[here]))
    key, count = (np.concatenate(parts) for parts in zip(*found))
    return key // col_span + row0, key % col_span + col0, count


def _summed(key: np.ndarray, count: np.ndarray) -> tuple:
    """Distinct keys, ascending, with the sum of their counts."""
    if len(key) == 0:
        return key, count
    order = np.argsort(key, kind="stable")
    key = key[order]
    first = np.concatenate([[0], np.flatnonzero(key[1:] != key[:-1]) + 1])
    return key[first], np.add.reduceat(count[order], first)


def _range(labels: np.ndarray) -> tuple:
    low, high = int(labels.min()), int(labels.max())
    return low, high - low + 1


def _sums(index: np.ndarray, count: np.ndarray, size: int) -> np.ndarray:
    # exact: float64 holds whole numbers up to 2^53
    return np.bincount(index, weights=count, minlength=size).astype(np.int64)


def _labels(labels: Iterable[int]) -> np.ndarray:
    return np.array(sorted(labels), np.int64)
