"""Training that ends when its time is over."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..progress import Progress


class Budget:
    """So many seconds, of which some may have been spent by an earlier run.

    >>> now = iter([10.0, 10.0, 40.0])
    >>> budget = Budget(60, spent_s=15, clock=lambda: next(now))
    >>> budget.share(), budget.share()
    (0.25, 0.75)
    """

    def __init__(self, seconds: float, spent_s: float = 0.0, clock: Callable = time.monotonic):
        self._seconds, self._clock = seconds, clock
        self._since = clock() - spent_s

    @property
    def spent_s(self) -> float:
        return self._clock() - self._since

    def share(self) -> float:
        """How much of the time has been spent, at most 1."""
        return min(self.spent_s / self._seconds, 1.0)


class Timed:
    """A progress that says how much of the time has been spent, whatever it is told."""

    def __init__(self, progress: Progress, budget: Budget):
        self._progress, self._budget = progress, budget

    def at(self, fraction: float) -> None:
        self._progress.at(self._budget.share())

    def pause(self) -> None:
        self.at(0.0)

    def say(self, text: str) -> None:
        self._progress.say(text)

    def show(self, *shown) -> None:
        self._progress.show(*shown)

    def curve(self, step: int, terms: dict) -> None:
        self._progress.curve(step, terms)

    def view(self) -> tuple | None:
        return self._progress.view()
