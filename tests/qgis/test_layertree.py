"""The layers of a run lie in one order, whatever the order in which QGIS brings them."""

import itertools

import numpy as np
import pytest
from qgis.core import QgsProject, QgsRasterLayer

from obic_plugin.layertree import Origin, ResultGroup
from tests.scenes import write_raster

LAYERS = {"Map": "classes", "Confidence": "confidence", "Superpixels": "superpixels"}


@pytest.mark.parametrize("names", list(itertools.permutations(LAYERS)))
def test_layers_lie_in_one_order_however_they_come(tmp_path, names):
    project, group = QgsProject(), ResultGroup(Origin("scene"))
    source = write_raster(tmp_path / "map.tif", np.ones((4, 4), np.uint8))
    for name in names:
        layer = project.addMapLayer(QgsRasterLayer(source, name))
        group.take(layer, LAYERS[name], project)
    (scene,) = project.layerTreeRoot().children()
    assert [node.name() for node in scene.children()] == ["Map", "Confidence", "Superpixels"]
