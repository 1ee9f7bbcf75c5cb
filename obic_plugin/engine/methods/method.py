"""What makes a function of the engine a method that the Toolbox and the command line offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from ..device import load_torch
from .mapparams import ComputeParams


@dataclass(frozen=True)
class Method:
    """One entry of the Toolbox.

    ``run(params, progress)`` does the work and returns {name: number} for each of ``numbers``
    ({name: label}). ``help`` is the help panel's text, in HTML paragraphs; ``when`` one sentence
    that says when to use it. ``group`` is one of the Toolbox groups.
    """

    name: str
    title: str
    group: str
    params: type
    run: Callable
    when: str
    help: str
    citation: str = ""
    tags: tuple = ()
    numbers: dict | None = None

    def execute(self, params, progress) -> dict:
        """What ``run`` returns; PyTorch is loaded first if it will be needed, so that the user can stop meanwhile."""
        if isinstance(params, ComputeParams):
            load_torch(progress)
        return self.run(params, progress) or {}
