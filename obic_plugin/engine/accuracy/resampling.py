"""How sure scores are that rest on a few polygons: the polygons drawn again and again, with replacement.

Efron and Tibshirani, *An Introduction to the Bootstrap*, 1993. Drawn are whole groups of pixels, since those of one
polygon are no independent witnesses.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

DRAWS = 1000
PERCENT = (2.5, 97.5)


class Interval(NamedTuple):
    """A score, and the limits between which it lies in 95 of 100 draws; NaN where it cannot be said."""

    value: float
    low: float
    high: float


class GroupedScores(NamedTuple):
    """Overall accuracy, mean IoU, and of each class F1 and IoU (K intervals each); ``table`` (K, K) has a row for each
    class of the reference, in pixels."""

    overall_accuracy: Interval
    miou: Interval
    f1: list
    iou: list
    table: np.ndarray


def grouped_scores(
    true: np.ndarray,
    told: np.ndarray,
    groups: np.ndarray,
    shares: np.ndarray,
    seed: int,
    n_px: np.ndarray | None = None,
) -> GroupedScores:
    """Of pixels (n,): their classes from 0, what they were told to be, and the groups they belong to; each of them, or
    ``n_px`` (n,) that are alike.

    Classes count as the ``shares`` (K,) of the scene that they cover, and not as many pixels of them were tested: the
    estimate of stratified samples, Olofsson et al., *Good practices for estimating area and assessing accuracy of land
    change*, Remote Sensing of Environment 2014.
    """
    n_classes = len(shares)
    _, group = np.unique(groups, return_inverse=True)
    n_groups = int(group.max(initial=-1)) + 1
    tables = np.zeros((n_groups, n_classes, n_classes))
    np.add.at(tables, (group, true, told), 1 if n_px is None else n_px)
    drawn = np.random.default_rng(seed).multinomial(n_groups, np.full(n_groups, 1 / n_groups), DRAWS)
    whole = tables.sum(0)
    resampled = np.tensordot(drawn.astype(float), tables, 1)
    one, many = (_scores(_in_shares(each, shares)) for each in (whole[None], resampled))
    intervals = [
        [_interval(value, draws) for value, draws in zip(found[0], spread.T)]
        for found, spread in zip(one, many)
    ]
    return GroupedScores(intervals[0][0], intervals[1][0], intervals[2], intervals[3], whole.astype(np.int64))


def _in_shares(tables: np.ndarray, shares: np.ndarray) -> np.ndarray:
    """Tables (n, K, K) whose rows sum to the shares (K,) of their classes; those of classes without a pixel to 0."""
    return tables * (shares / np.maximum(tables.sum(2), 1))[:, :, None]


def _scores(tables: np.ndarray) -> tuple:
    """(n, 1) overall accuracy, (n, 1) mean IoU, (n, K) F1 and (n, K) IoU of tables (n, K, K); NaN for 0 / 0."""
    hits, rows, cols = np.diagonal(tables, axis1=1, axis2=2), tables.sum(2), tables.sum(1)
    with np.errstate(invalid="ignore"):
        overall = hits.sum(1, keepdims=True) / rows.sum(1, keepdims=True)
        f1, iou = 2 * hits / (rows + cols), hits / (rows + cols - hits)
    there = rows > 0
    miou = np.where(there, np.nan_to_num(iou), 0).sum(1, keepdims=True) / np.maximum(there.sum(1), 1)[:, None]
    return overall, miou, f1, iou


def _interval(value: float, draws: np.ndarray) -> Interval:
    draws = draws[np.isfinite(draws)]
    low, high = np.percentile(draws, PERCENT) if len(draws) else (np.nan, np.nan)
    return Interval(float(value), float(low), float(high))
