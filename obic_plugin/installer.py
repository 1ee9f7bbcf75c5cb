"""Runs pip for `dependencies`: into a folder beside the real one, checked, then renamed into place."""

from __future__ import annotations

import os
import shutil
import subprocess  # nosec B404 # asks a Python for its version
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from . import child
from .builds import no_window
from .distributions import constraints, remove_duplicates
from .engine.errors import DependencyError
from .engine.lock import Lock
from .engine.progress import Progress, Span
from .engine.wording import count
from .pipwords import failure
from .soundness import trial

WORK = "new"  # short, since Windows takes paths of 259 characters only
# What pip adds to its folder for temporary files, and the longest name in a PyTorch: its licenses lie deep.
LONGEST_IN_PIP, LONGEST_IN_TORCH, LONGEST_PATH = len("\\pip-target-abcdefgh\\lib\\python\\"), 174, 259
INTERVAL_S = 5.0  # between two lines that tell of bytes


@dataclass(frozen=True)
class Order:
    """What pip is asked for: requirements, and a place for those of them that pip does not find by itself.

    ``elsewhere`` are fetched first and alone, so that nothing else comes from ``place``. ``sizes_mb`` is about what
    there is to download and what it takes on the disk.
    """

    requirements: tuple
    elsewhere: tuple = ()
    place: str = ""
    sizes_mb: tuple = (0, 0)

    @property
    def all(self) -> list[str]:
        return [*self.elsewhere, *self.requirements]


def install(order: Order, folder: Path, own_path: list[str], progress: Progress, proxy: str = "") -> Path:
    """Makes ``folder`` hold what is ordered, without anything that ``own_path`` has already.

    The folder changes in one rename at the end: a failure or a cancel leaves the old one as it was.
    """
    python = interpreter()
    work = workplace(folder)
    _refuse_long_paths(work)
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = Lock.take(str(work))
        free_mb = shutil.disk_usage(work).free >> 20
    except OSError as error:
        raise DependencyError(
            f"{work.parent} cannot be written ({error.strerror}): set OBIC_PACKAGES to a folder that can."
        ) from error
    if lock is None:
        raise DependencyError(
            f"Another QGIS is installing packages in {work}, or its disk knows no locks: wait for it to end, or set "
            "OBIC_PACKAGES to a folder on another disk."
        )
    try:
        _sweep(work)
        if free_mb < sum(order.sizes_mb):
            raise DependencyError(
                f"{count(sum(order.sizes_mb))} MB are needed for a while, and the disk of {work} has {count(free_mb)}"
                " left: free some space, or set OBIC_PACKAGES to a folder on another."
            )
        fresh = work / "packages"
        limits = "\n".join(constraints(own_path))
        (work / "constraints.txt").write_text(f"{limits}\n", encoding="utf-8")
        Pip(python, work, proxy, Span(progress, 0.0, 0.9), order).run()
        for name in remove_duplicates(fresh, own_path):
            progress.say(f"{name} is left out: QGIS has its own.")
        noted = "".join(f"{item}\n" for item in order.all)
        (fresh / "requirements.txt").write_text(noted, encoding="utf-8")
        progress.say("Checking that the packages can be imported")
        broken = trial(python, [*own_path, str(fresh)], lambda: progress.at(0.9))
        if broken:
            raise DependencyError(f"The packages were fetched, but {broken} Nothing was changed.")
        _replace(folder, fresh, work)
    finally:
        _sweep(work)
        lock.release()
        shutil.rmtree(work, ignore_errors=True)
    progress.say(f"Installed in {folder}")
    progress.at(1.0)
    return folder


def workplace(folder: Path) -> Path:
    """The folder to work in, on the same disk; in the usual place as near to its top as may be."""
    parent = folder.parent
    return (parent.parent if (parent.parent.name, parent.name) == ("obic", "packages") else parent) / WORK


def _refuse_long_paths(work: Path) -> None:
    longest = len(str(work)) + LONGEST_IN_PIP + LONGEST_IN_TORCH
    if sys.platform == "win32" and longest > LONGEST_PATH:
        raise DependencyError(
            f"Below {work} paths would have up to {longest} characters, and Windows takes {LONGEST_PATH}: set "
            "OBIC_PACKAGES to a short folder, such as C:\\obic, before QGIS starts."
        )


def _sweep(work: Path) -> None:
    """Removes what lies in the folder of work, ours or of an installation that was ended by force."""
    for left in work.iterdir():
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        elif left.name != "lock":
            left.unlink(missing_ok=True)
    for left in work.parent.glob("*.new-*"):  # as earlier versions of OBIC have left them
        if time.time() - left.stat().st_mtime > 86400:
            shutil.rmtree(left, ignore_errors=True)


def remove(folder: Path) -> None:
    """Deletes the packages; raises DependencyError where one of them is in use."""
    work = workplace(folder)
    try:
        work.mkdir(parents=True, exist_ok=True)
        lock = Lock.take(str(work))
        if lock is None:
            raise _in_use(folder)
        with lock:
            if folder.exists():
                os.replace(folder, work / "old")  # whole, or not at all
            _sweep(work)
        shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        raise _in_use(folder, error.strerror) from error


def _in_use(folder: Path, why: str = "another QGIS is at work there") -> DependencyError:
    return DependencyError(
        f"{folder} is in use ({why}). Restart QGIS, and change the packages before running an OBIC algorithm."
    )


def interpreter() -> str:
    """The Python program behind this QGIS; ``sys.executable`` is QGIS itself on Windows and macOS."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    roots = [Path(sys.base_exec_prefix), Path(sys.exec_prefix), Path(sys.executable or os.devnull).parent]
    if sys.platform == "win32":
        names = ["python.exe", "python3.exe", "Scripts/python.exe"]
    else:
        names = [
            f"bin/python{version}",
            "bin/python3",
            f"python{version}",
            "python3",
            f"../Frameworks/bin/python{version}",
            "../Frameworks/bin/python3",
            "../Resources/python/bin/python3",
        ]
    candidates = [root / name for root in roots for name in names]
    for candidate in dict.fromkeys(candidates):
        if candidate.is_file() and _is_python(candidate, version):
            return str(candidate)
    raise DependencyError(
        f"The Python {version} program of this QGIS was not found (looked below "
        f"{', '.join(dict.fromkeys(map(str, roots)))}). Install the packages from a terminal: "
        f"python{version} -m obic_plugin.dependencies"
    )


def _is_python(program: Path, version: str) -> bool:
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run(  # nosec B603 # a list of arguments, the program one that was found beside this Python
            [str(program), "-c", code],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
            **no_window(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == version


class Pip:
    """pip into ``work/packages``; its downloads stay in ``work`` too, where the space is needed anyway."""

    def __init__(self, python: str, work: Path, proxy: str, progress: Progress, order: Order):
        self._python, self._work, self._progress, self._order = python, work, progress, order
        self._total = sum(order.sizes_mb) << 20
        self._n_lines, self._looked, self._told, self._bytes = 0, 0.0, time.monotonic(), 0
        self._environment = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0"}
        self._environment.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(work)), PYTHONUNBUFFERED="1")
        if proxy:
            self._environment["PIP_PROXY"] = proxy
        for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"):
            self._environment.pop(name, None)

    def run(self) -> None:
        """Raises DependencyError with what pip said, and what to do."""
        order, shelf = self._order, self._work / "w"
        wheels = []
        if order.elsewhere:
            self._call(
                "download", [*order.elsewhere, "--no-deps", "--dest", shelf, "--extra-index-url", order.place]
            )
            wheels = sorted(map(str, shelf.iterdir()))
        target = ["--target", self._work / "packages", "--constraint", self._work / "constraints.txt"]
        self._call("install", [*wheels, *order.requirements, *target])

    def _call(self, verb: str, arguments: list) -> None:
        options = [
            "--only-binary",
            ":all:",
            "--no-input",
            "--disable-pip-version-check",
            "--progress-bar",
            "off",
        ]
        self._progress.say(f"pip {verb} {' '.join(a for a in map(str, arguments) if not a.startswith('-'))}")
        command = [verb, *options, *map(str, arguments)]
        lines, code = child.run_module(self._python, "pip", command, self._environment, self._hear, self._at)
        if code:
            raise DependencyError(failure(lines, code, self._order.all, self._work, self._order.place))

    def _hear(self, line: str) -> None:
        self._n_lines += 1
        if not line.startswith("WARNING"):
            self._progress.say(line)

    def _at(self) -> None:
        """Progress goes by the bytes that have come; where their sum is not known, each line is a bit of the rest."""
        now = time.monotonic()
        if self._total and now - self._looked > 1:
            self._looked, self._bytes = now, max(self._bytes, _bytes_in(self._work))
            if now - self._told > INTERVAL_S:
                self._told = now
                self._progress.say(f"{count(self._bytes >> 20)} of about {count(self._total >> 20)} MB")
        share = self._bytes / self._total if self._total else 1 - 0.97**self._n_lines
        self._progress.at(min(share, 0.99))


def _bytes_in(folder: Path) -> int:
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.stat(os.path.join(path, name)).st_size
            except OSError:  # it has been moved meanwhile
                continue
    return total


def _replace(folder: Path, fresh: Path, work: Path) -> None:
    """Puts ``fresh`` in the place of ``folder``; the old one goes away with ``work``."""
    old = work / "old"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists():
            os.replace(folder, old)
        try:
            os.replace(fresh, folder)
        except OSError:
            if old.exists():
                os.replace(old, folder)
            raise
    except OSError as error:
        raise _in_use(folder, error.strerror) from error
