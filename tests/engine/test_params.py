"""Parameters refuse what is out of range, with the rule and the value."""

from dataclasses import dataclass

import pytest

from obic_plugin.engine.errors import ParameterError
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.params import (
    Params,
    bands,
    choice,
    extent,
    flag,
    integer,
    matrix,
    number,
    output_raster,
    raster,
    specs,
)


@dataclass(frozen=True)
class Example(Params):
    input: str = raster("Image", "help")
    output: str = output_raster("Map", "help")
    bands: tuple = bands("Bands", "help")
    extent: tuple = extent("Extent", "help")
    kind: str = choice("a", "Kind", "help", {"a": "A", "b": "B"})
    count: int = integer(3, "Count", "help", low=2, high=254)
    size: float = number(None, "Size", "help", low=0, optional=True)
    fine: bool = flag(False, "Fine", "help")


def make(**changes):
    return Example(**{"input": "in.tif", "output": "out.tif", **changes})


@pytest.mark.parametrize(
    "changes, message",
    [
        ({"count": 255}, "Count must be a whole number between 2 and 254, not 255"),
        ({"count": 2.5}, "whole number between 2 and 254, not 2.5"),
        ({"count": "many"}, "whole number between 2 and 254, not .many."),
        ({"size": -1}, "Size must be a number of at least 0, not -1"),
        ({"size": float("nan")}, "Size"),
        ({"kind": "c"}, "one of a, b, not 'c'"),
        ({"bands": [1, 1]}, "twice: 1, 1"),
        ({"extent": (3, 0, 1, 1)}, "xmin < xmax"),
        ({"extent": (0, 0, float("inf"), 1)}, "none of them infinite"),
        ({"extent": "0,0,x,1"}, "four numbers, xmin,ymin,xmax,ymax, not '0,0,x,1'"),
        ({"bands": "1,x"}, "band numbers from 1, such as 1,2,3, not '1,x'"),
        ({"bands": [0]}, r"from 1, such as 1,2,3, not \[0\]"),
        ({"bands": 7}, "band numbers"),
        ({"count": "9" * 100_000}, "Count must be .* not '99999.* … 999"),
        ({"count": float("inf")}, "whole number between 2 and 254, not inf"),
        ({"kind": ["a"]}, r"one of a, b, not \['a'\]"),
        ({"input": "a\0b"}, "Image holds a NUL character"),
        ({"input": "a\udcffb"}, "or a byte that is no text"),
        ({"input": None}, "Image is missing. Choose a file"),
        ({"output": ""}, "Map is missing"),
        ({"output": {}}, "Map must be the name of a file, not {}"),
        ({"input": ["a"]}, r"Image must be the name of a file, not \['a'\]"),
        ({"fine": "false"}, "Fine must be true or false, not 'false'"),
    ],
)
def test_refusals_state_rule_and_value(changes, message):
    with pytest.raises(ParameterError, match=message):
        make(**changes)


def test_values_get_their_type():
    params = make(count="7", size="2.5", bands=["3", 1], extent=["0", 1, 2, 3])
    assert (params.count, params.size, params.bands, params.extent) == (7, 2.5, (3, 1), (0, 1, 2, 3))
    assert make(bands=[]).bands is None


def test_texts_of_a_command_line_become_values():
    params = make(bands="3, 1", extent="-10,0,5.5,3", count="7")
    assert (params.bands, params.extent, params.count) == ((3, 1), (-10.0, 0.0, 5.5, 3.0), 7)


def test_settings_hold_no_files():
    assert set(make().settings()) == {"bands", "extent", "kind", "count", "size", "fine"}


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_every_parameter_of_every_method_is_explained(method):
    names = [spec.name for spec in specs(method.params)]
    assert len(set(names)) == len(names) and method.when and method.help
    for spec in specs(method.params):
        assert len(spec.label) > 2 and len(spec.help) > 15, spec.name
        assert spec.help.rstrip().endswith("."), spec.name


@dataclass(frozen=True)
class Table(Params):
    rows: tuple = matrix("Rows", "help", ("Value", "Name"))


@pytest.mark.parametrize(
    "given", [[1, "a", 2, None], [[1, "a"], (2, "")], "1,a, 2,", [1, " a ", 2, "", "", ""]]
)
def test_rows_of_a_matrix(given):
    assert Table(rows=given).rows == (("1", "a"), ("2", ""))


def test_a_matrix_without_rows_is_none():
    assert Table().rows is Table(rows=[]).rows is Table(rows=["", ""]).rows is None
    assert Table(rows=[""]).rows is Table(rows=[None]).rows is None
    for given in ([1, "a", 2], [[1], [2]]):
        with pytest.raises(ParameterError, match="Each row of Rows must have Value, Name; not"):
            Table(rows=given)
    with pytest.raises(ParameterError, match="Rows must be rows of Value, Name, not 7"):
        Table(rows=7)
