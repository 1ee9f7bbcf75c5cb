"""What README, CONTRIBUTING and the tutorial name is there, by the name that they give it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from obic_plugin.engine.methods import METHODS

ROOT = Path(__file__).parents[1]
DOCUMENTS = [
    "README.md",
    "README.zh_CN.md",
    "CONTRIBUTING.md",
    "benchmarks/README.md",
    *(f"docs/{name}.md" for name in ("installation", "tutorial", "tutorial.zh_CN")),
]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_table_of_algorithms_has_each_by_its_title():
    table = text_of("README.md").partition("## The algorithms")[2].partition("## Gallery")[0]
    named = {cell.strip(" *") for cell in re.split(r"[|,\n]", table)}
    assert [method.title for method in METHODS if method.title not in named] == []


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "README.md", "benchmarks/README.md"])
def test_modules_that_are_named_are_there(name):
    folders = ["obic_plugin", "tests", "tools", "benchmarks"]
    files = [path.relative_to(ROOT).as_posix() for folder in folders for path in (ROOT / folder).rglob("*.*")]
    wanted = {
        found
        for found in re.findall(r"[\w/]*\w\.(?:py|sh)\b", text_of(name))
        if found != "engine/methods/x.py"
    }
    assert wanted
    assert [
        each for each in sorted(wanted) if not any(f"/{path}".endswith(f"/{each}") for path in files)
    ] == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_targets_of_make_are_there(name):
    text, makefile = text_of(name), text_of("Makefile")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link]
    assert [link for link in links if link and not ((ROOT / name).parent / link).exists()] == []
    targets = set(re.findall(r"(?:`|^ *)make ([a-z][a-z0-9-]+)", text, re.MULTILINE))
    assert [each for each in targets if not re.search(rf"^{each}:", makefile, re.MULTILINE)] == []
