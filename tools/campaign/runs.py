"""One run of a method, as its caller sees it."""

from __future__ import annotations

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
