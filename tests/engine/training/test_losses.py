"""Each loss against a slow and plain version of it."""

from __future__ import annotations

import math
import threading

import numpy as np
import pytest
import torch

from obic_plugin.engine.training.losses import balanced, info_nce, soft_cross_entropy


def drawn(*shape, seed=0):
    return torch.rand(shape, generator=torch.Generator().manual_seed(seed)) * 2 - 1


def plainly_balanced(cosines, temperature, n_iterations):
    shares = [[math.exp((x - 1) / temperature) for x in row] for row in cosines.tolist()]
    for _ in range(n_iterations):
        for k in range(len(shares[0])):
            total = sum(row[k] for row in shares)
            for row in shares:
                row[k] /= total
        for row in shares:
            total = sum(row)
            row[:] = [x / total for x in row]
    return shares


@pytest.mark.parametrize("n_iterations", [1, 3])
def test_balanced_shares_are_those_of_the_plain_version(n_iterations):
    cosines = drawn(20, 5)
    found = balanced(cosines, 0.3, n_iterations)
    assert np.allclose(found, plainly_balanced(cosines, 0.3, n_iterations), atol=1e-6)


def test_every_sample_is_shared_out_and_every_prototype_gets_about_the_same():
    cosines = drawn(400, 4) * 0.2 + torch.tensor([0.6, 0.0, 0.0, -0.3])
    assert (balanced(cosines, 0.07, 1) >= 0).all()
    found = balanced(cosines, 0.07, 20)
    assert torch.allclose(found.sum(1), torch.ones(400)) and torch.allclose(
        found.sum(0), torch.full((4,), 100.0), rtol=0.02
    )


def test_cosines_as_far_apart_as_can_be_do_not_overflow():
    found = balanced(torch.tensor([[1.0, -1.0], [1.0, -1.0]]), 0.02)
    assert found.isfinite().all() and torch.allclose(found.sum(1), torch.ones(2))


def test_several_processes_balance_as_one_does():
    """Each has some of the samples, and hears the sums of all."""
    cosines, meeting, said, found = drawn(30, 6), threading.Barrier(3), [None] * 3, [None] * 3

    def process(rank):
        def total(tensor):
            said[rank] = tensor
            meeting.wait(30)
            answer = sum(said)
            meeting.wait(30)
            return answer

        found[rank] = balanced(cosines[10 * rank : 10 * rank + 10], 0.07, 3, total)

    threads = [threading.Thread(target=process, args=(rank,)) for rank in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert torch.allclose(torch.cat(found), balanced(cosines, 0.07, 3), atol=1e-6)


def test_cross_entropy_to_shares_is_that_of_the_plain_version():
    logits, shares = drawn(7, 4), drawn(7, 4, seed=1).softmax(1)
    plain = 0.0
    for row, share in zip(logits.tolist(), shares.tolist()):
        total = sum(math.exp(x) for x in row)
        plain -= sum(s * math.log(math.exp(x) / total) for x, s in zip(row, share))
    assert float(soft_cross_entropy(logits, shares)) == pytest.approx(plain / 7, rel=1e-5)


def test_info_nce_is_that_of_the_plain_version():
    queries, keys, positives = drawn(4, 3), drawn(6, 3, seed=1), [2, 0, 5, 4]
    plain, temperature = 0.0, 0.2
    for query, positive in zip(queries.tolist(), positives):
        likeness = []
        for key in keys.tolist():
            inner = sum(a * b for a, b in zip(query, key))
            lengths = math.sqrt(sum(a * a for a in query)) * math.sqrt(sum(b * b for b in key))
            likeness.append(math.exp(inner / lengths / temperature))
        plain -= math.log(likeness[positive] / sum(likeness))
    found = info_nce(queries, keys, torch.tensor(positives), temperature)
    assert float(found) == pytest.approx(2 * temperature * plain / 4, rel=1e-5)


def test_what_finds_its_own_key_loses_nothing():
    keys = torch.eye(5)
    own, other = torch.arange(5), torch.arange(5).roll(1)
    assert float(info_nce(3 * keys, keys, own, 0.01)) < 1e-6 < float(info_nce(keys, keys, other, 0.01))
