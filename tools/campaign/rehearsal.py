"""A run that nothing disturbs, to know how long it takes and what it changes."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
from osgeo import gdal

from .child import in_child
from .judge import snapshot
from .rasters import Picture
from .recipes import Kitchen, Recipe, set_up
from .runs import execute

CHANGES = {
    "os.rename",
    "os.remove",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.truncate",
    "os.chmod",
}
WRITES = os.O_WRONLY | os.O_RDWR


class Rehearsal(NamedTuple):
    """How a run went: seconds, and how many steps that change the user's folder it took."""

    seconds: float
    n_steps: int


def on_each_step(folder: str, step: Callable) -> None:
    """Call ``step()`` before each change that Python makes to files within a folder, until the process ends."""

    def hook(event: str, arguments: tuple) -> None:
        if event == "open":
            path, _, flags = arguments
            changes = isinstance(flags, int) and bool(flags & WRITES)
        else:
            path, changes = arguments[0] if arguments else "", event in CHANGES
        if changes and isinstance(path, (str, bytes, os.PathLike)) and os.fsdecode(path).startswith(folder):
            step()

    sys.addaudithook(hook)


def other_inputs(folder: Path) -> None:
    """Turn every raster among the inputs around and take a feature out of every layer, so that a run on them makes
    other outputs."""
    for path in sorted((folder / "in").glob("*.tif")):
        picture = Picture.of(str(path))
        picture.values = np.ascontiguousarray(picture.values[:, ::-1, ::-1])
        picture.values[:, :9, :11] = picture.values[:, -1:, -1:]
        picture.save(str(path))
    for path in sorted((folder / "in").glob("*.gpkg")):
        dataset = gdal.OpenEx(str(path), gdal.OF_VECTOR | gdal.OF_UPDATE)
        layer = dataset.GetLayer(0)
        layer.DeleteFeature(layer.GetFeatureCount())
        del layer, dataset


def rehearse(recipe: Recipe, kitchen: Kitchen) -> Rehearsal:
    """Run a recipe over its own old outputs, in a child."""
    folder = Path(tempfile.mkdtemp(prefix="rehearsal-"))

    def work() -> tuple:
        settings = set_up(recipe, kitchen, folder, old=True)
        other_inputs(folder)
        steps = []
        on_each_step(str(folder), lambda: steps.append(1))
        start = time.monotonic()
        outcome = execute(recipe.method, settings)
        return outcome, time.monotonic() - start, len(steps)

    try:
        ending = in_child(work)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if ending.fault:
        return Rehearsal(1.0, 0)  # whoever disturbs it will see the same
    return Rehearsal(*ending.value[1:])


def inputs_of(folder: Path) -> dict:
    """`snapshot` of the inputs alone."""
    return snapshot(str(folder / "in"))
