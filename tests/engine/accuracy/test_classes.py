"""Class scores equal scikit-learn's; what cannot be said is NaN."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from sklearn import metrics

from obic_plugin.engine.accuracy import class_scores, contingency_of


@pytest.mark.parametrize("seed", range(10))
def test_equals_scikit_learn(seed):
    random = np.random.default_rng(seed)
    n, n_classes = random.integers(50, 2000), random.integers(2, 9)
    reference = random.integers(0, n_classes, n)
    mapped = np.where(random.random(n) < 0.6, reference, random.integers(1, n_classes + 2, n))
    ours = class_scores(contingency_of(reference, mapped))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of classes that are missing on one side
        theirs = metrics.precision_recall_fscore_support(reference, mapped, labels=ours.labels)
        iou = metrics.jaccard_score(reference, mapped, labels=ours.labels, average=None)
    for name, scores in zip(("precision", "recall", "f1"), theirs):
        assert np.nan_to_num(getattr(ours, name)) == pytest.approx(scores), name
    assert ours.reference_px.tolist() == theirs[3].tolist()
    assert ours.iou == pytest.approx(iou)
    assert ours.miou == pytest.approx(iou[np.isin(ours.labels, reference)].mean())
    assert ours.overall_accuracy == pytest.approx(metrics.accuracy_score(reference, mapped))
    assert ours.kappa == pytest.approx(metrics.cohen_kappa_score(reference, mapped))


def test_scores_of_a_table_counted_by_hand():
    table = contingency_of(np.repeat([1, 1, 2, 2], [40, 10, 5, 45]), np.repeat([1, 2, 1, 2], [40, 10, 5, 45]))
    scores = class_scores(table)
    assert scores.overall_accuracy == pytest.approx(0.85)
    assert scores.kappa == pytest.approx(0.7)
    assert scores.recall == pytest.approx([0.8, 0.9])
    assert scores.precision == pytest.approx([40 / 45, 45 / 55])
    assert scores.iou == pytest.approx([40 / 55, 45 / 60])


def test_the_order_of_pixels_and_the_names_of_labels_do_not_matter():
    random = np.random.default_rng(1)
    reference, mapped = random.integers(0, 4, (2, 200))
    order = random.permutation(200)
    scores = class_scores(contingency_of(reference, mapped))
    moved = class_scores(contingency_of(reference[order] + 5, mapped[order] + 5))
    assert scores.iou.tolist() == moved.iou.tolist()


def test_what_cannot_be_said_is_nan():
    scores = class_scores(contingency_of(np.array([1, 1, 1]), np.array([1, 1, 2])))
    assert math.isnan(scores.recall[1])
    assert scores.precision.tolist() == [1, 0]
    assert scores.miou == pytest.approx(2 / 3)
    assert math.isnan(class_scores(contingency_of(np.array([3, 3]), np.array([3, 3]))).kappa)
    assert math.isnan(class_scores(contingency_of(np.zeros(0, int), np.zeros(0, int))).overall_accuracy)
