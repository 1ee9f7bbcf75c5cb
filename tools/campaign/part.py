"""What the parts of the campaign have in common: a plan of numbered trials, each attempted in a child of its own.

A part is a module with ``COUNT``, ``plan(kitchen, seed)`` that yields trials with a ``number``, and
``attempt(trial, kitchen, seed)`` that returns (what was tried, what is wrong or '', how it ended); perhaps with
``AT_ONCE`` and ``LIMITS`` of its own. Whoever cannot try something raises `Skipped` with a sentence.
"""

from __future__ import annotations

import importlib
import itertools
import time
from collections.abc import Iterator
from typing import NamedTuple

from .child import each
from .odd import Skipped
from .recipes import Kitchen

HEAVY = (
    "torch",
    "safetensors.torch",
    "skimage.segmentation",
    "sklearn.metrics",
    "scipy.optimize",
    "scipy.ndimage",
)
# of those who watch over a run, which has limits of its own: they do nothing meanwhile
LIMITS = {"idle_s": 600, "cpu_s": 600, "memory_mb": 16_000}


class Trial(NamedTuple):
    """What came of one attempt, which took so many ``seconds``."""

    number: int
    what: str
    wrong: str
    how: str
    seconds: float


class Tally:
    """How many were tried, and how many of them are wrong; remarks say why some were not tried."""

    def __init__(self, n_planned: int):
        self.n_planned, self.n_tried, self.n_wrong, self.n_skipped, self._reasons = n_planned, 0, 0, 0, {}

    def add(self, trial: Trial) -> None:
        if trial.how == "skipped":
            self.n_skipped += 1
            self._reasons[trial.what] = self._reasons.get(trial.what, 0) + 1
            return
        self.n_tried += 1
        self.n_wrong += bool(trial.wrong)

    def ended(self) -> None:
        """No more can be tried, even if fewer were than had been asked for."""
        self.n_planned = self.n_tried + self.n_skipped

    @property
    def remarks(self) -> list:
        found = [f"{count} skipped: {reason}" for reason, count in self._reasons.items()]
        missed = self.n_planned - self.n_tried - self.n_skipped
        return found + [f"{missed} not reached in the time"] * (missed > 0)


def load_packages() -> None:
    """Load once what every child needs."""
    for name in HEAVY:
        importlib.import_module(name)


def run_part(part, kitchen: Kitchen, seed: int, count: int, end: float, case: int | None = None) -> Iterator:
    """A `Trial` for each of the first ``count`` trials of the plan, or for number ``case`` alone."""
    planned = part.plan(kitchen, seed)
    if case is not None:
        chosen = itertools.islice((item for item in planned if item.number == case), 1)
    else:
        chosen = itertools.takewhile(lambda _: time.monotonic() < end, itertools.islice(planned, count))
    at_once, limits = getattr(part, "AT_ONCE", 2), getattr(part, "LIMITS", LIMITS)
    for item, ending in each(lambda item: _attempted(part, item, kitchen, seed), chosen, at_once, **limits):
        if ending.fault:
            yield Trial(
                item.number, str(item), f"the trial itself failed: {ending.fault}", "failed", ending.seconds
            )
        else:
            yield Trial(item.number, *ending.value, ending.seconds)


def _attempted(part, item, kitchen: Kitchen, seed: int) -> tuple:
    try:
        return part.attempt(item, kitchen, seed)
    except Skipped as reason:
        return str(reason), "", "skipped"
