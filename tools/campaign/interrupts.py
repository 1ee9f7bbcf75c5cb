"""Runs of ``qgis_process`` that are interrupted (Ctrl+C) at any moment: how they end, how soon, and what they leave."""

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

import numpy as np

from obic_plugin.engine.params import specs

from .child import each
from .odd import Skipped
from .rasters import Picture
from .recipes import Kitchen, set_up, write_goods
from .runs import METHOD

COUNT = 50
LIMITS = {"idle_s": 300, "cpu_s": 60, "memory_mb": 4000}  # of those who wait for another process
SIZE = 600, 680  # small, but for those that are quick: every run lasts some seconds
SIZES = {
    "train": (160, 180),
    "trainfromtags": (96, 112),
    "unsupervisedsegmentation": (1200, 1360),
    "applymodel": (1200, 1360),
    "isodata": (1800, 2040),
    "superpixels": (1800, 2040),
    "polygons": (2400, 2720),
}
# over in half a second whatever the size: hardly a moment to interrupt
BRIEF = {
    "accuracy",
    "changeaccuracy",
    "changemask",
    "chips",
    "cooccurrence",
    "editclasses",
    "fromto",
    "meancolor",
    "suggestlabels",
}
SPECKS = 0.3  # share of the pixels of a map that are not what is around them
STAGES = {"min_area": 5, "tolerance": 1.0, "smoothing": 1}  # the sieve and outlines, in those that have them
SENTENCE = "Stopped, nothing was written."
PATIENCE_S, LONGEST_S = 2.0, 280.0
TRIES = 3  # a busy computer may be late once
BEGUN = "\nInputs\n"  # what QGIS prints where it hands over to the algorithm


class Interrupt(NamedTuple):
    """A run of ``method`` with its recipe and these ``changes``, interrupted so long after it began."""

    number: int
    method: str
    changes: dict
    moment_s: float
    lasts_s: float


class Ending(NamedTuple):
    """How a run has ended: its status (None: it had to be killed), the seconds from the interrupt to the end without
    those in which other processes had the processor, the seconds in all from where the algorithm began, what it
    printed, and the names of the files it left."""

    status: int | None
    delay_s: float
    lasted_s: float
    text: str
    files: tuple

    @property
    def done(self) -> bool:
        """Whether the run had come to its end before the interrupt was of any use."""
        return self.status == 0 and "Results" in self.text and SENTENCE not in self.text


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Every method that lasts in turn, with the stages that it may have; first each to its end, to know how long it
    lasts."""
    runs = [(name, _stages(name)) for name in kitchen.recipes if name not in BRIEF]
    random, number = Random(seed), 0
    endings = dict(each(lambda index: _rehearsed(*runs[index], kitchen), range(len(runs)), **LIMITS))
    while runs:
        for index, (name, changes) in enumerate(runs):
            lasts_s = endings[index].value or 0.0
            yield Interrupt(number, name, changes, random.uniform(0, lasts_s), lasts_s)
            number += 1


def _stages(name: str) -> dict:
    declared = {spec.name for spec in specs(METHOD[name].params)}
    return {stage: value for stage, value in STAGES.items() if stage in declared}


def _rehearsed(name: str, changes: dict, kitchen: Kitchen) -> float:
    """Seconds of a run that nobody interrupts, 0 where there is no qgis_process."""
    return _run(name, changes, kitchen).lasted_s if os.environ.get("QGIS_PROCESS") else 0.0


def attempt(interrupt: Interrupt, kitchen: Kitchen, seed: int) -> tuple:
    """It ends within two seconds, with an error status and nothing written."""
    told = " ".join(f"{name}={value}" for name, value in interrupt.changes.items())
    if not os.environ.get("QGIS_PROCESS"):
        raise Skipped("there is no qgis_process outside of tools/qgis_env.sh")
    moment_s = interrupt.moment_s
    for _ in range(TRIES):
        ending = _run(interrupt.method, interrupt.changes, kitchen, moment_s)
        wrong = faulty(ending)
        if ending.done:
            moment_s /= 2  # it was quicker than in its rehearsal
        elif not wrong or ending.delay_s <= PATIENCE_S:
            break
    what = f"{interrupt.method} {told} interrupted after {moment_s:.1f} of {interrupt.lasts_s:.1f} s"
    return what, wrong, "ended before" if ending.done else f"ended after {ending.delay_s:.2f} s"


def _run(name: str, changes: dict, kitchen: Kitchen, moment_s: float | None = None) -> Ending:
    folder = Path(tempfile.mkdtemp(prefix="interrupt-"))
    try:
        settings = {**set_up(kitchen.recipes[name][-1], kitchen, folder, old=False), **changes}
        write_goods(folder, SIZES.get(name, SIZE))
        _speckle(str(folder / "in/map.tif"))
        given = {key.upper(): _text(value) for key, value in settings.items()}
        return interrupted(f"obic:{name}", given, folder / "out", moment_s)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _speckle(path: str) -> None:
    """Change some pixels of a map, here and there."""
    picture, chance = Picture.of(path), np.random.default_rng(0)
    others = chance.integers(1, 5, picture.values.shape, np.uint8)
    picture.values = np.where(chance.random(others.shape) < SPECKS, others, picture.values)
    picture.save(path)


def _text(value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def interrupted(algorithm: str, settings: dict, folder: Path, moment_s: float | None = None) -> Ending:
    """Run an algorithm whose outputs lie in ``folder``, interrupted ``moment_s`` after it began; never if None.

    Is to be called in the environment of ``tools/qgis_env.sh``.
    """
    command = [os.environ["QGIS_PROCESS"], "run", algorithm]
    command += [f"--{name}={value}" for name, value in settings.items()]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            began = _beginning(process, printed)
            if moment_s is not None:
                time.sleep(max(0.0, began + moment_s - time.monotonic()))
            at = time.monotonic()
            if moment_s is not None and process.poll() is None:
                process.send_signal(signal.SIGINT)
            queued_s, status = _awaited(process, at + LONGEST_S)
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        end = time.monotonic()
        printed.seek(0)
        files = tuple(sorted(path.name for path in folder.iterdir()))
        return Ending(status, end - at - queued_s, end - began, printed.read(), files)


def _awaited(process: subprocess.Popen, until: float) -> tuple:
    """Seconds for which it waits for a processor that others have, until its end; and its status, or None."""
    first = last = _queued_s(process.pid)
    while process.poll() is None and time.monotonic() < until:
        last = max(last, _queued_s(process.pid))
        time.sleep(0.02)
    return last - first, process.returncode


def _queued_s(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):  # it has ended
        return 0.0


def _beginning(process: subprocess.Popen, printed) -> float:
    """When the algorithm began."""
    while process.poll() is None:
        if BEGUN in Path(f"/proc/self/fd/{printed.fileno()}").read_text(errors="replace"):
            break
        time.sleep(0.02)
    return time.monotonic()


def faulty(ending: Ending, patience_s: float = PATIENCE_S) -> str:
    """What is wrong with the end of an interrupted run that had an empty folder for its outputs, or ''."""
    if ending.done:
        return ""
    if ending.status is None:
        return f"it did not end within {LONGEST_S:.0f} s"
    if ending.status == 0:
        return f"status 0: {ending.text[-300:]}"
    if "Results" in ending.text:
        return "it told results"
    if SENTENCE not in ending.text:
        return f"status {ending.status} without the sentence: {ending.text[-300:]}"
    if ending.files:
        return f"it left {', '.join(ending.files)}"
    if ending.delay_s > patience_s:
        return f"it took {ending.delay_s:.1f} s"
    return ""
