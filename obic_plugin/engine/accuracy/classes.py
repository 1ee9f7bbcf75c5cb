"""Agreement of two maps whose labels mean the same classes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .contingency import Contingency


@dataclass(frozen=True)
class ClassScores:
    """Scores of each label (K,) that occurs in the reference or in the map, and of all.

    ``recall`` is the producer's accuracy (of the reference's pixels of a class, the share mapped as
    such), ``precision`` the user's accuracy (of the map's). NaN where there is nothing to divide by.
    ``miou`` and ``mean_f1`` average over the classes that the reference has.
    """

    labels: np.ndarray
    reference_px: np.ndarray
    mapped_px: np.ndarray
    agreeing_px: np.ndarray
    overall_accuracy: float
    kappa: float

    @cached_property
    def precision(self) -> np.ndarray:
        return _ratio(self.agreeing_px, self.mapped_px)

    @cached_property
    def recall(self) -> np.ndarray:
        return _ratio(self.agreeing_px, self.reference_px)

    @cached_property
    def f1(self) -> np.ndarray:
        return _ratio(2 * self.agreeing_px, self.reference_px + self.mapped_px)

    @cached_property
    def iou(self) -> np.ndarray:
        return _ratio(self.agreeing_px, self.reference_px + self.mapped_px - self.agreeing_px)

    @property
    def miou(self) -> float:
        return self._mean(self.iou)

    @property
    def mean_f1(self) -> float:
        return self._mean(self.f1)

    def _mean(self, scores: np.ndarray) -> float:
        present = self.reference_px > 0
        return float(scores[present].mean()) if present.any() else float("nan")


def class_scores(table: Contingency) -> ClassScores:
    """Scores where equal labels mean agreement; see `Contingency.relabeled` for clusters."""
    labels = np.union1d(table.reference, table.mapped)
    row, col = table.reference[table.row], table.mapped[table.col]
    same = row == col
    reference_px, mapped_px, agreeing_px = (np.zeros(len(labels), np.int64) for _ in range(3))
    reference_px[np.searchsorted(labels, table.reference)] = table.reference_px
    mapped_px[np.searchsorted(labels, table.mapped)] = table.mapped_px
    agreeing_px[np.searchsorted(labels, row[same])] = table.count[same]
    n = float(table.total)
    accuracy = float(agreeing_px.sum()) / n if n else float("nan")
    chance = float(np.dot(reference_px / n, mapped_px / n)) if n else float("nan")
    # one class everywhere in both: scikit-learn divides by 0 here; agreement beyond chance is undefined
    kappa = (accuracy - chance) / (1 - chance) if chance < 1 else float("nan")
    return ClassScores(labels, reference_px, mapped_px, agreeing_px, accuracy, kappa)


def _ratio(part: np.ndarray, whole: np.ndarray) -> np.ndarray:
    return np.divide(part, whole, out=np.full(len(part), np.nan), where=whole > 0)
