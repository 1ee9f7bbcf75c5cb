"""A run of a dialog that is watched while it learns; batch, models and scripts are not."""

from __future__ import annotations

import numpy as np
import pytest
from qgis.core import (
    QgsApplication,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterLayer,
)

from obic_plugin.engine.raster.grid import Window as Part
from obic_plugin.gui.chart import LearningChart
from obic_plugin.gui.rundialog import RunFeedback
from obic_plugin.gui.watch import WATCHED, Watch
from tests.qgis.waiting import until
from tests.qgis.window import opened
from tests.scenes import quarters, write_raster


@pytest.fixture
def window(tmp_path):
    image = QgsRasterLayer(write_raster(tmp_path / "image.tif", quarters(96, 128)[0]), "image")
    with opened(image) as window:
        window.image = image
        yield window


def run(window, watch, name="backpropagation", **settings) -> bool:
    """As a dialog does it: in a task, with a feedback that may be watched; ended whether or not it was good."""
    context, plain = QgsProcessingContext(), QgsProcessingFeedback()
    context.setProject(QgsProject.instance())
    algorithm = QgsApplication.processingRegistry().createAlgorithmById(f"obic:{name}")
    feedback = RunFeedback(plain, watch)
    values = {"INPUT": window.image.id(), "OUTPUT": "TEMPORARY_OUTPUT", **settings}
    task, ended = QgsProcessingAlgRunnerTask(algorithm, values, context, feedback), []
    task.executed.connect(lambda good, results: ended.append(good))
    QgsApplication.taskManager().addTask(task)
    assert until(lambda: ended, 60)
    until(lambda: False, 0.3)  # what was shown last
    return ended[0]


SMALL = {"ITERATIONS": 9, "CHANNELS": 8, "MIN_CLASSES": 1}


def test_a_temporary_layer_shows_the_part_in_view_and_a_chart_the_loss(window):
    seen, chart = [], LearningChart()
    watch = Watch(window.canvas, chart)
    QgsProject.instance().layerWasAdded.connect(lambda layer: seen.append(layer.name()))
    assert run(window, watch, **SMALL)
    layer = QgsProject.instance().mapLayersByName("Learning, step 8")[0]
    assert [name for name in seen if name.startswith("Learning")] == ["Learning, step 1"]
    assert QgsProject.instance().layerTreeRoot().children()[0].layer() is layer
    assert layer.extent() == window.image.extent() and layer.crs() == window.image.crs()
    assert len(layer.renderer().classes()) == chart.classes[-1][1] > 1
    assert [step for step, _ in chart.classes] == [1, 2, 4, 8]
    assert [step for step, _ in chart.losses] == list(range(1, 10)) or len(chart.losses) >= 8
    assert "step" in chart.told()[0] and "classes in view" in chart.told()[1]
    assert chart.grab().toImage().width() > 0
    watch.end()
    assert QgsProject.instance().mapLayersByName("Learning, step 8") == []


def test_only_the_part_in_view_is_mapped(window):
    extent = window.image.extent()
    extent.scale(0.25)
    window.canvas.setExtent(extent)
    watch = Watch(window.canvas, LearningChart())
    assert run(window, watch, **SMALL)
    shown = QgsProject.instance().mapLayersByName("Learning, step 8")[0].extent()
    assert shown.width() < window.image.extent().width() * 0.6
    assert window.image.extent().contains(shown)
    watch.end()


def test_a_layer_that_the_user_removes_stays_away(window):
    watch = Watch(window.canvas, LearningChart())
    watch.begin(window.image)
    colors, labels = np.full((2, 3), 90, np.uint8), np.ones((4, 5), np.uint8)
    for _ in range(2):
        watch.show("colors", colors, Part(0, 0, 4, 5))
        watch.show("labels", labels, Part(0, 0, 4, 5))
        until(lambda: False, 0.1)
        for layer in QgsProject.instance().mapLayers().values():
            if layer.name().startswith("Learning"):
                QgsProject.instance().removeMapLayer(layer.id())
    assert list(QgsProject.instance().mapLayers()) == [window.image.id()]
    watch.end()


def test_tiles_of_the_map_are_no_frames(window):
    watch = Watch(window.canvas, LearningChart())
    watch.begin(window.image)
    watch.show("labels", np.ones((4, 5), np.uint8), Part(0, 0, 4, 5))
    watch.show("colors", np.full((2, 3), 90, np.uint8), Part(0, 0, 4, 5))
    watch.show("labels", np.ones((9, 9), np.uint8), Part(0, 0, 9, 9))
    until(lambda: False, 0.1)
    assert len(QgsProject.instance().mapLayers()) == 1
    watch.end()


def test_without_a_watch_nothing_is_drawn(window, monkeypatch):
    """Batch, models and scripts have a feedback of QGIS's own."""

    def refuse(*_):
        raise AssertionError("drawn")

    monkeypatch.setattr("obic_plugin.engine.livemap.LiveMap._show", refuse)
    assert run(window, None, **SMALL)
    assert [layer.name() for layer in QgsProject.instance().mapLayers().values()] == ["image"]


def test_all_that_is_watched_is_there():
    registry = QgsApplication.processingRegistry()
    assert all(registry.algorithmById(f"obic:{name}") is not None for name in WATCHED)


def test_a_new_training_begins_a_new_chart():
    chart = LearningChart()
    chart.add_losses([(1, 3.0), (2, 2.0), (3, float("nan"))])
    chart.add_classes(2, 7)
    chart.add_losses([(1, 9.0)])
    assert chart.losses == [(1, 9.0)] and chart.classes == []


@pytest.mark.parametrize("points", [[], [(0, 1.0)], [(0, 1.0), (5, 0.5)]])
def test_a_chart_is_painted_whatever_it_holds(points, monkeypatch):
    raised = []
    monkeypatch.setattr("sys.excepthook", lambda *error: raised.append(error))
    chart = LearningChart()
    chart.add_losses(points)
    chart.add_classes(0, 3)
    chart.grab()
    assert raised == []
