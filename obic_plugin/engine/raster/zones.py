"""Sums of an image's bands over zones: sets of pixels that share a number, however many there are."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .labels import Labels
from .patch import Patch

MERGE_ZONES = 2_000_000


class Zones(NamedTuple):
    """``numbers`` (n,) int64, ascending, of zones, their ``means`` (n, B), and how many valid pixels ``n_px`` (n,)."""

    numbers: np.ndarray
    means: np.ndarray
    n_px: np.ndarray


class ZoneMeans:
    """Collects patches of an image with the zones of their pixels, in any order; then looks up means.

    Memory is that of a patch and of the zones. Pixels that are invalid in the image count nowhere.
    """

    def __init__(self, n_bands: int):
        self._n_bands = n_bands
        self._parts = [(np.zeros(0, np.int64), np.zeros((0, n_bands + 1)))]
        self._n_rows = 0

    def add(self, patch: Patch, zones: Labels) -> None:
        """Sum up values (B, h, w) over the zones (h, w), where both are valid."""
        known = zones.valid & patch.valid
        if not known.any():
            return
        numbers, index = _distinct(zones.values, known)
        sums = np.empty((len(numbers), self._n_bands + 1))
        sums[:, -1] = np.bincount(index, minlength=len(numbers))
        for band, values in enumerate(patch.values):
            sums[:, band] = np.bincount(index, values[known], len(numbers))
        self._parts.append((numbers, sums))
        self._n_rows += len(numbers)
        if self._n_rows > MERGE_ZONES:
            self._merge()
            self._n_rows = len(self._parts[0][0]) // 2  # what hardly merges is not merged again and again

    def table(self) -> Zones:
        """All zones that have been added."""
        self._merge()
        numbers, sums = self._parts[0]
        count = sums[:, -1]
        return Zones(numbers, sums[:, :-1] / np.maximum(count, 1)[:, None], count.astype(np.int64))

    def _merge(self) -> None:
        numbers, index = np.unique(np.concatenate([part for part, _ in self._parts]), return_inverse=True)
        total = np.zeros((len(numbers), self._n_bands + 1))
        np.add.at(total, index.reshape(-1), np.concatenate([sums for _, sums in self._parts]))
        self._parts = [(numbers, total)]


def position(numbers: np.ndarray, zones: np.ndarray) -> tuple:
    """For each of the ``zones`` (n,): its index in ``numbers``, ascending, and whether it is there at all."""
    if not len(numbers):
        return np.zeros(len(zones), np.int64), np.zeros(len(zones), bool)
    index = np.minimum(np.searchsorted(numbers, zones), len(numbers) - 1)
    return index, numbers[index] == zones


def paint(numbers: np.ndarray, colors: np.ndarray, patch: Patch, zones: Labels, background) -> np.ndarray:
    """(B, h, w): on each pixel valid in image and zones the ``colors`` (n, B) of its zone, else ``background``."""
    painted = np.full((colors.shape[1], *zones.values.shape), background, colors.dtype)
    known = zones.valid & patch.valid
    if known.any():
        distinct, index = _distinct(zones.values, known)
        place, found = position(numbers, distinct)
        for band, column in zip(painted, colors.T):
            band[known] = np.where(found, column[place], background)[index]
    return painted


def _distinct(values: np.ndarray, where: np.ndarray) -> tuple:
    """The numbers that occur in ``values[where]``, ascending, and the index (n,) of each pixel among them."""
    flat = values[where]
    starts = np.flatnonzero(np.r_[True, flat[1:] != flat[:-1]])  # runs first: zones are seldom of one pixel
    numbers, index = np.unique(flat[starts], return_inverse=True)
    return numbers.astype(np.int64), np.repeat(index.reshape(-1), np.diff(np.r_[starts, len(flat)]))
