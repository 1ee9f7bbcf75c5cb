"""Classes of two dates agree with what is said to have changed."""

from __future__ import annotations

from itertools import product

import torch

from obic_plugin.engine.labelers.pair import best_pair


def test_the_best_pair_of_different_classes():
    random = torch.Generator().manual_seed(0)
    first, second = torch.randn(200, 4, generator=random), torch.randn(200, 4, generator=random)
    one, two = best_pair(first, second)
    for a, b, i, j in zip(first.tolist(), second.tolist(), one.tolist(), two.tolist()):
        pairs = [(x, y) for x, y in product(range(4), range(4)) if x != y]
        assert (i, j) == max(pairs, key=lambda pair: a[pair[0]] + b[pair[1]])
