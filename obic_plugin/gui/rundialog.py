"""The dialog of an algorithm: QGIS's own, which also tells the time left, and calls a stopped run stopped."""

from __future__ import annotations

import time

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import QgsProcessingMultiStepFeedback
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtWidgets import QLabel

LEAST_SHARE, LEAST_S = 0.02, 3.0  # before that nobody can tell
INTERVAL_S = 1.0


class RunFeedback(QgsProcessingMultiStepFeedback):
    """Passes on what a run tells, apart from what is no error."""

    def __init__(self, feedback):
        super().__init__(1, feedback)
        self._feedback = feedback  # which nobody else keeps
        self.stage = ""

    def pushInfo(self, info: str) -> None:
        self.stage = info or self.stage
        super().pushInfo(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:
        if not self.isCanceled():  # QGIS calls every run without results a failure
            super().reportError(error, fatalError)


class RunDialog(AlgorithmDialog):
    """For methods and models alike."""

    def createFeedback(self) -> RunFeedback:
        self._begin = self._told = time.monotonic()
        feedback = super().createFeedback()
        feedback.progressChanged.connect(self._tell_time_left)
        return RunFeedback(feedback)

    def _tell_time_left(self, percent: float) -> None:
        """Above the bar, in one line that changes."""
        label, now = self.findChild(QLabel, "lblProgress"), time.monotonic()
        share, elapsed = percent / 100, now - self._begin
        known = LEAST_SHARE < share < 1 and elapsed > LEAST_S
        if known and now - self._told >= INTERVAL_S and label is not None and self.feedback is not None:
            self._told = now
            label.setText(f"{self.feedback.stage} ({time_left(elapsed, share)})")


def time_left(elapsed_s: float, share: float) -> str:
    """What a run that has done ``share`` of its work in ``elapsed_s`` still takes."""
    text = QCoreApplication.translate("OBIC", "about {} left")
    return text.format(duration(elapsed_s * (1 - share) / share))


def duration(seconds: float) -> str:
    """'45 s', '3 min' or '2 h 10 min'.

    >>> duration(44.6), duration(200), duration(7800)
    ('45 s', '3 min', '2 h 10 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"
