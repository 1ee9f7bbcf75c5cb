"""Runs that are stopped at any moment, by the progress in the engine and by an interrupt under qgis_process."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from .child import in_child
from .interrupt import BEGUN, PATIENCE_S, interrupted
from .interrupt import wrong as wrong_end
from .judge import harmed, snapshot
from .odd import Skipped
from .recipes import Kitchen, set_up, write_goods
from .runs import StopAt, execute

COUNT = 50
SIZE = 700, 800  # large enough for stages that last
TRIES = 3  # a busy computer may be late once


class Cancel(NamedTuple):
    """``share`` of its work at which a run is stopped, 1 for not at all; ``outside``: an interrupt to qgis_process."""

    number: int
    method: str
    share: float
    outside: bool


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Methods in turn: each first to its end, to see how often it looks; then each fourth under qgis_process."""
    random, number = Random(seed), 0
    while kitchen.recipes:
        for name in kitchen.recipes:
            first = number < len(kitchen.recipes)
            yield Cancel(number, name, 1.0 if first else random.random(), not first and number % 4 == 3)
            number += 1


def attempt(cancel: Cancel, kitchen: Kitchen, seed: int) -> tuple:
    """Stopped within two seconds, with nothing written and the old outputs as they were."""
    by = "an interrupt to qgis_process" if cancel.outside else "its progress"
    what = f"{cancel.method} stopped by {by} at {cancel.share:.0%} of its work"
    if cancel.outside and not os.environ.get("QGIS_PROCESS"):
        raise Skipped("there is no qgis_process outside of tools/qgis_env.sh")
    folder = Path(tempfile.mkdtemp(prefix="cancel-"))
    try:
        settings = set_up(kitchen.recipes[cancel.method][-1], kitchen, folder, old=not cancel.outside)
        write_goods(folder, SIZE)
        return what, *(_interrupted if cancel.outside else _cancelled)(cancel, settings, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _cancelled(cancel: Cancel, settings: dict, folder: Path) -> tuple:
    before = snapshot(str(folder))

    def work() -> tuple:
        progress = StopAt(cancel.share)
        outcome = execute(cancel.method, settings, progress)
        progress.look()
        return outcome, progress.longest_s, progress.between

    for _ in range(TRIES):
        ending = in_child(work)
        if ending.fault or ending.value[0].kind == "traceback":
            return ending.fault or ending.value[0].text.strip().splitlines()[-1], "failed"
        outcome, longest_s, between = ending.value
        if outcome.kind == "refused":
            return f"refused: {outcome.text}", "refused"
        wrong = harmed(before, snapshot(str(folder)), []) if outcome.kind == "stopped" else ""
        if wrong or longest_s <= PATIENCE_S:
            break
        wrong = f"it looks whether to stop after {longest_s:.1f} s only, {between}"
    return wrong, f"{outcome.kind}, at most {longest_s:.2f} s late"


def _interrupted(cancel: Cancel, settings: dict, folder: Path) -> tuple:
    given = {name.upper(): _text(value) for name, value in settings.items()}
    mark = f"{int(10 * cancel.share) * 10}..." if cancel.share >= 0.1 else BEGUN
    for _ in range(TRIES):
        ending = interrupted(f"obic:{cancel.method}", given, folder / "out", 3 * cancel.share % 1, mark)
        wrong = wrong_end(ending)
        if not wrong or ending.delay_s <= PATIENCE_S:
            break
    return wrong, "ended before" if ending.done else f"ended after {ending.delay_s:.2f} s"


def _text(value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
