"""Sums over regions against plain loops."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from obic_plugin.engine.superpixels.regions import vote_sums  # noqa: E402

N = 12


def some_regions(seed=0, shape=(23, 31)):
    """Ids -1..11 in small squares; 5 does not occur."""
    random = np.random.default_rng(seed)
    ids = random.integers(-1, N, (shape[0] // 4 + 1, shape[1] // 4 + 1))
    ids[ids == 5] = 6
    return np.kron(ids, np.ones((4, 4), int))[: shape[0], : shape[1]]


@pytest.mark.parametrize("dtype", [torch.int32, torch.int64])
def test_vote_sums_agree_with_a_loop(dtype):
    regions = some_regions()
    scores = np.random.default_rng(1).integers(0, 256, (5, *regions.shape))
    expected = np.zeros((N, 5))
    for row in range(regions.shape[0]):
        for col in range(regions.shape[1]):
            if regions[row, col] >= 0:
                expected[regions[row, col]] += scores[:, row, col]
    sums = vote_sums(torch.tensor(scores, dtype=torch.float32), torch.tensor(regions, dtype=dtype), N)
    np.testing.assert_array_equal(sums.numpy(), expected)


def test_votes_of_half_the_pixels_and_the_other_half_add_up():
    regions = torch.tensor(some_regions())
    scores = torch.rand((3, *regions.shape)).mul(100).round()
    first = torch.rand(regions.shape) < 0.5
    parts = [vote_sums(scores, torch.where(part, regions, -1), N) for part in (first, ~first)]
    assert torch.equal(sum(parts), vote_sums(scores, regions, N))
