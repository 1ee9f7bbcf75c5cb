"""Layers of features are read as the user sees them; a file is not written over while a copy of it is read, or while
it is edited."""

from __future__ import annotations

import os

import numpy as np
import processing
import pytest
from osgeo import ogr
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

from tests.engine.raster.test_reference import box, write_features
from tests.scenes import write_raster

SHAPES = [("water", box(0, 0, 8, 8)), ("wood", box(0, 16, 8, 8)), ("field", box(16, 0, 8, 8))]


@pytest.fixture
def labels(tmp_path):
    return write_raster(tmp_path / "labels.tif", np.ones((32, 40), np.uint8))


@pytest.fixture
def places(tmp_path):
    layer = QgsVectorLayer(write_features(tmp_path / "places.gpkg", SHAPES, ogr.OFTString), "places")
    QgsProject.instance().addMapLayer(layer)
    yield layer
    layer.rollBack()
    QgsProject.instance().removeAllMapLayers()


def is_edited(layer) -> None:
    """One polygon has been drawn, another one deleted, and nothing saved."""
    *_, last = layer.getFeatures()
    drawn = QgsFeature(layer.fields())
    drawn.setGeometry(QgsGeometry.fromWkt(box(16, 20, 8, 8)))
    drawn["kind"] = "town"
    assert layer.startEditing() and layer.addFeature(drawn) and layer.deleteFeature(last.id())


def is_computed(layer) -> None:
    layer.addExpressionField("'all'", QgsField("sort", QVariant.String))


def is_filtered(layer) -> None:
    layer.setSubsetString("kind <> 'wood'")


def some_are_selected(layer):
    layer.selectByExpression("kind <> 'wood'")
    return QgsProcessingFeatureSourceDefinition(layer.id(), True)


def cut_out(labels, mask, path="TEMPORARY_OUTPUT"):
    given = {"INPUT": labels, "MASK": mask, "OUTPUT": path}
    return QgsVectorLayer(processing.run("obic:polygons", given)["OUTPUT"], "found")


def reference(labels, layer, field) -> float:
    given = {"INPUT": labels, "REFERENCE": layer, "FIELD": field, "MATCHING": "many_to_one"}
    return processing.run("obic:accuracy", given)["OVERALL_ACCURACY"]


def test_edits_that_are_not_saved_count(labels, places):
    assert reference(labels, places, "kind") == pytest.approx(1 / 3)
    assert places.startEditing()
    for feature in places.getFeatures():
        places.changeAttributeValue(feature.id(), places.fields().indexOf("kind"), "water")
    assert reference(labels, places, "kind") == 1


def test_polygons_that_are_not_saved_count_as_a_mask(labels, places):
    before = cut_out(labels, places).extent()
    is_edited(places)
    after = cut_out(labels, places)
    assert after.featureCount() == 3 and after.extent() != before


def test_of_unsaved_polygons_those_that_are_selected_may_be_meant(labels, places):
    is_edited(places)
    assert cut_out(labels, some_are_selected(places)).featureCount() == 2


def test_a_computed_field_and_a_crs_given_in_the_project_count(labels, places):
    is_computed(places)
    assert reference(labels, places, "sort") == 1
    places.setCrs(QgsCoordinateReferenceSystem("EPSG:4326"))
    with pytest.raises(QgsProcessingException, match="Check the CRS"):
        reference(labels, places, "sort")


@pytest.mark.parametrize("made", [is_computed, is_filtered, some_are_selected])
def test_the_file_of_a_layer_that_is_copied_is_not_written_over(labels, places, made, tmp_path):
    mask = made(places) or places
    before = (tmp_path / "places.gpkg").read_bytes()
    with pytest.raises(QgsProcessingException, match="also an input"):
        cut_out(labels, mask, str(tmp_path / "places.gpkg"))
    assert (tmp_path / "places.gpkg").read_bytes() == before
    assert sorted(name for name in os.listdir(tmp_path) if name.endswith(".gpkg")) == ["places.gpkg"]


def test_a_file_is_not_replaced_while_a_layer_of_it_is_edited(labels, places, tmp_path):
    path = str(tmp_path / "places.gpkg")
    assert places.startEditing()
    with pytest.raises(QgsProcessingException, match="has a layer that is being edited"):
        cut_out(labels, None, path)
    places.rollBack()
    assert cut_out(labels, None, path).isValid()
