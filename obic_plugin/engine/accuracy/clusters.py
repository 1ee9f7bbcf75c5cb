"""Agreement of two partitions whose labels mean nothing by themselves."""

from __future__ import annotations

import math

import numpy as np

from .contingency import Contingency
from .expectation import expected_mutual_information


def cluster_scores(table: Contingency) -> dict:
    """{key: score} of the map's clusters against the reference; 1 is perfect, for ``are`` 0 is.

    - ``ami``, ``nmi``: mutual information, adjusted for chance (Vinh, Epps, Bailey 2010) or only
      normalized, both by the arithmetic mean of the two entropies;
    - ``homogeneity``, ``completeness``, ``v_measure`` (Rosenberg, Hirschberg 2007);
    - ``ari`` (Hubert, Arabie 1985) and ``fmi`` (Fowlkes, Mallows 1983), counted over pairs of pixels;
    - ``are`` (Arganda-Carreras et al. 2015): adapted Rand error, with ``are_precision``, the share of
      the pairs united in the map that are united in the reference, and ``are_recall``, the reverse.
      (scikit-image returns the same error, and the two shares under each other's name.)

    Values and special cases are those of scikit-learn's functions, but where all objects are single pixels: its answer
    is 0 / 0, ours that of any map whose clusters are those of the reference under other names, which is perfect.
    """
    return {**information_scores(table), **pair_scores(table)}


def information_scores(table: Contingency) -> dict:
    """The scores that are built on mutual information."""
    n = table.total
    rows, cols = table.reference_px, table.mapped_px
    if len(rows) == len(cols) == len(table.count):  # the same clusters under other names
        return dict.fromkeys(("ami", "nmi", "homogeneity", "completeness", "v_measure"), 1.0)
    h_reference, h_mapped = _entropy(rows, n), _entropy(cols, n)
    mutual = _mutual_information(table, rows, cols)
    homogeneity = mutual / h_reference if h_reference else 1.0
    completeness = mutual / h_mapped if h_mapped else 1.0
    both = homogeneity + completeness
    mean = (h_reference + h_mapped) / 2
    return {
        "ami": _adjusted(mutual, expected_mutual_information(rows, cols), mean),
        "nmi": mutual / mean if mutual else 0.0,
        "homogeneity": homogeneity,
        "completeness": completeness,
        "v_measure": 2 * homogeneity * completeness / both if both else 0.0,
    }


def pair_scores(table: Contingency) -> dict:
    """The scores that count pairs of pixels, of which there are n (n - 1)."""
    n = table.total
    # whole numbers beyond 64 bits occur from 3 000 million pixels on
    together = _ordered_pairs(table.count)
    in_reference, in_map = _ordered_pairs(table.reference_px), _ordered_pairs(table.mapped_px)
    only_map, only_reference = in_map - together, in_reference - together
    apart = n * n - n - only_map - only_reference - together
    if only_map == only_reference == 0:
        ari = 1.0
    else:
        ari = 2.0 * (together * apart - only_reference * only_map)
        ari /= in_reference * (only_reference + apart) + in_map * (only_map + apart)
    precision = together / in_map if in_map else 1.0
    recall = together / in_reference if in_reference else 1.0
    return {
        "ari": ari,
        "fmi": math.sqrt(precision) * math.sqrt(recall),
        "are": 1.0 - (2.0 * precision * recall / (precision + recall) if precision + recall else 0.0),
        "are_precision": precision,
        "are_recall": recall,
    }


def _mutual_information(table: Contingency, rows: np.ndarray, cols: np.ndarray) -> float:
    if len(rows) <= 1 or len(cols) <= 1:
        return 0.0
    n = float(table.total)
    share = table.count / n
    logs = np.log(table.count) + math.log(n) - np.log(rows)[table.row] - np.log(cols)[table.col]
    terms = share * logs
    terms[np.abs(terms) < np.finfo(np.float64).eps] = 0
    return max(float(terms.sum()), 0.0)


def _entropy(sizes: np.ndarray, n: int) -> float:
    if len(sizes) <= 1:
        return 0.0
    return float(-np.sum(sizes / n * (np.log(sizes) - math.log(n))))


def _adjusted(mutual: float, expected: float, mean_entropy: float) -> float:
    denominator = mean_entropy - expected
    eps = float(np.finfo(np.float64).eps)
    # never 0 / 0 where chance alone would give a perfect match
    denominator = min(denominator, -eps) if denominator < 0 else max(denominator, eps)
    return (mutual - expected) / denominator


def _ordered_pairs(sizes: np.ndarray) -> int:
    """Σ s (s - 1) as a Python integer."""
    if len(sizes) and float(sizes.max()) * float(sizes.sum()) < 2.0**62:
        return int(np.dot(sizes, sizes)) - int(sizes.sum())
    return sum(size * (size - 1) for size in sizes.tolist())
