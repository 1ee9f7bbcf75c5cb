"""Plugins > OBIC > Install packages…: what is there, what is missing, which PyTorch; fetched in the background."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from qgis.core import Qgis, QgsNetworkAccessManager
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtNetwork import QNetworkProxy
from qgis.PyQt.QtWidgets import QPushButton

from .. import dependencies, upkeep
from ..builds import found_gpu
from ..engine.progress import Cancelled
from ..sentences import told
from .packages import PackagesWindow
from .task import EngineTask

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it


class InstallPackages:
    """The window, and the one task that may be running."""

    def __init__(self, iface):
        self._iface = iface
        self._task = None
        self._window = PackagesWindow(self, iface.mainWindow())

    def ask(self):
        """Opens the window, and looks what there is."""
        self._window.look()
        self._window.show()
        self._window.raise_()

    def offer(self):
        """Where something is missing that OBIC cannot do without: says so, with a button."""
        if dependencies.missing():
            text = translate("InstallPackages", "OBIC needs some Python packages before its first map.")
            bar = self._iface.messageBar()
            item = bar.createMessage("OBIC", text)
            button = QPushButton(translate("InstallPackages", "Install packages…"), item)
            button.clicked.connect(lambda *_: (self.ask(), bar.popWidget(item)))
            item.layout().addWidget(button)
            bar.pushWidget(item, Qgis.MessageLevel.Info)

    def install(self, order) -> None:
        """Begins to fetch what is ordered."""
        self._begin(
            translate("InstallPackages", "Install packages for OBIC"),
            lambda task: upkeep.install(order, task, _proxy()),
            translate("InstallPackages", "The packages are installed; OBIC's algorithms are ready."),
        )

    def remove(self) -> None:
        """Begins to delete the packages."""
        self._begin(
            translate("InstallPackages", "Remove the packages of OBIC"),
            lambda task: upkeep.remove(),
            translate("InstallPackages", "The packages are removed."),
        )

    def look(self) -> None:
        """Begins to look for a GPU and to try whether the packages can be loaded."""

        def look(task):
            broken = "" if dependencies.missing() else upkeep.unsound(lambda: task.at(0.5))
            return found_gpu(), broken

        if self._task is None:
            self._begin(translate("InstallPackages", "Look at the packages of OBIC"), look, "")

    def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def close(self) -> None:
        """The plugin goes: what is being done ends, and the window with it."""
        self.stop()
        self._window.deleteLater()

    def _begin(self, title: str, work, when_done: str) -> None:
        if self._task is None:
            self._when_done = when_done
            self._task = PackagesTask(title, work, self._window.say, self._finished)
            self._task.progressChanged.connect(self._window.show_progress)
            self._window.show_busy(title)
            self._task.start()

    def _finished(self, task: PackagesTask):
        self._task = None
        error, bar = task.error, self._iface.messageBar()
        if error is not None:
            text = told(str(error))
            if isinstance(error, Cancelled):
                text = translate("InstallPackages", "Stopped; nothing was changed.")
                bar.pushMessage("OBIC", text, Qgis.MessageLevel.Info)
            else:
                summary, _, advice = text.partition("\n")
                bar.pushMessage("OBIC", advice or summary, text, Qgis.MessageLevel.Critical, 0)
            self._window.show_idle(text)
        elif self._when_done:
            bar.pushMessage("OBIC", self._when_done, Qgis.MessageLevel.Success)
            self._window.show_idle(self._when_done)
            self._window.look()
        else:
            gpu, broken = task.result
            self._window.show_found(gpu, told(broken))


def _proxy() -> str:
    """The proxy of QGIS's network settings as pip wants it; empty where there is none."""
    proxy = QgsNetworkAccessManager.instance().fallbackProxy()
    schemes = {
        QNetworkProxy.ProxyType.HttpProxy: "http",
        QNetworkProxy.ProxyType.HttpCachingProxy: "http",
        QNetworkProxy.ProxyType.Socks5Proxy: "socks5",
    }
    scheme = schemes.get(proxy.type())
    if scheme is None or not proxy.hostName():
        return ""
    login = f"{quote(proxy.user(), '')}:{quote(proxy.password(), '')}@" if proxy.user() else ""
    return f"{scheme}://{login}{proxy.hostName()}:{proxy.port()}"


class PackagesTask(EngineTask):
    """One of these works; ``then(task)`` is called however it ends, ``heard(text)`` is told what it says."""

    def __init__(self, title: str, work: Callable, heard: Callable, then: Callable):
        super().__init__(title, work, then)
        self._heard_text, self.error, self.result = heard, None, None

    def finished(self, result: bool) -> None:
        EngineTask.alive.discard(self)
        self.error, self.result = self._error, self._result
        self._then(self)

    def say(self, text: str) -> None:
        super().say(text)
        self._heard_text(told(text))
