"""For each method settings with which it works, found by trying: a new one needs nothing but its declaration."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import pickle
import shutil
from pathlib import Path
from typing import NamedTuple

import numpy as np
from osgeo import gdal, ogr

from obic_plugin.engine.params import specs

from .child import each
from .rasters import NORTH_UP, crs
from .runs import METHOD, execute
from .vectors import USUAL, boxes, layer

QUICK = {
    "effort": "draft",
    "iterations": 3,
    "channels": 8,
    "steps": 4,
    "minutes": 0.02,
    "size": 4,
    "device": "cpu",
}  # where a method has such a setting
SIZE = 56, 64
ROOT = Path(__file__).resolve().parents[2]
MOST_TRIALS = 60
N_CHIPS = 5  # along each side of an image
SLOW = {"cpu_s": 600, "memory_mb": 4000}  # of those who try
COLORS = ((40, 60, 120, 90), (60, 130, 50, 200), (170, 150, 90, 120), (210, 205, 200, 60))


class Recipe(NamedTuple):
    """Settings that work, for a ``method``: values that are files are names within the `Kitchen`'s folder."""

    method: str
    settings: dict


class Kitchen:
    """A folder of good inputs, and what each method can make of them.

    ``recipes`` maps each method to a list: first the plainest settings that work, then one for each optional
    input, then the plainest ones with all the outputs that go together. ``lacking`` says for which parameters no
    good value is known.
    """

    def __init__(self, folder: Path, names: list | None = None):
        self.folder, self.recipes, self.lacking, self.endings = folder, {}, [], {}
        self.goods = write_goods(folder)
        self._prepare(names or list(METHOD))

    @classmethod
    def kept(cls, folder: Path) -> Kitchen:
        """The kitchen of the source as it is now, which lies in ``folder`` once it has been made."""
        sources = sorted([*ROOT.glob("obic_plugin/**/*.py"), *Path(__file__).parent.glob("*.py")])
        key = hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:16]
        found = folder / key / "kitchen.pickle"
        if found.exists():
            return pickle.loads(found.read_bytes())  # noqa: S301, our own
        shutil.rmtree(folder, ignore_errors=True)
        kitchen = cls(folder / key)
        if not kitchen.lacking:
            found.write_bytes(pickle.dumps(kitchen))
        return kitchen

    def _prepare(self, names: list) -> None:
        """First what makes the models that others read, then everything with all of them."""
        first = [name for name in names if _makes_models(name)]
        for _, ending in each(self._made_plainly, first, **SLOW):
            for extension, path in (ending.value or {}).items():
                self.goods.setdefault(("file", extension), []).append(path)
        for name, ending in each(self._found, names, **SLOW):
            if ending.fault:
                self.lacking.append(f"{name}: {ending.fault} {ending.stderr[-300:]}")
                continue
            recipes, lacking = ending.value
            self.recipes.update({name: recipes} if recipes else {})
            self.lacking += lacking
        self.recipes = {name: self.recipes[name] for name in names if name in self.recipes}

    def _made_plainly(self, name: str) -> dict:
        """{extension: name} of the models that a method makes, kept among the inputs."""
        plain, _ = self._plain(name)
        if plain is None:
            return {}
        full, made = self._with_outputs(plain), {}
        self._tried(name, full.settings)  # what lies there is of the last trial, of whichever recipe
        for spec in specs(METHOD[name].params):
            if _is_model(spec) and full.settings.get(spec.name):
                made[spec.extension] = f"in/{name}.{spec.extension}"
                shutil.copy(
                    self.folder / "tried" / name / full.settings[spec.name],
                    self.folder / made[spec.extension],
                )
        return made

    def _found(self, name: str) -> tuple:
        """The recipes of a method, and what is lacking for more."""
        plain, last = self._plain(name)
        if plain is None:
            return [], [f"{name}: no settings are known with which it works ({last})"]
        recipes, lacking = [plain], []
        for spec in specs(METHOD[name].params):
            if not spec.is_output and _kind(spec) in self.goods and spec.name not in plain.settings:
                richer, why = self._with(plain, spec, self._goods_of(spec))
                recipes += [richer] if richer else []
                lacking += [] if richer else [f"{name}: no good {spec.name} is known ({why})"]
        full = self._with_outputs(plain)
        for spec in specs(METHOD[name].params):
            if spec.is_output and spec.name not in full.settings:
                richer, why = self._with(plain, spec, [_place_of(spec)])
                recipes += [richer] if richer else []
                lacking += [] if richer else [f"{name}: {spec.name} is never written ({why})"]
        self._tried(name, full.settings)  # its outputs are the old ones of later runs
        return [*recipes, full], lacking

    def _plain(self, name: str) -> tuple:
        """The first recipe that works, or None, and what was said last: required inputs in every combination, and
        what a refusal says is missing."""
        declared = specs(METHOD[name].params)
        required = [spec for spec in declared if spec.required and not spec.is_output]
        always = {spec.name: _quick(spec) for spec in declared if spec.name in QUICK}
        always.update({s.name: _place_of(s) for s in declared if s.is_output and s.required})
        waiting = [
            {**always, **{spec.name: value for spec, value in zip(required, values)}}
            for values in itertools.product(*map(self._goods_of, required))
        ]
        return self._first(name, waiting)

    def _first(self, name: str, waiting: list) -> tuple:
        """The first recipe that works among these settings and those with what a refusal says is missing; or None,
        and what was said last."""
        declared, waiting, said = specs(METHOD[name].params), list(waiting), ""
        for _ in range(MOST_TRIALS):
            if not waiting:
                break
            settings = self._with_fields(declared, waiting.pop(0))
            found, said = self._tried(name, settings)
            if found:
                return found, ""
            missing = [
                s for s in declared if s.label in said and s.name not in settings and self._goods_of(s)
            ]
            for spec in missing[:1]:
                waiting[:0] = [{**settings, spec.name: value} for value in self._goods_of(spec)]
        return None, said

    def _with(self, plain: Recipe, spec, values: list) -> tuple:
        """The recipe with one of these values of one more parameter, if need be with another choice somewhere; or
        why it is refused."""
        choices = [{s.name: value} for s in specs(METHOD[plain.method].params) for value in s.choices or ()]
        settings = [{**plain.settings, **c, spec.name: value} for c in ({}, *choices) for value in values]
        return self._first(plain.method, settings)

    def _with_outputs(self, plain: Recipe) -> Recipe:
        """The recipe with as many of the optional outputs as go together."""
        extra = {
            spec.name: _place_of(spec)
            for spec in specs(METHOD[plain.method].params)
            if spec.is_output and spec.name not in plain.settings
        }
        found, _ = self._tried(plain.method, {**plain.settings, **extra})
        if found:
            return found
        best = plain
        for name, path in extra.items():
            found, _ = self._tried(plain.method, {**best.settings, name: path})
            best = found or best
        return best

    def _with_fields(self, declared: list, settings: dict) -> dict:
        """Fields where their layer is one of vectors."""
        fields = {
            spec.name: "class"
            for spec in declared
            if spec.kind == "field" and str(settings.get(spec.parent, "")).endswith(".gpkg")
        }
        return {**settings, **fields}

    def _tried(self, name: str, settings: dict) -> tuple:
        """A `Recipe` if the method works with these settings, and what it says."""
        folder = self.folder / "tried" / name
        shutil.rmtree(folder, ignore_errors=True)
        placed = self.placed(settings, self.folder, folder)
        (folder / "out").mkdir(parents=True)
        outcome = execute(name, placed)
        return (Recipe(name, settings) if outcome.kind == "done" else None), outcome.text

    def placed(self, settings: dict, inputs: Path, outputs: Path) -> dict:
        """Settings whose files lie in these folders."""
        places = {"in/": inputs, "out/": outputs}
        return {
            name: str(places[value.partition("/")[0] + "/"] / value)
            if isinstance(value, str) and value.startswith(("in/", "out/"))
            else value
            for name, value in settings.items()
        }

    def _goods_of(self, spec) -> list:
        if spec.kind in ("layer", "layers"):
            return [*self.goods[("raster", "")], *self.goods[("polygons", "")]]
        return self.goods.get(_kind(spec), [])


def _place_of(spec) -> str:
    """Where a recipe writes an output."""
    return f"out/{spec.name}.{spec.extension}".rstrip(".")


def _quick(spec):
    """The value of `QUICK`, or the default where that is quicker, or the lowest where that is too low."""
    value = QUICK[spec.name]
    if isinstance(value, str):
        return value
    return max(spec.low, value if spec.default is None else min(value, spec.default))


def _is_model(spec) -> bool:
    return spec.kind == "output_file" and spec.extension == "safetensors"


def _makes_models(name: str) -> bool:
    return any(map(_is_model, specs(METHOD[name].params)))


def _kind(spec) -> tuple:
    """What good values are looked up by."""
    same = {"layer": "raster", "layers": "raster", "rasters": "raster"}
    return (same.get(spec.kind, spec.kind), spec.extension if spec.kind == "file" else "")


def write_goods(folder: Path, size: tuple = SIZE) -> dict:
    """Good inputs in ``folder/in``, in place of those there; {(kind, extension): [names]}."""
    (folder / "in").mkdir(parents=True, exist_ok=True)
    for name in ("places", "chips"):
        (folder / f"in/{name}.gpkg").unlink(missing_ok=True)
    height, width = size
    truth = np.zeros(size, np.uint8)
    truth[height // 2 :] += 2
    truth[:, width // 2 :] += 1
    noise = np.random.default_rng(0).normal(0, 6, (4, *size))
    image = np.clip(np.array(COLORS, float).T[:, truth] + noise, 0, 255).astype(np.uint8)
    blocks = (np.indices(size) // 8 * np.array([[[1]], [[width // 8 + 1]]])).sum(0).astype(np.int32) + 1
    _write(folder / "in/image.tif", image)
    _write(folder / "in/map.tif", truth[None] + 1, ("a wood", "a field", "a lake", "a town"))
    _write(folder / "in/objects.tif", blocks[None])
    _write(folder / "in/score.tif", (blocks[None] % 100 + 1).astype(np.uint8))
    layer(str(folder / "in/places.gpkg"), boxes(), USUAL)
    layer(str(folder / "in/chips.gpkg"), *_tagged(truth), fields={"class": ogr.OFTString})
    Path(folder / "in/legend.csv").write_text("value,new value,name,color\n1,5,Wood,#00ff00\n2;3,6,Field,\n")
    return {
        ("raster", ""): ["in/image.tif", "in/map.tif", "in/score.tif", "in/objects.tif"],
        ("polygons", ""): ["in/places.gpkg", "in/chips.gpkg"],
        ("file", "csv"): ["in/legend.csv"],
    }


def _tagged(truth: np.ndarray) -> tuple:
    """Shapes of chips side by side, and for each a row with the tags of what lies in it."""
    shapes, rows, (x0, dx, _, y0, _, dy) = [], [], NORTH_UP
    row_edges, col_edges = (np.linspace(0, n, N_CHIPS + 1).astype(int) for n in truth.shape)
    for top, bottom in itertools.pairwise(row_edges):
        for left, right in itertools.pairwise(col_edges):
            x, y = (x0 + dx * left, x0 + dx * right), (y0 + dy * top, y0 + dy * bottom)
            corners = [(x[i], y[j]) for i, j in ((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))]
            shapes.append(f"POLYGON(({','.join(f'{a} {b}' for a, b in corners)}))")
            rows.append((";".join(map(str, np.unique(truth[top:bottom, left:right] + 1))),))
    return shapes, rows


def _write(path: Path, values: np.ndarray, names: tuple = ()) -> None:
    kinds = {"uint8": gdal.GDT_Byte, "int32": gdal.GDT_Int32}
    n_bands, height, width = values.shape
    dataset = gdal.GetDriverByName("GTiff").Create(
        str(path), width, height, n_bands, kinds[values.dtype.name], ["TILED=YES"]
    )
    dataset.SetGeoTransform(NORTH_UP)
    dataset.SetProjection(crs(32632))
    dataset.WriteRaster(0, 0, width, height, values.tobytes())
    if names:
        table = gdal.ColorTable()
        for value, color in enumerate(COLORS, 1):
            table.SetColorEntry(value, (*color[:3], 255))
        dataset.GetRasterBand(1).SetColorTable(table)
        dataset.GetRasterBand(1).SetCategoryNames(["", *names])
    del dataset


def set_up(recipe: Recipe, kitchen: Kitchen, folder: Path, old: bool) -> dict:
    """The settings of a recipe with a copy of its inputs in ``folder/in``, and old outputs in ``folder/out``."""
    shutil.copytree(kitchen.folder / "in", folder / "in")
    made = kitchen.folder / "tried" / recipe.method / "out"
    if old and made.is_dir():
        shutil.copytree(made, folder / "out")
    else:
        os.makedirs(folder / "out")
    return kitchen.placed(json.loads(json.dumps(recipe.settings)), folder, folder)
