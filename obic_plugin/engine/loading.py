"""Modules that take seconds to import."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module

from .progress import Progress, watched


def load(modules: Iterable, progress: Progress) -> None:
    """Import what takes seconds the first time, as PyTorch does, so that the user can stop meanwhile."""

    def imports() -> None:
        for name in modules:
            import_module(name, __package__)

    watched(imports, lambda: progress.at(0.0))
