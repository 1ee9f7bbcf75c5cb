"""Tags as QGIS gets them: a grid of chips, tags typed into the attribute table, and what they cannot tell."""

from __future__ import annotations

import processing
import pytest
from qgis.core import (
    QgsExpression,
    QgsExpressionContext,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsRasterLayer,
    QgsRectangle,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
    edit,
)

from obic_plugin.engine.nets.imagenet import weights_file
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.training import fromtags
from tests.engine.methods.test_chips import names_raster
from tests.scenes import quarters, read_raster, write_raster


@pytest.fixture
def image(tmp_path):
    return write_raster(tmp_path / "image.tif", quarters(192, 256)[0])


def tagged(layer: QgsVectorLayer) -> None:
    """Type what each chip shows: a letter for each quarter of the image."""
    with edit(layer):
        for feature in layer.getFeatures():
            box = feature.geometry().boundingBox()
            rows = {int(y < 5400000 - 960) for y in (box.yMaximum() - 1, box.yMinimum() + 1)}
            cols = {int(x > 500000 + 1280) for x in (box.xMinimum() + 1, box.xMaximum() - 1)}
            feature["tags"] = ";".join("abcd"[2 * row + col] for row in rows for col in cols)
            layer.updateFeature(feature)


def test_chips_are_tagged_in_the_attribute_table_and_looked_at(image, tmp_path):
    path, page = str(tmp_path / "chips.gpkg"), str(tmp_path / "page.html")
    results = processing.run("obic:chips", {"INPUT": image, "SIZE": 48, "OUTPUT": path})
    assert results["CHIP_COUNT"] == 20 and results["TAGGED_COUNT"] == 0
    layer = QgsVectorLayer(path, "chips")
    assert [field.name() for field in layer.fields()] == ["fid", "chip", "tags"]
    with pytest.raises(QgsProcessingException, match=r"No chip has a tag"):
        processing.run("obic:cooccurrence", {"CHIPS": layer, "OUTPUT_HTML": page})
    shown = QgsExpression(layer.labeling().settings().fieldName)
    assert layer.labelsEnabled() and shown_of(layer, shown) == list(range(1, 21))
    tagged(layer)
    assert shown_of(layer, shown)[0] == "a" and shown_of(layer, shown)[2] == "a;b"
    results = processing.run("obic:cooccurrence", {"CHIPS": layer, "OUTPUT_HTML": page})
    assert (results["CHIP_COUNT"], results["CLASS_COUNT"], results["SINGLE_COUNT"]) == (20, 4, 16)


def shown_of(layer: QgsVectorLayer, expression: QgsExpression) -> list:
    """What is written on each feature."""
    context, found = QgsExpressionContext(), []
    for feature in layer.getFeatures():
        context.setFeature(feature)
        found.append(expression.evaluate(context))
    return found


def test_a_scratch_layer_that_is_being_edited_will_do(tmp_path):
    layer = QgsVectorLayer("Polygon?crs=EPSG:32632&field=what:string", "chips", "memory")
    layer.startEditing()
    for number in range(6):
        feature = QgsFeature(layer.fields())
        feature["what"] = "ab"[number % 2]
        feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(500000, 5399680, 500320, 5400000)))
        layer.addFeature(feature)
    settings = {"CHIPS": layer, "FIELD": "what", "OUTPUT_HTML": str(tmp_path / "page.html")}
    assert processing.run("obic:cooccurrence", settings)["CHIP_COUNT"] == 6


def test_a_table_will_do(tmp_path):
    (tmp_path / "t.csv").write_text("file,tags\n" + "".join(f"{n}.tif,{'ab'[n % 2]}\n" for n in range(12)))
    settings = {"CHIPS": str(tmp_path / "t.csv"), "OUTPUT_HTML": str(tmp_path / "page.html")}
    assert processing.run("obic:cooccurrence", settings)["CHIP_COUNT"] == 12


def test_a_table_of_files_becomes_a_layer(tmp_path):
    for name in "ab":
        write_raster(tmp_path / f"{name}.tif", quarters(32, 32)[0])
    (tmp_path / "t.csv").write_text('file,tags\na.tif,"x;y"\nb.tif,y\n')
    settings = {"INPUT": str(tmp_path / "a.tif"), "LABELS": str(tmp_path / "t.csv")}
    results = processing.run("obic:chips", {**settings, "OUTPUT": str(tmp_path / "chips.gpkg")})
    layer = QgsVectorLayer(results["OUTPUT"], "chips")
    assert [(f["tags"], f["file"]) for f in layer.getFeatures()] == [
        ("x;y", str(tmp_path / "a.tif")),
        ("y", str(tmp_path / "b.tif")),
    ]


@pytest.fixture
def short(monkeypatch):
    """A few steps are enough for four colors."""
    monkeypatch.setattr(fromtags, "N_STEPS", 60)
    monkeypatch.setattr(fromtags, "N_LABELED_STEPS", 40)


needs_weights = pytest.mark.skipif(weights_file() is None, reason="the encoder's weights are not installed")


@needs_weights
def test_tags_that_were_typed_become_a_map(image, tmp_path, short):
    path = str(tmp_path / "chips.gpkg")
    processing.run("obic:chips", {"INPUT": image, "SIZE": 48, "OUTPUT": path})
    layer = QgsVectorLayer(path, "chips")
    tagged(layer)
    settings = {"INPUT": image, "CHIPS": layer, "OUTPUT": str(tmp_path / "map.tif")}
    settings["OUTPUT_ACTIVATION"] = str(tmp_path / "activation.tif")
    results = processing.run("obic:trainfromtags", settings)
    activation = QgsRasterLayer(results["OUTPUT_ACTIVATION"], "activation")
    renderer = activation.renderer()  # which no dock takes for that of an image
    assert isinstance(renderer, QgsSingleBandPseudoColorRenderer)
    assert (renderer.classificationMin(), renderer.classificationMax()) == (0, 100)
    assert [activation.bandName(band)[-1] for band in range(1, 5)] == list("abcd")
    assert (results["CLASS_COUNT"], results["CHIP_COUNT"]) == (4, 20)
    truth = quarters(192, 256)[1]
    assert (read_raster(results["OUTPUT"]) == truth + 1).mean() > 0.85
    assert ClassTable.from_raster(results["OUTPUT"]).names == tuple("abcd")


@needs_weights
def test_the_model_maps_anew_what_a_map_shows(image, tmp_path, short):
    labels = names_raster(tmp_path / "old.tif", quarters(192, 256)[1] + 1, ["", *"abcd"])
    outputs = {
        "chips:Chips": str(tmp_path / "chips.gpkg"),
        "tags:Tags": str(tmp_path / "tags.html"),
        "train:Map": str(tmp_path / "map.tif"),
        "train:Confidence": str(tmp_path / "confidence.tif"),
        "accuracy:Agreement": str(tmp_path / "agreement.html"),
    }
    settings = {"image": image, "labels": labels, "size": 48, "share": 5}
    results = processing.run("obic:chipstagsmap", {**settings, **outputs})
    assert (read_raster(results["train:Map"]) == quarters(192, 256)[1] + 1).mean() > 0.85
    assert "that show nothing else: a, b, c, d" in (tmp_path / "tags.html").read_text(encoding="utf-8")
