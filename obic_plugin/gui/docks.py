"""The docks of the plugin: each is made when it is first opened, and all go with the plugin."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from qgis.core import QgsMapLayerType, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, Qt
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..resource import resource
from ..styling import LayerFinisher

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it


class DockKind(NamedTuple):
    """A dock: what the menu calls it, where its class is, and in which area of the window it opens."""

    text: str
    module: str
    name: str


def kinds() -> dict:
    """{name: kind} of all docks, as the menu lists them."""
    return {
        "classes": DockKind(translate("Docks", "Classes of a map…"), "classdock", "ClassDock"),
        "superpixels": DockKind(translate("Docks", "Superpixels, live…"), "superpixeldock", "SuperpixelDock"),
        "labels": DockKind(translate("Docks", "Labels…"), "labeldock", "LabelDock"),
        "tags": DockKind(translate("Docks", "Tags of chips…"), "tagdock", "TagDock"),
    }


class Docks:
    """Opens docks by name; a map that appears opens that of classes, until the user has closed it."""

    def __init__(self, iface):
        self._iface, self._open, self._wanted = iface, {}, True
        self._action = QAction(
            QIcon(str(resource("resources/icon.svg"))), translate("Docks", "Classes (OBIC)…")
        )
        self._action.setObjectName("obicLayerClasses")
        self._action.triggered.connect(lambda *_: self.show_classes(iface.activeLayer()))
        iface.addCustomActionForLayerType(self._action, "", QgsMapLayerType.RasterLayer, True)
        LayerFinisher.listeners.append(self._appeared)

    def entries(self) -> list:
        """(name, text, what opens it) for the menu."""
        return [(f"obicDock_{name}", kind.text, self._opener(name)) for name, kind in kinds().items()]

    def open(self, name: str):
        """The dock of this name, on the window and seen."""
        if name not in self._open:
            kind = kinds()[name]
            dock = getattr(import_module(f".{kind.module}", __package__), kind.name)(self._iface)
            self._iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
            self._open[name] = dock
        self._open[name].setUserVisible(True)
        return self._open[name]

    def show_classes(self, layer) -> None:
        """Open the class dock on a map."""
        dock = self.open("classes")
        if isinstance(layer, QgsRasterLayer):
            dock.show_layer(layer)

    def remove(self) -> None:
        LayerFinisher.listeners.remove(self._appeared)
        self._iface.removeCustomActionForLayerType(self._action)
        self._action.deleteLater()
        for dock in self._open.values():
            dock.remove()
        self._open = {}

    def _opener(self, name: str) -> Callable:
        return lambda: self.open(name)

    def _appeared(self, layer) -> None:
        dock = self._open.get("classes")
        if dock is None or dock.isUserVisible():
            self.show_classes(layer)
