"""Superpixels as QGIS shows them: colors that tell neighbors apart, outlines over the image."""

import numpy as np
import pytest
from qgis.core import (
    QgsNullSymbolRenderer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsSingleBandPseudoColorRenderer,
    QgsSingleSymbolRenderer,
    QgsVectorLayer,
)

from obic_plugin.algorithm import ObicAlgorithm
from obic_plugin.engine.methods.polygons import METHOD as POLYGONS
from obic_plugin.engine.methods.superpixels import METHOD
from obic_plugin.styling import dress
from tests.scenes import quarters, read_raster, write_raster


@pytest.fixture
def results(tmp_path):
    settings = {
        "INPUT": write_raster(tmp_path / "image.tif", quarters(120, 150)[0]),
        "SUPERPIXEL_SIZE": 8,
        "OUTPUT": str(tmp_path / "ids.tif"),
        "OUTPUT_POLYGONS": str(tmp_path / "outlines.gpkg"),
    }
    algorithm = ObicAlgorithm(METHOD).create()
    results, good = algorithm.run(settings, QgsProcessingContext(), QgsProcessingFeedback())
    assert good
    return results


def test_neighbors_have_different_colors(results):
    layer = QgsRasterLayer(results["OUTPUT"], "ids")
    assert isinstance(layer.renderer(), QgsSingleBandPseudoColorRenderer)
    ids = read_raster(results["OUTPUT"])
    shader = layer.renderer().shader().rasterShaderFunction()
    colors = {int(i): shader.shade(float(i))[1:4] for i in np.unique(ids)}
    row = ids[60]
    pairs = [(a, b) for a, b in zip(row[:-1].tolist(), row[1:].tolist()) if a != b]
    differ = [np.abs(np.subtract(colors[a], colors[b])).max() for a, b in pairs]
    assert np.median(differ) > 60 and min(differ) > 5


def test_outlines_show_the_image_below(results):
    layer = QgsVectorLayer(results["OUTPUT_POLYGONS"], "outlines")
    assert layer.featureCount() == results["SUPERPIXEL_COUNT"]
    assert is_outlines(layer)


def test_polygons_of_labels_without_a_legend_are_outlines_too(results, tmp_path):
    algorithm = ObicAlgorithm(POLYGONS).create()
    settings = {"INPUT": results["OUTPUT"], "OUTPUT": str(tmp_path / "polygons.gpkg")}
    drawn, good = algorithm.run(settings, QgsProcessingContext(), QgsProcessingFeedback())
    assert good
    layer = QgsVectorLayer(drawn["OUTPUT"], "polygons")
    assert layer.featureCount() == results["SUPERPIXEL_COUNT"]
    assert is_outlines(layer)
    layer.setRenderer(QgsNullSymbolRenderer())
    dress(layer, "polygons")  # as when it is loaded into the project
    assert is_outlines(layer)


def is_outlines(layer):
    renderer = layer.renderer()
    simple = isinstance(renderer, QgsSingleSymbolRenderer)
    return simple and renderer.symbol().symbolLayer(0).properties()["style"] == "no"
