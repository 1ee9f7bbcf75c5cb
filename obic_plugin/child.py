"""Another Python that does something for us, is listened to, and ends when we do."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import subprocess  # nosec B404 # a Python that was found beside this one, never through a shell
import sys
import threading
from collections.abc import Callable

from .builds import no_window
from .engine.errors import DependencyError

# Ends the child when nobody holds the other end of its input, as when QGIS is ended by force. (A read of sys.stdin
# would hold a lock, over which Python falls when it ends.)
GUARDED = """
import os, runpy, sys, threading

def guard():
    while os.read(0, 1):
        pass
    os._exit(130)

threading.Thread(target=guard, daemon=True).start()
sys.argv[:] = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


def run_module(python: str, module: str, arguments: list, environment: dict, heard: Callable, at: Callable):
    """``python -m module``; returns (lines, exit code). ``heard(line)`` is told each line as it comes.

    ``at()`` is called a few times a second and may raise: that ends the child and all that it has started.
    """
    return _follow([python, "-c", GUARDED, module, *arguments], environment, heard, at)


def run_code(python: str, code: str, arguments: list, at: Callable) -> tuple:
    """``python -c code``, as `run_module`."""
    return _follow([python, "-c", code, *arguments], dict(os.environ), lambda line: None, at)


def _follow(command: list, environment: dict, heard: Callable, at: Callable) -> tuple:
    try:
        process = subprocess.Popen(  # nosec B603 # a list of arguments, and no shell that would read them
            command,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,
            **no_window(),
        )
    except OSError as error:
        raise DependencyError(f"{command[0]} cannot be started: {error}") from error
    said: queue.Queue = queue.Queue()
    reader = threading.Thread(target=_pass_on, args=(process.stdout, said), daemon=True)
    reader.start()
    lines: list[str] = []
    try:
        while True:
            at()
            try:
                line = said.get(timeout=0.2)
            except queue.Empty:
                continue
            if line is None:
                return lines, process.wait()
            lines.append(line)
            heard(line)
    finally:
        _end(process)
        reader.join(timeout=5)
        process.stdout.close()


def _pass_on(stream, said: queue.Queue) -> None:
    for line in stream:
        if line.strip():
            said.put(line.rstrip())
    said.put(None)


def _end(process) -> None:
    """Ends the child, where it has not ended, with all that it has started."""
    with contextlib.suppress(OSError):
        process.stdin.close()
    if process.poll() is None:
        if sys.platform == "win32":
            process.kill()
        else:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.wait()
