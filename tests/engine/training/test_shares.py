"""Shares of classes in a scene, and heads from labeled pixels, against answers known by construction."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.accuracy.resampling import grouped_scores
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.groundtruth import LabeledPixels
from obic_plugin.engine.training import labeled
from obic_plugin.engine.training.fromlabels import (
    GROUP_SIZE,
    best_of,
    best_units,
    preferred_units,
    standard_of,
)
from obic_plugin.engine.training.labeled import (
    FOLDS,
    Examples,
    Right,
    Told,
    cross_validated,
    fit_head,
    folds_of,
    log_shares,
    right,
    telling_tiles,
)
from obic_plugin.engine.training.multinomial import Multinomial, Standard
from obic_plugin.engine.training.shares import MOST_RARER, believed_shares, shares_of_scene


def two_classes(n_first: int, n_second: int, seed: int = 0) -> tuple:
    """Values (n, 1) of two overlapping normal classes, and the classes."""
    random = np.random.default_rng(seed)
    values = np.concatenate([random.normal(-1, 1, n_first), random.normal(1, 1, n_second)])
    return values[:, None], np.repeat([0, 1], [n_first, n_second])


def odds_of(n_first: int, n_second: int) -> np.ndarray:
    """(n, 2) log probabilities of `two_classes`, told by a classifier that was taught both as often."""
    values, _ = two_classes(n_first, n_second)
    log_odds = 2 * values[:, 0]  # of two normal classes at -1 and 1
    return -np.log1p(np.exp(np.stack([log_odds, -log_odds], 1)))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.9])
def test_the_shares_of_a_scene_are_found_by_a_classifier_taught_others(share):
    n = 20_000
    told = odds_of(round(n * share), n - round(n * share))
    assert shares_of_scene(told, np.array([0.5, 0.5]))[0] == pytest.approx(share, abs=0.02)


def labels_in(n_first: int, n_second: int) -> Examples:
    """Of two classes with so many groups, a pixel each."""
    classes, each = np.repeat([0, 1], [n_first, n_second]), np.arange(n_first + n_second)
    return Examples(np.zeros((len(each), 1), np.float32), classes, each, each, each)


def test_shares_are_believed_more_with_more_polygons_and_not_at_all_with_one():
    told = odds_of(6000, 14_000)
    raised = [believed_shares(told, labels_in(n, n), 2, True).offsets[1] for n in (1, 3, 10, 1000)]
    assert raised[0] == pytest.approx(0, abs=1e-9)
    assert raised[0] < raised[1] < raised[2] < raised[3] == pytest.approx(np.log(0.7 / 0.5), abs=0.05)


def test_many_polygons_of_one_class_do_not_make_up_for_few_of_another():
    told = odds_of(6000, 14_000)
    few, uneven = (believed_shares(told, labels_in(3, n), 2, True).offsets[1] for n in (3, 300))
    even = believed_shares(told, labels_in(300, 300), 2, True).offsets[1]
    assert few < uneven < even and uneven - few < 0.6 * (even - few)


def test_a_class_that_hardly_seems_to_be_there_is_not_given_up():
    found = believed_shares(odds_of(20, 19_980), labels_in(50, 50), 2, True)
    assert found.offsets[0] == -MOST_RARER
    assert found.believed.sum() == pytest.approx(1) and found.believed[0] > 0.1


def test_a_weight_counts_as_much_as_so_many_copies():
    values, classes = two_classes(40, 40)
    weights = np.where(np.arange(80) % 4 == 0, 3.0, 1.0)
    copies = np.repeat(np.arange(80), weights.astype(int))
    standard = Standard(np.zeros(1), np.ones(1))
    found = []
    for index, own in ((np.arange(80), weights), (copies, None)):
        head = Multinomial(values[index], 2, 0.1, own, standard)
        head.fit(np.eye(2)[classes[index]], 300)
        found.append(np.concatenate([head.linear.slopes.ravel(), head.linear.offsets]))
    assert np.allclose(*found, atol=1e-6)


def test_a_balanced_head_does_not_care_how_many_pixels_a_class_has():
    values, classes = two_classes(2000, 50)
    each = np.arange(len(classes))
    examples = Examples(values.astype(np.float32), classes, each, each, each)
    standard = Standard(np.zeros(1), np.ones(1))
    middle = [
        np.exp(log_shares(fit_head(examples, 2, standard, balanced), np.zeros((1, 1), np.float32)))[0, 0]
        for balanced in (True, False)
    ]
    assert 0.3 < middle[0] < 0.7 and middle[1] > 0.9


def test_kinds_of_features_count_the_same_however_many_they_are():
    random = np.random.default_rng(0)
    features, sizes = random.normal(0, 5, (1000, 104)), np.repeat([4, 100], [4, 100])
    scaled = features / standard_of(features, sizes).spread
    assert (scaled[:, :4] ** 2).sum(1).mean() == pytest.approx((scaled[:, 4:] ** 2).sum(1).mean(), rel=0.05)
    assert (scaled[:, :4] ** 2).sum(1).mean() == pytest.approx(GROUP_SIZE, rel=0.1)


@pytest.mark.parametrize("few_tell", [True, False])
def test_how_features_count_is_told_by_polygons_that_are_left_out(few_tell):
    """Two features that are large beside sixty small ones: they tell the class, or the polygon alone."""
    random, n_groups = np.random.default_rng(0), 20
    groups = np.repeat(np.arange(n_groups), 30)
    classes = groups % 2
    of_class, of_group = classes * 2.0 - 1, random.normal(0, 3, n_groups)[groups]
    few = np.stack([of_class if few_tell else of_group] * 2, 1) + random.normal(0, 0.3, (len(groups), 2))
    many = random.normal(0, 1, (n_groups, 60))[groups] + (0 if few_tell else 0.5) * of_class[:, None]
    features = np.concatenate([few, many + random.normal(0, 1, many.shape)], 1).astype(np.float32)
    examples = Examples(features, classes, groups, groups, groups)
    candidates = [standard_of(features, np.repeat([2, 60], [2, 60])), Standard.of(features)]
    best = best_units(examples, groups // 2 % FOLDS, 2, candidates, True, Silent())
    assert best.standard is candidates[0 if few_tell else 1]
    assert best.told.log_shares.shape == (len(groups), 2)
    unknown = best_units(examples, np.full(len(groups), -1), 2, candidates, True, Silent())
    assert unknown.standard is candidates[0] and not len(unknown.told.index)


def test_hits_and_cross_entropy_are_means_of_the_classes():
    told = Told(np.array([0, 1, 2, 4]), np.log([[0.9, 0.1], [0.2, 0.8], [0.7, 0.3], [0.4, 0.6]]))
    found = right(told, np.array([0, 0, 0, 9, 1]))
    assert found.hits == pytest.approx((2 / 3 + 1) / 2)
    assert found.cross_entropy == pytest.approx(-(np.log(0.9 * 0.2 * 0.7) / 3 + np.log(0.6)) / 2)
    assert right(Told(np.empty(0, int), np.empty((0, 2))), np.zeros(3, int)) == (0.0, 0.0)


def test_hits_decide_and_cross_entropy_where_these_are_about_as_many():
    assert best_of([Right(0.80, 0.4), Right(0.82, 0.9)]) == 1
    assert best_of([Right(0.815, 0.4), Right(0.82, 0.9)]) == 0
    assert best_of([Right(0.82, 0.4), Right(0.815, 0.4)]) == 0
    assert best_of([Right(0.82, 0.4), Right(0.815, 0.5)], preferred=1) == 1
    assert best_of([Right(0.82, 0.4), Right(0.80, 0.3)], preferred=1) == 0


@pytest.mark.parametrize(("labeled", "preferred"), [((3,), None), ((3, 0), None), ((0, 3), 1), ((3, 3), 1)])
def test_where_one_image_tells_another_what_the_encoder_sees_is_preferred(labeled, preferred):
    pixels = [LabeledPixels(*(np.arange(n) for _ in LabeledPixels._fields)) for n in labeled]
    assert preferred_units(pixels) == preferred


def test_a_head_is_told_nothing_of_what_it_is_tested_on_and_enough_of_the_rest(monkeypatch):
    """A feature for each group, by heart the class; and a feature that is the class."""
    groups = np.repeat(np.arange(10), 40)
    classes, heart = groups % 2, np.eye(10, dtype=np.float32)[groups]
    plain = Standard(np.zeros(10), np.ones(10))
    folds = groups // 2
    examples = Examples(heart, classes, groups, groups, groups)
    told = cross_validated(examples, folds, 2, plain, True, Silent())
    assert np.abs(np.exp(told.log_shares) - 0.5).max() < 0.05
    monkeypatch.setattr(labeled, "TEST_PX", 8)
    examples = examples._replace(features=heart * 0 + classes[:, None].astype(np.float32))
    told = cross_validated(examples, folds, 2, plain, True, Silent())
    assert right(told, classes).hits == 1 and sorted(told.index) == list(range(400))


def test_no_place_is_on_both_sides_and_every_class_with_two_is_tested():
    groups = np.repeat(np.arange(30), 5)
    classes = np.array([0] * 10 + [1] * 17 + [2] * 2 + [3])[groups]
    folds, untested, close = folds_of(
        Examples(np.zeros((150, 1)), classes, np.arange(150), groups, groups), 4, 0
    )
    assert untested == [] and close == [3] and (folds >= 0).all()
    for group in range(25):
        assert len(set(folds[groups == group])) == 1
    assert all(set(folds[classes == label]) <= set(range(FOLDS)) for label in range(3))
    assert set(folds[classes == 1]) == set(range(FOLDS)) and len(set(folds[classes == 2])) == 2


def test_a_class_of_one_place_is_tested_by_its_groups_and_of_one_group_not_at_all():
    classes, groups = np.repeat([0, 1], 20), np.repeat([0, 1, 2, 3, 4, 4, 4, 4], 5)
    folds, untested, close = folds_of(Examples(np.zeros((40, 1)), classes, groups, classes, classes), 2, 0)
    assert untested == [1] and close == [0] and (folds[20:] == -1).all()
    assert all(len(set(folds[groups == group])) == 1 for group in range(4)) and len(set(folds[:20])) == 4


def test_scores_of_groups_are_those_of_all_pixels_and_lie_in_their_intervals():
    random = np.random.default_rng(1)
    groups = np.repeat(np.arange(40), 25)
    true = (groups % 2).astype(int)
    told = np.where(random.random(1000) < 0.8, true, 1 - true)
    found = grouped_scores(true, told, groups, np.array([0.5, 0.5]), 0)
    assert found.overall_accuracy.value == pytest.approx((true == told).mean())
    hits = ((true == 1) & (told == 1)).sum()
    assert found.iou[1].value == pytest.approx(hits / ((true == 1) | (told == 1)).sum())
    assert found.table.sum() == 1000 and found.table[0].sum() == (true == 0).sum()
    for interval in (found.overall_accuracy, found.miou, *found.f1, *found.iou):
        assert interval.low < interval.value < interval.high


def test_classes_count_as_the_share_of_the_scene_that_they_cover():
    """Of the first class 90 of 100 pixels are right, of the second 20 of 50."""
    true, told = np.repeat([0, 1], [100, 50]), np.repeat([0, 1, 1, 0], [90, 10, 20, 30])
    groups = np.arange(150)
    found = grouped_scores(true, told, groups, np.array([0.8, 0.2]), 0)
    assert found.overall_accuracy.value == pytest.approx(0.8 * 0.9 + 0.2 * 0.4)
    assert found.iou[0].value == pytest.approx(0.72 / (0.8 + 0.2 * 0.6))
    assert found.table.tolist() == [[90, 10], [30, 20]]
    even = grouped_scores(true, told, groups, np.array([2 / 3, 1 / 3]), 0)
    assert even.overall_accuracy.value == pytest.approx((true == told).mean())


def test_few_groups_make_wide_intervals():
    """Pixels of a group are all right or all wrong: their number tells nothing."""
    wide, narrow = (
        grouped_scores(
            np.zeros(n * 100, int),
            np.repeat(np.arange(n) % 4 == 0, 100).astype(int),
            np.repeat(np.arange(n), 100),
            np.array([1.0, 0.0]),
            0,
        ).overall_accuracy
        for n in (8, 200)
    )
    assert wide.value == narrow.value == 0.75
    assert wide.high - wide.low > 3 * (narrow.high - narrow.low)


def test_every_class_keeps_a_tile_however_many_there_are():
    """40 classes with a tile each, and 60 tiles of one more class."""
    where = np.concatenate([np.repeat(np.arange(40), 2), np.repeat(np.arange(40, 100), 50)])
    labels = np.concatenate([np.repeat(np.arange(40), 2), np.full(3000, 40)])
    chosen = telling_tiles(where, labels)
    assert set(labels[np.isin(where, chosen)]) == set(range(41)) and len(chosen) < 45
