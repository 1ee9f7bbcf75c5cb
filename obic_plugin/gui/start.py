"""Plugins > OBIC > Start: what the user has, in four pictures, and what to do with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QSize, Qt, QTimer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
)

from ..resource import resource

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
KNOWN = "obic/start_page_known"
PICTURE = QSize(230, 150)
SOON_MS = 1500  # after the window of QGIS


class Beginning(NamedTuple):
    """One of the ways in: the picture of a method's help, and what opens, an algorithm or, by its name, a dock: who is
    to draw or to type first has nothing yet that an algorithm could be given."""

    sentence: str
    picture: str
    opens: str


def beginnings() -> tuple:
    return (
        Beginning(
            translate("StartPage", "I have an image and nothing else."),
            "unsupervisedsegmentation",
            "obic:unsupervisedsegmentation",
        ),
        Beginning(
            translate("StartPage", "I can outline some places of each class."),
            "train",
            "labels",
        ),
        Beginning(
            translate("StartPage", "I can say in a word or two what parts of the image show."),
            "chips",
            "tags",
        ),
        Beginning(
            translate("StartPage", "I have two images, and want to know what changed."),
            "change",
            "obic:change",
        ),
    )


class StartPage(QDialog):
    """Opens by itself with QGIS until the user has begun once, or says not to. ``docks`` opens docks by their names,
    ``try_sample()`` shows the sample scene."""

    def __init__(self, docks, try_sample: Callable, parent=None):
        super().__init__(parent)
        self._docks = docks
        self.setObjectName("obicStartPage")
        self.setWindowTitle(translate("StartPage", "Where to begin with OBIC"))
        grid = QGridLayout()
        grid.setSpacing(12)
        for n, beginning in enumerate(beginnings()):
            grid.addWidget(self._button(beginning), n // 2, n % 2)
        self._again = QCheckBox(translate("StartPage", "Open this page when QGIS starts"))
        self._again.setChecked(not _known())
        self._again.toggled.connect(lambda again: QgsSettings().setValue(KNOWN, not again))
        later = QLabel(translate("StartPage", "All of this is in the Processing Toolbox too, under OBIC."))
        later.setWordWrap(True)
        sample = QPushButton(translate("StartPage", "No image at hand? Try the sample scene"))
        sample.setObjectName("obicTrySample")
        sample.setAutoDefault(False)
        sample.clicked.connect(lambda *_: self._begin(try_sample))
        below = QHBoxLayout()
        below.addWidget(later, 1)
        below.addWidget(sample)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addLayout(below)
        layout.addWidget(self._again)

    def _button(self, beginning: Beginning) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(beginning.opens)
        button.setText(beginning.sentence)
        button.setIcon(QIcon(str(resource(f"resources/help/{beginning.picture}.jpg"))))
        button.setIconSize(PICTURE)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        least = button.fontMetrics().horizontalAdvance(beginning.sentence) + 24
        button.setMinimumSize(max(PICTURE.width(), least), PICTURE.height() + 40)
        button.clicked.connect(lambda *_: self._begin(lambda: self._open(beginning.opens)))
        return button

    def _begin(self, do: Callable) -> None:
        self._again.setChecked(False)
        self.accept()
        do()

    def _open(self, name: str) -> None:
        if ":" in name:
            open_algorithm(name)
            return
        dock = self._docks.open(name)
        if name == "tags" and dock.chips is None:
            dock.make()  # the chips, which the dock then shows

    def show_unless_known(self) -> None:
        """After QGIS has opened its window; the timer is ours, so that a plugin that is unloaded opens nothing."""
        if not _known():
            self._timer = QTimer(self)
            self._timer.setSingleShot(True)
            self._timer.timeout.connect(self.show)
            self._timer.start(SOON_MS)


def open_algorithm(name: str, parameters: dict | None = None):
    """Opens the dialog of an algorithm with some values in it; returns the dialog."""
    import processing

    dialog = processing.createAlgorithmDialog(name, parameters or {})
    dialog.show()
    return dialog


def _known() -> bool:
    return QgsSettings().value(KNOWN, False, type=bool)
