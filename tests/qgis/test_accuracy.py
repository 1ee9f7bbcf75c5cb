"""Accuracy as QGIS runs it: references of both kinds, layers of a project, outputs only where asked for."""

import json

import numpy as np
import processing
import pytest
from qgis.core import (
    QgsMapLayer,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
)

from tests.engine.raster.test_reference import GRID, box, write_features
from tests.scenes import write_raster


@pytest.fixture
def files(tmp_path):
    truth = np.ones((40, 60), np.uint8)
    truth[:, 30:] = 2
    mapped = truth + 4
    mapped[:, 27:30] = 6
    shapes = [("left", box(0, 0, 40, 30)), ("right", box(0, 30, 40, 30))]
    return {
        "map": write_raster(tmp_path / "map.tif", mapped),
        "truth": write_raster(tmp_path / "truth.tif", truth),
        "polygons": write_features(tmp_path / "truth.gpkg", shapes, 4),
    }


def run(**settings):
    return processing.run("obic:accuracy", settings, feedback=QgsProcessingFeedback())


def test_a_raster_as_reference(files, tmp_path):
    outputs = {f"OUTPUT_{k.upper()}": str(tmp_path / f"out.{k}") for k in ("html", "json", "csv")}
    agreement = str(tmp_path / "agreement.tif")
    result = run(INPUT=files["map"], REFERENCE=files["truth"], OUTPUT_AGREEMENT=agreement, **outputs)
    assert result["OVERALL_ACCURACY"] == pytest.approx(0.95)
    assert result["COMPARED_PX"] == 2400
    assert json.loads((tmp_path / "out.json").read_text())["one_to_one_5"] == 1
    assert {k: result[k] for k in outputs} == outputs
    layer = QgsRasterLayer(agreement, "agreement")  # its renderer dies with it
    legend = layer.renderer().classes()
    assert [item.label for item in legend if item.label] == ["agree", "disagree"]


@pytest.mark.parametrize("loaded", [False, True])
def test_polygons_as_reference(files, loaded):
    reference = files["polygons"]
    if loaded:
        reference = QgsVectorLayer(reference, "truth", "ogr")
        QgsProject.instance().addMapLayer(reference)
    result = run(INPUT=files["map"], REFERENCE=reference, FIELD="kind")
    assert result["OVERALL_ACCURACY"] == pytest.approx(0.95)
    assert not [key for key in result if key.startswith("OUTPUT_")]
    QgsProject.instance().clear()


def test_a_memory_layer_as_reference(files):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32632&field=kind:integer", "drawn", "memory")
    saved = QgsVectorLayer(files["polygons"], "truth", "ogr")
    layer.startEditing()
    for number, feature in enumerate(saved.getFeatures(), 1):
        feature.setFields(layer.fields(), True)
        feature["kind"] = number
        layer.addFeature(feature)
    layer.commitChanges()
    assert layer.type() == QgsMapLayer.VectorLayer
    assert layer.featureCount() == 2
    result = run(INPUT=files["map"], REFERENCE=layer, FIELD="kind", SAMPLE=True)
    assert result["ADJUSTED_OVERALL_ACCURACY"] == pytest.approx(0.95)


def test_refusals_are_sentences(files):
    with pytest.raises(QgsProcessingException, match="needs a class field"):
        run(INPUT=files["map"], REFERENCE=files["polygons"])
    with pytest.raises(QgsProcessingException, match="no labeled pixel in common"):
        run(INPUT=files["map"], REFERENCE=files["truth"], UNLABELLED="1, 2")


def test_the_grid_of_the_tests_is_that_of_the_files(files):
    layer = QgsRasterLayer(files["map"], "map")
    assert (layer.height(), layer.width()) == (GRID.height, GRID.width)
