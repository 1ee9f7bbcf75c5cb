"""What QGIS starts: the provider for Processing and, where there is a window, the menu."""

from __future__ import annotations

import signal

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

from . import dependencies
from .language import translated
from .running import RUNS


class ObicPlugin:
    """The plugin; ``iface`` is None under qgis_process."""

    def __init__(self, iface):
        self.iface = iface
        self.provider = None
        self.menu = None
        dependencies.activate()
        self.translator = _translator()

    def initProcessing(self):
        """Called by qgis_process instead of `initGui`."""
        if QgsApplication.platform() == "qgis_process":
            _end_when_interrupted()
        from .provider import ObicProvider

        self.provider = ObicProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)
        self.provider.refreshAlgorithms()  # now with the models

    def initGui(self):
        """Called by the desktop program."""
        self.initProcessing()
        if self.iface is not None:
            from .gui.menu import Menu

            self.menu = Menu(self.iface)

    def unload(self):
        """Called when the plugin is disabled or updated, and when QGIS closes: it must be as if it had never been
        there."""
        RUNS.end()
        if self.menu is not None:
            self.menu.remove()
            self.menu = None
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
            self.provider = None
        if self.translator is not None:
            QCoreApplication.removeTranslator(self.translator)
            self.translator = None


def _end_when_interrupted() -> None:
    """Have an interrupt (Ctrl+C) end the program until QGIS listens for it, as it does from the start of a run on.

    Before that Python takes it for an error in whatever it does next, and QGIS goes on as if nothing had been.
    """
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _translator() -> QTranslator | None:
    """The translation to QGIS's language, installed; None where there is none."""
    path, translator = translated("i18n/obic_{}.qm"), QTranslator()
    if path is None or not translator.load(str(path)):
        return None
    QCoreApplication.installTranslator(translator)
    return translator
