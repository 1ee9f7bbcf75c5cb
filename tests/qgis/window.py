"""As much of a QGIS window as the docks use: a canvas with a layer tree, a message bar, places for docks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from qgis.core import QgsProject
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsLayerTreeView, QgsMapCanvas, QgsMapToolPan
from qgis.PyQt.QtWidgets import QAction, QMainWindow

from obic_plugin.gui.docks import Docks
from tests.qgis.waiting import until


@contextmanager
def opened(*layers) -> Iterator:
    """A `Window` with the docks, and layers of which the first is seen; afterwards the project is empty."""
    QgsProject.instance().clear()
    window = Window()
    QgsProject.instance().addMapLayers(list(layers))
    if layers:
        window.zoom_to(layers[0])
    window.docks = Docks(window)
    yield window
    window.docks.remove()
    QgsProject.instance().clear()
    window.window.close()


class Window:
    """Stands in for QgisInterface; its canvas follows the project."""

    def __init__(self):
        self.window, self.menu, self.messages, self.actions, self.active = QMainWindow(), [], [], [], None
        self.canvas = QgsMapCanvas(self.window)
        self.window.setCentralWidget(self.canvas)
        self.canvas.setMapTool(QgsMapToolPan(self.canvas))
        self.tree = QgsLayerTreeView(self.window)
        self.bridge = QgsLayerTreeMapCanvasBridge(QgsProject.instance().layerTreeRoot(), self.canvas)
        self.add_feature, self.drawing = QAction(self.window), []
        self.add_feature.triggered.connect(lambda *_: self.drawing.append(self.active))
        self.window.resize(1000, 600)
        self.window.show()

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas

    def layerTreeView(self):
        return self

    def refreshLayerSymbology(self, layer_id):
        pass

    def activeLayer(self):
        return self.active

    def setActiveLayer(self, layer):
        self.active = layer

    def zoomToActiveLayer(self):
        self.canvas.setExtent(self.active.extent())

    def actionAddFeature(self):
        return self.add_feature

    def messageBar(self):
        return self

    def pushMessage(self, *words):
        self.messages.append([word for word in words if isinstance(word, str)])

    def addPluginToMenu(self, menu, action):
        self.menu.append((menu, action))

    def removePluginMenu(self, menu, action):
        self.menu.remove((menu, action))

    def addCustomActionForLayerType(self, action, menu, kind, all_layers):
        self.actions.append(action)

    def removeCustomActionForLayerType(self, action):
        self.actions.remove(action)

    def addDockWidget(self, area, dock):
        self.window.addDockWidget(area, dock)

    def removeDockWidget(self, dock):
        self.window.removeDockWidget(dock)

    def zoom_to(self, layer):
        """Show a layer, drawn to the end."""
        until(lambda: layer in self.canvas.layers())
        self.canvas.setDestinationCrs(layer.crs())
        self.canvas.setExtent(layer.extent())
        self.canvas.refresh()
        until(lambda: not self.canvas.isDrawing())
