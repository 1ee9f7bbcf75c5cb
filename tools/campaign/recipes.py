"""For each method settings with which it works, found by trying: a new one needs nothing but its declaration."""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from osgeo import gdal

from obic_plugin.engine.params import specs

from .child import each
from .rasters import NORTH_UP, crs
from .runs import METHOD, execute
from .vectors import USUAL, boxes, layer

QUICK = {
    "effort": "draft",
    "iterations": 3,
    "channels": 8,
    "device": "cpu",
}  # where a method has such a setting
SIZE = 56, 64
ROOT = Path(__file__).resolve().parents[2]
MOST_TRIALS = 60
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
        """First those that make files which others read."""
        first = [name for name in names if _n_files_made(name)]
        for some in (first, [name for name in names if name not in first]):
            for name, ending in each(self._found, some, **SLOW):
                if ending.fault:
                    self.lacking.append(f"{name}: {ending.fault} {ending.stderr[-300:]}")
                    continue
                recipes, lacking, made = ending.value
                self.recipes.update({name: recipes} if recipes else {})
                self.lacking += lacking
                for extension, path in made.items():
                    self.goods.setdefault(("file", extension), path)

    def _found(self, name: str) -> tuple:
        """The recipes of a method, what is lacking for more, and the files it makes by their extension."""
        plain, last = None, None
        for settings in itertools.islice(self._candidates(name), MOST_TRIALS):
            plain, last = self._tried(name, settings)
            if plain:
                break
        if not plain:
            return [], [f"{name}: no settings are known with which it works ({last})"], {}
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
        return [*recipes, full], lacking, self._made(full)

    def _candidates(self, name: str) -> Iterator:
        """Settings that might work: required inputs in every combination, then with each optional one."""
        declared = specs(METHOD[name].params)
        required = [spec for spec in declared if spec.required and not spec.is_output]
        optional = [spec for spec in declared if not spec.required and _kind(spec) in self.goods]
        always = {spec.name: QUICK[spec.name] for spec in declared if spec.name in QUICK}
        always.update({s.name: _place_of(s) for s in declared if s.is_output and s.required})
        for extra in (None, *optional):
            wanted = [*required, extra] if extra else required
            for values in itertools.product(*(self._goods_of(spec) for spec in wanted)):
                settings = {**always, **{spec.name: value for spec, value in zip(wanted, values)}}
                yield self._with_fields(declared, settings)
        if not any(spec.is_output and spec.required for spec in declared):
            return

    def _with(self, plain: Recipe, spec, values: list) -> tuple:
        """The recipe with one of these values of one more parameter, if need be with another choice somewhere; or
        why it is refused."""
        declared, why = specs(METHOD[plain.method].params), ""
        changes = [{}] + [{s.name: value} for s in declared for value in s.choices or ()]
        for change in changes:
            for value in values:
                settings = self._with_fields(declared, {**plain.settings, **change, spec.name: value})
                found, why = self._tried(plain.method, settings)
                if found:
                    return found, ""
        return None, why

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

    def _made(self, recipe: Recipe) -> dict:
        """{extension: [name]} of the files that a recipe makes, kept among the inputs."""
        made = {}
        self._tried(
            recipe.method, recipe.settings
        )  # what lies there is of the last trial, of whichever recipe
        for spec in specs(METHOD[recipe.method].params):
            if spec.kind == "output_file" and recipe.settings.get(spec.name):
                name = f"in/{recipe.method}.{spec.extension}"
                shutil.copy(
                    self.folder / "tried" / recipe.method / recipe.settings[spec.name], self.folder / name
                )
                made[spec.extension] = [name]
        return made


def _place_of(spec) -> str:
    """Where a recipe writes an output."""
    return f"out/{spec.name}.{spec.extension}".rstrip(".")


def _n_files_made(name: str) -> int:
    return sum(
        spec.kind == "output_file" and spec.extension == "safetensors" for spec in specs(METHOD[name].params)
    )


def _kind(spec) -> tuple:
    """What good values are looked up by."""
    same = {"layer": "raster", "layers": "raster", "rasters": "raster"}
    return (same.get(spec.kind, spec.kind), spec.extension if spec.kind == "file" else "")


def write_goods(folder: Path, size: tuple = SIZE) -> dict:
    """Good inputs in ``folder/in``, in place of those there; {(kind, extension): [names]}."""
    (folder / "in").mkdir(parents=True, exist_ok=True)
    (folder / "in/places.gpkg").unlink(missing_ok=True)
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
    layer(str(folder / "in/places.gpkg"), boxes(), USUAL)
    Path(folder / "in/legend.csv").write_text("value,new value,name,color\n1,5,Wood,#00ff00\n2;3,6,Field,\n")
    return {
        ("raster", ""): ["in/image.tif", "in/map.tif", "in/objects.tif"],
        ("polygons", ""): ["in/places.gpkg"],
        ("file", "csv"): ["in/legend.csv"],
    }


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
