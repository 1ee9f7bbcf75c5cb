"""Modules that take seconds to import."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from .progress import Progress, watched


def load(modules: Iterable, progress: Progress) -> None:
    """Import what takes seconds the first time, as PyTorch does, so that the user can stop meanwhile."""

    def imports() -> None:
        with _own_symbols(), _kept():
            if "torch" in modules:
                _load_beside()
            for name in modules:
                import_module(name, __package__)

    watched(imports, lambda: progress.at(0.0))


def _load_beside() -> None:
    """PyTorch's largest library, while other threads go on: an import would keep them waiting for a second, and with
    them a window. On Windows PyTorch loads it so itself."""
    found = None if "torch" in sys.modules else find_spec("torch")
    folder = Path(found.origin).parent / "lib" if found is not None and found.origin else None
    for name in ("libtorch_cpu.so", "libtorch_cpu.dylib"):
        if folder is not None and (folder / name).exists() and os.name == "posix":
            load = ctypes.CDLL(None).dlopen  # called as any function of C, which `ctypes.CDLL(path)` is not
            load.argtypes, load.restype = [ctypes.c_char_p, ctypes.c_int], ctypes.c_void_p
            load(os.fsencode(folder / name), sys.getdlopenflags())  # what fails here, fails at the import


@contextmanager
def _kept() -> Iterator:
    """What is loaded within is no garbage, and is never looked through for any.

    Python would do so several times meanwhile, and again and again later; with PyTorch's 150 000 objects each time
    takes a tenth of a second, in which no other thread goes on and a window stands still.
    """
    if not gc.isenabled():
        yield
        return
    n_before = len(sys.modules)
    gc.disable()
    try:
        yield
    finally:
        if len(sys.modules) > n_before:
            gc.freeze()
        gc.enable()


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
