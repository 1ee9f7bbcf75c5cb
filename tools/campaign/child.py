"""Work in a forked child with limits, so that a crash, a hang or a hunger for memory is seen and its cause known."""

from __future__ import annotations

import ctypes
import faulthandler
import os
import pickle
import resource
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

PR_SET_PDEATHSIG = 1
WALL_S, CPU_S, MEMORY_MB = 240, 60, 4000


class Ending(NamedTuple):
    """How a child ended: ``value`` is what its work returned; ``fault`` what went wrong, '' for nothing."""

    value: Any
    fault: str
    stderr: str
    seconds: float


class Child:
    """A forked process that does ``work()``; what it prints is kept.

    The limits are those of the child: seconds on the clock, seconds of the processor, megabytes beyond what it
    was born with.
    """

    def __init__(
        self, work: Callable, wall_s: float = WALL_S, cpu_s: float = CPU_S, memory_mb: float = MEMORY_MB
    ):
        self._start, self._deadline = time.monotonic(), time.monotonic() + wall_s
        self._said = tempfile.TemporaryFile()  # noqa: SIM115, closed in `end`
        self.pipe, inner = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self.pipe)
            _work(work, inner, self._said.fileno(), cpu_s, memory_mb)
        os.close(inner)

    @property
    def seconds_left(self) -> float:
        return max(0.0, self._deadline - time.monotonic())

    def end(self) -> Ending:
        """Wait, at most until the limit, and tell."""
        answer, fault = b"", ""
        while select.select([self.pipe], [], [], self.seconds_left)[0]:
            part = os.read(self.pipe, 1 << 20)
            if not part:
                break
            answer += part
        else:
            fault = "hang"
            os.kill(self.pid, signal.SIGABRT)  # faulthandler tells where it hangs
            time.sleep(0.5)
            os.kill(self.pid, signal.SIGKILL)
        os.close(self.pipe)
        status = os.waitpid(self.pid, 0)[1]
        seconds = time.monotonic() - self._start
        value = None
        if not fault and os.WIFSIGNALED(status):
            number = os.WTERMSIG(status)
            fault = "hang" if number == signal.SIGXCPU else f"killed by {signal.Signals(number).name}"
        elif not fault:
            value, fault = pickle.loads(answer) if answer else (None, f"exit {os.WEXITSTATUS(status)}")  # noqa: S301, our own child's
        self._said.seek(0)
        stderr = self._said.read().decode(errors="replace")
        self._said.close()
        return Ending(value, fault, stderr, seconds)


def in_child(work: Callable, **limits) -> Ending:
    """What comes of ``work()`` in a child of its own."""
    return Child(work, **limits).end()


def each(work: Callable, items: Iterable, at_once: int = 2, **limits) -> Iterator:
    """(item, `Ending` of ``work(item)``) as they come, so many at once, each in a child of its own."""
    waiting, running = iter(items), {}
    while True:
        while len(running) < at_once:
            try:
                item = next(waiting)
            except StopIteration:
                break
            child = Child(lambda item=item: work(item), **limits)
            running[child.pipe] = item, child
        if not running:
            return
        soonest = min(child.seconds_left for _, child in running.values())
        ready = select.select(list(running), [], [], soonest)[0]
        ready = ready or [pipe for pipe, (_, child) in running.items() if not child.seconds_left]
        for pipe in ready:
            item, child = running.pop(pipe)
            yield item, child.end()


def _work(work: Callable, pipe: int, said: int, cpu_s: float, memory_mb: float) -> None:
    """The child's life; never returns."""
    status = 1
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        for number in (1, 2):
            os.dup2(said, number)
        sys.stdout, sys.stderr = [os.fdopen(number, "w", buffering=1, closefd=False) for number in (1, 2)]
        faulthandler.enable()
        _limit(cpu_s, memory_mb)
        try:
            answer = work(), ""
        except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
            answer = None, traceback.format_exc()
        with open(pipe, "wb") as file:
            pickle.dump(answer, file)
        status = 0
    finally:
        os._exit(status)


def _limit(cpu_s: float, memory_mb: float) -> None:
    with open("/proc/self/statm") as file:
        born = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (born + int(memory_mb * 2**20),) * 2)
    spent = time.process_time()
    resource.setrlimit(resource.RLIMIT_CPU, (int(spent + cpu_s) + 1, int(spent + cpu_s) + 3))
