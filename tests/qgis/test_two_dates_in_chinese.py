"""What a user reads of the algorithms for two dates, in Chinese to its last word: logs, reports, layers, legends."""

from __future__ import annotations

import re
from html import unescape

import processing
import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from tests.engine.methods import test_change, test_fromto
from tests.engine.methods.test_trainchange import inputs

from .test_translation import chinese, sentences  # noqa: F401, fixtures

# names of files, packages, devices, measures, classes, and what people have written
NO_ENGLISH = re.compile(
    r"[\w./-]*[/.](tif|html|gpkg|csv|safetensors|obic)\S*|[\w./-]*pytest\S*|\b(GDAL|numpy|scipy|scikit-\w+|torch|PyTorch|QGIS|Python|"
    r"OBIC|OpenMP|uint8|int64|Byte|obic|UTC|CPU|cpu|GB|MB|Mpx|WGS|UTM|zone|EPSG|IoU|mIoU|mIoU_\w+|SeK|F_scd|F1|kappa|"
    r"Kappa|exp|AMI|Dice|Yang|Ding|CSV|HTML|PNG|GeoPackage|fromto|detectchange|forest|water|building|IR|MAD|TP|FP|FN|TN|px|km|ha)\b"
)


def left_in_english(text: str) -> list:
    """The lines that hold an English word; of a page without its citation and versions."""
    text = re.sub(r"(?s)<(style|script|blockquote|footer|title).*?</\1>", "", text)
    lines = [unescape(line).strip() for line in re.split(r"<[^>]+>|\n", text)]
    return [line for line in lines if re.search("[A-Za-z]{2,}", NO_ENGLISH.sub("", line))]


@pytest.fixture
def run(sentences, tmp_path, monkeypatch):  # noqa: F811
    """Runs an algorithm; what is left in English of its log and its report, and its results."""
    monkeypatch.setattr("obic_plugin.engine.training.changelearning.CROP_PX", 64)

    def each(name: str, report: str = "OUTPUT_REPORT", **settings) -> tuple:
        feedback, page = QgsProcessingFeedback(False), tmp_path / f"{name}.html"
        results = processing.run(f"obic:{name}", {**settings, report: str(page)}, feedback=feedback)
        texts = feedback.textLog().partition("Results:")[0], page.read_text(encoding="utf-8")
        return [line for text in texts for line in left_in_english(text)], results

    return each


def test_maps_that_are_compared(run, tmp_path):
    first, second = test_fromto.maps()
    paths = [test_fromto.named(tmp_path / f"{n}.tif", each) for n, each in enumerate((first, second))]
    settings = {"INPUT": paths[0], "INPUT2": paths[1]}
    assert run("fromto", OUTPUT=str(tmp_path / "out.tif"), **settings)[0] == []
    settings.update(REFERENCE=paths[0], REFERENCE2=paths[1])
    assert run("changeaccuracy", "OUTPUT_HTML", **settings)[0] == []


def test_images_without_labels(run, tmp_path):
    paths = test_change.written(tmp_path, *test_change.dates())
    english, results = run(
        "change",
        OUTPUT=str(tmp_path / "out.tif"),
        OUTPUT_SCORE=str(tmp_path / "score.tif"),
        OUTPUT_POLYGONS=str(tmp_path / "out.gpkg"),
        INPUT=paths[0],
        INPUT2=paths[1],
    )
    assert english == []
    layer = QgsRasterLayer(results["OUTPUT"])  # kept in a name: a renderer dies with its layer
    assert [each.label for each in layer.renderer().classes()] == ["变化"]
    layer = QgsVectorLayer(results["OUTPUT_POLYGONS"])
    assert {each.label() for each in layer.renderer().categories()} == {"变化"}


def test_a_model_that_is_trained_and_used(run, tmp_path):
    paths, model = inputs(tmp_path), str(tmp_path / "model.safetensors")
    lists = {name.upper(): [path] for name, path in paths.items()}
    assert run("trainchange", STEPS=3, OUTPUT_MODEL=model, **lists)[0] == []
    settings = {"INPUT": paths["input"], "INPUT2": paths["input2"], "MODEL": model}
    assert run("detectchange", OUTPUT=str(tmp_path / "out.tif"), **settings)[0] == []


def test_layers_and_steps_of_the_model(chinese, tmp_path):  # noqa: F811
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    paths = test_change.written(tmp_path, *test_change.dates())
    settings = {"image": paths[0], "image2": paths[1], "threshold": 50, "minarea": 64}
    outputs = {"change:Score": "score.tif", "mask:Change": "mask.tif", "mask:Polygons": "patches.gpkg"}
    for name, file in outputs.items():
        settings[name] = QgsProcessingOutputLayerDefinition(str(tmp_path / file), QgsProject.instance())
    model = QgsApplication.processingRegistry().algorithmById("obic:twodates").create()
    assert {step.description() for step in model.childAlgorithms().values()} == {"比较两个时相", "标出变化"}
    assert model.run(settings, context, QgsProcessingFeedback(False))[1]
    names = {details.name for details in context.layersToLoadOnCompletion().values()}
    assert names == {"变化得分", "变化", "多边形"}
