"""Two runs at once in one process: each makes what it makes alone."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from .child import in_child
from .content import content, difference
from .judge import MARK
from .recipes import Kitchen, set_up
from .runs import execute, outputs_of

COUNT = 20


class Pair(NamedTuple):
    """Two methods, the second of which starts so much later."""

    number: int
    methods: tuple
    delay_s: float


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Every method in turn, with itself or another."""
    random, names = Random(seed), list(kitchen.recipes)
    number = 0
    while names:
        for name in names:
            yield Pair(number, (name, random.choice(names)), random.choice((0.0, random.uniform(0, 1))))
            number += 1


def attempt(pair: Pair, kitchen: Kitchen, seed: int) -> tuple:
    """Compare numbers and outputs of both with those of runs alone, in the same folder."""
    what = f"{pair.methods[0]}, {pair.delay_s:.1f} s later {pair.methods[1]}"
    folder = Path(tempfile.mkdtemp(prefix="pair-"))
    try:
        both = [_settings(name, kitchen, folder, index) for index, name in enumerate(pair.methods)]
        alone = [in_child(lambda i=i: _told(pair.methods[i], both[i])) for i in range(2)]
        together = in_child(lambda: _together(pair, both))
        for ending in (*alone, together):
            if ending.fault:
                return what, f"{ending.fault} {ending.stderr[-300:]}", "failed"
        differences = [difference(alone[i].value, together.value[i]) for i in range(2)]
        left = [path.name for path in (folder / "out").iterdir() if MARK in path.name]
        wrong = "; ".join(filter(None, [*differences, f"left: {left[0]}" if left else ""]))
        return what, wrong, "compared"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings(name: str, kitchen: Kitchen, folder: Path, index: int) -> dict:
    """The recipe with all outputs, on inputs and under names of its own; the second has another seed."""
    settings = set_up(kitchen.recipes[name][-1], kitchen, folder / str(index), old=False)
    (folder / "out").mkdir(exist_ok=True)
    for spec, path in outputs_of(name, settings).items():
        settings[spec.name] = str(folder / "out" / f"{index}_{Path(path).name}")
    return settings


def _told(name: str, settings: dict) -> dict:
    """{what: content} of a run."""
    return _content_after(name, settings, execute(name, settings))


def _together(pair: Pair, both: list) -> list:
    outcomes = [None, None]

    def run(index: int) -> None:
        outcomes[index] = execute(pair.methods[index], both[index])

    first, second = (threading.Thread(target=run, args=(index,)) for index in range(2))
    first.start()
    first.join(pair.delay_s)
    second.start()
    first.join()
    second.join()
    return [_content_after(pair.methods[i], both[i], outcomes[i]) for i in range(2)]


def _content_after(name: str, settings: dict, outcome) -> dict:
    found = {"kind": outcome.kind, "text": outcome.text, "numbers": repr(outcome.numbers)}
    if outcome.kind == "done":
        found.update({spec.name: content(spec, path) for spec, path in outputs_of(name, settings).items()})
    return found
