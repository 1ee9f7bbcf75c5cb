"""Under PyQt6: imports every module of gui/ and opens its windows; prints as JSON what went well."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "qt6")]

import fakeqgis

fakeqgis.install()

from PyQt6.QtCore import QT_VERSION_STR
from PyQt6.QtWidgets import QApplication, QMainWindow, QWidget


class Iface(fakeqgis.Fake):
    """QGIS's window, and nothing in it."""

    def __init__(self):
        self.window, self.canvas = QMainWindow(), sys.modules["qgis.gui"].QgsMapCanvas()

    def mainWindow(self):
        return self.window

    def mapCanvas(self):
        return self.canvas


def main() -> None:
    application = QApplication([])
    package = ROOT / "obic_plugin"
    modules = sorted(f"obic_plugin.gui.{path.stem}" for path in (package / "gui").glob("[a-z]*.py"))
    modules += ["obic_plugin.plugin", "obic_plugin.forms", "obic_plugin.styling", "obic_plugin.layertree"]
    for name in modules:
        import_module(name)
    windows = opened(Iface())
    for window in windows.values():
        window.show()
        application.processEvents()
        assert not window.grab().toImage().isNull()
    print(json.dumps({"qt": QT_VERSION_STR, "modules": modules, "windows": sorted(windows)}), flush=True)
    os._exit(0)  # Python and Qt take each other's objects down in no order, which may crash


def opened(iface) -> dict:
    """Every window and dock of the plugin, by its name."""
    from obic_plugin.builds import Gpu
    from obic_plugin.gui.install import InstallPackages
    from obic_plugin.gui.start import StartPage

    windows: dict[str, QWidget] = {"start": StartPage(None, None, iface.window)}
    windows["packages"] = InstallPackages(iface)._window
    windows["packages"].look()
    windows["packages"].show_found(Gpu("RTX 4090", 581.5, 8.9), "")
    windows.update(docks_of(iface))
    return windows


def docks_of(iface) -> dict:
    from obic_plugin.gui.docks import Docks, kinds

    docks = Docks(iface)
    return {name: docks.open(name) for name in kinds()}


main()
