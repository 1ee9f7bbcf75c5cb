"""Every benchmark can be started: names that it takes from the engine are there, though nobody has run it for weeks."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

import benchmarks
from benchmarks.__main__ import PARTS, TOOLS

MODULES = sorted(path.stem for path in Path(benchmarks.__file__).parent.glob("[!_]*.py"))


@pytest.mark.parametrize("name", MODULES)
def test_it_is_imported(name):
    importlib.import_module(f"benchmarks.{name}")


def test_what_the_command_offers_is_there_and_can_be_run():
    for name in PARTS + TOOLS:
        assert callable(importlib.import_module(f"benchmarks.{name}").main), name
