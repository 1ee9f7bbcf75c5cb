"""Full disks: every output in every format that it can have, on a disk with too little room."""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from obic_plugin.engine.params import specs

from .child import in_child
from .judge import harmed, not_whole, snapshot, unclear
from .odd import Skipped
from .recipes import Kitchen, set_up
from .rehearsal import other_inputs
from .runs import METHOD, execute, outputs_of

COUNT = 60
DISK_MB = 64
CLONE_NEWNS = 0x20000
ENDINGS = {
    "output_raster": (".tif", ".png", ".img", ".jp2", ".gpkg", ".nc", ".vrt", ".asc", ".bmp"),
    "output_vector": (".gpkg", ".shp", ".geojson", ".json", ".fgb", ".sqlite", ".gml", ".csv", ".kml"),
}


class Disk(NamedTuple):
    """A run whose output ``parameter`` has this ending, where there is room for a ``share`` of what it writes."""

    number: int
    method: str
    parameter: str
    ending: str
    share: float


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Each ending first of one method, then of the others; outputs that cannot have it are not counted."""
    random = Random(seed)
    found = [
        (name, spec, ending)
        for name in kitchen.recipes
        for spec in specs(METHOD[name].params)
        if spec.is_output and spec.name in kitchen.recipes[name][-1].settings
        for ending in _endings(spec, kitchen)
    ]
    number = 0
    while found:
        random.shuffle(found)
        seen, first, later = set(), [], []
        for item in found:
            key = item[1].kind, item[2]
            (later if key in seen else first).append(item)
            seen.add(key)
        for name, spec, ending in first + later:
            yield Disk(number, name, spec.name, ending, random.choice((0.0, *[random.uniform(0, 1)] * 4)))
            number += 1


def _endings(spec, kitchen: Kitchen) -> list:
    """The endings that outputs of this kind can have, by trying."""
    if spec.kind not in ENDINGS:
        return [f".{spec.extension}".rstrip(".")]
    known = kitchen.endings
    if spec.kind not in known:
        name, parameter = _cheapest(spec.kind, kitchen)
        known[spec.kind] = [e for e in ENDINGS[spec.kind] if _works(name, parameter, e, kitchen)]
    return known[spec.kind]


def _cheapest(kind: str, kitchen: Kitchen) -> tuple:
    """The method with the fewest parameters that must write such an output, and its parameter."""
    found = [
        (len(specs(METHOD[name].params)), name, spec.name)
        for name in kitchen.recipes
        for spec in specs(METHOD[name].params)
        if spec.kind == kind and spec.required
    ]
    return min(found)[1:]


def _works(name: str, parameter: str, ending: str, kitchen: Kitchen) -> bool:
    with _folder(kitchen) as folder:
        settings = set_up(kitchen.recipes[name][0], kitchen, folder, old=False)
        settings[parameter] = str(folder / "out" / f"{parameter}{ending}")
        found = in_child(lambda: execute(name, settings))
        return not found.fault and found.value.kind == "done"


def attempt(disk: Disk, kitchen: Kitchen, seed: int) -> tuple:
    """A sentence and the old files as they were, or else whole outputs."""
    what = f"{disk.method} {disk.parameter}{disk.ending} with room for {disk.share:.0%}"
    with _folder(kitchen) as folder:
        settings = set_up(kitchen.recipes[disk.method][-1], kitchen, folder, old=False)
        settings[disk.parameter] = str(folder / "out" / f"{disk.parameter}{disk.ending}")
        with _small_disk(folder / "out") as fill:
            first = in_child(lambda: execute(disk.method, settings))
            if first.fault or first.value.kind != "done":
                raise Skipped(f"{disk.method} does not work undisturbed: {first.fault or first.value.text}")
            other_inputs(folder)
            limit = fill(disk.share)
            before = snapshot(str(folder))

            def work():
                if limit:
                    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                return execute(disk.method, settings)

            ending = in_child(work)
            after = snapshot(str(folder))
            return (
                what,
                _wrong(disk, settings, ending, before, after, folder),
                ending.fault or ending.value.kind,
            )


def _wrong(disk: Disk, settings: dict, ending, before: dict, after: dict, folder: Path) -> str:
    if ending.fault or ending.value.kind == "traceback":
        return ending.fault or ending.value.text.strip().splitlines()[-1]
    outputs = outputs_of(disk.method, settings)
    if ending.value.kind == "done":
        return "; ".join(filter(None, (not_whole(spec, path) for spec, path in outputs.items())))
    said = unclear(ending.value.text, [str(folder)])
    return "; ".join(filter(None, [said and f"{said} [{ending.value.text}]", harmed(before, after, [])]))


@contextmanager
def _folder(kitchen: Kitchen):
    folder = Path(tempfile.mkdtemp(prefix="disk-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _small_disk(folder: Path):
    """A disk of its own at ``folder`` where we may make one; yields ``fill(share)``.

    It leaves room for that share of what lies there, and returns 0; or, without such a disk, it returns the most
    bytes that a file may have, which comes to the same.
    """
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m", "tmpfs", str(folder)]
    mounted = _may_mount() and not subprocess.run(mount, capture_output=True, check=False).returncode

    def fill(share: float) -> int:
        sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
        if not mounted:
            return max(1, int(share * max(sizes)))
        room = os.statvfs(folder)
        left = room.f_bavail * room.f_frsize - int(share * sum(sizes))
        (folder / "filler").write_bytes(bytes(max(0, left)))
        return 0

    try:
        yield fill
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)  # noqa: S607


def _may_mount() -> bool:
    """Whether disks can be mounted that only this process sees, so that they are gone with it however it ends."""
    private = ["mount", "--make-rprivate", "/"]
    if not shutil.which("mount") or ctypes.CDLL(None).unshare(CLONE_NEWNS):
        return False
    return not subprocess.run(private, capture_output=True, check=False).returncode
