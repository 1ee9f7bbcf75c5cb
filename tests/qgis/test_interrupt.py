"""Ctrl+C under qgis_process: before a run begins, where QGIS alone would lose it; and the end of what is stopped."""

import os
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest
from qgis.core import QgsProcessingException, QgsProcessingFeedback

from obic_plugin import algorithm
from obic_plugin.engine.progress import Cancelled, left_behind, watched
from tests.scenes import write_raster

PATIENCE_S = 60
ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="the system must tell what a process listens for"
)
def test_an_interrupt_before_the_run_ends_the_program(tmp_path):
    labels, out = write_raster(tmp_path / "labels.tif", np.ones((9, 9), np.uint8)), tmp_path / "out.gpkg"
    command = [os.environ["QGIS_PROCESS"], "run", "obic:polygons", f"--INPUT={labels}", f"--OUTPUT={out}"]
    enabled = {**os.environ, "QGIS_CUSTOM_CONFIG_PATH": str(ROOT / "build" / "profile")}
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(command, env=enabled, stdout=nowhere, stderr=nowhere, preexec_fn=listen)
    try:
        until = time.monotonic() + PATIENCE_S
        for wanted in (True, False):  # Python begins to listen, and then the plugin has it stop
            while process.poll() is None and listens(process.pid) != wanted and time.monotonic() < until:
                time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == -signal.SIGINT
    finally:
        process.kill()
        process.wait()
    assert not out.exists()


def listen():
    """As in a terminal: a background job would have been told to ignore it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def listens(pid: int) -> bool:
    """Whether a process has a function for the signal."""
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False
    caught = next(line.split()[1] for line in text.splitlines() if line.startswith("SigCgt"))
    return bool(int(caught, 16) >> (signal.SIGINT - 1) & 1)


def test_a_stopped_program_waits_for_what_the_stop_left_behind(monkeypatch):
    """QGIS takes Python down at once, and a thread that still runs it would end in a crash."""
    monkeypatch.setattr(algorithm.QgsApplication, "platform", staticmethod(lambda: "qgis_process"))

    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        watched(lambda: time.sleep(0.4), stop)
    assert left_behind()
    with pytest.raises(QgsProcessingException, match="Stopped, nothing was written"):
        algorithm._without_results(QgsProcessingFeedback(), Cancelled())
    assert not left_behind()
