"""Progress that watches a run, or stops it, for the tests."""

from __future__ import annotations

from obic_plugin.engine.progress import Cancelled, Silent


class CancelAfter(Silent):
    """Counts the reports, and cancels after ``limit`` of them."""

    def __init__(self, limit: int = 10**9):
        self.count, self._limit = 0, limit

    def at(self, fraction: float) -> None:
        assert 0 <= fraction <= 1
        self.count += 1
        if self.count > self._limit:
            raise Cancelled


class StopAt(Silent):
    """Cancels once ``fraction`` of the job is done, never if that is above 1; ``seen`` is what was reported."""

    def __init__(self, fraction: float):
        self._fraction, self.seen = fraction, []

    def at(self, fraction: float) -> None:
        self.seen.append(fraction)
        if fraction >= self._fraction:
            raise Cancelled


class Record(Silent):
    """Keeps the ``lines`` that are said."""

    def __init__(self):
        self.lines: list = []

    def say(self, text: str) -> None:
        self.lines.append(text)
