"""Products are those of NumPy, with as many threads on every computer."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from obic_plugin.engine.threads import threads
from obic_plugin.engine.training import product as module
from obic_plugin.engine.training.product import product


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_products_are_those_of_numpy(dtype):
    random = np.random.default_rng(0)
    one, two = (random.random(shape).astype(dtype) for shape in ((70, 30), (70, 9)))
    found = product(one.T, two)
    assert found.dtype == dtype
    np.testing.assert_allclose(found, one.T @ two, rtol=1e-5)


def test_the_number_of_threads_is_the_same_everywhere(monkeypatch):
    seen, take = [], torch.from_numpy

    def watched(array):
        seen.append(torch.get_num_threads())
        return take(array)

    monkeypatch.setattr(module.torch, "from_numpy", watched)
    with threads(1):
        product(np.eye(3), np.eye(3))
        assert set(seen) == {2} and torch.get_num_threads() == 1
