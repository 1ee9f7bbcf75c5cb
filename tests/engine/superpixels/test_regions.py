"""Sums over regions against plain loops."""

from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from obic_plugin.engine.superpixels.regions import (  # noqa: E402
    borders,
    majority_labels,
    statistics,
    vote_sums,
)

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


def test_statistics_agree_with_a_loop():
    regions = some_regions()
    values = np.random.default_rng(2).normal(1e4, 3.0, (3, *regions.shape)).astype(np.float32)
    found = statistics(torch.tensor(values), torch.tensor(regions), N)
    for region in range(N):
        pixels = values[:, regions == region].astype(np.float64)
        assert found.count[region] == pixels.shape[1]
        if region == 5:
            assert all(torch.isnan(part[region]).all() for part in found[1:])
            continue
        np.testing.assert_allclose(found.mean[region], pixels.mean(1), rtol=1e-12)
        np.testing.assert_allclose(found.std[region], pixels.std(1), rtol=1e-9)
        np.testing.assert_array_equal(found.low[region], pixels.min(1))
        np.testing.assert_array_equal(found.high[region], pixels.max(1))


def test_majority_agrees_with_a_loop():
    regions = some_regions()
    labels = np.random.default_rng(3).integers(-1, 6, regions.shape)
    labels[labels == 5] = 255
    labels[regions == 4] = 255
    expected = []
    for region in range(N):
        counts = [((labels == label) & (regions == region)).sum() for label in range(5)]
        expected.append(int(np.argmax(counts)) if max(counts) else -1)
    found = majority_labels(torch.tensor(labels), torch.tensor(regions), N, 5)
    assert found.tolist() == expected and expected[4] == expected[5] == -1


def test_borders_agree_with_a_loop():
    regions = some_regions()
    expected = {}
    for row in range(regions.shape[0]):
        for col in range(regions.shape[1]):
            for near in ((row + 1, col), (row, col + 1)):
                if near[0] < regions.shape[0] and near[1] < regions.shape[1]:
                    pair = tuple(sorted((regions[row, col], regions[near])))
                    if pair[0] >= 0 and pair[0] != pair[1]:
                        expected[pair] = expected.get(pair, 0) + 1
    pairs, length = borders(torch.tensor(regions))
    assert dict(zip(map(tuple, pairs.tolist()), length.tolist())) == expected
    assert pairs.tolist() == sorted(pairs.tolist())


def test_no_borders_where_there_is_one_region_or_none():
    for value in (0, -1):
        pairs, length = borders(torch.full((4, 5), value))
        assert pairs.shape == (0, 2) and len(length) == 0
