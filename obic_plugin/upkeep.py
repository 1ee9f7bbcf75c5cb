"""What is done about the packages: ordered, installed, tried, repaired and removed; and the command line of it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from . import dependencies, installer
from .builds import Build, asked_for, builds, fitting, found_gpu
from .dependencies import packages_folder
from .distributions import distributions
from .engine.errors import DependencyError, ObicError
from .engine.progress import Progress
from .installer import Order
from .soundness import known_sound, note_sound, trial


@dataclass(frozen=True)
class PackageState:
    """What is known of one package: its version and folder, both empty where it is missing."""

    name: str
    essential: bool
    version: str = ""
    home: str = ""


def states() -> list[PackageState]:
    """Of all packages and extras, as they would be found; imports none of them."""
    dependencies.activate()
    dependencies.look_anew()
    versions = distributions(sys.path)
    states = []
    for module, name in {**dependencies.PACKAGES, **dependencies.EXTRAS}.items():
        home = dependencies.home(module) if dependencies.found(module, sys.path) else ""
        version = versions.get(name, "?") if home else ""
        states.append(PackageState(name, module in dependencies.PACKAGES, version, home))
    return states


def usual_build() -> Build:
    """The PyTorch for the GPU of this computer, or for its processor; asks the driver, which takes a moment."""
    return fitting(found_gpu())


def wanted(torch: str = "", build: Build | None = None, extras: bool = True) -> Order:
    """What to ask pip for so that nothing is missing; ``torch`` is another version or file of it than the usual.

    Raises DependencyError where the running Python has a PyTorch that would hide the one asked for.
    """
    names = [
        name for name in dependencies.missing_in_qgis() if extras or name not in dependencies.EXTRAS.values()
    ]
    if "torch" not in names:
        if torch:
            raise DependencyError(
                f"This Python has a PyTorch of its own, which is always found first: remove that one "
                f"before asking for {torch}."
            )
        return Order(tuple(names))
    build = asked_for(torch, build or usual_build())
    others = tuple(name for name in names if name != "torch")
    if os.environ.get("PIP_NO_INDEX"):  # the user's folder of wheels says which build there is
        build = Build(build.name, build.requirement.partition("+")[0])
    if build.place:
        return Order(others, (build.requirement,), build.place, build.sizes_mb)
    return Order((build.requirement, *others), sizes_mb=build.sizes_mb)


def install(order: Order, progress: Progress, proxy: str = "") -> Path:
    """Fetches what is ordered with pip into the packages folder, whole or not at all.

    ``proxy``, a URL with its login, is for pip; its own settings hold where that is empty.
    Extras that cannot be had are left out. Raises DependencyError in words that help, or Cancelled.
    """
    folder, own_path = packages_folder(), dependencies.own_path()
    extras = [item for item in order.requirements if item in dependencies.EXTRAS.values()]
    needed = replace(order, requirements=tuple(item for item in order.requirements if item not in extras))
    try:
        installer.install(order, folder, own_path, progress, proxy)
    except DependencyError as error:
        if not any(extra in str(error) for extra in extras):
            raise
        names, why = dependencies.listed(extras), dependencies.first_line(error)
        progress.say(f"Left out, since it cannot be had and is not essential: {names}. {why}.")
        if dependencies.missing() or needed.all != dependencies.installed_requirements():
            installer.install(needed, folder, own_path, progress, proxy)
    dependencies.activate()
    dependencies.look_anew()
    note_sound(_stamp(), sys.path)
    return folder


def remove() -> None:
    """Deletes the packages folder; raises DependencyError where it is in use."""
    installer.remove(packages_folder())
    _stamp().unlink(missing_ok=True)
    dependencies.look_anew()


def unsound(at: Callable = lambda: None) -> str:
    """What keeps the packages from being loaded, and what to do; empty where nothing does.

    They are tried in another process, once for as long as their files stay as they are. ``at()`` may stop the trial.
    """
    if "torch" in sys.modules or known_sound(_stamp(), sys.path):
        return ""
    try:
        python = installer.interpreter()
    except DependencyError:  # nobody can try, so the import itself will tell
        return ""
    broken = trial(python, sys.path, at)
    if not broken:
        note_sound(_stamp(), sys.path)
    return broken


def _stamp() -> Path:
    return packages_folder().with_name(f"{packages_folder().name}.sound")


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    import argparse

    parser = argparse.ArgumentParser(prog="python3 -m obic_plugin.dependencies", description=install.__doc__)
    parser.add_argument(
        "--torch",
        metavar="SPEC",
        help="another PyTorch than the usual: a version, as 2.13.0 or 2.13.0+cu126, or a wheel file; "
        "pip's own environment variables (PIP_INDEX_URL, PIP_FIND_LINKS) hold",
    )
    parser.add_argument(
        "--build",
        choices=[build.name for build in builds()],
        help="for the processor alone or with CUDA, instead of what this computer's GPU says",
    )
    parser.add_argument(
        "--check", action="store_true", help="install nothing; exit 1 if something is missing"
    )
    parser.add_argument("--remove", action="store_true", help="delete the packages")
    parser.add_argument("--repair", action="store_true", help="fetch all packages again")
    options = parser.parse_args(arguments)
    if options.check:
        lacking = dependencies.explain() or unsound()
        print(lacking or f"Nothing is missing ({packages_folder()}).")
        return 1 if lacking else 0
    try:
        if options.remove:
            remove()
        else:
            _install_where_needed(options)
    except ObicError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _install_where_needed(options) -> None:
    lacking = dependencies.missing() or dependencies.missing_extras()
    if not lacking and not (options.torch or options.build or options.repair):
        return
    build = next((build for build in builds() if build.name == options.build), None)
    order = wanted(options.torch or "", build)
    if lacking or options.repair or order.all != dependencies.installed_requirements():
        install(order, _Console())


class _Console:
    """Progress for the command line."""

    def at(self, fraction: float) -> None:
        pass

    def say(self, text: str) -> None:
        print(re.sub(r"\s+", " ", text), flush=True)
