"""Inside QGIS: closes the window as a user does while a run is under way, and answers what QGIS asks."""

from __future__ import annotations

import os
from pathlib import Path

PATIENCE_S = 120


def main(desk) -> None:
    import processing
    from qgis.core import QgsProject, QgsRasterLayer
    from qgis.utils import iface, plugins

    desk.note(doing="beginning a run")
    image = QgsRasterLayer(desk.told["image"], "scene")
    QgsProject.instance().addMapLayer(image)
    iface.mapCanvas().zoomToFullExtent()
    docks = plugins["obic_plugin"].menu.docks
    for _, _, do in docks.entries():
        do()
    settings = {"INPUT": image.id(), "EFFORT": "thorough", "OUTPUT": desk.told["output"]}
    dialog = processing.createAlgorithmDialog("obic:unsupervisedsegmentation", settings)
    dialog.show()
    dialog.runAlgorithm()
    percents = []
    dialog.feedback.progressChanged.connect(percents.append)
    desk.wait(lambda: percents and percents[-1] > 5, PATIENCE_S)
    desk.note(percent=percents[-1], asked=[])
    Closing(desk, dialog)


class Closing:
    """Chooses Exit until QGIS ends, and says yes to every question."""

    def __init__(self, desk, dialog):
        from qgis.PyQt.QtCore import QTimer

        self._desk, self._dialog, self._asked = desk, dialog, []
        desk.closes_itself = True
        self._timer = QTimer()
        self._timer.setInterval(200)
        self._timer.timeout.connect(self._look)
        self._timer.start()
        QTimer.singleShot(100, self._exit)
        Closing.alive = self

    def _exit(self) -> None:
        from qgis.core import QgsApplication, QgsProject
        from qgis.PyQt.QtCore import QTimer
        from qgis.utils import iface

        QgsProject.instance().setDirty(False)
        self._desk.note(doing="")  # from here on the way that it ends says all
        iface.actionExit().trigger()
        if QgsApplication.taskManager().countActiveTasks() or not self._asked:
            QTimer.singleShot(500, self._exit)
        else:
            QTimer.singleShot(2000, self._exit)

    def _look(self) -> None:
        """Answers what is asked."""
        from qgis.PyQt.QtWidgets import QApplication, QMessageBox

        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            self._asked.append(box.text()[:60])
            self._desk.note(asked=self._asked, files=os.listdir(Path(self._desk.told["output"]).parent))
            for kind in ("Yes", "Discard", "Ok"):
                button = box.button(getattr(QMessageBox.StandardButton, kind))
                if button is not None:
                    button.click()
                    return
