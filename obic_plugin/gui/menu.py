"""Plugins > OBIC."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..models import models
from ..resource import resource
from .install import InstallPackages

TITLE = "OBIC"
translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it


class Menu:
    """The entries of the plugin's menu."""

    def __init__(self, iface):
        self._iface = iface
        self._install = InstallPackages(iface)
        self._actions: list = []
        self._add(translate("Menu", "Install packages…"), "obicInstallPackages", self._install.ask)
        for model in models():
            text = translate("Menu", "Open “{}” in the Model Designer…").format(model.displayName())
            self._add(text, f"obicDesign_{model.name()}", lambda *_, model=model: open_in_designer(model))

    def _add(self, text: str, name: str, do) -> None:
        action = QAction(QIcon(str(resource("resources/icon.svg"))), text, self._iface.mainWindow())
        action.setObjectName(name)
        action.triggered.connect(do)
        self._actions.append(action)
        self._iface.addPluginToMenu(TITLE, action)

    def remove(self):
        for action in self._actions:
            self._iface.removePluginMenu(TITLE, action)
            action.deleteLater()
        self._actions = []


def open_in_designer(model) -> None:
    """Shows a copy: QGIS opens only models of the user, and what it saves is another file."""
    from processing.modeler.ModelerDialog import ModelerDialog

    designer = ModelerDialog.create(model.copy())
    designer.show()
