"""A saved model makes its own map again, and maps other scenes; what does not fit is refused in a sentence."""

import numpy as np
import pytest

from obic_plugin.engine.errors import ModelError
from obic_plugin.engine.methods import applymodel, unsupervised
from obic_plugin.engine.methods.applymodel import ApplyModelParams
from obic_plugin.engine.methods.unsupervised import UnsupervisedParams
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.classes import ClassTable
from tests.progress import Record
from tests.scenes import quarters, read_raster, write_raster


@pytest.fixture
def trained(tmp_path):
    """Paths of an image, its map and its model."""
    image, labels, model = (str(tmp_path / name) for name in ("a.tif", "map.tif", "m.safetensors"))
    write_raster(image, quarters()[0])
    params = UnsupervisedParams(input=image, output=labels, output_model=model, effort="draft", classes=6)
    unsupervised.METHOD.execute(params, Silent())
    return image, labels, model


def apply(tmp_path, image, model, **changes):
    output = str(tmp_path / "applied.tif")
    numbers = applymodel.METHOD.execute(
        ApplyModelParams(input=image, model=model, output=output, **changes), Silent()
    )
    return read_raster(output), numbers


def test_on_its_own_scene_it_makes_the_same_map(tmp_path, trained):
    image, labels, model = trained
    again, numbers = apply(tmp_path, image, model, scaling="model")
    assert (again == read_raster(labels)).all()
    assert ClassTable.from_raster(str(tmp_path / "applied.tif")) == ClassTable.from_raster(labels)
    assert numbers["class_count"] == len(np.unique(again))


def test_another_light_is_the_same_map_when_scaled_by_the_scene(tmp_path, trained):
    image, labels, model = trained
    brighter = write_raster(tmp_path / "b.tif", read_raster(image).astype(np.uint16) * 20 + 300)
    again, _ = apply(tmp_path, brighter, model)
    assert (again == read_raster(labels)).mean() > 0.99


@pytest.mark.parametrize(
    ("factor", "more", "unlike"), [(1, 0, False), (1.3, 20, False), (20, 300, True), (1, 2000, True)]
)
def test_an_image_unlike_that_of_the_training_is_mapped_and_said(tmp_path, trained, factor, more, unlike):
    image, _, model = trained
    values = (read_raster(image).astype(float) * factor + more).astype(np.uint16)
    other, report = write_raster(tmp_path / "b.tif", values), tmp_path / "r.html"
    told = Record()
    params = ApplyModelParams(
        input=other, model=model, output=str(tmp_path / "b_map.tif"), output_report=str(report)
    )
    applymodel.METHOD.execute(params, told)
    said = "This image is unlike what the model was trained on: in 3 of 3 bands"
    assert any(said in line for line in told.lines) == (said in report.read_text()) == unlike


def test_another_number_of_bands_is_refused(tmp_path, trained):
    with pytest.raises(ModelError, match=r"number of bands \(2\) than the model was trained on \(3\)"):
        apply(tmp_path, trained[0], trained[2], bands=[1, 2])


def test_bands_are_matched_by_name(tmp_path):
    from osgeo import gdal

    image, names = quarters()[0], ("blue", "green", "red")
    for name, order in (("a.tif", (0, 1, 2)), ("b.tif", (2, 0, 1))):
        dataset = gdal.Open(write_raster(tmp_path / name, image[list(order)]), gdal.GA_Update)
        for number, index in enumerate(order, 1):
            dataset.GetRasterBand(number).SetDescription(names[index])
        dataset = None
    model = str(tmp_path / "m.safetensors")
    params = {"output": str(tmp_path / "map.tif"), "output_model": model, "effort": "draft"}
    unsupervised.METHOD.execute(UnsupervisedParams(input=str(tmp_path / "a.tif"), **params), Silent())
    again, _ = apply(tmp_path, str(tmp_path / "b.tif"), model, scaling="model")
    assert (again == read_raster(tmp_path / "map.tif")).all()


@pytest.mark.parametrize("damage", ["missing", "truncated", "foreign"])
def test_a_file_that_is_no_model_is_refused(tmp_path, trained, damage):
    image, _, model = trained
    path = str(tmp_path / "bad.safetensors")
    if damage == "truncated":
        whole = open(model, "rb").read()  # noqa: SIM115
        with open(path, "wb") as file:
            file.write(whole[: len(whole) // 2])
    if damage == "foreign":
        import torch
        from safetensors.torch import save_file

        save_file({"weight": torch.zeros(3)}, path)
    with pytest.raises(ModelError):
        apply(tmp_path, image, path)
