"""How a run reports, and the only way in which it is stopped."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """Raised by `Progress.at` once the user has asked to stop; not an error."""


class Progress(Protocol):
    """What the engine needs from its caller."""

    def at(self, fraction: float) -> None:
        """Report that ``fraction`` (0 to 1) of the job is done; raises `Cancelled` to stop it."""

    def say(self, text: str) -> None:
        """Tell the user one line of what is happening."""


class Silent:
    """A progress that reports nothing and never stops."""

    def at(self, fraction: float) -> None:
        pass

    def say(self, text: str) -> None:
        pass


class Span:
    """The part ``start`` to ``end`` (fractions) of another progress, for a sub-job that counts 0 to 1.

    >>> seen = []
    >>> class Record(Silent):
    ...     def at(self, fraction): seen.append(fraction)
    >>> Span(Record(), 0.5, 0.75).at(0.5); seen
    [0.625]
    """

    def __init__(self, progress: Progress, start: float, end: float):
        self._progress, self._start, self._end = progress, start, end

    def at(self, fraction: float) -> None:
        self._progress.at(self._start + (self._end - self._start) * min(max(fraction, 0.0), 1.0))

    def say(self, text: str) -> None:
        self._progress.say(text)


class Steps:
    """Progress of a job of equal steps: ``next`` ends one, ``pause`` only looks whether to stop."""

    def __init__(self, progress: Progress, n_steps: int):
        self._progress, self._n_steps, self._done = progress, n_steps, 0

    def pause(self) -> None:
        self._progress.at(self._done / self._n_steps)

    def next(self) -> None:
        self._done += 1
        self.pause()
