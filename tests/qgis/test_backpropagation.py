"""Backpropagation as QGIS shows it: every iteration opens with a legend of the classes in use."""

import os

import numpy as np
import pytest
from qgis.core import QgsPalettedRasterRenderer, QgsProcessingContext, QgsProcessingFeedback, QgsRasterLayer

from obic_plugin.algorithm import ObicAlgorithm
from obic_plugin.engine.methods.backpropagation import METHOD
from tests.scenes import quarters, read_raster, write_raster


@pytest.fixture
def settings(tmp_path):
    return {
        "INPUT": write_raster(tmp_path / "image.tif", quarters(48, 64)[0]),
        "SUPERPIXELS": "slic",
        "ITERATIONS": 6,
        "OUTPUT": str(tmp_path / "map.tif"),
        "OUTPUT_ITERATIONS": str(tmp_path / "steps"),
    }


def test_the_legend_of_an_iteration_holds_the_classes_in_use(settings):
    algorithm = ObicAlgorithm(METHOD).create()
    results, good = algorithm.run(settings, QgsProcessingContext(), QgsProcessingFeedback())
    assert good
    folder = results["OUTPUT_ITERATIONS"]
    rasters = sorted(name for name in os.listdir(folder) if name.endswith(".tif"))
    assert rasters == [f"iteration_{n:05d}.tif" for n in (1, 2, 4, 6)]
    for name in rasters:
        layer = QgsRasterLayer(os.path.join(folder, name))  # a new layer: the style must come with the data
        used = np.unique(read_raster(os.path.join(folder, name))).tolist()
        assert isinstance(layer.renderer(), QgsPalettedRasterRenderer)
        assert [item.value for item in layer.renderer().classes()] == used
        assert [item.label for item in layer.renderer().classes()] == [f"class {value}" for value in used]


def test_rasters_of_the_user_in_the_folder_get_no_style(settings, tmp_path):
    folder = tmp_path / "steps"
    folder.mkdir()
    own = write_raster(folder / "mine.tif", quarters(20, 20)[0])
    ObicAlgorithm(METHOD).create().run(settings, QgsProcessingContext(), QgsProcessingFeedback())
    assert os.path.exists(own) and not (folder / "mine.qml").exists()
    assert (folder / "iteration_00006.qml").exists()
