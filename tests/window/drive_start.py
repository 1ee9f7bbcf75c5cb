"""Inside QGIS: begins as someone does who has nothing yet, from the menu and from the start page."""

from __future__ import annotations

from pathlib import Path

PATIENCE_S = 120


def main(desk) -> None:
    from qgis.core import QgsProject
    from qgis.PyQt.QtWidgets import QAction, QApplication, QDialogButtonBox
    from qgis.utils import iface, plugins

    window, menu = iface.mainWindow(), plugins["obic_plugin"].menu
    iface.mainWindow().setGeometry(0, 0, 1590, 990)

    def dialog():
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible() and hasattr(w, "algorithm")]
        return shown[-1] if shown else None

    desk.note(doing="making the sample scene")
    window.findChild(QAction, "obicSampleScene").trigger()
    if not desk.wait(lambda: dialog() is not None, PATIENCE_S):
        raise RuntimeError("No dialog has opened.")
    (layer,) = QgsProject.instance().mapLayers().values()
    chosen = dialog().mainWidget().wrappers["INPUT"].parameterValue() == layer.id()
    size = [layer.width(), layer.height(), layer.bandCount()]
    desk.note(
        scene={"algorithm": dialog().algorithm().id(), "chosen": chosen, "size": size, "name": layer.name()}
    )
    change = dialog().buttonBox().button(QDialogButtonBox.StandardButton.Yes)
    desk.note(changes=[change.text().replace("&", ""), change.isVisible()])  # as QGIS makes it
    desk.note(switch=is_kept(dialog().buttonBox()))
    dialog().close()
    canvas, center = iface.mapCanvas(), layer.extent().center()
    seen = desk.wait(
        lambda: canvas.extent().contains(center), 10
    )  # once the project has the CRS of its first layer
    desk.note(seen=seen, begun={})
    begun = {}
    for name in ("labels", "tags"):
        desk.note(doing=f"beginning with {name}")
        menu._start.show()
        desk.wait(seconds=0.3)
        menu._start.grab().save(str(Path(desk.told["folder"]) / "start.png"))
        menu._start.findChild(object, name).click()
        desk.wait(seconds=0.5)
        dock, opened = menu.docks.open(name), dialog()
        image = dock.image.currentLayer()
        begun[name] = [dock.isUserVisible(), image is layer, opened.algorithm().id() if opened else ""]
        window.grab().save(str(Path(desk.told["folder"]) / f"begun_{name}.png"))
        if opened:
            opened.close()
    desk.note(begun=begun)


def is_kept(buttons) -> bool:
    """Whether the switch for watching is among the buttons still, once they were laid out anew as for another theme."""
    from qgis.PyQt.QtCore import QEvent
    from qgis.PyQt.QtWidgets import QApplication, QCheckBox

    QApplication.sendEvent(buttons, QEvent(QEvent.Type.StyleChange))
    return buttons.layout().indexOf(buttons.window().findChild(QCheckBox, "obicWatch")) >= 0
