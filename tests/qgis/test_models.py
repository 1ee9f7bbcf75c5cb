"""The model that comes with the plugin: listed, complete, and from an image to named polygons."""

import numpy as np
import processing
import pytest
from osgeo import ogr
from qgis.core import QgsApplication, QgsProcessingFeedback, QgsProcessingModelAlgorithm, QgsVectorLayer

from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.models import models
from tests.engine.raster.test_reference import box, write_features
from tests.scenes import quarters, read_raster, write_raster

KINDS = ("water", "wood", "field", "town")


def test_the_model_is_listed_with_its_outputs():
    found = QgsApplication.processingRegistry().algorithmById("obic:mapandname")
    assert isinstance(found, QgsProcessingModelAlgorithm)
    assert found.displayName() == "Map and name" and found.shortDescription()
    assert {p.name() for p in found.parameterDefinitions() if p.isDestination()} == {
        "name:Map",
        "accuracy:Accuracy",
        "polygons:Polygons",
    }


@pytest.mark.parametrize("model", models(), ids=lambda model: model.name())
def test_models_are_valid(model):
    good, messages = model.create().validate()
    assert good, messages


def test_from_an_image_to_named_polygons(tmp_path):
    image = write_raster(tmp_path / "image.tif", quarters(96, 128)[0])
    centers = [(10, 10), (10, 80), (60, 10), (60, 80)]
    paths = [str(tmp_path / name) for name in ("names.gpkg", "check.gpkg")]
    for path, shift in zip(paths, (0, 20)):
        shapes = [(kind, box(row + shift, col + shift, 8, 8)) for kind, (row, col) in zip(KINDS, centers)]
        write_features(path, shapes, ogr.OFTString)
    settings = {
        "image": image,
        "classes": 8,
        "names": paths[0],
        "namefield": "kind",
        "check": paths[1],
        "checkfield": "kind",
        "name:Map": str(tmp_path / "map.tif"),
        "accuracy:Accuracy": str(tmp_path / "accuracy.html"),
        "polygons:Polygons": str(tmp_path / "polygons.gpkg"),
    }
    results = processing.run("obic:mapandname", settings, feedback=QgsProcessingFeedback())
    assert set(KINDS) <= set(ClassTable.from_raster(results["name:Map"]).names)
    polygons = QgsVectorLayer(results["polygons:Polygons"])
    assert set(KINDS) <= {feature["name"] for feature in polygons.getFeatures()}
    assert "map.tif" in (tmp_path / "accuracy.html").read_text(encoding="utf-8")


def test_from_labels_to_a_checked_map_and_places_to_label_next(tmp_path):
    image = write_raster(tmp_path / "image.tif", quarters(96, 128)[0])
    centers = [(10, 10), (10, 80), (60, 10), (60, 80)]
    paths = [str(tmp_path / name) for name in ("labels.gpkg", "check.gpkg")]
    for path, shift in zip(paths, (0, 20)):
        shapes = [(kind, box(row + shift, col + shift, 8, 8)) for kind, (row, col) in zip(KINDS, centers)]
        write_features(path, shapes, ogr.OFTString)
    outputs = {
        "train:Map": str(tmp_path / "map.tif"),
        "train:Confidence": str(tmp_path / "confidence.tif"),
        "accuracy:Accuracy": str(tmp_path / "accuracy.html"),
        "suggest:Places": str(tmp_path / "places.gpkg"),
    }
    settings = {"labels": paths[0], "labelfield": "kind", "check": paths[1], "checkfield": "kind"}
    results = processing.run("obic:labelmapcheck", {"image": image, **settings, "count": 3, **outputs})
    assert set(KINDS) == set(ClassTable.from_raster(results["train:Map"]).names)
    assert QgsVectorLayer(results["suggest:Places"]).featureCount() == 3
    assert "map.tif" in (tmp_path / "accuracy.html").read_text(encoding="utf-8")


def test_from_two_images_to_patches_of_change(tmp_path):
    first = quarters(96, 128)[0]
    second = quarters(96, 128, seed=1)[0]
    second[:, 8:40, 8:48] = first[:, 56:88, 72:112]  # of the quarter across
    paths = [write_raster(tmp_path / f"{n}.tif", image) for n, image in enumerate((first, second))]
    outputs = {
        "change:Score": str(tmp_path / "score.tif"),
        "change:Report": str(tmp_path / "report.html"),
        "mask:Change": str(tmp_path / "mask.tif"),
        "mask:Polygons": str(tmp_path / "patches.gpkg"),
    }
    settings = {"image": paths[0], "image2": paths[1], "threshold": 50, "minarea": 64}
    results = processing.run("obic:twodates", {**settings, **outputs})
    mask = read_raster(results["mask:Change"])
    assert (mask[12:36, 12:44] == 2).mean() > 0.9 and (mask[52:] == 2).mean() < 0.1
    patches = list(QgsVectorLayer(results["mask:Polygons"]).getFeatures())
    assert patches and all(patch["score"] > 50 for patch in patches)
    assert "Distribution of the score" in (tmp_path / "report.html").read_text(encoding="utf-8")
    alone = {"mask:Change": str(tmp_path / "alone.tif"), "change:Score": None}
    processing.run("obic:twodates", {**settings, **alone})
    assert np.array_equal(read_raster(str(tmp_path / "alone.tif")), mask)
