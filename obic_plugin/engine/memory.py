"""Memory that a run has freed stays at hand for its next tile."""

from __future__ import annotations

import ctypes
import sys
from contextlib import contextmanager

import numpy as np

# of mallopt, in glibc's malloc.h
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -3, -4, -8
_DURING = {_TRIM_THRESHOLD: 2**31 - 1, _MMAP_MAX: 0, _ARENA_MAX: 1}
# what glibc would have come to by itself, and its own limits
_AFTER = {_TRIM_THRESHOLD: 64 << 20, _MMAP_THRESHOLD: 32 << 20, _MMAP_MAX: 65536, _ARENA_MAX: 0}


@contextmanager
def reused_memory():
    """Large arrays are taken from what earlier ones have left, and all of it goes back to the system at the end.

    A tile needs the same dozens of arrays as the one before. By default each comes from the system anew, which
    clears it page by page: up to half of the time of a run. Does nothing where the C library is not glibc.
    """
    libc = _glibc()
    if libc is None:
        yield
        return
    before = _huge_pages(False)  # numpy's, for which the system may have to move others
    try:
        _set(libc, _DURING)
        yield
    finally:
        _set(libc, _AFTER)
        _huge_pages(before)
        give_back()


def give_back() -> None:
    """Give to the system what lies at hand: where a run goes on with arrays of other sizes, little of it fits."""
    libc = _glibc()
    if libc is not None:
        libc.malloc_trim(0)


def _glibc() -> ctypes.CDLL | None:
    """The C library, if it is one whose memory can be tuned."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None
    return library if hasattr(library, "mallopt") else None


def _set(libc: ctypes.CDLL, options: dict) -> None:
    for option, value in options.items():
        libc.mallopt(option, value)


def _huge_pages(wanted: bool) -> bool:
    """Whether numpy asks for huge pages, before it is told to do as ``wanted``."""
    core = getattr(np, "_core", None) or np.core
    switch = getattr(core._multiarray_umath, "_set_madvise_hugepage", None)
    return bool(switch(wanted)) if switch else True
