"""Letting QGIS work until something holds."""

from __future__ import annotations

import time

from qgis.PyQt.QtCore import QCoreApplication


def until(condition, seconds: float = 10.0) -> bool:
    """Whether a condition holds within so many seconds."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QCoreApplication.processEvents()
        if condition():
            return True
        time.sleep(0.01)
    return bool(condition())
