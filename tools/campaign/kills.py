"""Runs that are killed: at any moment, and before each step that changes files."""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from .child import in_child
from .judge import MARK, old_or_new, snapshot
from .recipes import Kitchen, set_up
from .rehearsal import on_each_step, other_inputs, rehearse
from .runs import METHOD, execute, outputs_of

COUNT = 100


class Kill(NamedTuple):
    """``step``: before which change of a file, from 1; or ``moment_s`` after the start."""

    number: int
    method: str
    step: int
    moment_s: float


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Methods in turn; for each by turns the next of its steps, from the last one back, and a moment by chance."""
    random = Random(seed)
    rehearsals = {name: rehearse(found[-1], kitchen) for name, found in kitchen.recipes.items()}
    number = 0
    while rehearsals:
        for name, (seconds, n_steps) in rehearsals.items():
            turn = number // len(rehearsals)
            by_step = turn % 3 < 2 and n_steps
            step = n_steps - (turn // 3 * 2 + turn % 3) % n_steps if by_step else 0
            yield Kill(number, name, step, random.uniform(0, 1.1 * seconds))
            number += 1


def attempt(kill: Kill, kitchen: Kitchen, seed: int) -> tuple:
    """Kill a run over old outputs; what is there after the next run beside it is all old or all new."""
    folder = Path(tempfile.mkdtemp(prefix="kill-"))
    when = f"before step {kill.step}" if kill.step else f"after {kill.moment_s:.2f} s"
    what = f"{kill.method} with all outputs, killed {when}"
    try:
        settings = set_up(kitchen.recipes[kill.method][-1], kitchen, folder, old=True)
        other_inputs(folder)
        inputs, before = snapshot(str(folder / "in")), snapshot(str(folder))
        ending = in_child(lambda: _killed(kill, settings, str(folder)))
        how = "killed" if ending.fault == "killed by SIGKILL" else "ended before"
        wrong = _after(kill.method, settings, folder, before)
        if snapshot(str(folder / "in")) != inputs:
            wrong = f"an input is changed; {wrong}"
        return what, wrong, how
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _killed(kill: Kill, settings: dict, folder: str):
    def die() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if kill.step:
        steps = iter(range(1, kill.step))
        on_each_step(folder, lambda: next(steps, None) or die())
    else:
        timer = threading.Timer(kill.moment_s, die)
        timer.daemon = True
        timer.start()
    return execute(kill.method, settings)


def _after(name: str, settings: dict, folder: Path, before: dict) -> str:
    """What is wrong once another run has been in the folder, which also clears up."""
    beside = {
        key: value.replace("/out/", "/out/next_")
        if key.startswith("output") and isinstance(value, str)
        else value
        for key, value in settings.items()
    }
    ending = in_child(lambda: execute(name, beside))
    if ending.fault or ending.value.kind != "done":
        return f"the next run fails: {ending.fault or ending.value.text}"
    after = snapshot(str(folder))
    left = [path for path in after if MARK in path]
    mixed = old_or_new(before, after, outputs_of(name, settings, METHOD), str(folder))
    return "; ".join(filter(None, [f"left: {left[0]}" if left else "", mixed]))
