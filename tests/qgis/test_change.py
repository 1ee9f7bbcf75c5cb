"""Change as QGIS gets it: what is unchanged is transparent."""

from __future__ import annotations

import processing
from qgis.core import QgsRasterLayer, QgsVectorLayer

from tests.engine.methods.test_fromto import maps, named


def test_transitions_come_with_a_legend_that_leaves_out_what_is_unchanged(tmp_path):
    first, second = maps()
    settings = {"INPUT": named(tmp_path / "1.tif", first), "INPUT2": named(tmp_path / "2.tif", second)}
    outputs = {"OUTPUT": str(tmp_path / "out.tif"), "OUTPUT_POLYGONS": str(tmp_path / "out.gpkg")}
    results = processing.run("obic:fromto", {**settings, **outputs})
    assert results["CHANGED_AREA"] == 1.02
    layer = QgsRasterLayer(results["OUTPUT"])  # kept in a name: a renderer dies with its layer
    assert [c.label for c in layer.renderer().classes()] == ["forest → building", "water → forest"]
    assert {f["to"] for f in QgsVectorLayer(results["OUTPUT_POLYGONS"]).getFeatures()} == {
        "building",
        "forest",
    }
