"""QGIS 4 is Qt 6: every module of the window loads there, and its windows open. QGIS itself is made up (fakeqgis)."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / "build" / "qt6" / "bin" / "python"


@pytest.mark.skipif(not PYTHON.exists(), reason="make test-qt6 installs PyQt6 below build/")
def test_windows_open_under_qt_6():
    command = [str(PYTHON), str(ROOT / "tests" / "qt6" / "drive_windows.py")]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert answer.returncode == 0, answer.stderr[-3000:]
    told = json.loads(answer.stdout.splitlines()[-1])
    assert told["qt"].startswith("6.")
    names = {f"obic_plugin.gui.{path.stem}" for path in (ROOT / "obic_plugin" / "gui").glob("[a-z]*.py")}
    assert names <= set(told["modules"])
    assert {"start", "packages", "classes", "superpixels"} <= set(told["windows"])
