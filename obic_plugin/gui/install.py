"""Plugins > OBIC > Install packages…: asks, then fetches in the background."""

from __future__ import annotations

from urllib.parse import quote

from qgis.core import Qgis, QgsApplication, QgsNetworkAccessManager, QgsTask
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtNetwork import QNetworkProxy
from qgis.PyQt.QtWidgets import QInputDialog, QLineEdit

from .. import dependencies
from ..engine.progress import Cancelled

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it


class InstallPackages:
    """The dialog and its one running task."""

    def __init__(self, iface):
        self._iface = iface
        self._task = None

    def ask(self):
        """Shows what is missing, lets the user choose the PyTorch, and starts."""
        if self._task is not None:
            self._show(translate("InstallPackages", "The packages are being installed."))
        elif not _lacking():
            text = translate("InstallPackages", "Nothing is missing. Packages: {folder}")
            self._show(text.format(folder=dependencies.packages_folder()), Qgis.MessageLevel.Success)
        else:
            title = translate("InstallPackages", "Install packages for OBIC")
            torch, agreed = QInputDialog.getText(
                self._iface.mainWindow(),
                title,
                _question(),
                QLineEdit.EchoMode.Normal,
                dependencies.torch_requirement(),
            )
            if agreed:
                self.start(torch.strip())

    def start(self, torch: str):
        """Begins to install all that is missing, with this PyTorch where QGIS has none."""
        asked = torch if "torch" in dependencies.missing_in_qgis() else None
        self._task = InstallTask(dependencies.wanted(asked), _proxy(), self._finished)
        QgsApplication.taskManager().addTask(self._task)

    def _finished(self, error: Exception | None):
        self._task = None
        if error is None:
            text = translate("InstallPackages", "The packages are installed; OBIC's algorithms are ready.")
            self._show(text, Qgis.MessageLevel.Success)
        elif isinstance(error, Cancelled):
            self._show(translate("InstallPackages", "Stopped; nothing was changed."))
        else:
            summary, _, advice = str(error).partition("\n")
            self._iface.messageBar().pushMessage(
                "OBIC", advice or summary, str(error), Qgis.MessageLevel.Critical, 0
            )

    def _show(self, text: str, level=Qgis.MessageLevel.Info):
        self._iface.messageBar().pushMessage("OBIC", text, level)


def _lacking() -> list[str]:
    return dependencies.missing() + dependencies.missing_extras()


def _question() -> str:
    text = translate(
        "InstallPackages",
        "OBIC needs {packages}.\n\nThey are fetched with pip into\n{folder}\nand leave QGIS's own packages "
        "as they are. PyTorch takes about 1 GB; on Linux the usual build carries CUDA and takes several.\n\n"
        "PyTorch to install (a version, or the path of a wheel file):",
    )
    return text.format(packages=", ".join(_lacking()), folder=dependencies.packages_folder())


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


class InstallTask(QgsTask):
    """The installation in QGIS's task manager, where it shows progress and can be stopped."""

    def __init__(self, requirements: list[str], proxy: str, then):
        flags = QgsTask.Flag.CanCancel
        if hasattr(QgsTask, "Silent"):  # from QGIS 3.26: its own message would cover ours
            flags |= QgsTask.Flag.Silent
        super().__init__(translate("InstallPackages", "Install packages for OBIC"), flags)
        self._requirements, self._proxy, self._then = requirements, proxy, then
        self.error: Exception | None = None

    def run(self) -> bool:
        try:
            dependencies.install(self._requirements, self, self._proxy)
        except Exception as error:  # noqa: BLE001  an exception that leaves a QgsTask ends QGIS
            self.error = error
        return self.error is None

    def finished(self, result: bool):
        self._then(self.error)

    def at(self, fraction: float) -> None:
        """`Progress`: what the installer reports, and where it learns of a cancel."""
        if self.isCanceled():
            raise Cancelled
        self.setProgress(100 * fraction)

    def say(self, text: str) -> None:
        """`Progress`: pip's lines, into the log panel."""
        QgsApplication.messageLog().logMessage(text, "OBIC", Qgis.MessageLevel.Info, False)
