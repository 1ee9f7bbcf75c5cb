"""Tiles worked on by two threads at once.

Most of the work on a tile is a long row of small steps, of which not every one can make use of two cores; two tiles
can.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import torch

from .progress import Cancelled, awaited, no_pause
from .threads import use_threads

WORKERS = 2  # each has a tile in memory


def worked_ahead(
    work: Callable,
    items: Iterable,
    device: torch.device,
    pause: Callable = no_pause,
    most_workers: int = WORKERS,
) -> Iterator:
    """``work(item, pause)`` for each item, in order; later ones are worked on while an earlier one is used, by at most
    ``most_workers`` threads.

    ``pause`` is called now and then by the thread that iterates, and may raise, to stop. The pause that ``work``
    is given, to be called now and then in turn, raises `Cancelled` once nobody wants results any more.
    """
    n_threads, stopped, waiting = torch.get_num_threads(), Event(), deque()
    n_workers = most_workers if n_threads > 1 or device.type != "cpu" else 1

    def check() -> None:
        if stopped.is_set():
            raise Cancelled

    with (
        _sharing(n_threads),
        ThreadPoolExecutor(
            n_workers, initializer=use_threads, initargs=(max(1, n_threads // WORKERS),)
        ) as pool,
    ):
        try:
            for item in items:
                waiting.append(pool.submit(work, item, check))
                if len(waiting) > n_workers:
                    yield awaited(waiting.popleft(), pause)
            while waiting:
                yield awaited(waiting.popleft(), pause)
        finally:
            stopped.set()
            for future in waiting:
                future.cancel()


@contextmanager
def _sharing(n_threads: int) -> Iterator:
    """What the workers set for themselves would hold for all threads to come (see `threads`)."""
    try:
        yield
    finally:
        use_threads(n_threads)


def reading_ahead(read: Callable, items: Iterable, pause: Callable = no_pause) -> Iterator:
    """``read(item)`` for each item, the next one being read by a thread while the last is worked on.

    ``pause`` is called now and then by the thread that iterates, and may raise, to stop.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        waiting = None
        for item in items:
            following = pool.submit(read, item)
            if waiting is not None:
                yield awaited(waiting, pause)
            waiting = following
        if waiting is not None:
            yield awaited(waiting, pause)
