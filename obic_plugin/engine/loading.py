"""Modules that take seconds to import."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module

from .progress import Progress, watched


def load(modules: Iterable, progress: Progress) -> None:
    """Import what takes seconds the first time, as PyTorch does, so that the user can stop meanwhile."""

    def imports() -> None:
        with _own_symbols():
            for name in modules:
                import_module(name, __package__)

    watched(imports, lambda: progress.at(0.0))


@contextmanager
def _own_symbols() -> Iterator:
    """Libraries that are loaded within use their own linear algebra.

    On Linux the first library with a function of some name serves all that call it: qgis_process brings a BLAS, so
    PyTorch would multiply matrices with that one instead of its own, and its maps would be others than those of the
    engine without QGIS.
    """
    if not hasattr(os, "RTLD_DEEPBIND"):
        yield
        return
    before = sys.getdlopenflags()
    sys.setdlopenflags(before | os.RTLD_DEEPBIND)
    try:
        yield
    finally:
        sys.setdlopenflags(before)
