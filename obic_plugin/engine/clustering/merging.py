"""Many groups become few: those go together whose union is spread least more than they are by themselves."""

from __future__ import annotations

import numpy as np


def merged_groups(vectors: np.ndarray, groups: np.ndarray, n_groups: int, n_wanted: int) -> np.ndarray:
    """(n_groups,) int64 number, from 0 to below ``n_wanted``, of what each group of vectors (n, D) becomes part of.

    ``groups`` (n,) are those of the vectors. Ward's method (*Hierarchical Grouping to Optimize an Objective Function*,
    1963) on their means and sizes. Groups that hold nothing go with the first.
    """
    sizes = np.bincount(groups, minlength=n_groups).astype(float)
    means = np.zeros((n_groups, vectors.shape[1]))
    np.add.at(means, groups, vectors)
    means /= np.maximum(sizes, 1)[:, None]
    became = np.arange(n_groups)
    while (sizes > 0).sum() > n_wanted:
        one, other = _nearest(means, sizes)
        means[one] = (sizes[one] * means[one] + sizes[other] * means[other]) / (sizes[one] + sizes[other])
        sizes[one], sizes[other] = sizes[one] + sizes[other], 0
        became[became == other] = one
    held = np.flatnonzero(sizes > 0)
    numbers = np.zeros(n_groups, np.int64)
    numbers[held] = np.arange(len(held))
    return numbers[became]


def _nearest(means: np.ndarray, sizes: np.ndarray) -> tuple:
    """The two groups whose union costs least, the smaller number first."""
    held = np.flatnonzero(sizes > 0)
    apart = ((means[held, None] - means[None, held]) ** 2).sum(2)
    weights = sizes[held, None] * sizes[None, held] / (sizes[held, None] + sizes[None, held])
    cost = np.where(np.triu(np.ones_like(apart, bool), 1), apart * weights, np.inf)
    one, other = np.unravel_index(int(cost.argmin()), cost.shape)
    return int(held[one]), int(held[other])
