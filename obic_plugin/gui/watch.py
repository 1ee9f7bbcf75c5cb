"""Watch it learn: the map of what is in view as a temporary layer, drawn anew at steps 1, 2, 4, 8 …

The methods of a `Watch` that `Progress` has too are called by the thread of the run; all else belongs to the main one.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from typing import NamedTuple

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsDataProvider,
    QgsProcessingUtils,
    QgsProject,
    QgsRasterLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QObject, pyqtSignal

from ..engine.raster.classes import ClassTable, LandClass
from ..styling import show_classes

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
WATCHED = (
    "unsupervisedsegmentation",
    "backpropagation",
    "train",
    "pretrain",
    "trainfromtags",
    "change",
    "trainchange",
)
INTERVAL_S = 0.2  # between two looks at the curve


class Frame(NamedTuple):
    """A map of a step: a file, its legend, and how many classes it shows."""

    path: str
    classes: ClassTable
    step: int
    count: int


class Watch(QObject):
    """What a run shows of its learning, on the canvas and in a `LearningChart`."""

    _curved = pyqtSignal(object)
    _framed = pyqtSignal(object)

    def __init__(self, canvas, chart, parent=None):
        super().__init__(parent)
        self._canvas, self._chart = canvas, chart
        self._view, self._source, self._crs = None, "", None
        self._points, self._sent, self._step, self._colors = [], 0.0, 0, None
        self._folder, self._layer_id, self._n_frames, self._wanted = "", "", 0, True
        self._curved.connect(self._add_losses)
        self._framed.connect(self._add_frame)

    def begin(self, layer) -> None:
        """Look at a run on an image."""
        if layer is None:
            return
        self._chart.clear()
        self._source, self._crs = layer.source(), layer.crs()
        self._folder = tempfile.mkdtemp(prefix="obic-watch-", dir=QgsProcessingUtils.tempFolder())
        self._canvas.extentsChanged.connect(self._look)
        self._look()

    def end(self) -> None:
        """The run has ended: the layer goes, its map has come."""
        if not self._folder:
            return
        self._wanted, self._view = False, None
        self._canvas.extentsChanged.disconnect(self._look)
        if QgsProject.instance().mapLayer(self._layer_id) is not None:
            QgsProject.instance().removeMapLayer(self._layer_id)
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder = ""

    def _look(self) -> None:
        """Where the canvas looks, in the CRS of the image."""
        settings = self._canvas.mapSettings()
        box = settings.visibleExtent()
        there = QgsCoordinateTransform(settings.destinationCrs(), self._crs, QgsProject.instance())
        try:
            box = there.transformBoundingBox(box)
        except QgsCsException:  # the image cannot be in view
            self._view = None
            return
        self._view = box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum()

    # Progress: called by the thread of the run

    def view(self) -> tuple | None:
        return self._view

    def curve(self, step: int, terms: dict) -> None:
        self._step = step
        self._points.append((step, sum(terms.values())))
        if time.monotonic() - self._sent > INTERVAL_S:
            self._send()

    def show(self, name: str, array, window) -> None:
        """Labels count where their colors have come just before: those are what is being learned."""
        if name == "colors":
            self._colors = array, window
        elif name == "labels" and self._colors is not None and self._colors[1] == window:
            colors, self._colors = self._colors[0], None
            self._send()
            self._write(array, colors, window)

    def _send(self) -> None:
        points, self._points, self._sent = self._points, [], time.monotonic()
        if points:
            self._curved.emit(points)

    def _write(self, labels, colors, window) -> None:
        import numpy as np  # which every run has loaded

        from ..engine.errors import OutputError
        from ..engine.progress import Silent
        from ..engine.raster.reader import grid_of, open_raster
        from ..engine.raster.writer import RasterWriter

        used = [int(value) for value in np.unique(labels) if value]
        classes = ClassTable(
            tuple(LandClass(v, f"class {v}", tuple(int(part) for part in colors[v - 1])) for v in used)
        )
        self._n_frames += 1
        path = os.path.join(self._folder, f"step_{self._n_frames}.tif")
        grid = grid_of(open_raster(self._source))[window]
        try:
            with RasterWriter(path, grid) as writer:
                writer.describe({}, classes)
                writer.write(grid.window, labels)
                writer.finish("NEAREST", Silent())
        except OutputError:  # a disk that is full ends the run elsewhere, and its folder may have gone
            return
        self._framed.emit(Frame(path, classes, self._step, len(used)))

    # in the main thread again

    def _add_losses(self, points: list) -> None:
        self._chart.add_losses(points)

    def _add_frame(self, frame: Frame) -> None:
        if not self._wanted:
            return
        self._chart.add_classes(frame.step, frame.count)
        project, name = QgsProject.instance(), translate("Watch", "Learning, step {}").format(frame.step)
        layer = project.mapLayer(self._layer_id)
        if layer is None and self._layer_id:  # the user has removed it: then it is not wanted
            return
        if layer is None:
            layer = QgsRasterLayer(frame.path, name, "gdal")
            layer.setCrs(self._crs)
            show_classes(layer, list(frame.classes))
            self._layer_id = layer.id()
            project.addMapLayer(layer, False)
            project.layerTreeRoot().insertLayer(0, layer).setExpanded(False)
            return
        layer.setDataSource(frame.path, name, "gdal", QgsDataProvider.ProviderOptions())
        layer.setCrs(self._crs)
        show_classes(layer, list(frame.classes))
        layer.triggerRepaint()
