"""Plugins > OBIC."""

from __future__ import annotations

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..resource import resource
from .install import InstallPackages

TITLE = "OBIC"


class Menu:
    """The entries of the plugin's menu."""

    def __init__(self, iface):
        self._iface = iface
        self._install = InstallPackages(iface)
        text = QCoreApplication.translate("Menu", "Install packages…")
        action = QAction(QIcon(str(resource("resources/icon.svg"))), text, iface.mainWindow())
        action.setObjectName("obicInstallPackages")
        action.triggered.connect(self._install.ask)
        self._actions = [action]
        for action in self._actions:
            iface.addPluginToMenu(TITLE, action)

    def remove(self):
        for action in self._actions:
            self._iface.removePluginMenu(TITLE, action)
            action.deleteLater()
        self._actions = []
