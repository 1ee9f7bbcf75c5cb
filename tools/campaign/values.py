"""Odd numbers, texts, choices, bands, extents and tables, for what the declarations say of a parameter."""

from __future__ import annotations

import math

from .odd import constant

TEXTS = (
    "",
    " ",
    "x" * 100_000,
    "a\nb",
    "a\0b",
    "\u202eright to left \U0001f33e",
    "100 % {0} %s <b>",
    "'; DROP TABLE x; --",
    "\\",
    "=1+1",
    "nan",
    "inf",
    "-1",
    "1e400",
    "0,255,,",
    "cuda:99999999999999999999",
    "cuda:-1",
    "cpu:0",
    "0x10",
    "２",
)
NOT_TEXTS = (7, 1.5, math.nan, True, None, [], ["a"], {}, b"bytes", object)
NOT_NUMBERS = ("", "abc", "7", "1e400", "nan", math.nan, [], {}, None, True, 10**400, "２", b"3")


def named(value) -> str:
    """A short name for a value."""
    text = repr(value)
    return text if len(text) < 40 else f"{text[:30]}… of {len(text)} characters"


def numbers(spec) -> list:
    """At the limits, beyond them, and what is no number."""
    beyond = [math.inf, -math.inf]
    if spec.low is not None and math.isfinite(spec.low):
        beyond += [spec.low - 1, spec.low - 1e-9]
    if spec.high is not None and math.isfinite(spec.high):
        beyond += [spec.high + 1, spec.high + 0.5]
    if spec.kind == "integer":
        beyond.append(spec.low + 0.5)
    limits = [limit for limit in (spec.low, spec.high) if limit is not None and math.isfinite(limit)]
    limits += [1e300, 1e-300] if spec.kind == "number" else []
    odd = [constant(f"the limit {named(value)}", value, long=True) for value in limits]
    return odd + [constant(named(value), value) for value in (*beyond, *NOT_NUMBERS)]


def texts(spec) -> list:
    """Any text at all, and what is none."""
    return [constant(f"the text {named(value)}", value) for value in (*TEXTS, *NOT_TEXTS)]


def choices(spec) -> list:
    """Every choice that there is, and others."""
    odd = [
        constant(named(value), value) for value in ("no such", spec.default.upper(), "", 0, None, ["a"], {})
    ]
    return odd + [constant(f"the choice {value}", value, long=True) for value in spec.choices]


def flags(spec) -> list:
    """Both, and what is neither."""
    return [constant(named(value), value) for value in (True, False, None, 2, "yes", "false", [], {})]


def bands(spec) -> list:
    """Numbers of bands that there are not, twice, in another order, and what is none."""
    values = ([0], [-1], [99], [1, 1], [3, 2, 1], [1], [2**31], [10**20], [1.5], ["1"], ["a"], "1,2", "")
    values += ([], [None], [[1]], 1, {1: 2}, [math.nan], [math.inf], True, list(range(1, 70_000)))
    return [constant(f"bands {named(value)}", value) for value in values]


def extents(spec) -> list:
    """Rectangles that are empty, far away, endless or none."""
    inf, nan = math.inf, math.nan
    values = ([0, 0, 1, 1], [0, 0, 0, 0], [1, 1, 0, 0], [-inf, -inf, inf, inf], [nan] * 4, [0, 0, inf, 1])
    values += (
        [0, 0, 1],
        [0] * 5,
        "0,0,1,1",
        ["a"] * 4,
        [-1e308, -1e308, 1e308, 1e308],
        7,
        {},
        [],
        [None] * 4,
    )
    values += ([500000, 5399990, 500010, 5400000], [500000, 5399999.9, 500000.1, 5400000])
    values += ([0, 0, 1e9, 1e9], [499999.9999, 0, 1e7, 1e7], [1e-300, 1e-300, 1e7, 1e7])
    return [constant(f"extent {named(value)}", value) for value in values]


def tables(spec) -> list:
    """Rows too short, too long, of odd cells, very many."""
    n = len(spec.columns)
    cells = (
        "",
        "nan",
        "inf",
        "-1",
        "1e400",
        "1;2;3",
        "5-1",
        "1-99999999999",
        "#zzzzzz",
        "=1+1",
        "a\0b",
        "１",
    )
    rows = [[[cell] * n] for cell in (*cells, "x" * 100_000, None, 1.5, math.nan, [], {}, b"1")]
    rows += [[["1"] * (n - 1)], [["1"] * (n + 1)], ["1"] * n, ["1"] * (n + 1), [], [[]], "1,2", "", 7, {}]
    rows += [[[str(i)] + [""] * (n - 1) for i in range(20_000)], [["1", *[""] * (n - 1)]] * 2]
    rows += [[["1", "2", "a", "#ff0000"][:n], ["1", "3", "b", "#00ff00"][:n]], [["1", "0", "", ""][:n]]]
    return [constant(f"table {named(value)}", value) for value in rows]


def fields(spec) -> list:
    """Fields that the layer lacks, or names that are no field."""
    values = (
        "no such field",
        "fid",
        "geom",
        "CLASS",
        "class' OR 1=1",
        '"class"',
        "",
        " ",
        0,
        None,
        [],
        "x" * 100_000,
    )
    values += ("class\0", "名", "number", "empty", "odd", "text")
    return [constant(f"field {named(value)}", value) for value in values]
