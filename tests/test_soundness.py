"""Damaged packages are found out in another process, in words; a child ends with the one that started it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest

from obic_plugin import dependencies, pipwords, soundness, upkeep
from obic_plugin.child import run_code
from obic_plugin.engine.progress import Cancelled

ROOT = Path(__file__).parents[1]
LIBRARY = f"_C{sysconfig.get_config_var('EXT_SUFFIX')}"


def package(folder: Path, source: str, library: bytes = b"") -> list[str]:
    """A path with a torch that does this when it is loaded."""
    (folder / "torch").mkdir(exist_ok=True)
    (folder / "torch" / "__init__.py").write_text(source)
    if library:
        (folder / "torch" / LIBRARY).write_bytes(library)
    return [str(folder), *(entry for entry in dependencies.own_path() if entry)]


def whole_library() -> bytes:
    """Some compiled module of this Python."""
    import numpy

    core = Path(numpy.__file__).parent
    return next(path for path in sorted(core.rglob("_multiarray_umath*.so"))).read_bytes()


CASES = {
    "sound": ("", b"", "^$"),
    "garbage": ("import torch._C", b"no library at all" * 99, "torch cannot be loaded .*damaged.*Repair"),
    "truncated": ("import torch._C", None, "torch cannot be loaded .*damaged.*Repair"),
    "crash": (
        "import os; os.kill(os.getpid(), 11)",
        b"",
        r"ends Python itself by signal 11 \(SIGSEGV\).*Repair",
    ),
    "processor": (
        "import os; os.kill(os.getpid(), 4)",
        b"",
        "instructions that this processor does not have",
    ),
    "dll": ("raise OSError('[WinError 126] c10.dll')", b"", "Visual C\\+\\+ Redistributable"),
    "numpy": ("raise ImportError('numpy.core.multiarray failed to import')", b"", "another numpy"),
    "else": ("raise ValueError('a whim')", b"", r"torch cannot be loaded \(ValueError: a whim\)"),
}


@pytest.mark.parametrize("case", CASES)
def test_what_keeps_a_package_from_being_loaded_is_explained(tmp_path, case):
    source, library, expected = CASES[case]
    path = package(tmp_path, source, whole_library()[:4096] if library is None else library)
    told = soundness.trial(sys.executable, path)
    assert re.search(expected, told)
    assert not told or f"Found: torch in {tmp_path} and numpy in " in told


def test_windows_ends_programs_with_large_numbers():
    assert "Windows' error 0xc0000005" in soundness.reason(["loading torch /a/torch/b"], 0xC0000005)


def test_a_trial_can_be_stopped(tmp_path):
    def at():
        raise Cancelled

    begin = time.monotonic()
    with pytest.raises(Cancelled):
        soundness.trial(sys.executable, package(tmp_path, "import time; time.sleep(60)"), at)
    assert time.monotonic() - begin < 30


def test_files_are_tried_once_and_again_when_they_change(tmp_path, monkeypatch):
    path, tries = package(tmp_path, "", b"a library"), []
    monkeypatch.setenv("OBIC_PACKAGES", str(tmp_path / "packages"))
    monkeypatch.setattr(sys, "path", path)
    monkeypatch.setattr(sys, "modules", {name: m for name, m in sys.modules.items() if name != "torch"})
    monkeypatch.setattr(upkeep, "trial", lambda *_: tries.append(1) or ("broken" if len(tries) == 2 else ""))
    assert upkeep.unsound() == upkeep.unsound() == "" and len(tries) == 1
    (tmp_path / "torch" / LIBRARY).write_bytes(b"a lib")
    assert upkeep.unsound() == "broken" and len(tries) == 2
    assert upkeep.unsound() == upkeep.unsound() == "" and len(tries) == 3


PARENT = """
import os, sys
from obic_plugin.child import run_module
run_module(sys.executable, "obic_sleeper", [], dict(os.environ), print, lambda: None)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_child_ends_when_its_parent_is_killed(tmp_path):
    (tmp_path / "obic_sleeper.py").write_text(
        "import os, time; print(os.getpid(), flush=True); time.sleep(600)"
    )
    environment = {**os.environ, "PYTHONPATH": f"{ROOT}:{tmp_path}", "PYTHONUNBUFFERED": "1"}
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT], env=environment, stdout=subprocess.PIPE, text=True
    )
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    end = time.monotonic() + 30
    while _lives(child) and time.monotonic() < end:
        time.sleep(0.05)
    assert not _lives(child)
    parent.stdout.close()


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_what_a_child_has_started_ends_with_it(tmp_path):
    code = f"import subprocess, sys, time; p = subprocess.Popen(['sleep', '600']); open({str(tmp_path / 'pid')!r}, 'w')"
    code += ".write(str(p.pid)); time.sleep(600)"

    def at():
        if (tmp_path / "pid").exists() and (tmp_path / "pid").read_text():
            raise Cancelled

    with pytest.raises(Cancelled):
        run_code(sys.executable, code, [], at)
    time.sleep(0.2)
    assert not _lives(int((tmp_path / "pid").read_text()))


WORDS = {
    "SOCKS": "ERROR: Could not install packages due to an OSError: Missing dependencies for SOCKS support.",
    "OpenSSL": "WARNING: pip is configured with locations that require TLS/SSL, however the ssl module in Python is "
    "not available.",
    "HTTPS_PROXY": "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407 Proxy",
    "PIP_CERT": "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed",
    "short one, such as": "HINT: This error might have occurred since Windows Long Path support is not enabled",
    "log panel": "ERROR: something that nobody has seen before",
    "does not reach the package index": "NameResolutionError: Failed to resolve 'example.org'",
}


@pytest.mark.parametrize("advice", WORDS)
def test_what_pip_says_has_an_advice(advice, tmp_path):
    told = pipwords.failure([WORDS[advice]], 1, ["obicprobe"], tmp_path)
    assert advice in told.partition("\n")[2] and WORDS[advice] in told


def test_a_signal_is_named_and_a_shelf_without_a_wheel_is_too(tmp_path, monkeypatch):
    assert "ended by signal 9 (SIGKILL)" in pipwords.failure([], -9, ["torch"], tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", "/media/wheels")
    told = pipwords.failure(["ERROR: No matching distribution found for torch"], 1, ["torch"], tmp_path)
    assert "the folder /media/wheels lacks a wheel for Python" in told and "pip download torch" in told
