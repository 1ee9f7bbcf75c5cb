"""Plugins > OBIC."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QAction

from ..models import models
from ..resource import resource
from .docks import Docks
from .help import Help, copy_diagnostics
from .install import InstallPackages
from .openmodel import ask_for_model
from .samplescene import SampleSceneLayer
from .start import StartPage

TITLE = "OBIC"
translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it


class Entry(NamedTuple):
    """One line of the menu; without a text a line that separates."""

    name: str
    text: str = ""
    do: Callable | None = None


class Menu:
    """The entries of the plugin's menu, and what they open."""

    def __init__(self, iface):
        self._iface = iface
        self._install, self.docks = InstallPackages(iface), Docks(iface)
        self._sample = SampleSceneLayer(iface)
        self._start = StartPage(self.docks, self._sample.show, iface.mainWindow())
        self._help = Help(iface.mainWindow())
        self._actions: list = []
        for entry in self._entries():
            self._add(entry)
        self._start.show_unless_known()
        self._install.offer()

    def _entries(self) -> list:
        """The menu, from top to bottom."""
        return [
            Entry("obicStart", translate("Menu", "Start…"), self._start.show),
            Entry("obicSampleScene", translate("Menu", "Try the sample scene"), self._sample.show),
            Entry("obicOpenModel", translate("Menu", "Open a model…"), lambda: ask_for_model(self._iface)),
            Entry("obicDocks"),
            *(Entry(*entry) for entry in self.docks.entries()),
            Entry("obicModels"),
            *(
                Entry(
                    f"obicDesign_{model.name()}",
                    translate("Menu", "Open “{}” in the Model Designer…").format(model.displayName()),
                    lambda model=model: open_in_designer(model),
                )
                for model in models()
            ),
            Entry("obicUpkeep"),
            Entry("obicInstallPackages", translate("Menu", "Install packages…"), self._install.ask),
            Entry(
                "obicCopyDiagnostics",
                translate("Menu", "Copy diagnostics"),
                lambda: copy_diagnostics(self._iface),
            ),
            Entry("obicHelp", translate("Menu", "Help"), self._help.show),
        ]

    def _add(self, entry: Entry) -> None:
        action = QAction(QIcon(str(resource("resources/icon.svg"))), entry.text, self._iface.mainWindow())
        action.setObjectName(entry.name)
        if entry.do is None:
            action.setSeparator(True)
        else:
            action.triggered.connect(lambda *_: entry.do())
        self._actions.append(action)
        self._iface.addPluginToMenu(TITLE, action)

    def remove(self):
        self.docks.remove()
        for action in self._actions:
            self._iface.removePluginMenu(TITLE, action)
            action.deleteLater()
        self._actions = []
        self._install.close()
        self._sample.close()
        self._start.deleteLater()
        self._help.close_for_good()


def open_in_designer(model) -> None:
    """Shows a copy: QGIS opens only models of the user, and what it saves is another file."""
    from processing.modeler.ModelerDialog import ModelerDialog

    designer = ModelerDialog.create(model.copy())
    designer.show()
