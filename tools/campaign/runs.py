"""One run of a method, as its caller sees it."""

from __future__ import annotations

import sys
import time
import traceback
from typing import NamedTuple

from obic_plugin.engine.errors import ObicError
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.params import specs
from obic_plugin.engine.progress import Cancelled, Silent

METHOD = {method.name: method for method in METHODS}


class Outcome(NamedTuple):
    """``kind`` is done, refused, stopped or traceback; ``text`` is what was said of it."""

    kind: str
    text: str = ""
    numbers: dict | None = None


class StopAfter(Silent):
    """Cancels at the first report after so many seconds: of the processor, or on the clock."""

    def __init__(self, seconds: float, clock=time.process_time):
        self._clock, self.when = clock, clock() + seconds

    def at(self, fraction: float) -> None:
        if self._clock() >= self.when:
            raise Cancelled


class StopAt(Silent):
    """Cancels at the first report of so much of the work, and notes how long the run goes on without a look whether
    to stop: ``longest_s``, ``between`` which places.

    Seconds are those on the clock or of the processor, whichever are fewer: a busy computer makes none, nor do
    threads that work beside each other.
    """

    def __init__(self, fraction: float):
        self._fraction, self._before, self._place = fraction, self._clocks(), "the start"
        self.longest_s, self.between = 0.0, ""

    def at(self, fraction: float) -> None:
        self.look()
        if fraction >= self._fraction < 1:
            raise Cancelled

    def look(self) -> None:
        """Note the time since the last look; also once the run has ended."""
        seconds = min(now - before for now, before in zip(self._clocks(), self._before))
        before, self._place = self._place, _caller()
        if seconds > self.longest_s:
            self.longest_s, self.between = seconds, f"between {before} and {self._place}"
        self._before = self._clocks()

    @staticmethod
    def _clocks() -> tuple:
        return time.monotonic(), time.process_time()


def _caller() -> str:
    """The line of the engine that looks whether to stop."""
    frame = sys._getframe(1)
    while frame is not None:
        path = frame.f_code.co_filename
        if "/engine/" in path and not path.endswith("progress.py"):
            return f"{path.rpartition('/engine/')[2]}:{frame.f_lineno}"
        frame = frame.f_back
    return "the end"


def execute(name: str, settings: dict, progress=None, methods: dict = METHOD) -> Outcome:
    """Run a method; nothing but what kills the process gets past this."""
    method = methods[name]
    try:
        numbers = method.execute(method.params(**settings), progress or Silent())
    except ObicError as error:
        return Outcome("refused", str(error))
    except Cancelled:
        return Outcome("stopped")
    except Exception:  # noqa: BLE001 - that is what is looked for
        return Outcome("traceback", traceback.format_exc())
    return Outcome("done", "", numbers)


def outputs_of(name: str, settings: dict, methods: dict = METHOD) -> dict:
    """{spec: path} of the outputs that are asked for."""
    return {
        spec: settings[spec.name]
        for spec in specs(methods[name].params)
        if spec.is_output and settings.get(spec.name)
    }
