"""Classes where they lie: chosen by a click on the map, shining up there, compared with the image under them."""

from __future__ import annotations

from qgis.core import (
    QgsCoordinateTransform,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
)
from qgis.gui import QgsMapToolEmitPoint
from qgis.PyQt.QtCore import QObject, pyqtSignal
from qgis.PyQt.QtGui import QColor

from ..engine.raster.classes import ClassTable, LandClass
from ..styling import show_classes
from .canvaspicture import BLINK_COLOR, Blink, Swipe


class ClassesOnMap(QObject):
    """``picked`` is emitted with a place that was clicked at, ``let_go`` when another tool has taken over."""

    picked = pyqtSignal(object)
    let_go = pyqtSignal()

    def __init__(self, canvas):
        super().__init__()
        self._canvas, self._before = canvas, None
        self.shining, self.swipe = Blink(canvas), Swipe(canvas)
        self._tool = QgsMapToolEmitPoint(canvas)
        self._tool.canvasClicked.connect(lambda point, button: self.picked.emit(point))
        self._tool.deactivated.connect(self.let_go)

    def pick(self, on: bool) -> None:
        """Take clicks on the map, or give them back to the tool that the user had."""
        if on and self._canvas.mapTool() is not self._tool:
            self._before = self._canvas.mapTool()
            self._canvas.setMapTool(self._tool)
        elif not on and self._canvas.mapTool() is self._tool:
            self._canvas.unsetMapTool(self._tool)
            if self._before is not None:
                self._canvas.setMapTool(self._before)

    def blink(self, layer: QgsRasterLayer, values: tuple) -> None:
        """Have some values of a map shine up a few times."""
        alone, color = layer.clone(), QColor(BLINK_COLOR).getRgb()[:3]
        show_classes(alone, [LandClass(value, "", color) for value in values])
        alone.setOpacity(1.0)
        self.shining.show([alone])

    def rest(self) -> None:
        self.shining.stop()

    def remove(self) -> None:
        """Leave no trace on the canvas."""
        self.pick(False)
        self.shining.remove()
        self.swipe.remove()


def value_at(layer: QgsRasterLayer, point, canvas) -> int | None:
    """The value of a map at a place of the canvas; None where it has none."""
    here = canvas.mapSettings().destinationCrs()
    there = QgsCoordinateTransform(here, layer.crs(), QgsProject.instance()).transform(point)
    value, known = layer.dataProvider().sample(there, 1)
    return int(value) if known and value == value else None


def images_under(layer, made: dict, canvas) -> list:
    """What a map is compared with: the image that it was ``made`` from, else any image, else all below it."""
    shown, source = canvas.layers(), made.get("OBIC_INPUT")
    layers = QgsProject.instance().mapLayers().values()
    own = [other for other in layers if source and other.source() == source]
    images = [other for other in shown if isinstance(other, QgsRasterLayer)]
    images = [other for other in images if isinstance(other.renderer(), QgsMultiBandColorRenderer)]
    below = shown[shown.index(layer) + 1 :] if layer in shown else []
    return own or images or below


def shown_classes(layer) -> ClassTable:
    """The classes that a paletted layer shows; none where it shows none."""
    renderer = layer.renderer()
    if not isinstance(renderer, QgsPalettedRasterRenderer):
        return ClassTable(())
    items = sorted((int(item.value), item.label, item.color) for item in renderer.classes())
    return ClassTable(
        tuple(
            LandClass(value, label or f"class {value}", color.getRgb()[:3])
            for value, label, color in items
            if value > 0
        )
    )
