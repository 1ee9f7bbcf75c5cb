"""Bad and odd inputs over every algorithm, dealt from the declarations."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

from obic_plugin.engine.params import specs
from obic_plugin.engine.values import SHOWN

from . import files, outputs, rasters, values, vectors
from .child import here
from .judge import snapshot, verdict
from .odd import Place
from .recipes import Kitchen, set_up
from .runs import METHOD, StopAfter, execute

COUNT = 1200
PATIENCE_S, LONG_S = 25.0, 4.0  # of the processor; then the run is cancelled, sooner where it may take long
ODDITIES: dict[str, Callable] = {
    "raster": rasters.rasters,
    "rasters": rasters.rasters,
    "layers": lambda spec: [*rasters.rasters(spec), *vectors.vectors(spec)],
    "layer": lambda spec: [*rasters.rasters(spec), *vectors.vectors(spec)],
    "polygons": vectors.vectors,
    "file": files.files,
    "integer": values.numbers,
    "number": values.numbers,
    "choice": values.choices,
    "text": values.texts,
    "flag": values.flags,
    "bands": values.bands,
    "band_numbers": values.bands,
    "extent": values.extents,
    "matrix": values.tables,
    "field": values.fields,
    **dict.fromkeys(SHOWN, lambda spec: []),
    "output_raster": outputs.outputs,
    "output_vector": outputs.outputs,
    "output_file": outputs.outputs,
    "output_folder": outputs.outputs,
}
TURNS = {
    "raster": 8,
    "rasters": 8,
    "layer": 8,
    "layers": 8,
    "polygons": 6,
    "file": 8,
}  # how often a parameter comes; others once, outputs thrice


class Case(NamedTuple):
    """One parameter of a method that is given something odd; ``number`` also fixes all chance in it."""

    number: int
    method: str
    parameter: str
    odd: int

    def oddity(self):
        spec = next(spec for spec in specs(METHOD[self.method].params) if spec.name == self.parameter)
        return ODDITIES[spec.kind](spec)[self.odd]


def plan(kitchen: Kitchen, seed: int) -> Iterator:
    """Cases without end: every parameter of all methods in turn, in an order by chance, each time with something that
    it has not yet had."""
    random = Random(seed)
    decks = {}
    for name in METHOD:
        if name not in kitchen.recipes:
            continue
        for spec in specs(METHOD[name].params):
            found = ODDITIES[spec.kind](spec)
            order = random.sample(range(len(found)), len(found))
            repeated = [index for index in order if found[index].varied]
            if order:
                decks[name, spec.name] = _turns(spec), order, repeated
    number, left = 0, {key: list(order) for key, (_, order, _) in decks.items()}
    shuffled = random.sample(list(decks.items()), len(decks))
    while True:
        for (name, parameter), (turns, order, repeated) in shuffled:
            for _ in range(turns):
                if not left[name, parameter]:
                    left[name, parameter] = list(repeated or order)
                yield Case(number, name, parameter, left[name, parameter].pop())
                number += 1


def _turns(spec) -> int:
    return 3 if spec.is_output else TURNS.get(spec.kind, 1)


def attempt(case: Case, kitchen: Kitchen, seed: int) -> tuple:
    """(what was tried, what is wrong with it or '', how it ended) of one case, in a folder of its own."""
    random = Random(f"{seed} {case.number}")
    odd = case.oddity()
    folder = Path(tempfile.mkdtemp(prefix="case-"))
    try:
        recipes = kitchen.recipes[case.method]
        fitting = [recipe for recipe in recipes if case.parameter in recipe.settings]
        recipe = random.choice(fitting or recipes)
        settings = set_up(recipe, kitchen, folder, old=random.random() < 0.5)
        os.chdir(folder / "out")
        place = Place(folder / "in", folder / "out", case.parameter, settings, random)
        if place.good is None:
            settings[case.parameter] = _stand_in(case, kitchen, folder)
        settings[case.parameter] = odd.make(place)
        what = f"{case.method} {case.parameter}: {odd.name}"
        wrong, how = _judged(case, settings, folder, place, odd.long)
        return what, wrong, how
    finally:
        os.chdir("/")
        shutil.rmtree(folder, ignore_errors=True)


def _stand_in(case: Case, kitchen: Kitchen, folder: Path):
    """A good value for a parameter that the recipe does without."""
    spec = next(spec for spec in specs(METHOD[case.method].params) if spec.name == case.parameter)
    if spec.is_output:
        return str(folder / "out" / f"{spec.name}.{spec.extension}".rstrip("."))
    goods = {
        "raster": "in/map.tif",
        "rasters": "in/map.tif",
        "layer": "in/map.tif",
        "layers": "in/map.tif",
        "polygons": "in/places.gpkg",
        "file": "in/legend.csv",
    }
    return str(folder / goods[spec.kind]) if spec.kind in goods else None


def _judged(case: Case, settings: dict, folder: Path, place: Place, long: bool) -> tuple:
    before = snapshot(str(folder))
    targets = _targets(case.method, settings)
    patience_s = LONG_S if long else PATIENCE_S
    ending = here(lambda: execute(case.method, settings, StopAfter(patience_s)))
    after = snapshot(str(folder))
    wrong = verdict(case.method, settings, ending, before, after, str(folder), targets)
    kind = ending.value.kind
    if long and kind == "refused" and "ut of memory" in ending.value.text:
        wrong = ""  # a setting may be allowed though not every computer can do it
    if kind == "stopped" and not long:
        wrong = wrong or f"it had to be stopped after {PATIENCE_S:g} s of work"
    lost = [check() for check in place.checks]
    return "; ".join(filter(None, [wrong, *lost])), kind


def _targets(name: str, settings: dict) -> list:
    """The paths that a run may write to, links followed."""
    paths = [settings.get(spec.name) for spec in specs(METHOD[name].params) if spec.is_output]
    paths = [os.path.abspath(path) for path in paths if isinstance(path, str) and path and "\0" not in path]
    return [*paths, *map(os.path.realpath, paths)]
