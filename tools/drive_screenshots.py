"""Inside QGIS: takes the pictures for screenshots.py."""

from __future__ import annotations

from pathlib import Path

DARK = "Night Mapping"
PATIENCE_S = 600


def main(desk) -> None:
    from qgis.core import QgsApplication, QgsProject, QgsRasterLayer
    from qgis.utils import iface

    camera = Camera(desk)
    layer = QgsRasterLayer(desk.told["image"], Path(desk.told["image"]).stem)
    QgsProject.instance().addMapLayer(layer)
    iface.mainWindow().resize(1500, 950)
    provider = QgsApplication.processingRegistry().providerById("obic")
    algorithms = sorted(algorithm.id() for algorithm in provider.algorithms())
    for algorithm in algorithms:
        camera.dialog(algorithm, "light")
    camera.whole_run(layer)
    camera.docks("light")
    camera.pages("light")
    camera.batch("obic:unsupervisedsegmentation")
    QgsApplication.setUITheme(DARK)  # last, since QGIS keeps a theme's colors beyond it
    for algorithm in algorithms:
        camera.dialog(algorithm, "dark")
    camera.docks("dark")
    camera.pages("dark")
    desk.note(pictures=camera.pictures)


class Camera:
    """Grabs widgets and counts the colors of what it sees."""

    def __init__(self, desk):
        self.desk, self.pictures = desk, {}

    def grab(self, widget, name: str) -> None:
        self.desk.wait(seconds=0.3)
        picture = widget.grab()
        picture.save(str(Path(self.desk.told["folder"]) / f"{name}.png"))
        image = picture.toImage()
        places = [(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)]
        self.pictures[name] = len({image.pixel(x, y) for x, y in places})

    def dialog(self, algorithm: str, theme: str) -> None:
        import processing

        self.desk.note(doing=f"opening {algorithm} in the {theme} theme")
        dialog = processing.createAlgorithmDialog(algorithm, {})
        dialog.resize(1000, 800)
        dialog.show()
        self.grab(dialog, f"{algorithm.partition(':')[2]}_{theme}")
        dialog.close()

    def batch(self, algorithm: str) -> None:
        from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog
        from qgis.core import QgsApplication

        self.desk.note(doing=f"opening the batch of {algorithm}")
        batch = BatchAlgorithmDialog(QgsApplication.processingRegistry().createAlgorithmById(algorithm))
        batch.resize(1400, 600)
        batch.show()
        self.grab(batch, "batch")
        batch.close()

    def whole_run(self, layer) -> None:
        """From the dialog, with all layers: the log while it works and at its end, and the main window."""
        import processing
        from qgis.utils import iface

        self.desk.note(doing="running the main job")
        outputs = ("OUTPUT", "OUTPUT_CONFIDENCE", "OUTPUT_SUPERPIXELS", "OUTPUT_POLYGONS")
        settings = {"INPUT": layer.id(), **dict.fromkeys(outputs, "TEMPORARY_OUTPUT")}
        dialog = processing.createAlgorithmDialog("obic:unsupervisedsegmentation", settings)
        dialog.resize(1000, 800)
        dialog.show()
        ended, percents = [], []
        dialog.algorithmFinished.connect(lambda *_: ended.append(True))
        dialog.runAlgorithm()
        dialog.feedback.progressChanged.connect(percents.append)
        self.desk.wait(lambda: ended or (percents and percents[-1] > 30), PATIENCE_S)
        self.grab(dialog, "run_at_work")
        if not self.desk.wait(lambda: ended, PATIENCE_S):
            raise RuntimeError(f"The run has not ended within {PATIENCE_S} s.")
        self.grab(dialog, "run_ended")
        dialog.close()
        iface.mapCanvas().zoomToFullExtent()
        self.desk.wait(lambda: not iface.mapCanvas().isDrawing(), 20)
        self.desk.wait(seconds=2)
        self.grab(iface.mainWindow(), "run_map")

    def pages(self, theme: str) -> None:
        """The start page, the tutorial and the window of packages."""
        from qgis.utils import plugins

        menu = plugins["obic_plugin"].menu
        packages = menu._install._window
        for name, page, opens in (
            ("start", menu._start, menu._start.show),
            ("help", menu._help, menu._help.show),
            ("packages", packages, menu._install.ask),
        ):
            self.desk.note(doing=f"showing {name} in the {theme} theme")
            opens()
            if page is packages:  # which looks what there is, in the background
                self.desk.wait(lambda: menu._install._task is None, PATIENCE_S)
            self.grab(page, f"{name}_{theme}")
            page.close()

    def docks(self, theme: str) -> None:
        """The Toolbox, and every dock of the plugin."""
        from qgis.PyQt.QtWidgets import QDockWidget, QTreeView
        from qgis.utils import iface, plugins

        self.desk.note(doing=f"showing the docks in the {theme} theme")
        for _, _, do in plugins["obic_plugin"].menu.docks.entries():
            do()
        for dock in iface.mainWindow().findChildren(QDockWidget):
            name = dock.objectName()
            if name == "ProcessingToolbox" or name.lower().startswith("obic"):
                dock.show()
                dock.setFloating(True)
                dock.resize(400, 700)
                for tree in dock.findChildren(QTreeView):
                    tree.expandAll()
                    self._scroll_to_obic(tree)
                self.grab(dock, f"{name}_{theme}")
                dock.hide()

    @staticmethod
    def _scroll_to_obic(tree) -> None:
        model = tree.model()
        for row in range(model.rowCount()):
            if model.index(row, 0).data() == "OBIC":
                tree.scrollTo(model.index(row, 0), tree.ScrollHint.PositionAtTop)
