"""Scores of change against their definitions, computed the long way."""

from __future__ import annotations

import math

import numpy as np
import pytest

from obic_plugin.engine.accuracy.contingency import contingency_of
from obic_plugin.engine.change.scores import Mask, SemanticScores

N = 3


def scene(seed=0, size=4000):
    """True classes of both dates, those of a map that is mostly right, and where that says change."""
    random = np.random.default_rng(seed)
    t1 = random.integers(0, N, size)
    t2 = np.where(random.random(size) < 0.7, t1, random.integers(0, N, size))
    p1, p2 = (np.where(random.random(size) < 0.8, t, random.integers(0, N, size)) for t in (t1, t2))
    return t1, t2, p1, p2, np.where(random.random(size) < 0.9, p1 != p2, random.random(size) < 0.5)


def scored(t1, t2, p1, p2, said):
    table = contingency_of(t1 * N + t2, (p1 * N + p2) * 2 + said)
    return SemanticScores(table.reference[table.row], table.mapped[table.col], table.count, N)


def plain_kappa(truth, answer):
    kinds = sorted({*truth, *answer})
    table = np.array([[((truth == a) & (answer == b)).sum() for b in kinds] for a in kinds], float)
    n = table.sum()
    expected = sum(table[k].sum() * table[:, k].sum() for k in range(len(kinds))) / n**2
    return (np.trace(table) / n - expected) / (1 - expected)


@pytest.mark.parametrize("seed", range(3))
def test_the_definitions(seed):
    t1, t2, p1, p2, said = scene(seed)
    found, changed = scored(t1, t2, p1, p2, said), t1 != t2
    tp, fp, fn = (said & changed).sum(), (said & ~changed).sum(), (~said & changed).sum()
    tn = (~said & ~changed).sum()
    assert found.mask == Mask(tp, fp, fn, tn)
    iou = tp / (tp + fp + fn)
    assert found.mask.iou == pytest.approx(iou) and found.mask.f1 == pytest.approx(2 * iou / (1 + iou))
    assert found.mask.kappa == pytest.approx(plain_kappa(changed, said))
    truth = np.where(changed, 1 + t1 * N + t2, 0)
    answer = np.where(said, 1 + p1 * N + p2, 0)
    assert found.transition_kappa == pytest.approx(plain_kappa(truth, answer))
    some = (truth > 0) | (answer > 0)
    assert found.sek == pytest.approx(plain_kappa(truth[some], answer[some]) * math.exp(iou - 1))
    right = ((t1 == p1) & said & changed).sum() / 2 + ((t2 == p2) & said & changed).sum() / 2
    p, r = right / said.sum(), right / changed.sum()
    assert found.f_scd == pytest.approx(2 * p * r / (p + r))
    assert found.inconsistent == pytest.approx((said & (p1 == p2)).mean())
    both = np.concatenate([t1, t2]), np.concatenate([p1, p2])
    assert found.overall_accuracy == pytest.approx((both[0] == both[1]).mean())
    assert found.miou == pytest.approx(plain_miou(*both))
    still = np.tile(~changed, 2)
    assert found.miou_nc == pytest.approx(plain_miou(both[0][still], both[1][still]))
    assert found.miou_sc == pytest.approx(plain_miou(truth[changed], answer[changed]))
    assert found.miou_bc == pytest.approx((iou + tn / (tn + fp + fn)) / 2)


def plain_miou(truth, answer):
    """Over the classes of the truth."""
    each = [
        ((truth == k) & (answer == k)).sum() / ((truth == k) | (answer == k)).sum()
        for k in set(truth.tolist())
    ]
    return np.mean(each)


def test_a_perfect_map_and_one_that_says_nothing():
    t1, t2, *_ = scene()
    best = scored(t1, t2, t1, t2, t1 != t2)
    scores = (
        best.mask.f1,
        best.mask.kappa,
        best.sek,
        best.f_scd,
        best.miou,
        best.miou_sc,
        best.miou_nc,
        best.miou_bc,
    )
    assert scores == pytest.approx([1] * 8) and best.inconsistent == 0
    nothing = scored(t1, t2, t1, t1, np.zeros(len(t1), bool))
    assert nothing.mask.f1 == nothing.f_scd == 0 and nothing.mask.kappa == pytest.approx(0)


def test_without_any_change_the_scores_are_none_and_not_an_error():
    same = np.repeat(np.arange(N), 4)
    found = scored(same, same, same, same, np.zeros(len(same), bool))
    assert math.isnan(found.sek) and math.isnan(found.miou_sc) and found.miou == 1


def test_the_order_of_classes_does_not_matter():
    t1, t2, p1, p2, said = scene()
    order = np.array([2, 0, 1])
    one, other = scored(t1, t2, p1, p2, said), scored(*(order[c] for c in (t1, t2, p1, p2)), said)
    for name in ("sek", "f_scd", "miou", "miou_sc", "miou_nc", "transition_kappa"):
        assert getattr(one, name) == pytest.approx(getattr(other, name))
