"""Plugins > OBIC > Help and Copy diagnostics: the tutorial in a window, and what a report of a mistake needs."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QT_VERSION_STR, QCoreApplication, QUrl
from qgis.PyQt.QtGui import QDesktopServices
from qgis.PyQt.QtWidgets import QDialog, QTextBrowser, QVBoxLayout

from .. import dependencies, upkeep
from ..resource import resource

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
SCHEME = "obic"  # of the links in the help of algorithms


class Help(QDialog):
    """The tutorial; links with the scheme of ours open it."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self.setObjectName("obicHelp")
        self.setWindowTitle(translate("Help", "OBIC in ten minutes"))
        self.resize(720, 720)
        self.browser = QTextBrowser(self)
        self.browser.setOpenExternalLinks(True)
        self.browser.setMarkdown(resource("docs/tutorial.md").read_text(encoding="utf-8"))
        QVBoxLayout(self).addWidget(self.browser)
        QDesktopServices.setUrlHandler(SCHEME, self._opened)

    def _opened(self, _: QUrl) -> None:
        self.show()
        self.raise_()

    def close_for_good(self) -> None:
        QDesktopServices.unsetUrlHandler(SCHEME)
        self.deleteLater()


def copy_diagnostics(iface) -> None:
    """Into the clipboard, with a word that it is there."""
    QgsApplication.clipboard().setText(diagnostics())
    text = translate("Help", "Versions and settings are in the clipboard, without your home folder's name.")
    iface.messageBar().pushMessage("OBIC", text, Qgis.MessageLevel.Info)


def diagnostics() -> str:
    """Versions of all that matters, the packages and where they lie; the home folder is called ~."""
    version = resource("metadata.txt").read_text(encoding="utf-8").partition("\nversion=")[2].split("\n")[0]
    lines = [
        f"OBIC {version}",
        f"QGIS {Qgis.QGIS_VERSION}, Qt {QT_VERSION_STR}, Python {platform.python_version()}",
        f"{platform.platform()}, {platform.machine()}",
        f"Program: {sys.executable}",
        f"Packages folder: {dependencies.packages_folder()}",
        *(f"{state.name} {state.version or 'missing'} {state.home}".rstrip() for state in upkeep.states()),
    ]
    return "\n".join(lines).replace(str(Path.home()), "~")
