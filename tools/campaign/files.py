"""Odd model files and tables."""

from __future__ import annotations

import json
import math
import struct
from collections.abc import Callable
from pathlib import Path
from random import Random

import numpy as np

from .damage import DAMAGES
from .odd import Odd, Place
from .paths import PATHS

VALUES = (
    None,
    math.nan,
    math.inf,
    -1,
    0,
    1,
    1.5,
    10**12,
    10**400,
    "",
    "x",
    "x" * 10_000,
    [],
    {},
    [[]],
    True,
    [None],
)


def damaged(name: str, damage: Callable) -> Odd:
    def make(place: Place) -> str:
        path = place.copy("odd" + Path(place.good).suffix)
        damage(path, place.random)
        return path

    return Odd(f"{name} file", make, varied=True)


def written(name: str, content: bytes, ending: str) -> Odd:
    def make(place: Place) -> str:
        Path(place.new(f"odd{ending}")).write_bytes(content)
        return place.new(f"odd{ending}")

    return Odd(name, make)


def read_model(path: str) -> tuple:
    """(header, {name: array}) of a safetensors file."""
    from safetensors.numpy import load_file

    content = Path(path).read_bytes()
    size = struct.unpack("<Q", content[:8])[0]
    return json.loads(content[8 : 8 + size])["__metadata__"], load_file(path)


def write_model(path: str, header: dict, weights: dict) -> str:
    from safetensors.numpy import save_file

    save_file(weights, path, header)
    return path


def _places_in(tree, path=()) -> list:
    """The paths of all that lies in nested lists and objects."""
    keys = tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ()
    return [path] * bool(path) + [found for key in keys for found in _places_in(tree[key], (*path, key))]


def change_header(header: dict, random: Random) -> None:
    """One value somewhere in the header, also in the JSON that a text of it is, is another, or gone, or double."""
    name = random.choice([name for name in header if header[name][:1] in "{["] or list(header))
    if random.random() < 0.1 or header[name][:1] not in "{[":
        header[name] = random.choice(("", "x", "null", "[" * 5000, "{}", '{"a":' * 5000, "1e999"))
        return
    tree = json.loads(header[name])
    for _ in range(random.choice((1, 1, 1, 3))):
        *parents, last = random.choice(_places_in(tree))
        branch = tree
        for key in parents:
            branch = branch[key] if _has(branch, key) else None
        if not _has(branch, last):
            continue
        if random.random() < 0.15:
            del branch[last]
        elif isinstance(branch[last], list) and random.random() < 0.4:
            branch[last] = branch[last] * 2 if random.random() < 0.5 else branch[last][:-1]
        else:
            branch[last] = random.choice(VALUES)
    header[name] = json.dumps(tree)


def _has(branch, key) -> bool:
    return (
        key in branch
        if isinstance(branch, dict)
        else isinstance(branch, list) and -1 < _number(key) < len(branch)
    )


def _number(key) -> int:
    return key if isinstance(key, int) else -1


def change_weights(weights: dict, random: Random) -> None:
    """One tensor is gone, of another shape or type, or holds what is no number."""
    name = random.choice(sorted(weights))
    changes = (
        lambda w: np.full_like(w, math.nan),
        lambda w: np.where(np.random.default_rng(0).random(w.shape) < 0.1, math.inf, w).astype(w.dtype),
        lambda w: w * 1e30,
        np.zeros_like,
        lambda w: w[..., None],
        lambda w: np.atleast_1d(w)[:0],
        lambda w: np.concatenate([w, w]) if w.ndim else w,
        lambda w: w.astype(np.float64),
        lambda w: w.astype(np.int8),
        lambda w: w.astype(np.float16),
        lambda w: None,
    )
    changed = random.choice(changes)(weights.pop(name))
    if changed is not None:
        weights[name if random.random() < 0.9 else f"{name}.other"] = np.ascontiguousarray(changed)


def remade(name: str, change: Callable) -> Odd:
    """The good model after ``change(header, weights, random)``."""

    def make(place: Place) -> str:
        header, weights = read_model(place.good)
        change(header, weights, place.random)
        return write_model(place.new("odd.safetensors"), header, weights)

    return Odd(name, make, varied=True)


def _huge_header(place: Place) -> str:
    Path(place.new("odd.safetensors")).write_bytes(struct.pack("<Q", 10**12) + b"{}")
    return place.new("odd.safetensors")


def models() -> list:
    """Models with other headers and weights."""
    headers = [
        remade(f"model with another header, {n}", lambda header, _, random: change_header(header, random))
        for n in range(30)
    ]
    weights = [
        remade(f"model with other weights, {n}", lambda _, weights, random: change_weights(weights, random))
        for n in range(12)
    ]
    return [*headers, *weights, Odd("a header of 10^12 bytes", _huge_header)]


TABLES = {
    "empty table": b"",
    "headings only": b"value,new value,name,color\n",
    "no headings": b"1,2,a,#ff0000\n",
    "table with a mark": "\ufeffvalue,new value,name,color\n1,2,Wäld,#00ff00\n".encode(),
    "table in UTF-16": "value,new value,name,color\n1,2,a,\n".encode("utf-16"),
    "table in Latin-1": "value,name\n1,Wäld\n".encode("latin-1"),
    "table with semicolons": b"value;new value;name;color\n1;2;a;#ff0000\n",
    "cell of 200 000 characters": b"value,name\n1," + b"x" * 200_000 + b"\n",
    "open quote": b'value,name\n1,"x\n2,y\n',
    "NUL": b"value,name\n1,a\0b\n",
    "values that are none": b"value,new value\nnan,1\ninf,2\n1e400,3\n-1,4\n",
    "values beyond": b"value,new value\n1,99999999999999999999\n",
    "range without end": b"value,new value\n1-99999999999999,2\n",
    "many ranges": b"value,new value\n" + b"1;2;3-5,2\n" * 30_000,
    "formulas": b"value,name\n1,=cmd|'/c calc'!A0\n2,@x\n",
    "short rows": b"value,new value,name\n1\n2,3\n1,2,3,4,5\n",
    "headings twice": b"value,value,name\n1,2,a\n",
    "colors that are none": b"value,color\n1,#ggg\n2,rgb(1,2)\n3,\n",
    "names twice": b"value,name\n1,a\n2,a\n1,b\n",
}


def files(spec) -> list:
    """Every odd file of the parameter's kind: models, tables, or whatever else by damage."""
    odd = [damaged(name, damage) for name, damage in DAMAGES.items()]
    if spec.extension == "safetensors":
        odd += models()
    if spec.extension == "csv":
        odd += [written(name, content, ".csv") for name, content in TABLES.items()]
    return [*odd, *PATHS]
