"""Runs that are stopped at any moment, by the progress in the engine and by an interrupt under qgis_process."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from .child import in_child
from .judge import harmed, snapshot
from .odd import Skipped
from .recipes import Kitchen, set_up, write_goods
from .runs import StopAfter, execute

COUNT = 50
SOON_S = 2.0
SIZE = 700, 800  # large enough for stages that last
TRIES = 3  # a busy computer may be late once


class Cancel(NamedTuple):
    """``share`` of the time that the run would take; ``outside``: an interrupt to qgis_process."""

    number: int
    method: str
    share: float
    outside: bool


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Methods in turn, each fourth time under qgis_process."""
    random, number = Random(seed), 0
    while kitchen.recipes:
        for name in kitchen.recipes:
            yield Cancel(number, name, random.random() ** 1.5, number % 4 == 3)
            number += 1


def attempt(cancel: Cancel, kitchen: Kitchen, seed: int) -> tuple:
    """Stopped within two seconds, with nothing written and the old outputs as they were."""
    by = "an interrupt to qgis_process" if cancel.outside else "its progress"
    what = f"{cancel.method} stopped by {by} at {cancel.share:.0%} of its time"
    program = os.environ.get("QGIS_PROCESS")
    if cancel.outside and not program:
        raise Skipped("there is no qgis_process outside of tools/qgis_env.sh")
    folder = Path(tempfile.mkdtemp(prefix="cancel-"))
    try:
        settings = set_up(kitchen.recipes[cancel.method][-1], kitchen, folder, old=True)
        write_goods(folder, SIZE)
        undisturbed_s = _duration(cancel.method, settings)
        if cancel.outside:
            wrong, how = _interrupted(cancel, settings, folder, program, undisturbed_s)
        else:
            wrong, how = _cancelled(cancel, settings, folder, undisturbed_s)
        return what, wrong, how
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _duration(name: str, settings: dict) -> float:
    """Seconds of a run with other outputs, which are removed."""
    folder = Path(settings[next(key for key in settings if key.startswith("output"))]).parent
    away = folder.parent / "away"
    shutil.copytree(folder, away)
    start = time.monotonic()
    in_child(lambda: execute(name, settings))
    seconds = time.monotonic() - start
    shutil.rmtree(folder)
    shutil.move(away, folder)
    return seconds


def _cancelled(cancel: Cancel, settings: dict, folder: Path, undisturbed_s: float) -> tuple:
    before = snapshot(str(folder))

    def work() -> tuple:
        progress = StopAfter(cancel.share * undisturbed_s, time.monotonic)
        outcome = execute(cancel.method, settings, progress)
        return outcome, time.monotonic() - progress.when

    late = []
    for _ in range(TRIES):
        ending = in_child(work)
        if ending.fault or ending.value[0].kind == "traceback":
            return ending.fault or ending.value[0].text.strip().splitlines()[-1], "failed"
        outcome, late_s = ending.value
        if outcome.kind == "done":
            return "", "ended before"
        if outcome.kind != "stopped":
            return f"refused: {outcome.text}", "refused"
        wrong = harmed(before, snapshot(str(folder)), [])
        if wrong or late_s <= SOON_S:
            return wrong, "stopped"
        late.append(late_s)
    return f"it goes on for {min(late):.1f} s", "stopped"


def _interrupted(cancel: Cancel, settings: dict, folder: Path, program: str, undisturbed_s: float) -> tuple:
    before, late = snapshot(str(folder)), []
    given = [f"--{name.upper()}={_text(value)}" for name, value in settings.items()]
    for _ in range(TRIES):
        process = subprocess.Popen(
            [program, "run", f"obic:{cancel.method}", *given],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            executable=program,
            start_new_session=True,
        )
        said = b""
        while b"Inputs" not in said and process.poll() is None:
            said += os.read(process.stdout.fileno(), 4096) or b""
        time.sleep(cancel.share * undisturbed_s)
        asked = time.monotonic()
        os.kill(process.pid, signal.SIGINT)
        try:
            said += process.communicate(timeout=60)[0]
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return "it goes on for more than 60 s", "hang"
        late_s = time.monotonic() - asked
        text = said.decode(errors="replace")
        if process.returncode == 0 and "100 - done" in text:
            return "", "ended before"
        wrong = harmed(before, snapshot(str(folder)), [])
        if process.returncode == 0:
            wrong = f"status 0; {wrong}"
        if "Traceback" in text:
            wrong = f"a traceback; {wrong}"
        if wrong or late_s <= SOON_S:
            return wrong, "stopped"
        late.append(late_s)
    return f"it goes on for {min(late):.1f} s", "stopped"


def _text(value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
