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
IDLE_S, CPU_S, MEMORY_MB = 30, 60, 4000
LITTLE_S = 0.2  # of the processor: who uses less waits for something


class Ending(NamedTuple):
    """How a child ended: ``value`` is what its work returned; ``fault`` what went wrong, '' for nothing."""

    value: Any
    fault: str
    stderr: str
    seconds: float


class Child:
    """A forked process that does ``work()``; what it prints is kept.

    The limits are those of the child: seconds of the processor; seconds in which it does nothing at all, so that a
    busy computer makes no hang; megabytes beyond what it was born with.
    """

    def __init__(
        self, work: Callable, idle_s: float = IDLE_S, cpu_s: float = CPU_S, memory_mb: float = MEMORY_MB
    ):
        self._start, self._idle_s, self._spent_s = time.monotonic(), idle_s, 0.0
        self._said = tempfile.TemporaryFile()  # noqa: SIM115, closed in `end`
        self.pipe, inner = os.pipe()
        self.pid = os.fork()
        if not self.pid:
            os.close(self.pipe)
            _work(work, inner, self._said.fileno(), cpu_s, memory_mb)
        os.close(inner)

    def end(self) -> Ending:
        """Wait, as long as it does something, and tell."""
        answer, fault = b"", ""
        while True:
            if select.select([self.pipe], [], [], self._idle_s)[0]:
                part = os.read(self.pipe, 1 << 20)
                if not part:
                    break
                answer += part
            elif self._is_idle():
                fault = "hang"
                break
        if fault:
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

    def _is_idle(self) -> bool:
        """Whether it has used the processor hardly at all since this was asked last."""
        with open(f"/proc/{self.pid}/stat") as file:
            ticks = file.read().rpartition(")")[2].split()[11:13]
        spent_s = sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        before, self._spent_s = self._spent_s, spent_s
        return spent_s - before < LITTLE_S


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
        for pipe in select.select(list(running), [], [])[0]:
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
