"""Runs pip for `dependencies`: into a folder beside the real one, checked, then renamed into place."""

from __future__ import annotations

import os
import queue
import re
import shutil
import subprocess  # nosec B404 # pip runs as a program of its own, never through a shell
import sys
import tempfile
import threading
import time
from pathlib import Path

from .distributions import constraints, remove_duplicates
from .engine.errors import DependencyError
from .engine.progress import Progress, Span

OFFLINE = (
    "This computer does not reach the package index. Without a network: on another computer with the same "
    "system and Python {python}, run 'pip download {requirements}', copy the files here, set the variables "
    "PIP_NO_INDEX=1 and PIP_FIND_LINKS=<that folder>, start QGIS from there and install again. "
    "Behind a proxy: set HTTPS_PROXY=http://user:password@host:port."
)
NO_PIP = "This Python has no pip. On Debian and Ubuntu: sudo apt install python3-pip; then install again."
PROXY = "Set HTTPS_PROXY=http://user:password@host:port in the environment before QGIS starts."
CERTIFICATE = "Set PIP_CERT=<file with your organization's certificates> before QGIS starts."
DISK = (
    "Free some space on the disk of {folder}, or set OBIC_PACKAGES to a folder on another; PyTorch takes "
    "1 GB, with CUDA up to 8."
)
CONFLICT = (
    "QGIS's own packages stay as they are, and these do not fit them: update the one that is too old, or ask "
    "for an older PyTorch (torch==2.1.2 runs with an old typing_extensions)."
)
NO_BUILD = (
    "There is no such build for Python {python} on this system: ask for another version, or set "
    "PIP_FIND_LINKS to a folder that has its wheel."
)
FORBIDDEN = "Set OBIC_PACKAGES to a folder that you may write to."
ADVICE = (
    (r"No module named pip", NO_PIP),
    (r"ProxyError|Cannot connect to proxy|407 Proxy", PROXY),
    (r"CERTIFICATE_VERIFY_FAILED|SSLError", CERTIFICATE),
    (r"No space left|Errno 28|WinError 112", DISK),
    (r"NewConnectionError|name resolution|getaddrinfo|timed out|Network is unreachable", OFFLINE),
    (r"ResolutionImpossible|conflicting dependencies", CONFLICT),
    (r"No matching distribution", NO_BUILD),
    (r"Permission denied|WinError 5", FORBIDDEN),
)


def install(
    requirements: list[str], folder: Path, own_path: list[str], progress: Progress, proxy: str = ""
) -> Path:
    """Makes ``folder`` hold what ``requirements`` ask for, without anything that ``own_path`` has already.

    The folder changes in one rename at the end: a failure or a cancel leaves the old one as it was.
    """
    python = interpreter()
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _sweep(folder)
        work = Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=folder.parent))
    except OSError as error:
        raise DependencyError(
            f"{folder.parent} cannot be written ({error.strerror}): set OBIC_PACKAGES to a folder that can."
        ) from error
    try:
        fresh = work / "packages"
        limits = "\n".join(constraints(own_path))
        (work / "constraints.txt").write_text(f"{limits}\n", encoding="utf-8")
        _run_pip(python, requirements, work, proxy, Span(progress, 0.0, 0.9))
        for name in remove_duplicates(fresh, own_path):
            progress.say(f"{name} is left out: QGIS has its own.")
        (fresh / "requirements.txt").write_text(
            "".join(f"{item}\n" for item in requirements), encoding="utf-8"
        )
        progress.say("Checking that the packages can be imported")
        _check(python, fresh, own_path, Span(progress, 0.9, 1.0))
        _replace(folder, fresh, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    progress.say(f"Installed in {folder}")
    progress.at(1.0)
    return folder


def _sweep(folder: Path) -> None:
    """Removes what an installation that was ended by force left behind, a day ago or more."""
    for left in folder.parent.glob(f"{folder.name}.new-*"):
        if time.time() - left.stat().st_mtime > 86400:
            shutil.rmtree(left, ignore_errors=True)


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
            **_no_window(),
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.stdout.strip() == version


def _run_pip(python: str, requirements: list[str], work: Path, proxy: str, progress: Progress) -> None:
    """pip into ``work/packages``; its downloads stay in ``work`` too, where the space is needed anyway."""
    target, limits = work / "packages", work / "constraints.txt"
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
    if proxy:
        environment["PIP_PROXY"] = proxy
    for name in ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT"):
        environment.pop(name, None)
    progress.say(f"pip install {' '.join(requirements)}")
    lines, code = _follow([*command, *requirements], environment, progress)
    if code:
        raise DependencyError(_failure(lines, requirements, work.parent))


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
        process = subprocess.Popen(  # nosec B603 # a list of arguments, and no shell that would read them
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
            if not quiet and not line.startswith("WARNING"):
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


def _failure(lines: list[str], requirements: list[str], folder: Path) -> str:
    """pip's last words, and what to do about them."""
    text = "\n".join(lines)
    conflict = re.search(r"The conflict is caused by:\n(.*?)\nTo fix this", text, re.DOTALL)
    words = [line for line in lines if re.match("error", line, re.IGNORECASE)][-3:] or lines[-3:]
    if conflict:
        words = list(dict.fromkeys(line.strip() for line in conflict[1].split("\n")))
    advice = next((advice for pattern, advice in ADVICE if re.search(pattern, text, re.IGNORECASE)), OFFLINE)
    advice = advice.format(
        python=f"{sys.version_info.major}.{sys.version_info.minor}",
        folder=folder,
        requirements=" ".join(requirements),
    )
    return f"pip could not install {', '.join(requirements)}. {'; '.join(words)}\n{advice}"


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
