"""Starts the processes that share the tiles of a map, on this computer.

torchrun does the same for several computers; some PyTorchs, as Debian's, are built without the library (libuv) that it
meets them by.
"""

from __future__ import annotations

import os
import socket
import subprocess  # nosec B404 # this very program, once more
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .errors import DeviceError

READY = "OBIC_READY"  # set for those that are to say so
PATIENCE_S = 30  # until those that nobody needs any more are ended


@contextmanager
def companions(n: int) -> Iterator:
    """The others of ``n`` processes, each waiting in `processes.joined`; within, this one is number 0 of them.

    They end with this process, however it does. Raises DeviceError where one does not start.
    """
    shared = {"WORLD_SIZE": n, "LOCAL_WORLD_SIZE": n, "MASTER_ADDR": "127.0.0.1", "MASTER_PORT": _free_port()}
    shared["OMP_NUM_THREADS"] = os.environ.get("OMP_NUM_THREADS") or max(1, (os.cpu_count() or 1) // n)
    shared["PYTHONPATH"] = os.pathsep.join(
        filter(None, [str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH")])
    )
    shared = {name: str(value) for name, value in shared.items()}
    others: list = []
    try:
        for rank in range(1, n):
            environment = {**os.environ, **shared, "RANK": str(rank), "LOCAL_RANK": str(rank), READY: "1"}
            others.append(_start(environment))
        for rank, other in enumerate(others, 1):
            if other.stdout.readline() != b"ready\n":
                raise DeviceError(f"Process {rank} of {n} did not start (exit status {other.wait()}).")
        os.environ.update(shared, RANK="0", LOCAL_RANK="0")
        yield
    finally:
        for other in others:
            _end(other)


def _start(environment: dict) -> subprocess.Popen:
    return subprocess.Popen(  # nosec B603 # a list of arguments, and no shell that would read them
        [sys.executable, "-m", "obic_plugin.engine"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )


def _end(process: subprocess.Popen) -> None:
    try:
        process.wait(PATIENCE_S if sys.exc_info()[0] is None else 1)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    process.stdout.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
