"""Every algorithm as QGIS meets it: listed, defined, explained; and the main job run in all the ways there are."""

import os
import re
import time
from dataclasses import replace
from html import unescape

import numpy as np
import processing
import pytest
from qgis.core import (
    QgsApplication,
    QgsCategorizedSymbolRenderer,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterDefinition,
    QgsProcessingParameterField,
    QgsProcessingParameterRasterLayer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QTimer, QUrl
from qgis.PyQt.QtGui import QImage

from obic_plugin import dependencies
from obic_plugin.algorithm import ObicAlgorithm
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.params import specs
from obic_plugin.engine.values import SHOWN
from obic_plugin.resource import resource
from tests.scenes import quarters, read_raster, write_raster

MAIN = "obic:unsupervisedsegmentation"


def algorithm(name):
    return QgsApplication.processingRegistry().algorithmById(name)


@pytest.fixture
def image(tmp_path):
    return write_raster(tmp_path / "image.tif", quarters(64, 80)[0])


@pytest.fixture
def settings(image, tmp_path):
    return {"INPUT": image, "EFFORT": "draft", "CLASSES": 6, "OUTPUT": str(tmp_path / "map.tif")}


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_the_definition_is_the_declaration(method):
    found = algorithm(f"obic:{method.name}")
    declared = [spec for spec in specs(method.params) if spec.kind not in SHOWN]
    assert [p.name() for p in found.parameterDefinitions()] == [spec.name.upper() for spec in declared]
    for spec in declared:
        parameter = found.parameterDefinition(spec.name.upper())
        optional = bool(parameter.flags() & QgsProcessingParameterDefinition.FlagOptional)
        advanced = bool(parameter.flags() & QgsProcessingParameterDefinition.FlagAdvanced)
        assert advanced == spec.advanced, spec.name
        if spec.required:
            assert not optional, spec.name
        if spec.choices:
            assert parameter.usesStaticStrings() and parameter.options() == list(spec.choices)
            assert parameter.defaultValue() == spec.default
        assert not isinstance(parameter, QgsProcessingParameterField)  # whose form ends QGIS beside a raster
        assert spec.label == parameter.description() and parameter.help()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_the_help_says_everything(method):
    found = algorithm(f"obic:{method.name}")
    text = found.shortHelpString()
    assert method.when in text and (not method.citation or method.citation in text)
    for spec in specs(method.params):
        assert spec.kind in SHOWN or spec.help in text
    assert found.icon().availableSizes() or not found.icon().isNull()
    outputs = {output.name() for output in found.outputDefinitions()}
    assert {name.upper() for name in method.numbers or {}} <= outputs


@pytest.mark.parametrize("folder", ["plain", "a b", "50% #1 & co"])
def test_the_help_shows_its_picture_wherever_the_plugin_lies(folder, tmp_path, monkeypatch):
    path = tmp_path / folder / "picture.jpg"
    path.parent.mkdir()
    path.write_bytes(resource("resources/help/superpixels.jpg").read_bytes())
    monkeypatch.setattr("obic_plugin.algorithm.resource", lambda name: path)
    url = re.search('<img src="(.+?)"', algorithm("obic:superpixels").shortHelpString())[1]
    assert QImage(QUrl(unescape(url)).toLocalFile()).width() == 230


def test_in_a_terminal_the_help_is_plain_text(monkeypatch):
    monkeypatch.setattr(QgsApplication, "platform", lambda: "qgis_process")
    text = algorithm("obic:superpixels").shortHelpString()
    assert "<" not in text and "Achanta et al." in text and len(text.split("\n\n")) == 3


def test_a_method_without_a_picture_still_has_its_help():
    new = replace(METHODS[0], name="brandnew")
    assert METHODS[0].when in ObicAlgorithm(new).shortHelpString()


def test_a_run_gives_a_styled_map_with_the_input_grid(settings, image):
    results = processing.run(MAIN, settings)
    layer = QgsRasterLayer(results["OUTPUT"])  # a new layer: the style must come with the data
    assert isinstance(layer.renderer(), QgsPalettedRasterRenderer)
    assert results["CLASS_COUNT"] == len(layer.renderer().classes()) >= 4
    assert layer.renderer().classes()[0].label == "class 1"
    assert layer.extent() == QgsRasterLayer(image).extent()


def test_all_companions_are_written(settings, tmp_path):
    extra = {
        "OUTPUT_CONFIDENCE": str(tmp_path / "confidence.tif"),
        "OUTPUT_SUPERPIXELS": str(tmp_path / "superpixels.tif"),
        "OUTPUT_POLYGONS": str(tmp_path / "polygons.gpkg"),
        "OUTPUT_MODEL": str(tmp_path / "model.safetensors"),
        "OUTPUT_REPORT": str(tmp_path / "report.html"),
    }
    results = processing.run(MAIN, {**settings, **extra})
    assert all(os.path.getsize(results[name]) > 0 for name in extra)
    polygons = QgsVectorLayer(results["OUTPUT_POLYGONS"])
    assert isinstance(polygons.renderer(), QgsCategorizedSymbolRenderer)
    colors = {int(c.value()): c.symbol().color().name() for c in polygons.renderer().categories()}
    raster = QgsRasterLayer(results["OUTPUT"])  # kept in a name: a renderer dies with its layer
    assert colors == {c.value: c.color.name() for c in raster.renderer().classes()}
    applied = processing.run(
        "obic:applymodel",
        {
            "INPUT": settings["INPUT"],
            "MODEL": results["OUTPUT_MODEL"],
            "SCALING": "model",
            "OUTPUT": str(tmp_path / "again.tif"),
        },
    )
    assert (read_raster(applied["OUTPUT"]) == read_raster(results["OUTPUT"])).all()


def test_a_loaded_layer_is_styled(settings):
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    details = QgsProcessingContext.LayerDetails("map", QgsProject.instance(), "OUTPUT")
    context.addLayerToLoadOnCompletion(settings["OUTPUT"], details)
    processing.run(MAIN, settings, context=context)
    details = context.layerToLoadOnCompletionDetails(settings["OUTPUT"])
    layer = QgsRasterLayer(settings["OUTPUT"], "map")
    assert details.postProcessor() is not None
    details.postProcessor().postProcessLayer(layer, context, QgsProcessingFeedback())
    assert isinstance(layer.renderer(), QgsPalettedRasterRenderer)


def test_colors_follow_the_layers_renderer(tmp_path, settings):
    image = np.zeros((4, 64, 80), np.uint16)
    image[3, :, 40:] = 1000
    layer = QgsRasterLayer(write_raster(tmp_path / "b.tif", image), "b")
    renderer = QgsMultiBandColorRenderer(layer.dataProvider(), 4, 1, 2)
    for setter in (
        renderer.setRedContrastEnhancement,
        renderer.setGreenContrastEnhancement,
        renderer.setBlueContrastEnhancement,
    ):
        stretch = QgsContrastEnhancement(layer.dataProvider().dataType(1))
        stretch.setMinimumValue(0)
        stretch.setMaximumValue(1000)
        stretch.setContrastEnhancementAlgorithm(QgsContrastEnhancement.StretchToMinimumMaximum)
        setter(stretch)
    layer.setRenderer(renderer)
    QgsProject.instance().addMapLayer(layer, False)
    results = processing.run(MAIN, {**settings, "INPUT": layer})
    QgsProject.instance().removeMapLayer(layer.id())
    result = QgsRasterLayer(results["OUTPUT"])
    colors = [c.color.getRgb()[:3] for c in result.renderer().classes()]
    assert (255, 0, 0) in colors and (0, 0, 0) in colors  # band 4 is shown as red, all others are empty


def test_in_a_model_its_output_feeds_other_algorithms(image, tmp_path):
    model = QgsProcessingModelAlgorithm("chain", "test")
    model.addModelParameter(QgsProcessingParameterRasterLayer("image"), QgsProcessingModelParameter("image"))
    first = QgsProcessingModelChildAlgorithm(MAIN)
    first.setChildId("segment")
    source = QgsProcessingModelChildParameterSource
    first.addParameterSources("INPUT", [source.fromModelParameter("image")])
    first.addParameterSources("EFFORT", [source.fromStaticValue("draft")])
    model.addChildAlgorithm(first)
    second = QgsProcessingModelChildAlgorithm("native:pixelstopolygons")
    second.setChildId("polygons")
    second.addParameterSources("INPUT_RASTER", [source.fromChildOutput("segment", "OUTPUT")])
    second.addParameterSources("RASTER_BAND", [source.fromStaticValue(1)])
    output = QgsProcessingModelOutput("result", "result")
    output.setChildOutputName("OUTPUT")
    output.setChildId("polygons")
    second.setModelOutputs({"result": output})
    model.addChildAlgorithm(second)
    path = str(tmp_path / "cells.gpkg")  # the output's name depends on the version of QGIS
    processing.run(model, {"image": image, "polygons:result": path, "result": path})
    assert QgsVectorLayer(path).featureCount() == 64 * 80


def test_batch_makes_a_map_of_each_image(tmp_path):
    images = [write_raster(tmp_path / f"{i}.tif", quarters(48, 64, seed=i)[0]) for i in range(2)]
    rows = [{"INPUT": path, "EFFORT": "draft", "OUTPUT": path.replace(".tif", "_map.tif")} for path in images]
    instance = algorithm(MAIN).create()
    context = QgsProcessingContext()
    for row in rows:
        assert instance.checkParameterValues(row, context)[0]
        results, good = instance.run(row, context, QgsProcessingFeedback())
        assert good and os.path.exists(results["OUTPUT"])


def longest_gap(settings) -> float:
    """How long, as a part of what is tolerable, the main thread did nothing else during a run on a background task;
    the layer that it makes is handed to the project, styled."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback()
    path = settings["OUTPUT"]
    output = QgsProcessingOutputLayerDefinition(path, QgsProject.instance())
    task = QgsProcessingAlgRunnerTask(
        algorithm(MAIN).create(), {**settings, "OUTPUT": output}, context, feedback
    )
    outcome = []
    task.executed.connect(lambda good, results: outcome.append((good, results)))
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(time.monotonic()))
    ticks = [time.monotonic()]  # from the start to the end, however soon that is
    timer.start(20)
    QgsApplication.taskManager().addTask(task)
    deadline = time.monotonic() + 120
    while not outcome and time.monotonic() < deadline:
        QCoreApplication.processEvents()
        time.sleep(0.002)
    timer.stop()
    ticks.append(time.monotonic())
    assert outcome and outcome[0][0]
    assert context.willLoadLayerOnCompletion(path)
    assert context.layerToLoadOnCompletionDetails(path).postProcessor() is not None
    # a busy computer slows the timer as it slows the run
    return max(np.diff(ticks)) / max(1.0, (ticks[-1] - ticks[0]) / 3)


def test_qgis_stays_responsive_while_it_runs(settings):
    """A computer that is busy otherwise halts once, a run that holds the main thread up does so each time."""
    assert any(longest_gap(settings) < 1 for _ in range(3))


class Record(QgsProcessingFeedback):
    """What the user is told."""

    def __init__(self):
        super().__init__()
        self.errors = []

    def reportError(self, error, fatal=False):
        self.errors.append(error)


def test_a_cancel_ends_the_task_and_leaves_nothing(settings, tmp_path):
    feedback = Record()
    feedback.progressChanged.connect(lambda value: feedback.cancel() if value > 30 else None)
    instance = algorithm(MAIN).create()
    results, good = instance.run(settings, QgsProcessingContext(), feedback)
    assert not good and not results and feedback.errors == ["Stopped, nothing was written."]
    assert set(os.listdir(tmp_path)) <= {"image.tif", "image.tif.aux.xml"}  # QGIS's own statistics of it


def test_the_vector_mask_may_be_a_layer_in_memory_of_which_some_is_chosen(settings):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32632&field=keep:int", "areas", "memory")
    from qgis.core import QgsFeature, QgsGeometry, QgsRectangle

    for keep, box in (
        (1, QgsRectangle(500000, 5399680, 500400, 5400000)),
        (0, QgsRectangle(500000, 5399360, 500800, 5400000)),
    ):
        feature = QgsFeature(layer.fields())
        feature["keep"] = keep
        feature.setGeometry(QgsGeometry.fromRect(box))
        layer.dataProvider().addFeatures([feature])
    layer.setSubsetString("keep = 1")
    labels = read_raster(processing.run(MAIN, {**settings, "MASK": layer})["OUTPUT"])
    assert (labels[:32, :40] > 0).all() and (labels > 0).sum() == 32 * 40


@pytest.mark.parametrize(
    "change, message",
    [
        ({"BANDS": [7]}, "band 7"),
        ({"DEVICE": "cuda:7"}, "cuda:7"),
        ({"EXTENT": "0,1,0,1 [EPSG:32632]"}, "does not overlap"),
    ],
)
def test_refusals_are_sentences_without_a_traceback(settings, change, message):
    with pytest.raises(QgsProcessingException, match=message) as caught:
        processing.run(MAIN, {**settings, **change})
    assert "Traceback" not in str(caught.value)


def test_a_remote_layer_is_refused_with_what_to_do(settings):
    uri = "type=xyz&url=file:///%7Bz%7D/%7Bx%7D/%7By%7D.png&zmax=3&zmin=0"
    layer = QgsRasterLayer(uri, "tiles", "wms")
    with pytest.raises(QgsProcessingException, match="Save it as a GeoTIFF"):
        processing.run(MAIN, {**settings, "INPUT": layer})


def test_without_torch_all_is_listed_and_the_reason_told(monkeypatch):
    monkeypatch.setattr(dependencies, "explain", lambda: "torch is needed and not installed.")
    found = ObicAlgorithm(METHODS[0])
    can, reason = found.canExecute()
    assert not can and "torch" in reason
