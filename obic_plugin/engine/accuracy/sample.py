"""Accuracy and areas of a whole map, estimated from a random sample of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .contingency import Contingency

Z_95 = 1.96  # of the normal distribution, as in the paper


@dataclass(frozen=True)
class AreaAdjusted:
    """Estimates with the half width of their 95 % confidence intervals (``…_ci``).

    All arrays (K,), in the order of ``labels``: the classes of the sample or of the map. ``n`` counts the
    sample in each class of the map, which has ``mapped_area`` there; ``area`` is what the class really
    covers, by the estimate, of the part of the map that has a sample. All but ``unsampled_area`` is such.
    NaN where the sample says nothing.
    """

    labels: np.ndarray
    n: np.ndarray
    overall_accuracy: float
    overall_accuracy_ci: float
    precision: np.ndarray
    precision_ci: np.ndarray
    recall: np.ndarray
    recall_ci: np.ndarray
    mapped_area: np.ndarray
    area: np.ndarray
    area_ci: np.ndarray
    unsampled_area: float


def area_adjusted(table: Contingency, mapped_area: dict) -> AreaAdjusted:
    """The estimators for a sample stratified by map class, of Olofsson et al. 2014 (equations 1–11).

    ``mapped_area`` is {map label: area on the whole map}, in the unit that areas are wanted in. Rows are the
    reference here, in the paper they are the map. Classes of the map without any sample are left out, since
    nothing is known of them. A class with one sample has no variance: its intervals are NaN.

    P. Olofsson, G. M. Foody, M. Herold, S. V. Stehman, C. E. Woodcock, M. A. Wulder: Good practices for
    estimating area and assessing accuracy of land change. Remote Sensing of Environment 148, 2014.
    """
    labels = np.union1d(table.reference, np.union1d(table.mapped, list(mapped_area)).astype(np.int64))
    counts = np.zeros((len(labels), len(labels)))  # map, reference: as in the paper
    col, row = (np.searchsorted(labels, own) for own in (table.mapped, table.reference))
    counts[col[table.col], row[table.row]] = table.count
    n = counts.sum(1)
    area = np.array([float(mapped_area.get(label, 0)) for label in labels.tolist()])
    weight = np.where(n > 0, area, 0)
    total = float(weight.sum())
    weight = weight / total if total else weight
    share = np.divide(counts, n[:, None], out=np.zeros_like(counts), where=n[:, None] > 0)
    free = np.where(n == 1, np.nan, np.maximum(n - 1, 1))[:, None]
    variance = share * (1 - share) / free  # of each share; 0 in classes without sample or weight
    variance[weight == 0] = 0
    joint = weight[:, None] * share
    correct, real = np.diag(joint), joint.sum(0)
    return AreaAdjusted(
        labels=labels,
        n=n.astype(np.int64),
        overall_accuracy=float(correct.sum()),
        overall_accuracy_ci=float(Z_95 * np.sqrt(np.sum(weight**2 * np.diag(variance)))),
        precision=np.where(n > 0, np.diag(share), np.nan),
        precision_ci=np.where(n > 0, Z_95 * np.sqrt(np.diag(variance)), np.nan),
        recall=np.divide(correct, real, out=np.full(len(labels), np.nan), where=real > 0),
        recall_ci=Z_95 * _recall_error(weight, variance, correct, real),
        mapped_area=area,
        area=real * total,
        area_ci=Z_95 * total * np.sqrt(np.sum(weight[:, None] ** 2 * variance, axis=0)),
        unsampled_area=float(area.sum()) - total,
    )


def _recall_error(
    weight: np.ndarray, variance: np.ndarray, correct: np.ndarray, real: np.ndarray
) -> np.ndarray:
    """(K,) standard error of the producer's accuracy, equation 7 divided through by the total area."""
    recall = np.divide(correct, real, out=np.full(len(real), np.nan), where=real > 0)
    spread = weight[:, None] ** 2 * variance
    own = np.diag(spread)
    others = spread.sum(0) - own
    total = (1 - recall) ** 2 * own + recall**2 * others
    return np.sqrt(np.divide(total, real**2, out=np.full(len(real), np.nan), where=real > 0))
