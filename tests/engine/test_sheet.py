"""Tables that no spreadsheet runs, and whose numbers are numbers."""

from __future__ import annotations

import csv

import pytest

from obic_plugin.engine.sheet import Sheet, inert

DANGEROUS = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\u00a0=1",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_formula_is_a_text(text):
    assert inert(text) == "'" + text


@pytest.mark.parametrize("cell", [-1, -0.5, "-0.5", "+3", "1e-3", "", "wood", "a=b", "'=1", None])
def test_all_else_stays_as_it_is(cell):
    assert inert(cell) is cell


def test_what_is_written_is_a_table(tmp_path):
    with open(tmp_path / "t.csv", "w", encoding="utf-8", newline="") as file:
        Sheet(file).writerow(["name", -3, 0.5, "=1+1", 'a "quoted", b'])
    with open(tmp_path / "t.csv", encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [["name", "-3", "0.5", "'=1+1", 'a "quoted", b']]
