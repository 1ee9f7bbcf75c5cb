"""The table: counts known by construction, whatever the types, the parts and the number of labels."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics.cluster import contingency_matrix

from obic_plugin.engine.accuracy import PairCounter, contingency_of
from obic_plugin.engine.errors import InputError


def random_labels(seed, shape=(60, 70), n=7, low=0, dtype=np.uint8):
    return (np.random.default_rng(seed).integers(0, n, shape) + low).astype(dtype)


@pytest.mark.parametrize(
    ("low", "dtype"),
    [(0, np.uint8), (-5, np.int16), (4_000_000_000, np.uint32), (-3, np.float64), (2**40, np.int64)],
)
def test_equals_scikit_learn_for_any_type(low, dtype):
    reference, mapped = random_labels(1, n=5, low=low, dtype=dtype), random_labels(2, n=9)
    table = contingency_of(reference, mapped)
    assert table.dense().tolist() == contingency_matrix(reference.ravel(), mapped.ravel()).tolist()
    assert table.reference.tolist() == sorted({int(label) for label in reference.ravel()})
    assert table.total == reference.size
    assert table.reference_px.tolist() == table.dense().sum(1).tolist()
    assert table.mapped_px.tolist() == table.dense().sum(0).tolist()


def test_many_labels_are_counted_as_few_are():
    reference = random_labels(3, (300, 400), 6)
    ids = np.arange(300)[:, None] // 3 * 5_000_000 + np.arange(400)[None] // 7
    table = contingency_of(reference, ids)
    expected = contingency_matrix(reference.ravel(), ids.ravel(), sparse=True).tocoo()
    assert np.array_equal(table.mapped, np.unique(ids))
    order = np.lexsort((expected.col, expected.row))
    assert np.array_equal(table.row, expected.row[order])
    assert np.array_equal(table.col, expected.col[order])
    assert np.array_equal(table.count, expected.data[order])


def test_parts_in_any_order_give_the_whole(monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.accuracy.contingency.MERGE_PAIRS", 50)
    reference, mapped = random_labels(4), random_labels(5, n=200)
    counter = PairCounter()
    for row in reversed(range(0, 60, 7)):
        counter.add(reference[row : row + 7], mapped[row : row + 7])
    assert counter.table().dense().tolist() == contingency_of(reference, mapped).dense().tolist()


def test_invalid_pixels_are_not_counted():
    reference, mapped = random_labels(6), random_labels(7)
    valid = random_labels(8, n=2).astype(bool)
    table = contingency_of(reference, mapped, valid)
    assert table.total == valid.sum()
    garbage = np.where(valid, reference, 99)
    assert contingency_of(garbage, mapped, valid).dense().tolist() == table.dense().tolist()


def test_without_and_relabeled():
    table = contingency_of(np.array([0, 0, 1, 1, 255]), np.array([1, 2, 2, 3, 3]))
    assert table.without(reference=[255, 7]).reference.tolist() == [0, 1]
    assert table.without(mapped=[2, 3]).total == 1
    merged = table.relabeled({1: 0, 2: 1}, otherwise=-1)
    assert merged.mapped.tolist() == [-1, 0, 1]
    assert merged.dense().tolist() == [[0, 1, 1], [1, 0, 1], [1, 0, 0]]


def test_nothing_to_count():
    table = contingency_of(np.zeros((3, 3), int), np.zeros((3, 3), int), np.zeros((3, 3), bool))
    assert table.total == 0
    assert table.dense().shape == (0, 0)
    assert PairCounter().table().total == 0


def test_shapes_must_agree():
    with pytest.raises(InputError, match=r"\(2, 3\) and \(3, 2\)"):
        contingency_of(np.zeros((2, 3)), np.zeros((3, 2)))


def test_pairs_are_merged_in_pieces_and_can_be_stopped_between(monkeypatch):
    reference, ids = random_labels(4, (300, 400), 6), np.arange(120_000).reshape(300, 400) // 3 * 7
    expected = contingency_of(reference, ids)
    module = "obic_plugin.engine.accuracy.contingency."
    for name, value in (("SORTED_PAIRS", 5000), ("CHUNK_PX", 1000), ("MERGE_PAIRS", 20_000)):
        monkeypatch.setattr(module + name, value)
    paused = []
    counter = PairCounter(lambda: paused.append(1))
    counter.add(reference, ids)
    table = counter.table()
    assert len(paused) > 10
    for name in ("reference", "mapped", "row", "col", "count"):
        assert np.array_equal(getattr(table, name), getattr(expected, name)), name
