"""What the design forbids, read off the source. Each test lists the offenders as file: line: what."""

from __future__ import annotations

import ast
import collections
import functools
import re
import subprocess
import sys
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "obic_plugin"
FILES = sorted(PACKAGE.rglob("*.py"))
ENGINE = [path for path in FILES if path.is_relative_to(PACKAGE / "engine")]

# Modules and packages of the engine: imports go to a lower rank, or stay within a package.
RANKS = [
    ("errors", "lock", "memory", "outofmemory", "progress", "sheet", "stopwatch", "threads", "wording"),
    ("commit", "device", "environment", "loading", "page", "schema", "values", "workers"),
    ("params",),
    ("changeparams", "mapparams", "modelkind", "nets", "sources", "superpixelparams", "writing"),
    ("fileset",),
    ("staging",),
    ("raster",),
    (
        "classedits",
        "encoding",
        "figures",
        "knownclasses",
        "newlegend",
        "opening",
        "provenance",
        "samplescene",
        "superpixels",
        "tiling",
        "vector",
    ),
    ("accuracy", "clustering", "labelmap", "livemap", "mapseries", "outputs", "polygonize", "superpixelview"),
    ("scoretable", "training"),
    ("mapreport",),
    ("chips", "labelers", "method", "places", "production"),
    ("change", "companions", "modelfile", "preview", "processes"),
    ("job", "pretrainjob"),
    ("wholeimage",),
    ("methods",),
    ("__main__",),
]
RANK = {name: rank for rank, names in enumerate(RANKS) for name in names}
# With all outside engine/, what QGIS needs in order to list the algorithms.
LIGHT = (
    "values",
    "params",
    "mapparams",
    "superpixelparams",
    "changeparams",
    "method",
    "progress",
    "errors",
    "raster",
    "methods",
)
HEAVY = ("torch", "safetensors", "skimage", "scipy", "sklearn")
PICKLES = ("pickle", "cPickle", "marshal", "shelve", "dill")
FORBIDDEN_CALLS = ("eval", "exec", "compile", "__import__", "os.system", "os.popen", "torch.load")


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(path: Path, nodes) -> list[str]:
    """Full names of the modules that the import statements among ``nodes`` may load."""
    package = ["obic_plugin", *path.relative_to(PACKAGE).parent.parts]
    names = []
    for node in nodes:
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            base = [*base, *(node.module.split(".") if node.module else [])]
            names += [".".join([*base, alias.name]) for alias in node.names]
    return names


def run_at_import(module: ast.Module):
    """The statements that run when the module is imported: no function bodies, nothing for type checkers."""
    waiting = list(module.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
            continue
        yield node
        waiting += ast.iter_child_nodes(node)


def at(path: Path, what: object) -> str:
    return f"{path.relative_to(PACKAGE.parent).as_posix()}: {what}"


def top(name: str) -> str:
    return name.split(".")[0]


def test_engine_knows_nothing_of_qgis():
    offenders = []
    for path in ENGINE:
        for name in imported(path, ast.walk(tree(path))):
            outside = top(name) == "obic_plugin" and not name.startswith("obic_plugin.engine")
            shared = name.startswith(
                ("obic_plugin.resource", "obic_plugin.dependencies", "obic_plugin.upkeep")
            )
            if top(name) in ("qgis", "PyQt5", "PyQt6", "processing") or (outside and not shared):
                offenders.append(at(path, name))
    assert offenders == []


def test_listing_the_algorithms_needs_no_torch():
    offenders = []
    for path in FILES:
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] != "engine" or parts[1] in LIGHT:
            names = imported(path, run_at_import(tree(path)))
            offenders += [at(path, name) for name in names if top(name) in HEAVY]
    assert offenders == []


def unit(path: Path) -> str:
    """The module, or package, of the engine that a file is part of."""
    return path.relative_to(PACKAGE / "engine").with_suffix("").parts[0]


def imports_of(path: Path) -> list[str]:
    """All that a file of the engine imports, wherever, without what is for type checkers only."""
    skipped = {
        inner
        for node in ast.walk(tree(path))
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for part in node.body
        for inner in ast.walk(part)
    }
    return imported(path, [node for node in ast.walk(tree(path)) if node not in skipped])


def test_every_part_of_the_engine_has_a_rank():
    assert {unit(path) for path in ENGINE} - {"__init__"} == set(RANK)


def test_imports_point_one_way():
    offenders = []
    for path in ENGINE:
        for name in imports_of(path):
            parts = name.split(".")
            if parts[:2] != ["obic_plugin", "engine"] or parts[2] == unit(path) or unit(path) == "__init__":
                continue
            if RANK[parts[2]] >= RANK[unit(path)]:
                offenders.append(at(path, name))
    assert offenders == []


def test_no_modules_of_a_package_import_each_other():
    names = {".".join(["obic_plugin", *p.relative_to(PACKAGE).with_suffix("").parts]): p for p in ENGINE}
    links = {
        name: {
            each for found in imports_of(path) for each in (found, found.rpartition(".")[0]) if each in names
        }
        for name, path in names.items()
    }

    def reached(start: str) -> set:
        seen, waiting = set(), [start]
        while waiting:
            new = links[waiting.pop()] - seen
            seen |= new
            waiting += new
        return seen

    assert [name for name in names if name in reached(name)] == []


def test_nothing_runs_code_from_data():
    offenders = []
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call):
                shell = any(word.arg == "shell" for word in node.keywords)
                tensors_only = any(ast.unparse(word) == "weights_only=True" for word in node.keywords)
                if shell or (ast.unparse(node.func) in FORBIDDEN_CALLS and not tensors_only):
                    offenders.append(at(path, f"{node.lineno}: {ast.unparse(node)}"))
        names = imported(path, ast.walk(tree(path)))
        offenders += [at(path, name) for name in names if top(name) in PICKLES]
    assert offenders == []


def test_the_compiler_of_torch_stays_out():
    """It takes seconds to load, and does not load at all beside the sympy of Debian 12."""
    offenders = []
    for path in ENGINE:
        for node in ast.walk(tree(path)):
            name = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
            if name in ("torch.optim", "torch.compile", "torch._dynamo"):
                offenders.append(at(path, f"{node.lineno}: {name}"))
        names = imported(path, ast.walk(tree(path)))
        offenders += [at(path, name) for name in names if name.startswith(("torch.optim", "torch._dynamo"))]
    assert offenders == []


def test_no_band_or_layer_outlives_its_dataset():
    """A dataset that nobody holds is closed, and with GDAL 3.8 and later what was taken from it is of no use then."""
    taking, offenders = {"GetRasterBand", "GetLayer", "GetLayerByName"}, []
    for path in FILES:
        for node in ast.walk(tree(path)):
            taken = node.func if isinstance(node, ast.Call) else None
            if (
                isinstance(taken, ast.Attribute)
                and taken.attr in taking
                and isinstance(taken.value, ast.Call)
            ):
                offenders.append(at(path, f"{node.lineno}: {ast.unparse(node)}"))
    assert offenders == []


def test_refusals_are_said():
    """No assert, which -O removes and which tells the user nothing; no bare except, which eats a cancel."""
    offenders = []
    for path in FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Assert) or (isinstance(node, ast.ExceptHandler) and node.type is None):
                offenders.append(at(path, f"{node.lineno}: {ast.unparse(node)}"))
    assert offenders == []


def test_a_file_has_one_noun_and_a_name():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert [at(path, n_lines) for path, n_lines in lengths.items() if n_lines > 350] == []
    vague = {"utils", "util", "helpers", "misc", "common"}
    assert [path for path in FILES if vague & set(path.relative_to(PACKAGE).with_suffix("").parts)] == []


def test_no_two_classes_have_one_name():
    places = collections.defaultdict(list)
    for path in FILES:
        for node in tree(path).body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(at(path, node.lineno))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def named_in(module: ast.Module) -> set:
    """All names that are read in a module, by themselves or of something."""
    return {getattr(node, "id", getattr(node, "attr", None)) for node in ast.walk(module)}


def test_nothing_is_shipped_that_the_plugin_does_not_use():
    """What only tests, tools or benchmarks need lies with them."""
    bound, read = set(), {path: named_in(tree(path)) for path in FILES}
    for path in FILES:
        bound |= set(imported(path, ast.walk(tree(path))))
    offenders = []
    for path in ENGINE:
        name = ".".join(["obic_plugin", *path.relative_to(PACKAGE).with_suffix("").parts])
        name = name.removesuffix(".__init__")
        for node in tree(path).body:
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef)):
                continue
            through_module = name in bound and any(node.name in read[user] for user in FILES)
            if not (node.name in read[path] or f"{name}.{node.name}" in bound or through_module):
                offenders.append(at(path, f"{node.lineno}: {node.name}"))
    assert offenders == []


def test_modules_work_with_the_oldest_python():
    """QGIS 3.22 on Windows has Python 3.9: its syntax, and annotations that are not evaluated."""
    offenders = []
    for path in FILES:
        ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 9))
        annotations = [
            node.annotation for node in ast.walk(tree(path)) if isinstance(node, (ast.arg, ast.AnnAssign))
        ]
        if any(annotations) and "__future__.annotations" not in imported(path, tree(path).body):
            offenders.append(at(path, "from __future__ import annotations"))
    assert offenders == []


def test_the_plugin_starts_without_heavy_packages():
    code = (
        "import sys, obic_plugin.dependencies as d; d.activate(); d.missing();"
        "import obic_plugin.engine.methods; print(*sys.modules)"
    )
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert not set(answer.stdout.split()) & {*HEAVY, "numpy", "qgis", "osgeo", "subprocess"}


def test_digits_are_grouped_in_one_way():
    """By `wording`, in the log as in reports; a comma is a decimal mark to many."""
    grouped = [path for path in ENGINE if path.stem not in ("wording", "accuracyreport")]
    assert [
        path.name for path in grouped if re.search(r":,[.\d]*[df]?\}", path.read_text(encoding="utf-8"))
    ] == []
