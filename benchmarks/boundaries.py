"""How well superpixels follow the objects of a reference."""

from __future__ import annotations

import numpy as np
from scipy.ndimage import binary_dilation

from obic_plugin.engine.accuracy.contingency import Contingency


def boundaries(labels: np.ndarray, valid: np.ndarray | None = None) -> np.ndarray:
    """(h, w) bool: pixels with a different label to their left, right, above or below.

    Where ``valid`` (h, w) is given, only borders between two valid pixels count.
    """
    found = np.zeros(labels.shape, bool)
    for first, second in ((np.s_[:, 1:], np.s_[:, :-1]), (np.s_[1:], np.s_[:-1])):
        differ = labels[first] != labels[second]
        if valid is not None:
            differ &= valid[first] & valid[second]
        found[first] |= differ
        found[second] |= differ
    return found


def boundary_recall(
    reference: np.ndarray, regions: np.ndarray, tolerance_px: int = 2, valid: np.ndarray | None = None
) -> float:
    """Share of the reference's boundary pixels with a region boundary at most ``tolerance_px`` away.

    All arrays (h, w); distance counts along rows and columns, whichever is longer. 1 where the
    reference has no boundary. ``valid`` marks the labelled pixels of the reference.

    Martin, Fowlkes, Malik: Learning to detect natural image boundaries, TPAMI 2004; as used for
    superpixels by Stutz, Hermans, Leibe: Superpixels: an evaluation of the state of the art, CVIU 2018.
    """
    return _share_near(boundaries(reference, valid), boundaries(regions), tolerance_px)


def boundary_precision(
    reference: np.ndarray, regions: np.ndarray, tolerance_px: int = 2, valid: np.ndarray | None = None
) -> float:
    """Share of the regions' boundary pixels, where ``valid``, with one of the reference that near."""
    own = boundaries(regions, valid)
    return _share_near(own, boundaries(reference, valid), tolerance_px)


def under_segmentation_error(table: Contingency) -> float:
    """Share of pixels by which regions (columns) leak out of the objects (rows) they overlap.

    1/N Σ over objects and regions that overlap of min(pixels inside, pixels outside): 0 when no region
    crosses a border. Neubert, Protzel: Superpixel benchmark and comparison, 2012.
    """
    if not table.total:
        return 0.0
    outside = table.mapped_px[table.col] - table.count
    return float(np.minimum(table.count, outside).sum()) / table.total


def achievable_accuracy(table: Contingency) -> float:
    """Highest accuracy that any labelling of whole regions (columns) could have.

    Liu, Tuzel, Ramalingam, Chellappa: Entropy rate superpixel segmentation, CVPR 2011.
    """
    if not table.total:
        return 1.0
    best = np.zeros(len(table.mapped), np.int64)
    np.maximum.at(best, table.col, table.count)
    return float(best.sum()) / table.total


def _share_near(boundary: np.ndarray, other: np.ndarray, tolerance_px: int) -> float:
    n = int(boundary.sum())
    if n == 0:
        return 1.0
    if tolerance_px > 0:  # a square is two lines
        other = binary_dilation(other, np.ones((1, 2 * tolerance_px + 1), bool))
        other = binary_dilation(other, np.ones((2 * tolerance_px + 1, 1), bool))
    return int((boundary & other).sum()) / n
