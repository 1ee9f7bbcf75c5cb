"""Pairs with labels to a model, and the model to what changed: files in, files out."""

from __future__ import annotations

import os

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.errors import InputError, ModelError, ParameterError
from obic_plugin.engine.methods import applymodel, changeaccuracy, changemask, detectchange, fromto
from obic_plugin.engine.methods.trainchange import METHOD
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.progress import Cancelled, Silent
from tests.progress import Record, StopAt
from tests.scenes import read_raster, write_raster

COLORS = np.array([[40, 60, 120], [60, 150, 50], [200, 150, 90]], float)


@pytest.fixture(autouse=True)
def small_crops(monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.training.changelearning.CROP_PX", 64)


def scene(seed=0, side=96):
    """Images (3, h, w) of two dates, and their classes (h, w) 0..2: squares, some of which became another class."""
    random = np.random.default_rng(seed)
    first = np.kron(random.integers(0, 3, (side // 24, side // 24)), np.ones((24, 24), int))
    second = first.copy()
    second[24:48, 24:72] = (first[24:48, 24:72] + 1) % 3
    images = [COLORS.T[:, each] + random.normal(0, 8, (3, side, side)) for each in (first, second)]
    return [np.clip(each, 0, 255).astype(np.uint8) for each in images], [
        first.astype(np.uint8),
        second.astype(np.uint8),
    ]


def written(folder, **arrays):
    return {name: write_raster(folder / f"{name}.tif", each) for name, each in arrays.items()}


def inputs(folder, seed=0):
    images, labels = scene(seed)
    return written(folder, input=images[0], input2=images[1], labels=labels[0], labels2=labels[1])


def train(folder, settings, progress=None, **more):
    more = {"steps": 2, "device": "cpu", "output_model": str(folder / "model.safetensors"), **more}
    return METHOD.execute(METHOD.params(**settings, **more), progress or Silent())


def detect(folder, settings, **more):
    paths = {name: settings[name] for name in ("input", "input2")}
    outputs = {
        f"output_{name}": str(folder / f"{name}.tif") for name in ("classes", "classes2", "probability")
    }
    outputs.update({"model": str(folder / "model.safetensors"), "output": str(folder / "fromto.tif"), **more})
    method = detectchange.METHOD
    return method.execute(method.params(**paths, **outputs, device="cpu"), Silent())


def test_what_is_learned_is_found_again_and_all_maps_agree(tmp_path):
    settings = inputs(tmp_path)
    numbers = train(tmp_path, settings, steps=60, output_report=str(tmp_path / "train.html"))
    assert numbers["class_count"] == 3 and numbers["training_f1"] > 0.6
    page = (tmp_path / "train.html").read_text(encoding="utf-8")
    assert "Training" in page and "Labeled pixels" in page
    more = {"output_report": str(tmp_path / "out.html"), "output_polygons": str(tmp_path / "out.gpkg")}
    told = detect(tmp_path, settings, **more)
    changes, first, second = (
        read_raster(tmp_path / f"{name}.tif") for name in ("fromto", "classes", "classes2")
    )
    assert np.array_equal(changes == 1, first == second) and (changes > 0).all()
    truth = scene()[1]
    assert ((first == truth[0] + 1) & (second == truth[1] + 1)).mean() > 0.7
    assert told["changed_percent"] == pytest.approx(100 * (changes > 1).mean())
    assert (tmp_path / "out.html").read_text(encoding="utf-8").count("<img") == 5


def test_a_probability_of_more_than_half_is_change_and_gives_the_same_mask(tmp_path):
    settings = inputs(tmp_path)
    train(tmp_path, settings, steps=60)
    detect(tmp_path, settings)
    changes, percent = (read_raster(tmp_path / f"{name}.tif") for name in ("fromto", "probability"))
    assert np.array_equal(changes > 1, percent > 50) and (percent > 50).any()
    params = changemask.METHOD.params(
        input=str(tmp_path / "probability.tif"), output=str(tmp_path / "mask.tif")
    )
    changemask.METHOD.execute(params, Silent())
    assert np.array_equal(read_raster(tmp_path / "mask.tif") == 2, changes > 1)


def test_one_raster_of_two_dates_is_not_taken_for_another(tmp_path):
    settings, execute = (
        inputs(tmp_path),
        lambda method, **given: method.METHOD.execute(method.METHOD.params(**given), Silent()),
    )
    train(tmp_path, settings, steps=60)
    detect(tmp_path, settings)
    truth, second = settings["labels"], settings["labels2"]
    classes, changes, score = (str(tmp_path / f"{n}.tif") for n in ("classes", "fromto", "probability"))
    out = str(tmp_path / "out.tif")
    with pytest.raises(InputError, match="is a score of change, and a mask is wanted"):
        execute(changeaccuracy, input=score, reference=truth)
    with pytest.raises(InputError, match="is a map of classes, and a mask of change is wanted"):
        execute(changeaccuracy, input=classes, reference=truth)
    with pytest.raises(InputError, match="is a raster of transitions, and a map of classes is wanted"):
        execute(changeaccuracy, input=changes, input2=classes, reference=truth, reference2=second)
    with pytest.raises(InputError, match="is a score of change, and a map of classes is wanted"):
        execute(fromto, input=classes, input2=score, output=out)
    mask = str(tmp_path / "mask.tif")
    execute(changemask, input=score, output=mask)
    for source in (changes, classes, mask):
        with pytest.raises(InputError, match="and a score of change is wanted"):
            execute(changemask, input=source, output=out)
    with pytest.raises(InputError, match="is a mask of change, and a map of classes is wanted"):
        execute(fromto, input=classes, input2=mask, output=out)
    assert execute(changeaccuracy, input=mask, reference=mask)["f1"] == 1
    assert execute(changeaccuracy, input=changes, reference=mask)["f1"] == 1
    execute(changemask, input=score, output=mask, threshold=100)
    told = Record()
    changeaccuracy.METHOD.execute(changeaccuracy.METHOD.params(input=mask, reference=changes), told)
    assert not any("declares 0 as no data" in line for line in told.lines)  # its legend says what 1 means
    told = Record()
    params = changeaccuracy.METHOD.params(input=changes, reference=truth)
    changeaccuracy.METHOD.execute(params, told)
    assert any("3 different values" in line for line in told.lines)


def test_class_maps_of_one_model_are_compared_without_a_warning(tmp_path):
    settings = inputs(tmp_path)
    train(tmp_path, settings, steps=60)
    detect(tmp_path, settings)
    told = Record()
    params = fromto.METHOD.params(
        input=str(tmp_path / "classes.tif"),
        input2=str(tmp_path / "classes2.tif"),
        output=str(tmp_path / "again.tif"),
    )
    fromto.METHOD.execute(params, told)
    assert not any("numbered, not named" in line for line in told.lines)
    assert np.array_equal(read_raster(tmp_path / "again.tif") > 1, read_raster(tmp_path / "fromto.tif") > 1)


def test_a_model_is_trained_further_with_labels_of_some_of_its_classes(tmp_path):
    settings = inputs(tmp_path)
    train(tmp_path, settings)
    earlier = str(tmp_path / "earlier.safetensors")
    os.rename(tmp_path / "model.safetensors", earlier)
    some = [np.where(each == 1, 255, each).astype(np.uint8) for each in scene()[1]]
    train(tmp_path, {**settings, **written(tmp_path, labels=some[0], labels2=some[1])}, model=earlier)
    found = ModelFile.load(str(tmp_path / "model.safetensors")).classes
    assert found == ModelFile.load(earlier).classes and len(found) == 3
    other = [np.where(each == 1, 7, each).astype(np.uint8) for each in scene()[1]]
    with pytest.raises(ModelError, match="knows the classes 0, 1, 2, and the labels have 7"):
        train(tmp_path, {**settings, **written(tmp_path, labels=other[0], labels2=other[1])}, model=earlier)


def test_tiles_do_not_matter(tmp_path, monkeypatch):
    settings = inputs(tmp_path)
    train(tmp_path, settings)
    detect(tmp_path, settings)
    before = read_raster(tmp_path / "probability.tif")
    monkeypatch.setattr("obic_plugin.engine.change.mapping.largest_tile_px", lambda *_: 48)
    detect(tmp_path, settings)
    assert np.abs(before.astype(int) - read_raster(tmp_path / "probability.tif")).max() <= 1


def test_one_pair_is_told_as_one(tmp_path):
    record = Record()
    train(tmp_path, inputs(tmp_path), record, output_report=str(tmp_path / "report.html"))
    assert any(" of 1 pair" in line and not line.endswith("pairs") for line in record.lines)
    assert "<p>1 pair ·" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_model_and_terms_can_be_left_out(tmp_path):
    settings = inputs(tmp_path)
    models = []
    for more in ({}, {}, {"correlation": False, "local_contrast": False, "global_contrast": False}):
        train(tmp_path, settings, **more)
        models.append(ModelFile.load(str(tmp_path / "model.safetensors")).tensors)
    assert all(models[0][name].equal(models[1][name]) for name in models[0])
    assert not all(models[0][name].equal(models[2][name]) for name in models[0])


def test_classes_first_then_change_and_change_alone(tmp_path):
    settings = inputs(tmp_path)
    one = {name: settings[name] for name in ("input", "labels")}
    train(tmp_path, one, learn="classes")
    with pytest.raises(ModelError, match="has learned classes only"):
        detect(tmp_path, settings)
    path = str(tmp_path / "first.safetensors")
    os.rename(tmp_path / "model.safetensors", path)
    train(tmp_path, settings, model=path)
    first, second = scene()[1]
    mask = written(tmp_path, change=(first != second).astype(np.uint8))
    images = {name: settings[name] for name in ("input", "input2")}
    train(tmp_path, {**images, **mask}, learn="change")
    with pytest.raises(ParameterError, match="has only learned where change is"):
        detect(tmp_path, settings)
    detect(tmp_path, settings, output_classes=None, output_classes2=None)
    with pytest.raises(ModelError, match=r"knows the classes|no model of Train change detection"):
        train(tmp_path, {**images, **mask}, learn="change", model=path)


def test_parts_may_be_unlabeled(tmp_path):
    images, labels = scene()
    labels[0][:, :40] = 255
    settings = written(tmp_path, input=images[0], input2=images[1], labels=labels[0], labels2=labels[1])
    assert train(tmp_path, settings)["class_count"] == 3


def test_refusals(tmp_path):
    settings = inputs(tmp_path)
    without = {name: path for name, path in settings.items() if name != "labels2"}
    with pytest.raises(ParameterError, match="Labels of the second date are missing"):
        train(tmp_path, without)
    with pytest.raises(ParameterError, match="Images of the second date are missing"):
        train(tmp_path, {name: path for name, path in settings.items() if name != "input2"})
    with pytest.raises(ParameterError, match="2 images of the first date and 1 of the second"):
        train(tmp_path, {**settings, "input": (settings["input"], settings["input2"])})
    nothing = written(tmp_path, labels=np.full((96, 96), 255, np.uint8))
    with pytest.raises(InputError):
        train(tmp_path, {**settings, **nothing, "labels2": nothing["labels"]})
    train(tmp_path, inputs(tmp_path))
    six = write_raster(tmp_path / "six.tif", np.concatenate(scene()[0]))
    params = applymodel.METHOD.params(
        input=six, model=str(tmp_path / "model.safetensors"), output=str(tmp_path / "map.tif"), device="cpu"
    )
    with pytest.raises(ModelError, match="wants two images"):
        applymodel.METHOD.execute(params, Silent())


def test_what_labels_cannot_tell_is_said_or_refused(tmp_path):
    settings, told = inputs(tmp_path), Record()
    train(tmp_path, {**settings, "labels2": settings["labels"]}, told)
    assert any(line.startswith("Nothing has changed in what was learned from") for line in told.lines)
    nothing = written(tmp_path, labels=np.full((96, 96), 255, np.uint8))
    with pytest.raises(InputError, match="No place is labeled at both dates"):
        train(tmp_path, {**settings, **nothing})


def test_classes_that_one_date_lacks_are_said(tmp_path):
    settings, told = inputs(tmp_path), Record()
    for name, names in (("labels", ("meadow", "town", "lake")), ("labels2", ("meadow", "town", "sea"))):
        dataset = gdal.Open(settings[name], gdal.GA_Update)
        dataset.GetRasterBand(1).SetCategoryNames(list(names))
        del dataset
    train(tmp_path, settings, told)
    assert "Classes of one date alone: lake, sea. Check that both dates spell them alike." in told.lines


@pytest.mark.parametrize("fraction", [0.0, 0.5])
def test_cancelled_runs_leave_nothing(tmp_path, fraction):
    settings = inputs(tmp_path)
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(Cancelled):
        train(tmp_path, settings, StopAt(fraction))
    assert sorted(os.listdir(tmp_path)) == before
