"""Which class each cluster most likely means."""

from __future__ import annotations

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix, diags, hstack
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from ..errors import ParameterError
from ..wording import count
from .contingency import Contingency

DENSE_CELLS = 10_000_000
MOST_PARTNERS = 15_000  # labels on the side that has fewer; the time grows with their square
MOST_PAIRS = 2_000_000


def one_to_one(table: Contingency) -> dict:
    """{map label: reference label} that makes most pixels agree, each label used at most once.

    Labels left over on either side, or that could only be joined without one common pixel, are not in it.
    Raises `ParameterError` where there are too many on both sides.
    """
    if not can_match(table):
        raise ParameterError(
            f"Best one-to-one is for classes, and here are {count(len(table.reference))} in the reference and"
            f" {count(len(table.mapped))} in the map. Choose another matching."
        )
    if not len(table.count):
        return {}
    if len(table.reference) * len(table.mapped) <= DENSE_CELLS:
        dense = table.dense()
        row, col = linear_sum_assignment(dense, maximize=True)
        agree = dense[row, col] > 0
        row, col = row[agree], col[agree]
    else:
        row, col = _sparse_assignment(table)
    pairs = zip(table.mapped[col].tolist(), table.reference[row].tolist())
    return dict(sorted(pairs))


def can_match(table: Contingency) -> bool:
    """Whether `one_to_one` takes about a second at most, in which it cannot be stopped."""
    return min(len(table.reference), len(table.mapped)) <= MOST_PARTNERS and len(table.count) <= MOST_PAIRS


def many_to_one(table: Contingency) -> dict:
    """{map label: the reference label that most of its pixels have}; of equal ones the first."""
    largest = np.zeros(len(table.mapped), np.int64)
    np.maximum.at(largest, table.col, table.count)
    winners = np.flatnonzero(table.count == largest[table.col])[::-1]  # the first is written last, and stays
    row = np.empty(len(table.mapped), np.int64)
    row[table.col[winners]] = table.row[winners]
    return dict(zip(table.mapped.tolist(), table.reference[row].tolist()))


def by_value(table: Contingency) -> dict:
    """{label: label} for the labels that both have."""
    return {label: label for label in np.intersect1d(table.reference, table.mapped).tolist()}


def agreeing_px(table: Contingency, assignment: dict) -> int:
    """Pixels whose map label is assigned to their reference label."""
    known = np.array([label in assignment for label in table.mapped.tolist()], bool)
    wanted = np.array([assignment.get(label, 0) for label in table.mapped.tolist()], np.int64)
    agree = known[table.col] & (wanted[table.col] == table.reference[table.row])
    return int(table.count[agree].sum())


def _sparse_assignment(table: Contingency) -> tuple:
    """(rows, columns) of the best assignment, for tables with millions of labels on one side."""
    counts = csr_matrix((table.count + 1.0, (table.row, table.col)))
    if counts.shape[0] > counts.shape[1]:  # as many searches as there are rows
        col, row = _best(counts.T.tocsr())
        return row, col
    return _best(counts)


def _best(counts: csr_matrix) -> tuple:
    # A row may also stay alone, in a column of its own that is worth nothing. Since stored zeros mean
    # "no edge" there, every weight is one larger than what it stands for, which changes no choice.
    alone = diags(np.ones(counts.shape[0]))
    row, col = min_weight_full_bipartite_matching(hstack([counts, alone], format="csr"), maximize=True)
    joined = col < counts.shape[1]
    return row[joined], col[joined]
