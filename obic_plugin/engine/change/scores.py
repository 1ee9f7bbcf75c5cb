"""How right a map of change is: scores of the mask, and of from what to what, from one table of counts.

Truth of a pixel: unchanged where its classes are equal, else one of K x K transitions. A transition is said only where
change is said; inside, the mapped classes count; outside, they do not matter for the scores of change.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..accuracy.contingency import Contingency, from_pairs


class ClassAgreement(NamedTuple):
    """Intersection over union and F1 (K,) of classes; NaN where the truth does not have a class."""

    iou: np.ndarray
    f1: np.ndarray


@dataclass(frozen=True)
class Mask:
    """Pixels of a mask of change against the truth: true and false, positive and negative."""

    tp: int
    fp: int
    fn: int
    tn: int

    @property
    def total(self) -> int:
        return self.tp + self.fp + self.fn + self.tn

    @property
    def precision(self) -> float:
        return self.tp / max(self.tp + self.fp, 1)

    @property
    def recall(self) -> float:
        return self.tp / max(self.tp + self.fn, 1)

    @property
    def f1(self) -> float:
        return 2 * self.tp / max(2 * self.tp + self.fp + self.fn, 1)

    @property
    def iou(self) -> float:
        return self.tp / max(self.tp + self.fp + self.fn, 1)

    @property
    def iou_unchanged(self) -> float:
        return self.tn / max(self.tn + self.fp + self.fn, 1)

    @property
    def kappa(self) -> float:
        truth, said = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
        return kappa(from_pairs(truth, said, np.array([self.tn, self.fp, self.fn, self.tp])))


class SemanticScores:
    """Of the classes of both dates.

    ``truth`` (n,) are t1 * K + t2, ``answer`` (n,) (p1 * K + p2) * 2 + said, ``px`` (n,) how many pixels have both: t1
    and t2 the true classes of both dates, p1 and p2 the mapped ones, said 1 where change is said.
    """

    def __init__(self, truth: np.ndarray, answer: np.ndarray, px: np.ndarray, n_classes: int):
        self.n_classes, self.px = n_classes, px.astype(np.int64)
        self.true = np.divmod(truth, n_classes)
        pair, said = np.divmod(answer, 2)
        self.mapped, self.said = np.divmod(pair, n_classes), said.astype(bool)
        self.changed = self.true[0] != self.true[1]
        self._truth = np.where(self.changed, 1 + truth, 0)
        self._answer = np.where(self.said, 1 + pair, 0)

    @cached_property
    def mask(self) -> Mask:
        said, changed = self.said, self.changed
        parts = said & changed, said & ~changed, ~said & changed, ~said & ~changed
        return Mask(*(int(self.px[part].sum()) for part in parts))

    @cached_property
    def transition_kappa(self) -> float:
        return kappa(from_pairs(self._truth, self._answer, self.px))

    @cached_property
    def sek(self) -> float:
        """exp(IoU - 1) x kappa without the pixels that are unchanged in both."""
        some = (self._truth > 0) | (self._answer > 0)
        return kappa(from_pairs(self._truth[some], self._answer[some], self.px[some])) * math.exp(
            self.mask.iou - 1
        )

    @cached_property
    def f_scd(self) -> float:
        """Harmonic mean of the shares of right classes where change is said, and where change is."""
        both = self.said & self.changed
        right = sum(int(self.px[both & (t == p)].sum()) for t, p in zip(self.true, self.mapped)) / 2
        mask = self.mask
        precision, recall = right / max(mask.tp + mask.fp, 1), right / max(mask.tp + mask.fn, 1)
        return 2 * precision * recall / max(precision + recall, 1e-9)

    @cached_property
    def overall_accuracy(self) -> float:
        right = sum(int(self.px[t == p].sum()) for t, p in zip(self.true, self.mapped))
        return right / max(2 * int(self.px.sum()), 1)

    @cached_property
    def classes(self) -> ClassAgreement:
        """Those of the classes over both dates."""
        return self._class_scores(np.ones(len(self.px), bool))

    @property
    def miou(self) -> float:
        return _mean(self.classes.iou)

    @property
    def mean_f1(self) -> float:
        return _mean(self.classes.f1)

    @property
    def miou_bc(self) -> float:
        return (self.mask.iou + self.mask.iou_unchanged) / 2

    @cached_property
    def miou_nc(self) -> float:
        """Mean IoU of the classes over both dates, where nothing has changed."""
        return _mean(self._class_scores(~self.changed).iou)

    @cached_property
    def miou_sc(self) -> float:
        """Mean IoU of the transitions, where something has changed."""
        n, there = self.n_classes**2 + 1, self.changed
        size, answered = (np.bincount(code[there], self.px[there], n) for code in (self._truth, self._answer))
        hit = there & (self._truth == self._answer)
        agreeing = np.bincount(self._truth[hit], self.px[hit], n)
        return _mean(np.where(size > 0, agreeing / np.maximum(size + answered - agreeing, 1), np.nan))

    @property
    def inconsistent(self) -> float:
        """Share of pixels that are said to be changed and whose two classes are the same."""
        same = self.said & (self.mapped[0] == self.mapped[1])
        return int(self.px[same].sum()) / max(int(self.px.sum()), 1)

    def _class_scores(self, part: np.ndarray) -> ClassAgreement:
        n = self.n_classes
        size, mapped, hit = np.zeros(n), np.zeros(n), np.zeros(n)
        for t, p in zip(self.true, self.mapped):
            size += np.bincount(t[part], self.px[part], n)
            mapped += np.bincount(p[part], self.px[part], n)
            right = part & (t == p)
            hit += np.bincount(t[right], self.px[right], n)
        there = size > 0
        iou = np.where(there, hit / np.maximum(mapped + size - hit, 1), np.nan)
        return ClassAgreement(iou, np.where(there, 2 * hit / np.maximum(mapped + size, 1), np.nan))


def kappa(table: Contingency) -> float:
    """Cohen's kappa of a table in which equal labels agree; NaN of an empty one."""
    n = float(table.total)
    if not n:
        return math.nan
    same = table.reference[table.row] == table.mapped[table.col]
    _, one, other = np.intersect1d(table.reference, table.mapped, return_indices=True)
    expected = float(np.dot(table.reference_px[one] / n, table.mapped_px[other] / n))
    return (float(table.count[same].sum()) / n - expected) / max(1 - expected, 1e-12)


def _mean(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else math.nan
