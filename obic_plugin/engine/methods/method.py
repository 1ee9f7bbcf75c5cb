"""What makes a function of the engine a method that the Toolbox and the command line offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Callable

from ... import dependencies
from ..device import is_out_of_memory, load_torch, out_of_memory
from ..errors import DependencyError, DeviceError
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
        """What ``run`` returns; PyTorch is loaded first if it will be needed, so that the user can stop meanwhile.

        The one place where packages that are missing or broken, and want of memory, become a refusal.
        """
        lacking = dependencies.explain()
        if lacking:
            raise DependencyError(lacking)
        try:
            if isinstance(params, ComputeParams):
                load_torch(progress)
            return self.run(params, progress) or {}
        except Exception as error:
            if is_out_of_memory(error):
                raise DeviceError(out_of_memory(error)) from error
            broken = dependencies.unloadable(error)
            if broken:
                raise DependencyError(broken) from error
            raise
