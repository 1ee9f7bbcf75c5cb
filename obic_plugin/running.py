"""The runs that go on in this QGIS, so that all of them end before it does.

A thread that still runs Python when QGIS takes Python down ends QGIS with a crash.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from .engine.progress import left_behind

PATIENCE_S = 10.0  # a run stops within 2 s; a library that is being loaded may take longer
LOOK_S = 0.02


class ActiveRuns:
    """Those that are under way, each with what stops it.

    >>> runs, stopped = ActiveRuns(), []
    >>> with runs.running(lambda: stopped.append(True)):
    ...     len(runs)
    1
    >>> runs.end(0.1), stopped
    (True, [])
    """

    def __init__(self):
        self._lock, self._stops = Lock(), []

    def __len__(self) -> int:
        return len(self._stops)

    @contextmanager
    def running(self, stop: Callable) -> Iterator:
        """A run is under way within this block, and ``stop()`` asks it to end."""
        with self._lock:
            self._stops.append(stop)
        try:
            yield
        finally:
            with self._lock:
                self._stops.remove(stop)

    def end(self, patience_s: float = PATIENCE_S) -> bool:
        """Ask all to stop, and wait until they have, with what they have left behind; whether they did in time."""
        with self._lock:
            stops = list(self._stops)
        for stop in stops:
            stop()
        until = time.monotonic() + patience_s
        while (self._stops or left_behind()) and time.monotonic() < until:
            time.sleep(LOOK_S)
        return not (self._stops or left_behind())


RUNS = ActiveRuns()
