"""Any work of the engine in QGIS's task manager: off the main thread, with what it shows brought there."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import Qgis, QgsApplication, QgsTask
from qgis.PyQt.QtCore import pyqtSignal

from ..engine.errors import ObicError
from ..engine.progress import Cancelled
from ..running import RUNS
from ..sentences import told


class EngineTask(QgsTask):
    """``work(progress)`` in a thread of its own, the task being its `Progress`.

    In the main thread ``then(result)`` is told what it returns, ``otherwise(error)`` what it raises, ``shown(name,
    array, window)`` all that it shows on the way. Of a task that was abandoned or canceled nobody hears any more.
    """

    _shown = pyqtSignal(str, object, object)
    alive: set = (
        set()
    )  # the task manager owns the half that is C++; the half that is Python lives as long as this

    def __init__(
        self,
        title: str,
        work: Callable,
        then: Callable,
        otherwise: Callable | None = None,
        shown: Callable | None = None,
    ):
        super().__init__(title, _flags())
        self._work, self._then, self._otherwise = work, then, otherwise
        self._result, self._error, self._heard = None, None, True
        if shown is not None:
            self._shown.connect(lambda *what: shown(*what) if self._heard else None)

    def start(self) -> EngineTask:
        """Hand it to QGIS; returns the task."""
        EngineTask.alive.add(self)
        QgsApplication.taskManager().addTask(self)
        return self

    def abandon(self) -> None:
        """Nobody wants its result any more: it stops soon."""
        self._heard = False
        self.cancel()

    def run(self) -> bool:
        try:
            with RUNS.running(self.cancel):
                self._result = self._work(self)
        except Exception as error:  # noqa: BLE001  an exception that leaves a QgsTask ends QGIS
            self._error = error
        return self._error is None

    def finished(self, result: bool) -> None:
        EngineTask.alive.discard(self)
        if not self._heard or isinstance(self._error, Cancelled) or (self.isCanceled() and not result):
            return
        if self._error is None:
            self._then(self._result)
        elif self._otherwise is not None:
            self._otherwise(self._error)
        else:
            tell(self._error)

    def at(self, fraction: float) -> None:
        """`Progress`: how far it is, and where it learns of a cancel."""
        if self.isCanceled():
            raise Cancelled
        self.setProgress(100 * fraction)

    def say(self, text: str) -> None:
        """`Progress`: into the log panel."""
        QgsApplication.messageLog().logMessage(told(text), "OBIC", Qgis.MessageLevel.Info, False)

    def show(self, name: str, array, window) -> None:
        """`Progress`: to those who look on."""
        self._shown.emit(name, array, window)


def _flags():
    """No messages of QGIS's own: they would cover ours."""
    flags = QgsTask.Flag.CanCancel
    if hasattr(QgsTask.Flag, "Silent"):  # from QGIS 3.26
        flags |= QgsTask.Flag.Silent
    return flags


def tell(error: Exception) -> None:
    """What failed, in QGIS's message bar where there is one, else in the log: a refusal as its sentence."""
    from qgis.utils import iface

    text = told(str(error)) if isinstance(error, ObicError) else f"{type(error).__name__}: {error}"
    if iface is not None:
        iface.messageBar().pushMessage("OBIC", text, Qgis.MessageLevel.Warning, 0)
    QgsApplication.messageLog().logMessage(text, "OBIC", Qgis.MessageLevel.Warning, False)
