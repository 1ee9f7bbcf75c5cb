"""Keys of a dock, which work on the map too and come before QGIS's own shortcuts of the same letters."""

from __future__ import annotations

from collections.abc import Callable

from qgis.PyQt.QtCore import QEvent, QObject, Qt
from qgis.PyQt.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget


class DockKeys(QObject):
    """While a dock is seen, ``press(text)`` is told what is typed on it and on the map; ``known(text)`` says what is
    meant for it. Where something can be written in, letters are letters."""

    def __init__(self, dock, canvas, known: Callable, press: Callable):
        super().__init__(dock)
        self._dock, self._known, self._press = dock, known, press
        self._canvas = canvas  # to which its viewport hands the keys, and which sees no mouse
        focusable = [w for w in dock.findChildren(QWidget) if w.focusPolicy() != Qt.FocusPolicy.NoFocus]
        for widget in (canvas, dock, *focusable):
            if not isinstance(widget, (QLineEdit, QAbstractSpinBox)):
                widget.installEventFilter(self)

    def eventFilter(self, watched, event) -> bool:
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() in kinds and self._dock.isVisible():
            plain = not event.modifiers() & ~(
                Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
            )
            if plain and event.text() and self._known(event.text()):
                if event.type() == QEvent.Type.KeyPress:
                    self._press(event.text())
                event.accept()
                return True
        return False

    def remove(self) -> None:
        self._canvas.removeEventFilter(self)  # the rest goes with the dock
