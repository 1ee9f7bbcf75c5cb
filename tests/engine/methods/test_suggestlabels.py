"""Places to label: where a model is unsure, away from labels, no two alike; or all kinds of places at first."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.errors import ModelError
from obic_plugin.engine.methods import suggestlabels, train, unsupervised
from obic_plugin.engine.methods.suggestlabels import SuggestLabelsParams
from obic_plugin.engine.methods.train import TrainParams
from obic_plugin.engine.methods.unsupervised import UnsupervisedParams
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.training.suggestions import Places, suggested
from tests.engine.methods.test_train import label_raster
from tests.scenes import quarters, write_raster


def run(tmp_path, image, progress=None, **changes):
    """[(number, class, unsure, geometry)] of the places."""
    output = str(tmp_path / "places.gpkg")
    settings = {"input": image, "output": output, "count": 4, **changes}
    numbers = suggestlabels.METHOD.execute(SuggestLabelsParams(**settings), progress or Silent())
    dataset = gdal.OpenEx(output, gdal.OF_VECTOR)
    found = [(f["number"], f["class"], f["unsure"], f.GetGeometryRef().Clone()) for f in dataset.GetLayer(0)]
    assert len(found) == numbers["place_count"]
    return found


def rows_cols(geometry) -> tuple:
    """The pixel in the middle of a place in a scene of `write_raster`."""
    point = geometry.Centroid()
    return int((5400000 - point.GetY()) / 10), int((point.GetX() - 500000) / 10)


def test_without_a_model_all_kinds_of_places_are_suggested(tmp_path):
    values, truth = quarters(192, 256)
    found = run(tmp_path, write_raster(tmp_path / "a.tif", values), count=8)
    assert {truth[rows_cols(geometry)] for *_, geometry in found} == {0, 1, 2, 3}
    assert [number for number, *_ in found] == list(range(1, 9))
    assert all(kind is None and unsure is None for _, kind, unsure, _ in found)
    assert all(1000 < geometry.GetArea() < 60_000 for *_, geometry in found)  # of 16 x 16 px of 100 m2


def test_a_model_is_asked_where_it_is_unsure(tmp_path):
    values, _ = quarters(96, 128)
    values[:, 40:56, 100:116] = np.array([110, 95, 105])[:, None, None]  # between two classes
    image = write_raster(tmp_path / "a.tif", values)
    model = str(tmp_path / "m.safetensors")
    labels = label_raster(tmp_path / "l.tif")
    train.METHOD.execute(
        TrainParams(
            input=image,
            labels=labels,
            encoder="none",
            output=str(tmp_path / "m.tif"),
            output_model=model,
        ),
        Silent(),
    )
    found = run(tmp_path, image, model=model, labels=labels, count=3, size=8)
    assert all(0 <= unsure <= 100 for *_, unsure, _ in found)
    for *_, geometry in found:
        row, col = rows_cols(geometry)
        assert np.abs(np.array([[8, 8]]) + 4 - (row, col)).max() > 8  # not beside the first label
    assert found[0][2] > 1


def test_where_all_is_labeled_the_layer_is_empty_and_that_is_said(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters()[0])
    labels = write_raster(tmp_path / "l.tif", np.ones((96, 128), np.uint8))
    said, progress = [], Silent()
    progress.say = said.append
    assert run(tmp_path, image, progress, labels=labels) == []
    assert any("Nothing is left to suggest" in line and "empty" in line for line in said)


def test_a_model_of_another_method_is_refused(tmp_path):
    image, model = write_raster(tmp_path / "a.tif", quarters()[0]), str(tmp_path / "m.safetensors")
    params = UnsupervisedParams(
        input=image, output=str(tmp_path / "u.tif"), output_model=model, effort="draft"
    )
    unsupervised.METHOD.execute(params, Silent())
    with pytest.raises(ModelError, match="was not made by Train from labels"):
        run(tmp_path, image, model=model)


def test_places_of_equal_doubt_are_spread_and_the_commonest_come_first():
    random = np.random.default_rng(0)
    kinds = np.repeat([0, 1, 2], [300, 100, 30])
    features = np.eye(3)[kinds] * 10 + random.normal(0, 0.1, (430, 3))
    chosen = suggested(Places.unknown(features, np.zeros(430, int)), 3, 0)
    assert kinds[chosen].tolist() == [0, 1, 2]


def test_kinds_of_ground_that_nobody_has_labeled_come_first():
    """Four kinds that a map takes for one class, two of them labeled; of the others there is more doubt of one."""
    random = np.random.default_rng(0)
    kinds = np.repeat([0, 1, 2, 3], 250)
    features = np.eye(4)[kinds] * 10 + random.normal(0, 0.1, (1000, 4))
    labels = np.where(np.arange(1000) % 250 < 3, kinds + 1, 0) * (kinds < 2)
    margins = np.choose(kinds, [0.1, 0.1, 0.6, 0.4])
    chosen = suggested(Places(features, np.zeros(1000, int), margins, labels), 2, 0)
    assert kinds[chosen].tolist() == [3, 2]


def test_of_each_part_the_most_typical_place_is_suggested_and_none_that_is_labeled():
    """Places along three lines of 101, of which the last one is labeled here and there."""
    features = np.stack(
        [np.concatenate([np.linspace(-1, 1, 101) + x for x in (0, 10, 30)]), np.zeros(303)], 1
    )
    labels = np.where((np.arange(303) >= 202) & (np.arange(303) % 2 == 0), 1, 0)
    places = Places(features, np.zeros(303, int), np.full(303, 0.5), labels)
    assert sorted(suggested(places, 2, 0).tolist()) == [50, 151]
    assert not labels[suggested(places, 150, 0)].any()


def test_fewer_places_than_wanted_are_all():
    places = Places.unknown(np.eye(3), np.array([0, 1, 0]))
    assert suggested(places, 5, 0).tolist() == [0, 2]


@pytest.mark.parametrize(("count", "expected"), [(6, [2, 2, 2]), (12, [3, 4, 5]), (2, [0, 1, 1])])
def test_each_class_is_asked_for_as_often_as_another_and_in_turn(count, expected):
    """Of three classes, the rarest with three places in all."""
    random = np.random.default_rng(0)
    told = np.repeat([0, 1, 2], [3, 100, 900])
    places = Places(random.normal(0, 1, (1003, 4)), told, np.full(1003, 0.5), np.zeros(1003, int))
    found = told[suggested(places, count, 0)]
    assert sorted(np.bincount(found, minlength=3)) == sorted(expected) and len(found) == count
    assert len(set(found[:3])) == min(count, 3)


def test_no_place_is_left_to_suggest():
    labels = np.ones(3, int)
    for places in (Places.unknown(np.eye(3), labels), Places(np.eye(3), np.arange(3), np.zeros(3), labels)):
        assert not len(suggested(places, 5, 0))
