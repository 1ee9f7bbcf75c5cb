"""Inside QGIS: a run that is watched, then its classes named by clicks, superpixels changed by keys."""

from __future__ import annotations

import time
from pathlib import Path

PATIENCE_S = 300


def main(desk) -> None:
    from qgis.core import QgsProject, QgsRasterLayer
    from qgis.utils import iface, plugins

    image = QgsRasterLayer(desk.told["image"], "scene")
    QgsProject.instance().addMapLayer(image)
    iface.mainWindow().setGeometry(0, 0, 1590, 990)
    iface.mapCanvas().zoomToFullExtent()
    desk.wait(seconds=1)
    docks = plugins["obic_plugin"].menu.docks
    desk.note(doing="watching a run", watched=watched(desk, image))
    dock = docks.open("classes")
    desk.note(doing="naming classes", named=named(desk, dock))
    iface.mainWindow().grab().save(str(Path(desk.told["folder"]) / "named.png"))
    dock.close()
    desk.note(doing="changing superpixels", superpixels=superpixels(desk, docks.open("superpixels"), iface))
    iface.mainWindow().grab().save(str(Path(desk.told["folder"]) / "superpixels.png"))


def watched(desk, image) -> dict:
    """The layers that came and went, what the chart had, and the longest time that the window did not answer."""
    import processing
    from qgis.core import QgsProject
    from qgis.PyQt.QtCore import QTimer

    project, seen = QgsProject.instance(), []
    project.layerWasAdded.connect(lambda layer: seen.append(layer.name()))
    outputs = {key: str(Path(desk.told["folder"]) / name) for key, name in desk.told["outputs"].items()}
    dialog = processing.createAlgorithmDialog(
        "obic:unsupervisedsegmentation", {"INPUT": image.id(), **outputs}
    )
    dialog.show()
    ended, last, longest = [], [time.perf_counter()], [0.0]

    def tick() -> None:
        now = time.perf_counter()
        longest[0], last[0] = max(longest[0], now - last[0]), now

    timer = QTimer()
    timer.setInterval(5)
    timer.timeout.connect(tick)
    dialog.algorithmFinished.connect(lambda *_: ended.append(True))
    dialog.runAlgorithm()
    timer.start()
    desk.wait(lambda: ended, PATIENCE_S)
    desk.wait(seconds=0.5)
    timer.stop()
    chart = dialog._chart
    dialog.close()
    names = [layer.name() for layer in project.mapLayers().values()]
    return {
        "seen": seen,
        "left": names,
        "steps": chart.classes,
        "losses": chart.losses,
        "longest": longest[0],
    }


def named(desk, dock) -> dict:
    """One click opens the first name, one each takes a name from the list, one applies."""
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest
    from qgis.PyQt.QtWidgets import QLineEdit

    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    desk.wait(lambda: dock.model.facts is not None, PATIENCE_S)
    view, clicks = dock.view, 0

    def click(widget, place) -> None:
        nonlocal clicks
        clicks += 1
        QTest.mouseClick(widget, left, none, place)
        desk.wait(seconds=0.3)

    def popup():
        editors = [e for e in view.findChildren(QLineEdit, "obicClassName") if e.isVisible()]
        return editors[-1].completer().popup() if editors else None

    click(view.viewport(), view.visualRect(dock.model.index(0, 2)).center())
    for row in range(dock.model.rowCount()):
        desk.wait(lambda: popup() is not None and popup().isVisible(), 10)
        listed = popup()
        click(listed.viewport(), listed.visualRect(listed.model().index(row, 0)).center())
    click(dock.apply_button, dock.apply_button.rect().center())
    desk.wait(lambda: not dock.model.draft.is_changed, PATIENCE_S)
    return {
        "clicks": clicks,
        "names": [row.name for row in dock.model.draft.rows],
        "map": dock.layer.source(),
    }


def superpixels(desk, dock, iface) -> dict:
    """How many there are before and after the key for larger ones."""
    from qgis.PyQt.QtCore import Qt
    from qgis.PyQt.QtTest import QTest

    def count() -> int:
        desk.wait(lambda: dock.picture.image is not None and dock._task is None, PATIENCE_S)
        return int(dock.told.text().split(" ")[0].replace(",", ""))

    before = count()
    for _ in range(3):
        QTest.keyClick(iface.mapCanvas(), Qt.Key.Key_W)
    desk.wait(lambda: count() < before / 2, 30)
    return {"before": before, "after": count(), "size": dock.settings.values["size"]}
