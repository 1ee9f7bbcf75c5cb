"""What a parameter is, and a value of it in its own type."""

from __future__ import annotations

import math
import os
import re
from dataclasses import dataclass
from typing import Any

from .errors import ParameterError, shown

_NO_TEXT = re.compile("[\0\ud800-\udfff]")  # Python's place for the bytes of a name that are no UTF-8
INPUTS = ("raster", "rasters", "polygons", "layer", "layers", "file")
SEVERAL = ("rasters", "layers")  # of which the value is a tuple of names
SHOWN = ("display", "legend")  # how QGIS shows layers: on no form
OUTPUTS = ("output_raster", "output_vector", "output_file", "output_folder")


@dataclass(frozen=True)
class Spec:
    """What a form, a check or a help page needs to know about one parameter.

    ``kind`` is one of: raster, rasters, bands, band_numbers, extent, polygons, layer, layers, field, file, choice,
    integer, number, flag, text, matrix, display, legend, output_raster, output_vector, output_file, output_folder.
    ``choices`` maps each static value to its label. ``last`` ones follow those that a derived class adds; one ``after``
    another follows that. ``style``
    says how an output is drawn: classes, confidence, superpixels. ``parent`` is the layer that a field belongs to. A
    form proposes to make an optional output if it is ``proposed``. ``pattern`` is that of the names of the files in an
    output folder.
    """

    kind: str
    label: str
    help: str
    low: float | None = None
    high: float | None = None
    choices: dict | None = None
    optional: bool = False
    advanced: bool = False
    last: bool = False
    after: str = ""
    extension: str = ""
    style: str = ""
    parent: str = ""
    columns: tuple = ()
    proposed: bool = False
    pattern: str = ""
    name: str = ""
    default: Any = None

    @property
    def is_output(self) -> bool:
        return self.kind in OUTPUTS

    @property
    def required(self) -> bool:
        return self.default is None and not self.optional


def whole_number(text: str) -> int | None:
    """The whole number that a text writes, exact in any file; None where it writes none.

    >>> whole_number("12.0"), whole_number("1e400"), whole_number("nan"), whole_number("a")
    (12, None, None, None)
    """
    try:
        value = float(text)
    except (TypeError, ValueError, OverflowError):
        return None
    return int(value) if abs(value) < 2**53 and value == int(value) else None


def checked(spec: Spec, value: Any) -> Any:
    """A value of a parameter in its own type; texts, as a command line has them, become numbers and rows.

    Raises ParameterError with the parameter, the value and the rule.
    """
    if value is None or (value == "" and spec.kind != "text"):
        if spec.required or not spec.optional:
            raise ParameterError(f"{spec.label} is missing. {_WANTED.get(spec.kind, 'Give a value.')}")
        return None
    if spec.kind == "choice" and value not in tuple(spec.choices):
        raise ParameterError(f"{spec.label} must be one of {', '.join(spec.choices)}, not {shown(value)}.")
    return _CHECKS.get(spec.kind, _text)(spec, value)


def _text(spec: Spec, value: Any) -> str:
    value = os.fspath(value) if isinstance(value, os.PathLike) else value
    if not isinstance(value, str):
        what = "the name of a file" if spec.kind in INPUTS or spec.is_output else "a text"
        raise ParameterError(f"{spec.label} must be {what}, not {shown(value)}.")
    if _NO_TEXT.search(value):
        raise ParameterError(
            f"{spec.label} holds a NUL character or a byte that is no text: {shown(value)}. Take it away."
        )
    return value


def _texts(spec: Spec, value: Any) -> tuple:
    """One name, or a list of them; written in one text with ``;`` between them, as QGIS writes lists."""
    if isinstance(value, str):
        value = value.split(";") if ";" in value and not os.path.exists(value) else [value]
    if isinstance(value, os.PathLike):
        value = [value]
    if not isinstance(value, (list, tuple)) or not value:
        raise ParameterError(f"{spec.label} must be the names of files, not {shown(value)}.")
    return tuple(_text(spec, each) for each in value)


def _switch(spec: Spec, value: Any) -> bool:
    if value not in (True, False):
        raise ParameterError(f"{spec.label} must be true or false, not {shown(value)}.")
    return bool(value)


def _in_range(spec: Spec, value: Any) -> Any:
    try:
        number_value = int(value) if spec.kind == "integer" else float(value)
        exact = number_value == float(value)
    except (TypeError, ValueError, OverflowError):
        exact = False
    if not exact:
        raise ParameterError(f"{spec.label} must be {_wanted(spec)}, not {shown(value)}.")
    if not spec.low <= number_value <= spec.high:
        raise ParameterError(f"{spec.label} must be {_wanted(spec)}, not {shown(number_value)}.")
    return number_value


def _wanted(spec: Spec) -> str:
    """What kind of number within which limits, in words that are translated as a whole."""
    low, high, is_whole = spec.low, spec.high, spec.kind == "integer"
    if math.isfinite(high):
        return (
            f"a whole number between {low} and {high}" if is_whole else f"a number between {low} and {high}"
        )
    if math.isfinite(low):
        return f"a whole number of at least {low}" if is_whole else f"a number of at least {low}"
    return "a whole number of any size" if is_whole else "a number of any size"


def _band_numbers(spec: Spec, value: Any) -> tuple | None:
    parts = value.split(",") if isinstance(value, str) else value
    try:
        numbers = tuple(whole_number(band) for band in parts)
    except TypeError:
        numbers = (None,)
    if any(number is None or number < 1 for number in numbers):
        raise ParameterError(f"{spec.label} must be band numbers from 1, such as 1,2,3, not {shown(value)}.")
    if len(set(numbers)) != len(numbers):
        raise ParameterError(
            f"{spec.label} names a band twice: {', '.join(map(str, numbers))}. Name each band once."
        )
    return numbers or None


def _rows(spec: Spec, value: Any) -> tuple | None:
    cells = value.split(",") if isinstance(value, str) else value
    if not isinstance(cells, (list, tuple)):
        raise ParameterError(f"{spec.label} must be rows of {', '.join(spec.columns)}, not {shown(value)}.")
    if cells and all(isinstance(row, (list, tuple)) for row in cells):
        odd = [row for row in cells if len(row) != len(spec.columns)]
        cells = [cell for row in cells for cell in row]
    elif list(cells) in ([None], [""]):  # what a form gives for a table that nobody has opened
        return None
    else:
        odd = len(cells) % len(spec.columns) * [cells]
    if odd:
        raise ParameterError(
            f"Each row of {spec.label} must have {', '.join(spec.columns)}; not {shown(odd[0])}."
        )
    texts = ["" if cell is None else str(cell).strip() for cell in cells]
    n = len(spec.columns)
    rows = [tuple(texts[start : start + n]) for start in range(0, len(texts), n)]
    return tuple(row for row in rows if any(row)) or None


def _rectangle(spec: Spec, value: Any) -> tuple:
    parts = value.split(",") if isinstance(value, str) else value
    try:
        xmin, ymin, xmax, ymax = (float(number) for number in parts)
    except (TypeError, ValueError, OverflowError):
        raise ParameterError(
            f"{spec.label} must be four numbers, xmin,ymin,xmax,ymax, not {shown(value)}."
        ) from None
    if not (-math.inf < xmin < xmax < math.inf and -math.inf < ymin < ymax < math.inf):
        raise ParameterError(
            f"{spec.label} must have xmin < xmax and ymin < ymax, none of them infinite, not {shown(value)}."
        )
    return xmin, ymin, xmax, ymax


_CHECKS = {
    "integer": _in_range,
    "number": _in_range,
    "bands": _band_numbers,
    "band_numbers": _band_numbers,
    "rasters": _texts,
    "layers": _texts,
    "extent": _rectangle,
    "matrix": _rows,
    "flag": _switch,
    **dict.fromkeys(SHOWN, lambda spec, value: value),
}
_WANTED = {
    **dict.fromkeys(INPUTS, "Choose a file."),
    **dict.fromkeys(OUTPUTS, "Say where to write it."),
}
