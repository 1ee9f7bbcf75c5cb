"""Plugins > OBIC > Help and Copy diagnostics: the tutorial in a window, and what a report of a mistake needs."""

from __future__ import annotations

import platform
import sys
from pathlib import Path

from qgis.core import Qgis, QgsApplication
from qgis.PyQt.QtCore import QT_VERSION_STR, QByteArray, QCoreApplication, Qt, QUrl
from qgis.PyQt.QtGui import QDesktopServices, QImage, QTextDocument
from qgis.PyQt.QtWidgets import QDialog, QTextBrowser, QVBoxLayout

from .. import dependencies, upkeep
from ..language import translated
from ..resource import resource

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
PICTURE_PX = 740  # the widest
SCHEME = "obic"  # of the links in the help of algorithms


class Page(QTextBrowser):
    """Text with pictures that are no wider than the text."""

    def loadResource(self, kind: int, name: QUrl):
        loaded = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource or loaded is None:
            return loaded
        image = QImage.fromData(loaded) if isinstance(loaded, QByteArray) else QImage(loaded)
        width = min(image.width(), PICTURE_PX)
        return image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


class Help(QDialog):
    """The tutorial; links with the scheme of ours open it."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self.setObjectName("obicHelp")
        self.setWindowTitle(translate("Help", "OBIC in ten minutes"))
        self.resize(860, 760)
        page = translated("docs/tutorial.{}.md") or resource("docs/tutorial.md")
        self.browser = Page(self)
        self.browser.setOpenExternalLinks(True)
        self.browser.setSearchPaths([str(page.parent)])
        self.browser.setMarkdown(page.read_text(encoding="utf-8"))
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
