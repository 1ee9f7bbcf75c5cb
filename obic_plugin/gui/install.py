"""Plugins > OBIC > Install packages…: asks, then fetches in the background."""

from __future__ import annotations

from qgis.core import Qgis, QgsApplication, QgsTask
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QInputDialog, QLineEdit

from .. import dependencies
from ..engine.errors import ObicError
from ..engine.progress import Cancelled


def _tr(text: str) -> str:
    return QCoreApplication.translate("InstallPackages", text)


class InstallPackages:
    """The dialog and its one running task."""

    def __init__(self, iface):
        self._iface = iface
        self._task = None

    def ask(self):
        """Shows what is missing, lets the user choose the PyTorch, and starts."""
        bar = self._iface.messageBar()
        if self._task is not None:
            bar.pushMessage("OBIC", _tr("The packages are being installed."), Qgis.MessageLevel.Info)
            return
        if not dependencies.missing():
            text = _tr("Nothing is missing. Packages: {folder}").format(folder=dependencies.packages_folder())
            bar.pushMessage("OBIC", text, Qgis.MessageLevel.Success)
            return
        torch, agreed = QInputDialog.getText(
            self._iface.mainWindow(),
            _tr("Install packages for OBIC"),
            _question(),
            QLineEdit.EchoMode.Normal,
            dependencies.torch_requirement(),
        )
        if agreed:
            self._start(torch.strip() or None)

    def _start(self, torch: str | None):
        try:
            requirements = dependencies.wanted(torch if "torch" in dependencies.missing_in_qgis() else None)
        except ObicError as error:
            self._finished(error)
            return
        self._task = InstallTask(requirements, self._finished)
        QgsApplication.taskManager().addTask(self._task)

    def _finished(self, error: Exception | None):
        self._task = None
        bar = self._iface.messageBar()
        if error is None:
            text = _tr("The packages are installed; OBIC's algorithms are ready.")
            bar.pushMessage("OBIC", text, Qgis.MessageLevel.Success)
        elif isinstance(error, Cancelled):
            bar.pushMessage("OBIC", _tr("Stopped; nothing was changed."), Qgis.MessageLevel.Info)
        else:
            summary, _, advice = str(error).partition("\n")
            bar.pushMessage("OBIC", advice or summary, str(error), Qgis.MessageLevel.Critical, 0)


def _question() -> str:
    return _tr(
        "OBIC needs {packages}.\n\nThey are fetched with pip into\n{folder}\nand leave QGIS's own packages "
        "as they are. PyTorch takes about 1 GB; on Linux the usual build carries CUDA and takes several.\n\n"
        "PyTorch to install (a version, or the path of a wheel file):"
    ).format(packages=", ".join(dependencies.missing()), folder=dependencies.packages_folder())


class InstallTask(QgsTask):
    """The installation in QGIS's task manager, where it shows progress and can be stopped."""

    def __init__(self, requirements: list[str], then):
        super().__init__(_tr("Install packages for OBIC"), QgsTask.Flag.CanCancel)
        self._requirements, self._then = requirements, then
        self.error: Exception | None = None

    def run(self) -> bool:
        try:
            dependencies.install(self._requirements, self)
        except (ObicError, Cancelled) as error:
            self.error = error
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
