"""Suggestions as QGIS gets them: a layer of places whose class is to be filled in, and then trained from."""

from __future__ import annotations

import processing
from qgis.core import QgsVectorLayer, edit

from tests.scenes import quarters, write_raster


def test_places_are_suggested_filled_in_and_trained_from(tmp_path):
    values, truth = quarters(192, 256)
    image = write_raster(tmp_path / "image.tif", values)
    places = str(tmp_path / "places.gpkg")
    results = processing.run("obic:suggestlabels", {"INPUT": image, "COUNT": 12, "OUTPUT": places})
    assert results["PLACE_COUNT"] == 12
    layer = QgsVectorLayer(places, "places")
    assert [field.name() for field in layer.fields()] == ["fid", "number", "class", "unsure"]
    with edit(layer):
        for feature in layer.getFeatures():
            point = feature.geometry().pointOnSurface().asPoint()
            kind = truth[int((5400000 - point.y()) / 10), int((point.x() - 500000) / 10)]
            feature["class"] = "abcd"[kind]
            layer.updateFeature(feature)
    settings = {"INPUT": image, "LABELS": places, "FIELD": "class", "OUTPUT": str(tmp_path / "map.tif")}
    assert processing.run("obic:train", {**settings, "ENCODER": "none"})["CLASS_COUNT"] == 4
