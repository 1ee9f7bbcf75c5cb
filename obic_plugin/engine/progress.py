"""How a run reports, and the only way in which it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TYPE_CHECKING, Any, Protocol
from weakref import WeakSet

if TYPE_CHECKING:
    import numpy as np

    from .raster.grid import Window

_watched: WeakSet = WeakSet()  # threads
LOOK_S = 0.1  # how often a run that waits looks whether it is to stop


class Cancelled(Exception):
    """Raised by `Progress.at` once the user has asked to stop; not an error."""


class Progress(Protocol):
    """What the engine needs from its caller."""

    def at(self, fraction: float) -> None:
        """Report that ``fraction`` (0 to 1) of the job is done; raises `Cancelled` to stop it."""

    def say(self, text: str) -> None:
        """Tell the user one line of what is happening."""

    def show(self, name: str, array: np.ndarray, window: Window) -> None:
        """Show a part of what is being made: (h, w) values of a window, such as the "labels" of a tile; or the
        "colors" (K, 3) of the labels 1 to K that come next."""

    def curve(self, step: int, terms: dict) -> None:
        """Tell what a step of learning has brought: {term: value}; terms of a loss sum up to it."""

    def view(self) -> tuple | None:
        """The part of the ground that the user looks at now, (xmin, ymin, xmax, ymax) in the CRS of the image; None
        where nobody looks, and nothing need be drawn."""


class Silent:
    """A progress that reports nothing and never stops."""

    def at(self, fraction: float) -> None:
        pass

    def say(self, text: str) -> None:
        pass

    def show(self, name: str, array: np.ndarray, window: Window) -> None:
        pass

    def curve(self, step: int, terms: dict) -> None:
        pass

    def view(self) -> tuple | None:
        return None


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

    def show(self, name: str, array: np.ndarray, window: Window) -> None:
        self._progress.show(name, array, window)

    def curve(self, step: int, terms: dict) -> None:
        self._progress.curve(step, terms)

    def view(self) -> tuple | None:
        return self._progress.view()


def no_pause() -> None:
    """For those who never stop."""


def unwatched(step: int, pause: Callable) -> None:
    """For learning that nobody looks at."""


def awaited(future: Future, pause: Callable) -> Any:
    """The result of what another thread does; ``pause`` is called now and then, and may raise, to stop."""
    while not wait([future], LOOK_S).done:
        pause()
    return future.result()


def watched(work: Callable, pause: Callable) -> Any:
    """What ``work()`` returns, for what cannot look itself whether it is to stop: it is done by a thread.

    A stop leaves it behind, to end by itself: hence nothing that writes. ``pause`` is as in `awaited`. Who takes Python
    down waits for it (`left_behind`).
    """
    future: Future = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - whatever it is, it is for the one who waits
            future.set_exception(error)

    thread = Thread(target=run, daemon=True)
    _watched.add(thread)
    thread.start()
    return awaited(future, pause)


def left_behind() -> bool:
    """Whether something that was watched goes on, perhaps with nobody waiting for it any more."""
    return any(thread.is_alive() for thread in list(_watched))


class Steps:
    """Progress of a job of equal steps: ``next`` ends one, ``pause`` only looks whether to stop."""

    def __init__(self, progress: Progress, n_steps: int):
        self._progress, self._n_steps, self._done = progress, n_steps, 0

    def pause(self) -> None:
        self._progress.at(self._done / self._n_steps)

    def next(self) -> None:
        self._done += 1
        self.pause()
