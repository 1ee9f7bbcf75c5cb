"""What a map does not depend on: memory and hence tiles, threads, processes, and where the image is cropped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from osgeo import gdal

from obic_plugin import dependencies
from obic_plugin.engine.params import specs

from .brief import as_shipped
from .child import in_child
from .content import content, difference
from .odd import Skipped
from .rasters import NORTH_UP
from .recipes import Kitchen, set_up, write_goods
from .runs import METHOD, execute, outputs_of

SIZE = 560, 600  # four tiles of 512 px
CROPPED_SIZE = 1060, 1100
MEMORY_MB = (256, 4000)
MARGIN_PX = 300  # what lies farther inside of a crop does not know of it
BUSY = {"cpu_s": 400, "memory_mb": 8000}
ROOT = Path(__file__).resolve().parents[2]


class Law(NamedTuple):
    """A law on one method."""

    number: int
    method: str
    law: str


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Each law on each method that it concerns, once."""
    found = [(name, law) for name in kitchen.recipes for law in LAWS if _concerns(name, law)]
    Random(seed).shuffle(found)
    for number, (name, law) in enumerate(found):
        yield Law(number, name, law)


def _concerns(name: str, law: str) -> bool:
    declared = {spec.name: spec for spec in specs(METHOD[name].params)}
    if "minutes" in declared:  # what it learns in that time depends on the computer
        return False
    needed = {"memory": {"memory_mb"}, "threads": set(), "processes": {"memory_mb", "input", "output"}}
    needed["crop"] = {"extent", "model", "scaling"}  # where nothing but place could change the labels
    if law == "crop" and "classes" in declared:  # which are found, or numbered, by what the image holds
        return False
    return needed[law] <= set(declared)


COUNT = len(METHOD) * 3 + 1


def attempt(law: Law, kitchen: Kitchen, seed: int) -> tuple:
    """Run it in two ways and compare all that comes out."""
    folder = Path(tempfile.mkdtemp(prefix="law-"))
    try:
        settings = _settings(law, kitchen, folder)
        wrong = LAWS[law.law](law.method, settings, folder)
        return f"{law.method}: {law.law}", wrong, "compared"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _settings(law: Law, kitchen: Kitchen, folder: Path) -> dict:
    """The plainest recipe on a large image, with a raster of confidence where there is one."""
    settings = set_up(kitchen.recipes[law.method][0], kitchen, folder, old=False)
    write_goods(folder, CROPPED_SIZE if law.law == "crop" else SIZE)
    if "output_confidence" in {spec.name for spec in specs(METHOD[law.method].params)}:
        settings["output_confidence"] = str(folder / "out" / "confidence.tif")
    return settings


def _into(settings: dict, name: str, folder: Path, label: str) -> dict:
    """The same settings with outputs of their own."""
    (folder / label).mkdir(exist_ok=True)
    paths = {
        spec.name: str(folder / label / Path(path).name) for spec, path in outputs_of(name, settings).items()
    }
    return {**settings, **paths}


def _made(name: str, settings: dict, n_threads: int = 1) -> dict:
    def work() -> dict:
        import torch

        torch.set_num_threads(n_threads)
        outcome = execute(name, settings)
        if outcome.kind != "done":
            return {"refused": outcome.text}
        return {spec.name: content(spec, path) for spec, path in outputs_of(name, settings).items()}

    ending = in_child(work, **BUSY)
    return {"fault": ending.fault} if ending.fault else ending.value


def _compared(name: str, first: dict, second: dict) -> str:
    for found in (first, second):
        if "fault" in found or "refused" in found:
            return f"no result: {found.get('fault') or found['refused']}"
    return difference(first, second)


def _memory(name: str, settings: dict, folder: Path) -> str:
    ways = [_made(name, {**_into(settings, name, folder, f"{mb}"), "memory_mb": mb}) for mb in MEMORY_MB]
    refused = ways[0].get("refused", "")
    return "" if refused and "MB" in refused and "refused" not in ways[1] else _compared(name, *ways)


def _threads(name: str, settings: dict, folder: Path) -> str:
    return _compared(name, *[_made(name, _into(settings, name, folder, f"{n}"), n) for n in (1, 3)])


def _processes(name: str, settings: dict, folder: Path) -> str:
    """With several tiles, where the method can do with that little memory."""
    alone, shared = (
        _into({**settings, "memory_mb": MEMORY_MB[0]}, name, folder, label) for label in ("alone", "shared")
    )
    with as_shipped():
        first = _made(name, alone)
        if "MB" in first.get("refused", ""):
            alone["memory_mb"] = shared["memory_mb"] = MEMORY_MB[1]
            first = _made(name, alone)
    command = [sys.executable, "-m", "obic_plugin.engine", "--processes=2", name, *_arguments(name, shared)]
    paths = os.pathsep.join([str(ROOT), str(dependencies.packages_folder())])
    found = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths},
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        return f"two processes fail: {found.stderr.strip()[-300:]}"
    second = {spec.name: content(spec, path) for spec, path in outputs_of(name, shared).items()}
    return _compared(name, first, second)


def _arguments(name: str, settings: dict) -> list:
    """Settings as words of the command line."""
    found = [settings["input"], settings["output"]]
    for key, value in settings.items():
        if key not in ("input", "output"):
            found += [f"--{key.replace('_', '-')}", str(value)]
    return found


def _crop(name: str, settings: dict, folder: Path) -> str:
    """Labels of a model that scales by itself, inside of a crop, are those of the whole image."""
    row, col = 128, 96
    x0, dx, _, y0, _, dy = NORTH_UP
    height, width = CROPPED_SIZE
    extent = [x0 + dx * col, y0 + dy * height, x0 + dx * width, y0 + dy * row]
    settings = {**settings, "scaling": "model"}
    if not settings.get("output"):
        raise Skipped(f"{name} has no map")
    whole = _into(settings, name, folder, "whole")
    crop = {**_into(settings, name, folder, "crop"), "extent": extent}
    for way in (whole, crop):
        found = _made(name, way)
        if "fault" in found or "refused" in found:
            return f"no result: {found}"
    inside = slice(row + MARGIN_PX, None), slice(col + MARGIN_PX, None)
    labels = [gdal.Open(way["output"]).ReadAsArray()[inside] for way in (whole, crop)]
    n_other = int(np.count_nonzero(labels[0] != labels[1]))
    return f"{n_other} of {labels[0].size} px differ" if n_other else ""


LAWS: dict[str, Callable] = {"memory": _memory, "threads": _threads, "processes": _processes, "crop": _crop}
