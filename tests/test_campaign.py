"""The campaigns: a fixed part of them, and that what they look for would be found."""

from __future__ import annotations

import math
import os
import signal
import sys
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.method import Method
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.params import Params, output_file, raster, specs
from obic_plugin.engine.progress import Cancelled
from obic_plugin.engine.values import SHOWN
from tools.campaign import cancels, cases, disks, judge, kills, laws, pairs
from tools.campaign.child import each, in_child
from tools.campaign.part import load_packages, run_part
from tools.campaign.recipes import Kitchen
from tools.campaign.runs import StopAt, execute

QUICK = "superpixels", "polygons", "editclasses", "accuracy", "fromto", "changemask", "cooccurrence"
FIXED = {cases: 90, kills: 3, disks: 5, cancels: 7, pairs: 1, laws: 1}


@dataclass(frozen=True)
class CopyParams(Params):
    input: str = raster("Image", "Any.")
    output: str = output_file("Copy", "Another.", extension="txt")


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory):
    load_packages()
    found = Kitchen(tmp_path_factory.mktemp("kitchen"), QUICK)
    assert not found.lacking
    found.endings = {"output_raster": [".tif", ".png"], "output_vector": [".gpkg", ".geojson"]}
    return found


@pytest.mark.parametrize("part", FIXED, ids=lambda part: part.__name__.rpartition(".")[2])
def test_nothing_is_wrong_in_a_fixed_part(kitchen, part, monkeypatch, tmp_path):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    trials = list(run_part(part, kitchen, 0, FIXED[part], end=math.inf))
    assert [f"{trial.what}: {trial.wrong}" for trial in trials if trial.wrong] == []
    assert len(trials) == FIXED[part] and any(trial.how != "skipped" for trial in trials)


def copy(params: CopyParams, progress, staging) -> dict:
    Path(staging.path(params.output)).write_text(Path(params.input).read_text())
    return {}


def tried(tmp_path, run, idle_s: float = 60) -> str:
    """What the judge says of a method that does ``run`` with a file and an old output."""
    method = Method("copy", "Copy", "Group", CopyParams, run, "", "")
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    settings = {"input": str(tmp_path / "in/a.tif"), "output": str(tmp_path / "out/o.txt")}
    Path(settings["input"]).write_text("content")
    Path(settings["output"]).write_text("old")
    before = judge.snapshot(str(tmp_path))
    methods = {"copy": method}
    ending = in_child(lambda: execute("copy", settings, methods=methods), idle_s=idle_s)
    after = judge.snapshot(str(tmp_path))
    targets = [settings["output"]]
    return judge.verdict("copy", settings, ending, before, after, str(tmp_path), targets, methods)


def refusing(text: str):
    def run(params, progress, staging):
        raise InputError(text.format(path=params.input))

    return run


def leaving(name: str):
    def run(params, progress, staging):
        (Path(params.output).parents[1] / name).write_text("x")
        return copy(params, progress, staging)

    return run


def half(params, progress, staging):
    Path(params.output).write_text("half")
    raise InputError(f"Cannot read {params.input}. Choose another.")


def warning(params, progress, staging):
    sys.stderr.write("x.py:7: RuntimeWarning: invalid value encountered in divide\n")
    return copy(params, progress, staging)


def printing(params, progress, staging):
    sys.stderr.write("ERROR 1: what a good file does not deserve\n")
    return copy(params, progress, staging)


def test_what_is_right_is_clear(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert tried(tmp_path / "a", copy) == ""
    assert tried(tmp_path / "b", refusing("Cannot read {path}. Choose another raster.")) == ""


@pytest.mark.parametrize(
    ("run", "complaint"),
    [
        (lambda params, progress, staging: 1 / 0, "traceback: ZeroDivisionError"),
        (lambda params, progress, staging: os.abort(), "killed by SIGABRT"),
        (lambda params, progress, staging: os.kill(os.getpid(), signal.SIGSEGV), "killed by SIGSEGV"),
        (lambda params, progress, staging: bytearray(2**33), "memory"),
        (lambda params, progress, staging: os.remove(params.output), "not there"),
        (
            lambda params, progress, staging: os.remove(params.input) or copy(params, progress, staging),
            "FileNotFoundError",
        ),
        (leaving("in/a.tif"), "changed: in/a.tif"),
        (leaving("in/a.tif.aux.xml"), "left: in/a.tif.aux.xml"),
        (leaving("out/.obic-x"), "left: out/.obic-x"),
        (half, "changed: out/o.txt"),
        (refusing("It failed."), "names neither"),
        (refusing("Cannot read {path}: KeyError 7."), "exception"),
        (refusing("Cannot read {path}.\nTwice."), "more than one line"),
        (refusing("cannot read {path}"), "no whole sentence"),
        (refusing("{path} " + "is bad and " * 99 + "gone."), "characters"),
        (warning, "it prints"),
        (printing, "it prints: ERROR 1"),
    ],
)
def test_what_is_wrong_is_found(tmp_path, run, complaint):
    found = tried(tmp_path, run)
    assert complaint in found


def test_what_hangs_is_found(tmp_path):
    assert "hang" in tried(tmp_path, lambda params, progress, staging: time.sleep(600), idle_s=1)


def test_a_run_that_looks_rarely_is_found():
    progress, end = StopAt(0.5), time.process_time() + 0.3
    progress.at(0.1)
    while time.process_time() < end:
        pass
    with pytest.raises(Cancelled):
        progress.at(0.6)
    assert 0.2 < progress.longest_s < 10


def test_every_parameter_has_odd_values():
    for method in METHODS:
        for spec in specs(method.params):
            assert cases.ODDITIES[spec.kind](spec) or spec.kind in SHOWN


def test_children_come_back_in_their_own_time():
    found = dict(each(lambda n: n * n, range(7), at_once=3))
    assert {n: ending.value for n, ending in found.items()} == {n: n * n for n in range(7)}
    assert in_child(lambda: os._exit(3)).fault == "exit 3"


def test_cases_are_the_same_for_a_seed_and_reach_every_parameter():
    class Fed:
        recipes = dict.fromkeys(method.name for method in METHODS)

    def first(seed):
        return list(islice(cases.plan(Fed, seed), 1200))

    assert first(1) == first(1) != first(2)
    reached = {(case.method, case.parameter) for case in first(0)}
    declared = {
        (m.name, spec.name) for m in METHODS for spec in specs(m.params) if cases.ODDITIES[spec.kind](spec)
    }
    assert reached == declared
