"""How long each stage of a run has taken."""

from __future__ import annotations

import time


class Stopwatch:
    """Seconds of each stage: ``with`` is not needed, a stage ends where the next one starts."""

    def __init__(self):
        self.stages: list = []
        self._name, self._since = "", time.monotonic()

    def start(self, name: str) -> None:
        self.stop()
        self._name = name

    def stop(self) -> None:
        now = time.monotonic()
        if self._name:
            self.stages.append((self._name, now - self._since))
        self._name, self._since = "", now

    @property
    def total_s(self) -> float:
        return sum(seconds for _, seconds in self.stages)
