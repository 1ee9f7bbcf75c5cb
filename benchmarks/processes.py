"""A program run to its end, with the seconds and the memory it took, and when it said what. Linux only."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

SAMPLE_S = 0.02


@dataclass
class Run:
    """``peak_mb`` is the most that all its processes held at one moment; ``lines`` are (second, text) of
    what it printed, ``memory`` (second, MB) of what it held."""

    seconds: float = 0.0
    peak_mb: float = 0.0
    lines: list = field(default_factory=list)
    memory: list = field(default_factory=list)
    status: int = 0

    def peak_between(self, start: float, end: float) -> float:
        """MB held at most from one second to another, as sampled."""
        return max((held for second, held in self.memory if start <= second <= end), default=0.0)


def run(command: list) -> Run:
    """Run a command; raises SystemExit with what it said where it fails."""
    result, started = Run(), time.monotonic()
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, stdin=subprocess.DEVNULL)
        watcher = threading.Thread(target=_watch, args=(process.pid, result, started), daemon=True)
        watcher.start()
        buffer = b""
        while chunk := os.read(process.stdout.fileno(), 4096):
            now = time.monotonic() - started
            *whole, buffer = (buffer + chunk).split(b"\n")
            result.lines += [(now, line.decode(errors="replace")) for line in whole]
        result.lines.append((time.monotonic() - started, buffer.decode(errors="replace")))
        result.status = process.wait()
        result.seconds = time.monotonic() - started
        watcher.join()
        if result.status:
            errors.seek(0)
            said = [*(text for _, text in result.lines), errors.read().decode(errors="replace")]
            raise SystemExit("\n".join([f"{command[0]} failed:", *said]))
    return result


def _watch(pid: int, result: Run, started: float) -> None:
    """Sample the process and its descendants until it is gone."""
    while True:
        family = _family(pid)
        sizes = [_resident_mb(each) for each in family]
        if not sizes[0][0]:  # gone, or dead and not yet waited for
            return
        now = sizes[0][0] if len(family) == 1 else sum(_own_share_mb(each) for each in family)
        result.memory.append((time.monotonic() - started, now))
        result.peak_mb = max(result.peak_mb, now, max(peak for _, peak in sizes))
        time.sleep(SAMPLE_S)


def _family(pid: int) -> list:
    found = [pid]
    for parent in found:
        for path in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += [int(child) for child in path.read_text().split()]
            except OSError:  # it ended while it was looked at
                continue
    return found


def _resident_mb(pid: int) -> tuple:
    """What a process holds now, and the most that it ever held."""
    return _megabytes(pid, "status", "VmRSS"), _megabytes(pid, "status", "VmHWM")


def _own_share_mb(pid: int) -> float:
    """What a process holds, its share of what it has in common with others: all of it, after a fork."""
    return _megabytes(pid, "smaps_rollup", "Pss")


def _megabytes(pid: int, file: str, name: str) -> float:
    try:
        found = re.search(rf"^{name}:\s+(\d+) kB", Path(f"/proc/{pid}/{file}").read_text(), re.MULTILINE)
    except OSError:  # it has ended
        return 0.0
    return int(found[1]) / 1024 if found else 0.0
