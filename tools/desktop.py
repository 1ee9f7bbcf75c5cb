"""What runs inside the QGIS window that `window.run` opens: loads the plugin, then runs a script's ``main(desk)``."""

from __future__ import annotations

import json
import os
import runpy
import sys
import time
import traceback
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication, QTimer


class Desk:
    """The running QGIS as a script sees it. What it notes down is on disk at once: QGIS may die the next moment."""

    def __init__(self, order: dict):
        self.told, self._out, self._noted = order["told"], Path(order["out"]), {}
        self.closes_itself = False  # whether the script has QGIS close as a user does

    def note(self, **facts) -> None:
        self._noted.update(facts)
        self._out.write_text(json.dumps(self._noted, indent=1), encoding="utf-8")

    def wait(self, until=None, seconds: float = 0.3) -> bool:
        """Let QGIS work until a condition holds, at most so long; without one, so long."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QCoreApplication.processEvents()
            if until is not None and until():
                return True
            time.sleep(0.01)
        return False


def main() -> None:
    order = json.loads(os.environ["OBIC_DESKTOP"])
    desk = Desk(order)

    def fail(*error) -> None:
        """Also where Qt has called Python: QGIS would show a message, and wait for somebody to read it."""
        desk.note(error="".join(traceback.format_exception(*error)))
        os._exit(0)

    sys.excepthook = fail
    try:
        import qgis.utils

        desk.note(doing="starting the plugin")
        if "obic_plugin" not in qgis.utils.plugins:
            qgis.utils.loadPlugin("obic_plugin")
            qgis.utils.startPlugin("obic_plugin")
        runpy.run_path(order["script"])["main"](desk)
        desk.note(doing="")
    except Exception:  # noqa: BLE001  whatever it is, the caller wants to know
        desk.note(error=traceback.format_exc())
        desk.closes_itself = False
    finally:
        if not desk.closes_itself:
            os._exit(0)


QTimer.singleShot(1500, main)
