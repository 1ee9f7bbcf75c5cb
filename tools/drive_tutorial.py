"""Inside QGIS: goes through docs/tutorial.md as a reader does, and takes its pictures for screenshots.py."""

from __future__ import annotations

from pathlib import Path

PATIENCE_S = 900
SIZE = (1020, 600)  # of the window, in px
LAYERS_PX, QUALITY = 190, 72  # of the list of layers; of JPEG
# a class, and what of the truth a reader takes for it
DRAWN = {"Water": (1,), "Forest": (2,), "Cropland": (3, 4, 5)}
NAMES = {1: "Water", 2: "Forest", 3: "Cropland", 4: "Bare soil", 5: "Grassland", 6: "Roads", 7: "Buildings"}
APART = (0.25, 0.8)  # of the way from the upper left corner to the lower right one
SIDE_PX = 26  # of a polygon


def main(desk) -> None:
    tutorial = Tutorial(desk)
    for part in (tutorial.orthophoto, tutorial.polygons, tutorial.two_dates):
        desk.note(doing=f"the tutorial's part {part.__name__}")
        part()
    desk.note(pictures=tutorial.pictures)


class Tutorial:
    def __init__(self, desk):
        from qgis.PyQt.QtWidgets import QDockWidget, QToolBar
        from qgis.utils import iface, plugins

        self.desk, self.pictures, self.window = desk, {}, iface.mainWindow()
        self.canvas, self.menu = iface.mapCanvas(), plugins["obic_plugin"].menu
        for bar in self.window.findChildren(QToolBar):
            bar.hide()
        for dock in self.window.findChildren(QDockWidget):
            dock.setVisible(dock.objectName() == "Layers")
        self.layers = self.window.findChild(QDockWidget, "Layers")
        self.window.statusBar().hide()
        self.window.setGeometry(0, 0, *SIZE)

    def orthophoto(self) -> None:
        """The start page, the run, and the names of classes."""
        from obic_plugin.gui.start import open_algorithm

        self.begin()
        page = self.menu._start
        page.show()
        self.take(page, "start")
        page.close()
        outputs = {"OUTPUT": "TEMPORARY_OUTPUT", "OUTPUT_POLYGONS": "TEMPORARY_OUTPUT"}
        dialog = open_algorithm("obic:unsupervisedsegmentation", {"INPUT": self.image.id(), **outputs})
        dialog.resize(780, 560)
        self.run(dialog, "run", lambda: dialog._chart.losses and dialog._chart.losses[-1][0] >= 4)
        dock = self.menu.docks.open("classes")
        self.desk.wait(lambda: dock.model.facts is not None, PATIENCE_S)
        names = self.names_of_classes(dock.layer)
        for row, name in enumerate(names):
            dock.model.setData(dock.model.index(row, 2), name)
        self.settle()
        dock.view.selectRow(0)
        self.take(self.window, "classes")
        dock.close()

    def polygons(self) -> None:
        """The label dock: six polygons, the map of them, and the place to label next."""
        self.begin()
        dock = self.menu.docks.open("labels")
        dock.image.setLayer(self.image)
        for name, values in DRAWN.items():
            dock.new_class.setText(name)
            dock.new_class.returnPressed.emit()
            for geometry in self.squares(values):
                dock.labels.add(geometry, name)
        self.settle()
        self.take(self.window, "labels")
        self.train(dock)
        dock.suggest()
        self.desk.wait(lambda: dock._run is None and dock.places.current is not None, PATIENCE_S)
        self.settle()
        self.take(self.window, "suggested")
        while dock.places.current is not None:
            self.answer(dock)
        self.train(dock)
        self.canvas.zoomToFullExtent()
        self.settle()
        self.take(self.window, "trained")
        dock.close()

    def train(self, dock) -> None:
        dock.train()
        self.desk.wait(lambda: dock._run is None, PATIENCE_S)

    def answer(self, dock) -> None:
        """The number of the class of the place that is shown, if it is of one; else go on."""
        import numpy as np

        extent, size = self.image.extent(), self.image.rasterUnitsPerPixelX()
        box = dock.places.geometry_in(self.image.crs()).boundingBox()
        rows = [round((extent.yMaximum() - y) / size) for y in (box.yMaximum(), box.yMinimum())]
        columns = [round((x - extent.xMinimum()) / size) for x in (box.xMinimum(), box.xMaximum())]
        part = self.truth()[slice(*rows), slice(*columns)]
        value = np.bincount(part.ravel(), minlength=8).argmax()
        number = next((n for n, values in enumerate(DRAWN.values(), 1) if value in values), None)
        if number is not None:
            dock._press(str(number))
        else:
            dock.places.go(dock.places.index + 1)

    def two_dates(self) -> None:
        """What changed, above the image."""
        from qgis.core import QgsProject, QgsRasterLayer

        from obic_plugin.gui.start import open_algorithm

        self.begin()
        later = QgsRasterLayer(self.desk.told["later"], "later")
        QgsProject.instance().addMapLayer(later)
        outputs = {"OUTPUT": "TEMPORARY_OUTPUT", "OUTPUT_SCORE": "TEMPORARY_OUTPUT"}
        values = {"INPUT": self.image.id(), "INPUT2": later.id(), **outputs}
        dialog = open_algorithm("obic:change", values)
        self.run(dialog)
        self.settle()
        self.take(self.window, "changed")

    # what they are made of

    def begin(self) -> None:
        """A new project with the image alone."""
        from qgis.core import QgsProject, QgsRasterLayer
        from qgis.utils import iface

        QgsProject.instance().clear()
        self.image = QgsRasterLayer(self.desk.told["scene"], "orthophoto")
        QgsProject.instance().addMapLayer(self.image)
        iface.setActiveLayer(self.image)
        self.settle()
        self.canvas.zoomToFullExtent()
        self.settle()

    def run(self, dialog, picture: str = "", when=None) -> None:
        """Run a dialog to its end; a picture of it once something holds."""
        ended = []
        dialog.algorithmFinished.connect(lambda *_: ended.append(True))
        dialog.runAlgorithm()
        if picture:
            self.desk.wait(lambda: ended or when(), PATIENCE_S)
            self.take(dialog, picture)
        if not self.desk.wait(lambda: ended, PATIENCE_S):
            raise RuntimeError(f"The run has not ended within {PATIENCE_S} s.")
        dialog.close()

    def settle(self) -> None:
        """Let the map be drawn, beside a list of layers that can be read."""
        from qgis.PyQt.QtCore import Qt

        self.window.resizeDocks([self.layers], [LAYERS_PX], Qt.Orientation.Horizontal)
        self.desk.wait(seconds=0.5)
        self.desk.wait(lambda: not self.canvas.isDrawing(), 20)
        self.desk.wait(seconds=0.5)

    def take(self, widget, name: str) -> None:
        from qgis.utils import iface

        iface.messageBar().clearWidgets()
        self.desk.wait(seconds=0.3)
        picture = widget.grab()
        picture.save(str(Path(self.desk.told["folder"]) / f"{name}.jpg"), "JPG", QUALITY)
        image = picture.toImage()
        places = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
        self.pictures[name] = len({image.pixel(x, y) for x, y in places})

    # what a reader sees in the image

    def truth(self):
        from osgeo import gdal

        return gdal.Open(self.desk.told["truth"]).ReadAsArray()

    def names_of_classes(self, layer) -> list:
        """What most of each class of a map is."""
        import numpy as np
        from osgeo import gdal

        truth, labels = self.truth(), gdal.Open(layer.source()).ReadAsArray()
        values = [value for value in np.unique(labels) if value]
        return [NAMES[1 + np.bincount(truth[labels == value], minlength=8)[1:].argmax()] for value in values]

    def squares(self, values: tuple) -> list:
        """Two squares of one class, in different parts of the image."""
        import numpy as np
        from qgis.core import QgsGeometry, QgsRectangle

        inside = np.pad(np.isin(self.truth(), values), ((1, 0), (1, 0))).cumsum(0).cumsum(1)
        side = SIDE_PX
        sums = inside[side:, side:] - inside[:-side, side:] - inside[side:, :-side] + inside[:-side, :-side]
        rows, columns = np.nonzero(sums == side * side)
        order = np.argsort(rows + columns, kind="stable")
        chosen = [order[int(share * len(order))] for share in APART]
        extent, size = self.image.extent(), self.image.rasterUnitsPerPixelX()
        boxes = []
        for at in chosen:
            left, top = extent.xMinimum() + columns[at] * size, extent.yMaximum() - rows[at] * size
            boxes.append(QgsGeometry.fromRect(QgsRectangle(left, top - side * size, left + side * size, top)))
        return boxes
