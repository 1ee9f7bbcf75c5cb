"""Runs that are stopped by their progress, at any moment."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from .child import in_child
from .judge import harmed, snapshot
from .recipes import Kitchen, set_up, write_goods
from .runs import StopAt, execute

COUNT = 50
SIZE = 700, 800  # large enough for stages that last
PATIENCE_S = 2.0
TRIES = 3  # a busy computer may be late once


class Cancel(NamedTuple):
    """``share`` of its work at which a run is stopped, 1 for not at all."""

    number: int
    method: str
    share: float


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Methods in turn: each first to its end, to see how often it looks whether to stop."""
    random, number = Random(seed), 0
    while kitchen.recipes:
        for name in kitchen.recipes:
            first = number < len(kitchen.recipes)
            yield Cancel(number, name, 1.0 if first else random.random())
            number += 1


def attempt(cancel: Cancel, kitchen: Kitchen, seed: int) -> tuple:
    """Stopped within two seconds, with nothing written and the old outputs as they were."""
    what = f"{cancel.method} stopped at {cancel.share:.0%} of its work"
    folder = Path(tempfile.mkdtemp(prefix="cancel-"))
    try:
        settings = set_up(kitchen.recipes[cancel.method][-1], kitchen, folder, old=True)
        write_goods(folder, SIZE)
        return what, *_stopped(cancel, settings, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _stopped(cancel: Cancel, settings: dict, folder: Path) -> tuple:
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
