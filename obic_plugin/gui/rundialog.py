"""The dialog of an algorithm: QGIS's own, which also tells the time left, and calls a stopped run stopped."""

from __future__ import annotations

import time

from processing.gui.AlgorithmDialog import AlgorithmDialog
from qgis.core import QgsProcessingMultiStepFeedback, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QTextCharFormat, QTextCursor
from qgis.PyQt.QtWidgets import QCheckBox, QDialogButtonBox, QLabel, QTextBrowser, QTextEdit
from qgis.utils import iface

from .chart import LearningChart
from .watch import WATCHED, Watch

LEAST_SHARE, LEAST_S = 0.02, 3.0  # before that nobody can tell
INTERVAL_S = 1.0
WATCH_KEY = "obic/watch"  # whether runs are watched, in QGIS's settings


class RunFeedback(QgsProcessingMultiStepFeedback):
    """Passes on what a run tells, apart from what is no error."""

    def __init__(self, feedback, watch=None):
        super().__init__(1, feedback)
        self.watch = watch  # who looks on while it learns
        self._feedback = feedback  # which nobody else keeps
        self.stage = ""

    def pushInfo(self, info: str) -> None:
        self.stage = info or self.stage
        super().pushInfo(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:
        if not self.isCanceled():  # QGIS calls every run without results a failure
            super().reportError(error, fatalError)


class RunDialog(AlgorithmDialog):
    """For methods and models alike; what learns can be watched."""

    def __init__(self, algorithm, *args, **options):
        super().__init__(algorithm, *args, **options)
        self._color_title()
        self._watch, self._wish = None, None
        if algorithm.name() in WATCHED and iface is not None:
            self._offer_watching()

    def _offer_watching(self) -> None:
        """A switch beside the buttons, and the chart below the log."""
        self._wish = QCheckBox(QCoreApplication.translate("OBIC", "Watch it learn"), self)
        self._wish.setObjectName("obicWatch")
        self._wish.setToolTip(
            QCoreApplication.translate(
                "OBIC", "The part in view is mapped at steps 1, 2, 4, 8 … of the learning"
            )
        )
        self._wish.setChecked(QgsSettings().value(WATCH_KEY, True, type=bool))
        self._wish.toggled.connect(lambda on: QgsSettings().setValue(WATCH_KEY, on))
        # as one of the buttons: whatever else is among them goes when another theme lays them out anew
        self.buttonBox().addButton(self._wish, QDialogButtonBox.ButtonRole.ResetRole)
        self.updateRunButtonVisibility()  # with it all of them are shown, Change Parameters among them
        self._chart = LearningChart(self)
        self._chart.hide()
        log = self.findChild(QTextEdit, "txtLog")
        if log is not None:
            log.parentWidget().layout().addWidget(self._chart)

    def finish(self, *args, **options) -> None:
        try:
            super().finish(*args, **options)
        finally:
            if self._watch is not None:
                self._watch.end()
                self._watch = None

    def _color_title(self) -> None:
        """QGIS has a fixed dark gray for the title of the help, which cannot be read on a dark ground."""
        page = self.findChild(QTextBrowser, "textShortHelp")
        if page is None:
            return
        title, look = QTextCursor(page.document().firstBlock()), QTextCharFormat()
        title.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        look.setForeground(page.palette().text())
        title.mergeCharFormat(look)

    def createFeedback(self) -> RunFeedback:
        self._begin = self._told = time.monotonic()
        feedback = super().createFeedback()
        feedback.progressChanged.connect(self._tell_time_left)
        if self._wish is not None and self._wish.isChecked():
            self._chart.show()
            self._watch = Watch(iface.mapCanvas(), self._chart, self)
        return RunFeedback(feedback, self._watch)

    def _tell_time_left(self, percent: float) -> None:
        """Above the bar, in one line that changes."""
        label, now = self.findChild(QLabel, "lblProgress"), time.monotonic()
        share, elapsed = percent / 100, now - self._begin
        known = LEAST_SHARE < share < 1 and elapsed > LEAST_S
        if known and now - self._told >= INTERVAL_S and label is not None and self.feedback is not None:
            self._told = now
            text = QCoreApplication.translate("OBIC", "{} ({})")
            label.setText(text.format(self.feedback.stage, time_left(elapsed, share)))


def time_left(elapsed_s: float, share: float) -> str:
    """What a run that has done ``share`` of its work in ``elapsed_s`` still takes."""
    text = QCoreApplication.translate("OBIC", "about {} left")
    return text.format(duration(elapsed_s * (1 - share) / share))


def duration(seconds: float) -> str:
    """'45 s', '3 min' or '2 h 10 min'.

    >>> duration(44.6), duration(200), duration(7800)
    ('45 s', '3 min', '2 h 10 min')
    """
    translate = QCoreApplication.translate
    if seconds < 60:
        return translate("OBIC", "{} s").format(f"{seconds:.0f}")
    minutes = round(seconds / 60)
    if minutes < 60:
        return translate("OBIC", "{} min").format(minutes)
    return translate("OBIC", "{} h {} min").format(minutes // 60, minutes % 60)
