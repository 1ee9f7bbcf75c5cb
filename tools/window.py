"""A real QGIS window without a display: its own profile, this checkout's plugin, and a script that drives it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCREEN = "-screen 0 1600x1000x24"


def why_not() -> str:
    """What is missing to open a window; empty where nothing is."""
    if shutil.which("xvfb-run") is None or _program() is None:
        return "xvfb-run and QGIS are needed to open its window (make setup)"
    return ""


def run(script: Path, told: dict, timeout_s: float = 1800, locale: str = "en_US") -> dict:
    """What ``main(desk)`` of the script has noted down, and how QGIS ended (``ended``, 0 for well); ``told`` is what
    the script is told, ``locale`` QGIS's language.

    Raises RuntimeError, with a sentence that says at what, where QGIS dies or the script fails.
    """
    stage()
    folder = Path(tempfile.mkdtemp(prefix="obic-window-"))
    out = folder / "noted.json"
    settings = folder / "profiles" / "obic" / "QGIS" / "QGIS3.ini"
    settings.parent.mkdir(parents=True)
    settings.write_text(f"[locale]\noverrideFlag=true\nuserLocale={locale}\n", encoding="utf-8")
    command = ["xvfb-run", "-a", "-s", SCREEN, _program(), "--noversioncheck", "--nologo"]
    command += ["--profiles-path", str(folder), "--profile", "obic"]
    command += ["--code", str(ROOT / "tools" / "desktop.py")]
    order = {"script": str(script), "told": told, "out": str(out)}
    try:
        with open(folder / "log", "w", encoding="utf-8") as log:
            ended = _call(command, _environment(order), log, timeout_s)
        noted = json.loads(out.read_text(encoding="utf-8")) if out.exists() else {"doing": "starting"}
        last_words = (folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if ended is None:
        raise RuntimeError(f"QGIS was still {noted['doing']} after {timeout_s} s.")
    if "error" in noted:
        raise RuntimeError(f"While {noted['doing']}: {noted['error']}")
    if noted["doing"]:
        raise RuntimeError(f"QGIS died while {noted['doing']}. {last_words}")
    return {**noted, "ended": ended}


def _call(command: list, environment: dict, log, timeout_s: float) -> int | None:
    """How it ended, None where it did not in time; with it end all that it has started."""
    process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        ended = process.wait(timeout_s)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    return ended


def stage() -> None:
    """The plugin of this checkout where the window looks for it."""
    subprocess.run([sys.executable, str(ROOT / "tools" / "package.py"), "stage"], check=True)


def _program() -> str | None:
    return shutil.which("qgis.bin") or shutil.which("qgis")


def _environment(order: dict) -> dict:
    kept = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "QGIS_CUSTOM_CONFIG_PATH")}
    kept["QGIS_PLUGINPATH"] = str(ROOT / "build" / "plugins")
    kept["OBIC_DESKTOP"] = json.dumps(order)
    return kept
