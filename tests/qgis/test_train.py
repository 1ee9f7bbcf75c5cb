"""Training from labels as QGIS calls it: one or several layers, in every way in which it names them."""

from __future__ import annotations

import numpy as np
import processing
import pytest
from osgeo import ogr
from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsFeature,
    QgsPalettedRasterRenderer,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRendererCategory,
    QgsSymbol,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant
from qgis.PyQt.QtGui import QColor

from tests.engine.methods.test_train import label_raster, squares
from tests.engine.raster.test_reference import write_features
from tests.scenes import quarters, read_raster, write_raster


@pytest.fixture
def settings(tmp_path):
    image = write_raster(tmp_path / "image.tif", quarters()[0])
    return {"INPUT": image, "ENCODER": "none", "OUTPUT": str(tmp_path / "map.tif")}


@pytest.fixture
def drawn(tmp_path):
    return write_features(tmp_path / "drawn.gpkg", squares(), ogr.OFTString)


def right(path) -> float:
    found, truth = read_raster(path), quarters()[1]
    return (found == np.array([3, 4, 1, 2])[truth]).mean()


def test_one_image_and_polygons_by_their_names(settings, drawn):
    results = processing.run("obic:train", {**settings, "LABELS": drawn, "FIELD": "kind"})
    assert results["CLASS_COUNT"] == 4 and results["OVERALL_ACCURACY"] > 0.9
    assert right(results["OUTPUT"]) > 0.9
    layer = QgsRasterLayer(results["OUTPUT"])  # kept: a renderer dies with its layer
    assert [item.label for item in layer.renderer().classes()] == ["field", "town", "water", "wood"]


def test_layers_of_the_project_in_lists(settings, drawn):
    image, labels = QgsRasterLayer(settings["INPUT"], "image"), QgsVectorLayer(drawn, "drawn")
    QgsProject.instance().addMapLayers([image, labels])
    try:
        given = {**settings, "INPUT": [image], "LABELS": [labels], "FIELD": "kind"}
        assert right(processing.run("obic:train", given)["OUTPUT"]) > 0.9
    finally:
        QgsProject.instance().removeAllMapLayers()


def test_the_legend_is_that_of_the_labels(settings, drawn):
    """Names and colors that the user has given the categories of the class field, in the project."""
    labels = QgsVectorLayer(drawn, "drawn")
    looks = {"water": ("Lake", "#0000ff"), "wood": ("", "#00ff00"), "town": ("Town", "#ff0000")}
    categories = []
    for value, (name, color) in looks.items():
        symbol = QgsSymbol.defaultSymbol(labels.geometryType())
        symbol.setColor(QColor(color))
        categories.append(QgsRendererCategory(value, symbol, name))
    categories.append(QgsRendererCategory(QVariant(), QgsSymbol.defaultSymbol(labels.geometryType()), "all"))
    labels.setRenderer(QgsCategorizedSymbolRenderer("kind", categories))
    QgsProject.instance().addMapLayer(labels)
    try:
        results = processing.run("obic:train", {**settings, "LABELS": [labels], "FIELD": "kind"})
    finally:
        QgsProject.instance().removeAllMapLayers()
    layer = QgsRasterLayer(results["OUTPUT"])
    found = {item.label: item.color.name() for item in layer.renderer().classes()}
    assert set(found) == {"field", "Town", "Lake", "wood"}
    assert (found["Lake"], found["wood"], found["Town"]) == ("#0000ff", "#00ff00", "#ff0000")


def test_the_legend_is_that_of_a_paletted_label_raster(settings, tmp_path):
    labels = QgsRasterLayer(label_raster(tmp_path / "l.tif"), "labels")
    classes = [QgsPalettedRasterRenderer.Class(n, QColor(n * 60, 9, 9), f"kind {n}") for n in range(4)]
    labels.setRenderer(QgsPalettedRasterRenderer(labels.dataProvider(), 1, classes))
    QgsProject.instance().addMapLayer(labels)
    try:
        results = processing.run("obic:train", {**settings, "LABELS": [labels]})
    finally:
        QgsProject.instance().removeAllMapLayers()
    layer = QgsRasterLayer(results["OUTPUT"])
    found = [(item.value, item.label, item.color.red()) for item in layer.renderer().classes()]
    assert found == [(n + 1, f"kind {n}", n * 60) for n in range(4)]


def test_a_scratch_layer_with_unsaved_polygons(settings, drawn):
    saved, scratch = (
        QgsVectorLayer(drawn, "drawn"),
        QgsVectorLayer("Polygon?crs=EPSG:32632&field=kind:string", "new", "memory"),
    )
    scratch.startEditing()
    for feature in saved.getFeatures():
        new = QgsFeature(scratch.fields())
        new.setGeometry(feature.geometry())
        new["kind"] = feature["kind"]
        scratch.addFeature(new)
    QgsProject.instance().addMapLayer(scratch)
    try:
        given = {**settings, "LABELS": [scratch.id()], "FIELD": "kind"}
        assert right(processing.run("obic:train", given)["OUTPUT"]) > 0.9
    finally:
        scratch.rollBack()
        QgsProject.instance().removeAllMapLayers()


def test_several_images_each_with_its_label_raster(settings, tmp_path):
    labels = label_raster(tmp_path / "l.tif")
    given = {**settings, "INPUT": [settings["INPUT"]] * 2, "LABELS": [labels] * 2}
    assert processing.run("obic:train", given)["CLASS_COUNT"] == 4


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"INPUT": ["absent.tif"]}, "absent.tif"),
        ({"LABELS": ["absent.gpkg"]}, "absent.gpkg"),
        ({"INPUT": ["/vsicurl/http://x.org/a.tif"]}, "not a file on this computer"),
        ({"FIELD": "sort"}, "has no field 'sort'"),
        ({"INPUT": []}, "Images"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(settings, drawn, changes, why):
    with pytest.raises(QgsProcessingException, match=why):
        processing.run("obic:train", {**settings, "LABELS": drawn, "FIELD": "kind", **changes})
