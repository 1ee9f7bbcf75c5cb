"""What a run sets for the whole process, while other runs may go on beside it in one QGIS."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock

from .memory import reused_memory
from .threads import use_threads

GDAL_CACHE_MB = 64


class Shared:
    """A context that many threads may be in at once: the first to enter sets, the last to leave restores.

    ``settings()`` makes the context manager that does both; what it yields, all that enter are given.

    >>> from contextlib import contextmanager
    >>> @contextmanager
    ... def told():
    ...     print("set")
    ...     yield 7
    ...     print("restored")
    >>> context = Shared(told)
    >>> with context as first, context as second:
    ...     print(first, second)
    set
    7 7
    restored
    """

    def __init__(self, settings: Callable):
        self._settings, self._lock, self._n_inside = settings, Lock(), 0

    def __enter__(self):
        with self._lock:
            if self._n_inside == 0:
                self._entered = self._settings()
                self._given = self._entered.__enter__()
            self._n_inside += 1
            return self._given

    def __exit__(self, *_) -> None:
        with self._lock:
            self._n_inside -= 1
            if self._n_inside == 0:
                self._entered.__exit__(None, None, None)


@contextmanager
def run_environment(computes: bool) -> Iterator:
    """What every run goes on in; ``computes``: with PyTorch, on tiles.

    Runs do not see each other: all that is random comes from generators of their own, and what has to be the same for
    all of the process is counted (`Shared`).
    """
    with _FILES:
        if not computes:
            yield
            return
        with _MEMORY, _PYTORCH as n_threads:
            if n_threads:
                use_threads(n_threads)  # whatever another run has set for threads to come
            yield


@contextmanager
def _gdal_cache() -> Iterator:
    """GDAL's block cache, which may otherwise take 5 % of all memory, limited; nothing where GDAL is not loaded."""
    gdal = sys.modules.get("osgeo.gdal")
    if gdal is None:
        yield
        return
    before = gdal.GetCacheMax()
    gdal.SetCacheMax(min(before, GDAL_CACHE_MB << 20))
    try:
        yield
    finally:
        gdal.SetCacheMax(before)


@contextmanager
def _pytorch() -> Iterator:
    """cuDNN's sums keep their order; yields how many threads there are to compute with, None without PyTorch.

    (PyTorch's own switch for deterministic algorithms loads its compiler, for seconds; nothing here needs it:
    what is summed in any order are whole numbers.)
    """
    torch = sys.modules.get("torch")
    if torch is None:
        yield None
        return
    n_threads, before = torch.get_num_threads(), torch.backends.cudnn.deterministic
    torch.backends.cudnn.deterministic = True
    try:
        yield n_threads
    finally:
        torch.backends.cudnn.deterministic = before
        use_threads(n_threads)


_FILES, _MEMORY, _PYTORCH = Shared(_gdal_cache), Shared(reused_memory), Shared(_pytorch)
