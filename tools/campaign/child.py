"""Work in forked children with limits, so that a crash, a hang or a hunger for memory is seen and its cause known.

A child does one piece of work after another: what it has loaded, and the memory that it has cleared once, serve the
next one too. Only what ends a child costs a new one.
"""

from __future__ import annotations

import ctypes
import faulthandler
import os
import resource
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import Any, NamedTuple

PR_SET_PDEATHSIG = 1
IDLE_S, CPU_S, MEMORY_MB = 30, 60, 4000
LITTLE_S = 0.2  # of the processor: who uses less waits for something
LIFE = 100  # pieces of work; what little each may leave behind does not add up for ever
END = object()


class Ending(NamedTuple):
    """How a piece of work ended: ``value`` is what it returned; ``fault`` what went wrong, '' for nothing."""

    value: Any
    fault: str
    stderr: str
    seconds: float


class Child:
    """A forked process that does ``work(item)`` for each item that it is given; what it prints is kept.

    The limits are those of one piece of work: seconds of the processor; seconds in which it does nothing at all, so
    that a busy computer makes no hang. Megabytes are those beyond what the child was born with.
    """

    def __init__(
        self, work: Callable, idle_s: float = IDLE_S, cpu_s: float = CPU_S, memory_mb: float = MEMORY_MB
    ):
        self._idle_s, self._n_given = idle_s, 0
        self._said = tempfile.TemporaryFile()  # noqa: SIM115, closed in `close`
        self.pipe, inner = Pipe()
        self.pid = os.fork()
        if not self.pid:
            self.pipe.close()
            _live(work, inner, self._said.fileno(), cpu_s, memory_mb)
        inner.close()

    def give(self, item: Any) -> None:
        """Begin with this one."""
        self._n_given += 1
        self._start, self._spent_s, self._looked = time.monotonic(), 0.0, time.monotonic()
        self.pipe.send(item)

    @property
    def is_old(self) -> bool:
        """Whether it is to be given no more."""
        return self._n_given >= LIFE

    def ending(self) -> Ending | None:
        """How its work has ended, None as long as it goes on. After a fault the child is gone."""
        if not self.pipe.poll():
            return self._killed() if self._hangs() else None
        try:
            value, fault = self.pipe.recv()
        except (EOFError, ConnectionResetError):
            value, fault = None, self._reaped()
        found = Ending(value, fault, self._told(), time.monotonic() - self._start)
        if fault:
            self.close()
        return found

    def close(self) -> None:
        """End it."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            self._reaped()
        if not self._said.closed:
            self._said.close()
            self.pipe.close()

    def _reaped(self) -> str:
        """How the process has ended."""
        status, self.pid = os.waitpid(self.pid, 0)[1], 0
        if not os.WIFSIGNALED(status):
            return f"exit {os.WEXITSTATUS(status)}"
        number = os.WTERMSIG(status)
        return "hang" if number == signal.SIGXCPU else f"killed by {signal.Signals(number).name}"

    def _killed(self) -> Ending:
        os.kill(self.pid, signal.SIGABRT)  # faulthandler tells where it hangs
        time.sleep(0.5)
        found = Ending(None, "hang", self._told(), time.monotonic() - self._start)
        self.close()
        return found

    def _told(self) -> str:
        self._said.seek(0)
        return self._said.read().decode(errors="replace")

    def _hangs(self) -> bool:
        """Whether it has used the processor hardly at all for so long."""
        if time.monotonic() - self._looked < self._idle_s:
            return False
        with open(f"/proc/{self.pid}/stat") as file:
            ticks = file.read().rpartition(")")[2].split()[11:15]
        before, self._spent_s = self._spent_s, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")
        self._looked = time.monotonic()
        return self._spent_s - before < LITTLE_S


def in_child(work: Callable, **limits) -> Ending:
    """What comes of ``work()`` in a child of its own."""
    [(_, ending)] = each(lambda _: work(), [None], **limits)
    return ending


def here(work: Callable) -> Ending:
    """What comes of ``work()`` in this child, with what it prints meanwhile."""
    start, said = time.monotonic(), os.lseek(2, 0, os.SEEK_CUR)
    value = work()
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    text = os.pread(2, os.fstat(2).st_size - said, said).decode(errors="replace")
    return Ending(value, "", text, time.monotonic() - start)


def each(work: Callable, items: Iterable, at_once: int = 2, **limits) -> Iterator:
    """(item, `Ending` of ``work(item)``) as they come, so many at once, each in a child that does nothing else
    meanwhile."""
    waiting, free, busy = iter(items), [], {}
    try:
        while True:
            while len(busy) < at_once and (item := next(waiting, END)) is not END:
                child = free.pop() if free else Child(work, **limits)
                busy[child.pipe] = item, child
                child.give(item)
            if not busy:
                return
            wait(list(busy), 1.0)
            for pipe, (item, child) in list(busy.items()):
                ending = child.ending()
                if ending is None:
                    continue
                del busy[pipe]
                if child.is_old:
                    child.close()
                if child.pid:
                    free.append(child)
                yield item, ending
    finally:
        for child in [*free, *(child for _, child in busy.values())]:
            child.close()


def _live(work: Callable, pipe, said: int, cpu_s: float, memory_mb: float) -> None:
    """The child's life; never returns."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        for number in (1, 2):
            os.dup2(said, number)
        sys.stdout, sys.stderr = [os.fdopen(number, "w", buffering=1, closefd=False) for number in (1, 2)]
        faulthandler.enable()
        _limit_memory(memory_mb)
        while True:
            item = pipe.recv()
            os.ftruncate(said, 0)
            os.lseek(said, 0, os.SEEK_SET)
            _limit_time(cpu_s)
            try:
                answer = work(item), ""
            except BaseException:  # noqa: BLE001 - whatever it is, the parent is told
                answer = None, traceback.format_exc()
            pipe.send(answer)
    finally:
        os._exit(1)


def _limit_memory(memory_mb: float) -> None:
    with open("/proc/self/statm") as file:
        born = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (born + int(memory_mb * 2**20),) * 2)


def _limit_time(cpu_s: float) -> None:
    """From now on; the system sends SIGXCPU at the first limit."""
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    end = int(time.process_time() + cpu_s) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (end if most < 0 else min(end, most), most))
