"""Whether packages that are there can be loaded: tried in another process, since a damaged library ends the one that
loads it, and QGIS would be gone with the user's work."""

from __future__ import annotations

import importlib.machinery
import json
import os
import re
from collections.abc import Callable
from pathlib import Path

from .child import run_code
from .pipwords import ended_by

NAMES = "numpy", "scipy", "torch", "safetensors"  # what computes, and loads libraries
TRIAL = (
    "import importlib, importlib.util, sys; names = sys.argv[1].split(','); sys.path[:] = sys.argv[2:]; "
    "specs = filter(None, map(importlib.util.find_spec, names)); "
    "[(print('loading', s.name, s.origin, flush=True), importlib.import_module(s.name)) for s in specs]; print('sound')"
)
REPAIR = "Choose Plugins > OBIC > Install packages… and there Repair."
ANOTHER = "Another version of PyTorch may fit."
DLL = (
    "On Windows PyTorch needs the Microsoft Visual C++ Redistributable (x64): install it, restart the computer, and "
    "try again. Where it is there already, QGIS itself may bring one that is too old: update QGIS."
)
REASONS = (
    (r"DLL load failed|WinError 1(26|27|114)|c10\.dll|_load_dll_libraries", DLL),
    (
        r"file too short|invalid ELF|truncated|not a valid Win32|WinError 193|mach-o|slice|cannot read file data",
        f"A file of it is damaged. {REPAIR}",
    ),
    (
        r"_ARRAY_API|compiled against API|compiled using NumPy|multiarray|dtype size changed",
        "It was built for another numpy than the one that is found first. Remove a numpy of your own from the folders"
        " that this Python searches.",
    ),
    (
        r"GLIBC|GLIBCXX|symbol lookup|undefined symbol",
        f"It was built for another system than this. {ANOTHER}",
    ),
)
SUFFIXES = tuple({*importlib.machinery.EXTENSION_SUFFIXES, ".so", ".dll", ".dylib", ".pyd"})


def trial(python: str, path: list[str], at: Callable = lambda: None) -> str:
    """What keeps the packages on a path from being loaded, and what to do; empty where nothing does.

    ``at()`` is called a few times a second, and ends the trial by raising.
    """
    lines, code = run_code(python, TRIAL, [",".join(NAMES), *(entry for entry in path if entry)], at)
    if code == 0 and lines[-1:] == ["sound"]:
        return ""
    return reason(lines, code)


def reason(lines: list[str], code: int) -> str:
    """From the last words of a trial and its exit status."""
    begun = [line.split(" ", 2)[1:] for line in lines if line.startswith("loading ")]
    words = [line for line in lines if not line.startswith("loading ")]
    name = begun[-1][0] if begun else "Python"
    homes = {package: Path(origin).parent.parent for package, origin in begun if package in (name, "numpy")}
    found = " and ".join(f"{package} in {home}" for package, home in reversed(homes.items()))
    said = words[-1].rstrip(".") if words else "no reason is told"
    if code == -4:  # SIGILL
        said, advice = "it uses instructions that this processor does not have", ANOTHER
    elif code < 0 or code >= 0xC0000000:
        how = f"signal {ended_by(code)}" if code < 0 else f"Windows' error {code:#x}"
        said, advice = f"it ends Python itself by {how}", f"A file of it is damaged. {REPAIR}"
    else:
        advice = next((advice for pattern, advice in REASONS if re.search(pattern, "\n".join(words))), REPAIR)
    return f"{name} cannot be loaded ({said}). {advice} Found: {found or 'nothing'}."


def signature(path: list[str]) -> dict:
    """{file: (size, time)} of the compiled libraries that would be loaded, of the first of each package on the path."""
    found = {}
    for name in NAMES:
        spec = importlib.machinery.PathFinder.find_spec(name, path)
        home = Path(spec.origin).parent if spec is not None and spec.origin else None
        for folder in (home, home / "lib", home / "bin") if home is not None else ():
            found.update(_libraries(folder))
    return found


def _libraries(folder: Path) -> dict:
    try:
        with os.scandir(folder) as entries:
            files = [entry for entry in entries if entry.name.endswith(SUFFIXES) or ".so." in entry.name]
            return {entry.path: [entry.stat().st_size, entry.stat().st_mtime_ns] for entry in files}
    except OSError:
        return {}


def known_sound(stamp: Path, path: list[str]) -> bool:
    """Whether these very files have been loaded before."""
    try:
        return json.loads(stamp.read_text(encoding="utf-8")) == signature(path)
    except (OSError, ValueError):
        return False


def note_sound(stamp: Path, path: list[str]) -> None:
    """Remember that these files can be loaded; where that cannot be written down, they are tried each time."""
    partial = stamp.with_name(f"{stamp.name}.{os.getpid()}")
    try:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(json.dumps(signature(path)), encoding="utf-8")
        os.replace(partial, stamp)
    except OSError:
        partial.unlink(missing_ok=True)
