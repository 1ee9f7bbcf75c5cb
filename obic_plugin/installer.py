"""Runs pip for `dependencies`: into a folder beside the real one, checked, then renamed into place."""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from importlib import metadata
from pathlib import Path

from .engine.errors import DependencyError

# Compiled packages that share memory with QGIS: what is fetched must be built for the version QGIS has.
CONSTRAINED = (
    "numpy",
    "scipy",
    "gdal",
    "scikit-image",
    "scikit-learn",
    "pandas",
    "pillow",
    "shapely",
    "pyproj",
)

OFFLINE = (
    "This computer does not reach the package index. Without a network: on another computer with the same "
    "system and Python {python}, run 'pip download {requirements}', copy the files here, set the variables "
    "PIP_NO_INDEX=1 and PIP_FIND_LINKS=<that folder>, start QGIS from there and install again. "
    "Behind a proxy: set HTTPS_PROXY=http://user:password@host:port."
)
ADVICE = (
    (
        r"proxy|\b407\b",
        "Set HTTPS_PROXY=http://user:password@host:port in the environment before QGIS starts.",
    ),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError", "Set PIP_CERT=<file with your organization's certificates>."),
    (
        r"No space left|Errno 28|WinError 112",
        "Free some space on the disk of {folder}, or set OBIC_PACKAGES to a "
        "folder on another; PyTorch takes 1 GB, and up to 8 GB with CUDA.",
    ),
    (
        r"NewConnectionError|name resolution|getaddrinfo|ConnectTimeout|timed out|Network is unreachable",
        OFFLINE,
    ),
    (
        r"ResolutionImpossible|conflicting dependencies",
        "The packages do not fit those that QGIS has; try another version of PyTorch.",
    ),
    (
        r"No matching distribution",
        "There is no such build for Python {python} on this system: ask for another "
        "version, or point PIP_FIND_LINKS to a folder of wheels.",
    ),
    (r"Permission denied|WinError 5", "Set OBIC_PACKAGES to a folder that you may write to."),
)


def install(requirements: list[str], folder: Path, own_path: list[str], progress) -> Path:
    """Makes ``folder`` hold what ``requirements`` ask for, without anything that ``own_path`` has already.

    The folder changes in one rename at the end: a failure or a cancel leaves the old one as it was.
    """
    python = interpreter()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=folder.parent))
    except OSError as error:
        raise DependencyError(
            f"{folder.parent} cannot be written ({error.strerror}): set OBIC_PACKAGES to a folder that can."
        ) from error
    try:
        fresh = work / "packages"
        _run_pip(python, requirements, fresh, work, own_path, progress)
        for name in remove_duplicates(fresh, own_path):
            progress.say(f"{name} is left out: QGIS has its own.")
        (fresh / "requirements.txt").write_text(
            "".join(f"{item}\n" for item in requirements), encoding="utf-8"
        )
        progress.say("Checking that the packages can be imported")
        _check(python, fresh, own_path, progress)
        _replace(folder, fresh, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    progress.say(f"Installed in {folder}")
    progress.at(1.0)
    return folder


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
        answer = subprocess.run(
            [str(program), "-c", code],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            stdin=subprocess.DEVNULL,
            **_no_window(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == version


def constraints(own_path: list[str]) -> list[str]:
    """Lines for pip that keep the packages of ``own_path`` at the minor version they have there.

    The minor version is what compiled code is built for; the last digits, often a distributor's own, may
    exist in no index.
    """
    lines = []
    for name, version in sorted(distributions(own_path).items()):
        release = re.match(r"(\d+)\.(\d+)", version)
        if name in CONSTRAINED and release:
            lines.append(f"{name}=={release[1]}.{release[2]}.*")
    return lines


def distributions(path: list[str]) -> dict[str, str]:
    """Normalized name -> version of each distribution on the path, the first that is found winning."""
    found: dict[str, str] = {}
    for item in metadata.distributions(path=path):
        name = item.metadata["Name"]
        if name:
            found.setdefault(_normalized(name), item.version or "0")
    return found


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def remove_duplicates(folder: Path, own_path: list[str]) -> list[str]:
    """Deletes from ``folder`` what ``own_path`` has: pip's --target brings it regardless."""
    own, removed = distributions(own_path), []
    for item in list(metadata.distributions(path=[str(folder)])):
        name = item.metadata["Name"]
        if _normalized(name) not in own:
            continue
        for file in item.files or ():
            path = Path(item.locate_file(file))
            if folder in path.resolve().parents and path.is_file():
                path.unlink()
        removed.append(name)
    for path in sorted(folder.rglob("*"), key=lambda path: len(path.parts), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return removed


def _run_pip(python, requirements, target: Path, work: Path, own_path, progress) -> None:
    """pip into ``target``; its downloads stay in ``work``, on the disk where the space is needed anyway."""
    limits = work / "constraints.txt"
    limits.write_text("\n".join(constraints(own_path)) + "\n", encoding="utf-8")
    command = [python, "-m", "pip", "install", "--target", str(target), "--constraint", str(limits)]
    command += [
        "--only-binary",
        ":all:",
        "--no-input",
        "--disable-pip-version-check",
        "--progress-bar",
        "off",
    ]
    environment = {**os.environ, "PIP_USER": "0", "PIP_REQUIRE_VIRTUALENV": "0", "PYTHONUNBUFFERED": "1"}
    environment.update(dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(work)))
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"):
        environment.pop(name, None)
    progress.say(f"pip install {' '.join(requirements)}")
    lines, code = _follow([*command, *requirements], environment, progress)
    if code:
        raise DependencyError(_failure(lines, requirements, target))


def _check(python, fresh: Path, own_path, progress) -> None:
    """Imports what was installed in a new interpreter with the path that QGIS will have."""
    code = (
        "import importlib, importlib.util, sys; sys.path[:] = sys.argv[1:]; "
        "[importlib.import_module(name) for name in ('numpy', 'torch', 'safetensors') "
        "if importlib.util.find_spec(name)]"
    )
    path = [entry for entry in own_path if entry]
    lines, failed = _follow([python, "-c", code, *path, str(fresh)], dict(os.environ), progress, quiet=True)
    if failed:
        raise DependencyError(
            "The packages were fetched but cannot be imported in this QGIS: "
            f"{' '.join(lines[-2:])}. Another version of PyTorch may fit; nothing was changed."
        )


def _follow(command, environment, progress, quiet=False) -> tuple[list[str], int]:
    """Runs a command, passes its lines on, stops it on cancel; returns the lines and the exit code."""
    try:
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            **_no_window(),
        )
    except OSError as error:
        raise DependencyError(f"{command[0]} cannot be started: {error}") from error
    heard: queue.Queue = queue.Queue()
    reader = threading.Thread(target=_pass_on, args=(process.stdout, heard), daemon=True)
    reader.start()
    lines: list[str] = []
    try:
        while True:
            progress.at(1 - 0.97 ** len(lines))  # pip tells no total; each line is a bit of what remains
            try:
                line = heard.get(timeout=0.2)
            except queue.Empty:
                continue
            if line is None:
                return lines, process.wait()
            lines.append(line)
            if not quiet:
                progress.say(line)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
        reader.join(timeout=5)
        process.stdout.close()


def _pass_on(stream, heard: queue.Queue) -> None:
    for line in stream:
        if line.strip():
            heard.put(line.rstrip())
    heard.put(None)


def _no_window() -> dict:
    """Keeps Windows from flashing a console for each subprocess."""
    return {"creationflags": subprocess.CREATE_NO_WINDOW} if sys.platform == "win32" else {}


def _failure(lines: list[str], requirements: list[str], target: Path) -> str:
    """pip's last words, and what to do about them."""
    text = "\n".join(lines)
    if "No module named pip" in text:
        return (
            "This Python has no pip. On Debian and Ubuntu: sudo apt install python3-pip; then install again."
        )
    words = [line for line in lines if line.startswith(("ERROR", "error"))][-3:] or lines[-3:]
    facts = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "folder": target.parent.parent,
        "requirements": " ".join(requirements),
    }
    advice = next((advice for pattern, advice in ADVICE if re.search(pattern, text, re.IGNORECASE)), OFFLINE)
    return f"pip could not install {', '.join(requirements)}. {' '.join(words)}\n{advice.format(**facts)}"


def _replace(folder: Path, fresh: Path, work: Path) -> None:
    """Puts ``fresh`` in the place of ``folder``; the old one goes away with ``work``."""
    old = work / "old"
    try:
        if folder.exists():
            os.replace(folder, old)
        try:
            os.replace(fresh, folder)
        except OSError:
            if old.exists():
                os.replace(old, folder)
            raise
    except OSError as error:
        raise DependencyError(
            f"{folder} is in use ({error.strerror}). Restart QGIS and install the packages before "
            "running an OBIC algorithm."
        ) from error
