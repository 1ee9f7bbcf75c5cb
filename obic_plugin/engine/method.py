"""What makes a function of the engine a method that the Toolbox and the command line offer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Callable

from .. import dependencies
from .errors import DependencyError, DeviceError
from .loading import load
from .mapparams import ComputeParams
from .outofmemory import is_out_of_memory, out_of_memory
from .outputs import refuse_bad_outputs, stage_other_layers
from .staging import Staging

COMPUTING = "torch", "scipy.linalg", "scipy.sparse.csgraph", ".job"


@dataclass(frozen=True)
class Method:
    """One entry of the Toolbox.

    ``run(params, progress, staging)`` does the work, writes each output to ``staging.path`` of its name, and
    returns {name: number} for each of ``numbers`` ({name: label}). ``help`` is the help panel's text, in HTML
    paragraphs; ``when`` one sentence that says when to use it. ``group``, as the Toolbox shows it, says what the user
    has. ``loads`` are modules that take long to load, beside those of everything that computes.
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
    loads: tuple = ()

    def execute(self, params, progress, dress: Callable | None = None, kept: Iterable = ()) -> dict:
        """What ``run`` returns, once all outputs have their names; ``dress(staging)`` may add to them before, such
        as styles that lie beside them. Inputs are looked at first of all (see `sources`); no output is written over
        them, nor over what is ``kept``: the files of which some are copies.

        The one place where packages that are missing or broken, and want of memory, become a refusal.
        """
        lacking = dependencies.explain()
        if lacking:
            raise DependencyError(lacking)
        from .sources import door  # which needs GDAL, the Toolbox's list does not

        try:
            with door(params, progress):
                return self._work(params, progress, dress, kept)
        except Exception as error:
            if is_out_of_memory(error):
                raise DeviceError(out_of_memory(error)) from error
            broken = dependencies.unloadable(error)
            if broken:
                raise DependencyError(broken) from error
            raise

    def _work(self, params, progress, dress: Callable | None, kept: Iterable) -> dict:
        """Outputs are refused before any work. What takes long to load is loaded first, so that the user can stop
        meanwhile."""
        from .environment import run_environment  # which needs numpy, the Toolbox's list does not

        refuse_bad_outputs(params, kept)
        computes = isinstance(params, ComputeParams)
        if computes:
            load_sound(COMPUTING + self.loads, progress)
        else:
            load(self.loads, progress)
        with run_environment(computes), Staging() as staging:
            stage_other_layers(params, staging, progress)
            numbers = self.run(params, progress, staging) or {}
            if dress is not None:
                dress(staging)
            progress.at(1.0)
            staging.commit()
        return numbers


def load_sound(modules: tuple, progress) -> None:
    """`load` what computes, unless a package is missing or damaged: one that is damaged would end QGIS."""
    from ..upkeep import unsound  # which starts other programs, the Toolbox's list does not

    broken = dependencies.explain() or unsound(lambda: progress.at(0.0))
    if broken:
        raise DependencyError(broken)
    load(modules, progress)
