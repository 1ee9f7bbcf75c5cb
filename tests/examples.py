"""The examples in docstrings: `>>>` and what comes out."""

from __future__ import annotations

import doctest
import importlib
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXAMPLE = re.compile(r"^\s*>>> (?!.*[+]SKIP)", re.MULTILINE)
QGIS = re.compile(r"^\s*(from|import) qgis\b", re.MULTILINE)


def modules_with_examples(of_qgis: bool) -> list:
    """The names of the plugin's modules that have any, and that need QGIS or not."""
    found = []
    for path in sorted((ROOT / "obic_plugin").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if EXAMPLE.search(text) and bool(QGIS.search(text)) == of_qgis:
            found.append(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    return found


def failures(module: str) -> str:
    """What comes out otherwise than it is said; empty where nothing does."""
    told: list = []
    runner = doctest.DocTestRunner(verbose=False)
    for example in doctest.DocTestFinder(exclude_empty=True).find(importlib.import_module(module)):
        runner.run(example, out=told.append)
    assert runner.tries
    return "".join(told)
