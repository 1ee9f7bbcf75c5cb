"""Tiles worked on by two threads at once.

Most of the work on a tile is a long row of small steps, of which not every one can make use of two cores; two tiles
can.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from threading import Event

import torch

from .progress import Cancelled

WORKERS = 2  # each has a tile in memory
PATIENCE_S = 0.2  # how often a run looks whether it is to stop


def worked_ahead(
    work: Callable, items: Iterable, device: torch.device, pause: Callable | None = None
) -> Iterator:
    """``work(item, pause)`` for each item, in order; later ones are worked on while an earlier one is used.

    ``pause`` is called now and then by the thread that iterates, and may raise, to stop. The pause that ``work``
    is given, to be called now and then in turn, raises `Cancelled` once nobody wants results any more.
    """
    n_threads, stopped, waiting = torch.get_num_threads(), Event(), deque()
    n_workers = WORKERS if n_threads > 1 or device.type != "cpu" else 1

    def check() -> None:
        if stopped.is_set():
            raise Cancelled

    with (
        _sharing(n_threads),
        ThreadPoolExecutor(
            n_workers, initializer=torch.set_num_threads, initargs=(max(1, n_threads // n_workers),)
        ) as pool,
    ):
        try:
            for item in items:
                waiting.append(pool.submit(work, item, check))
                if len(waiting) > n_workers:
                    yield _result(waiting.popleft(), pause)
            while waiting:
                yield _result(waiting.popleft(), pause)
        finally:
            stopped.set()
            for future in waiting:
                future.cancel()


def _result(future: Future, pause: Callable | None):
    while not wait([future], PATIENCE_S).done:
        if pause:
            pause()
    return future.result()


@contextmanager
def _sharing(n_threads: int) -> Iterator:
    """What the workers set for themselves would hold for all threads to come."""
    try:
        yield
    finally:
        torch.set_num_threads(n_threads)
