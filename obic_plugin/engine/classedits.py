"""Changes of a legend: which value becomes which, under what name and color; and where they come from."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .errors import InputError, ParameterError, shown
from .raster.classes import ClassTable, LandClass
from .values import whole_number
from .wording import count

COLUMNS = ("Value", "New value", "Name", "Color")
MOST_VALUE = 65535  # a color table needs one of the two smallest types
MOST_ROWS = 65536
MOST_NAME = 255  # characters: a legend has to show it


@dataclass(frozen=True)
class Edit:
    """What becomes of one ``value``; None: as it was. A ``new_value`` of 0 is no data."""

    value: int
    new_value: int | None = None
    name: str | None = None
    color: tuple | None = None


def edits_of_rows(rows: Iterable, values: list, names: dict, source: str) -> list:
    """Edits from rows of texts (value, new value, name, color); ``source`` says in refusals where they are from.

    The first cell may also be the name of a class, or several values such as ``2, 5-7``; ``values`` are those
    that occur. An empty cell changes nothing.
    """
    found = []
    for number, row in enumerate(rows, 1):
        where = f"Row number {number} of {source}"
        first, new_value, name, color = (*row, "", "", "", "")[:4]
        for value in _values(first, values, names, where):
            found.append(Edit(value, _new_value(new_value, where), _name(name, where), _color(color, where)))
    return found


def edits_of_file(path: str, values: list, names: dict) -> list:
    """Edits from a CSV file: with a line of headings (value, new value, name, color, in any order), or all four
    columns without; commas, semicolons or tabs."""
    try:
        with open(path, newline="", encoding="utf-8-sig") as file:
            text = file.read(1 << 24)
    except OSError as error:
        from .sources import why_not  # which needs GDAL, the Toolbox's list does not

        reason = (
            why_not(path) if isinstance(error, FileNotFoundError) else f"{error.strerror}. Choose another"
        )
        raise InputError(f"Cannot open the table {path}: {reason}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"The table {path} is no text in UTF-8. Save it as CSV in UTF-8.") from error
    lines = text.splitlines()
    delimiter = max(",;\t", key=lambda mark: lines[0].count(mark) if lines else 0)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error as error:
        raise InputError(f"{path} is no table of classes: {error}. Save it as CSV again.") from error
    if not rows or len(rows) > MOST_ROWS:
        raise InputError(
            f"{path} has {len(rows)} rows. A table of classes has 1 to {MOST_ROWS}: choose another."
        )
    heads = [cell.casefold().replace("_", " ") for cell in rows[0]]
    if "value" in heads:
        place = [heads.index(title.casefold()) if title.casefold() in heads else None for title in COLUMNS]
        rows = [[row[i] if i is not None and i < len(row) else "" for i in place] for row in rows[1:]]
    return edits_of_rows(rows, values, names, path)


def edits_of_legend(names: dict, colors: dict) -> list:
    """Edits that give each value the name and color of another legend ({value: …})."""
    return [Edit(value, None, name, colors.get(value)) for value, name in sorted(names.items()) if value]


def edits_of_assignment(assignment: dict, values: list, names: dict, colors: dict, merge: bool) -> list:
    """Edits that name classes by a reference: ``assignment`` {value: label}; ``names`` and ``colors`` {label: …}.

    With ``merge``, classes of one label become one, with the reference's value where all of these are possible
    values, else numbered in their order; classes without a label come after them.
    """
    from .raster.palette import MOST_COLORS  # here, since the Toolbox lists the algorithms without numpy

    labels = sorted(set(assignment.values()))
    if min(labels) >= 1 and max(labels) + len(values) <= MOST_COLORS:
        number = {label: label for label in labels}
    else:
        number = {label: index for index, label in enumerate(labels, 1)}
    following, found = max(number.values()) + 1, []
    for value in values:
        if value in assignment:
            label = assignment[value]
            name = names.get(label) or f"class {label}"
            found.append(Edit(value, number[label] if merge else None, name, colors.get(label)))
        elif merge:
            found.append(Edit(value, following))
            following += 1
    return found


class Edited(NamedTuple):
    """``new_value`` {value: new value} of all classes, and the legend that results."""

    new_value: dict
    classes: ClassTable


def edited(values: list, counts: dict, names: dict, colors: dict, edits: Iterable) -> Edited:
    """What becomes of the classes with these ``values``.

    ``counts`` {value: px}, ``names`` and ``colors`` {value: …} are what there is. Later edits of a value change
    what earlier ones have said. Where classes are merged, what is said of one counts for all; where nothing is
    said, what the new value had before, else what the largest of them had.
    """
    from .raster.palette import MOST_COLORS, distinct_colors

    said: dict = {}
    for edit in edits:
        before = said.get(edit.value, Edit(edit.value))
        changes = (
            old if new is None else new
            for old, new in zip(
                (before.new_value, before.name, before.color), (edit.new_value, edit.name, edit.color)
            )
        )
        said[edit.value] = Edit(edit.value, *changes)
    new_value = {v: said[v].new_value if v in said and said[v].new_value is not None else v for v in values}
    palette = distinct_colors(min(len(values), MOST_COLORS))
    colors = {v: colors.get(v) or palette[i % len(palette)] for i, v in enumerate(values)}
    classes = []
    for new in sorted(set(new_value.values()) - {0}):
        members = [v for v in values if new_value[v] == new]
        members.sort(key=lambda v: (v != new, -counts.get(v, 0), v))
        told = [said[v] for v in members if v in said]
        name = next((edit.name for edit in told if edit.name), None) or _old_name(members, names, new)
        color = next((edit.color for edit in told if edit.color), None) or colors[members[0]]
        classes.append(LandClass(new, name, tuple(int(part) for part in color[:3])))
    return Edited(new_value, ClassTable(tuple(classes)))


def _old_name(members: list, names: dict, new: int) -> str:
    old = next((names[v] for v in members if names.get(v)), "")
    unnamed = re.fullmatch(r"class \d+", old)  # a number that is not its value any more misleads
    return f"class {new}" if unnamed or not old else old


def _values(text: str, values: list, names: dict, where: str) -> list:
    text = text.strip()
    by_name = [v for v in values if names.get(v, "").strip().casefold() == text.casefold()]
    if text and by_name:
        return by_name
    if not text:
        raise ParameterError(f"{where} has no value. Say which class it is about.")
    found: list = []
    for part in filter(None, re.split(r"[,;\s]+", text)):
        span = re.fullmatch(r"(-?\d+(?:\.0+)?)(?:-(\d+))?", part)
        low, high = (whole_number(n) for n in (span[1], span[2] or span[1])) if span else (None, None)
        if low is None or high is None:
            raise ParameterError(
                f"{where}: the value must be a number, several such as 2;5-7, or the name of a class,"
                f" not {shown(text)}."
            )
        found += [low] if low == high else [v for v in values if low <= v <= high]
    return found


def _new_value(text: str, where: str) -> int | None:
    if not text:
        return None
    number = whole_number(text)
    if number is None or not 0 <= number <= MOST_VALUE:
        raise ParameterError(
            f"{where}: the new value must be a whole number from 0 (no data) to {MOST_VALUE}, not {shown(text)}."
        )
    return number


def _name(text: str, where: str) -> str | None:
    control = next((character for character in text if ord(character) < 32), "")
    if control or len(text) > MOST_NAME:
        what = f"the character {control!r}" if control else f"{count(len(text))} characters"
        raise ParameterError(
            f"{where}: a name has up to {MOST_NAME} characters in one line, and {shown(text)} has {what}. Change it."
        )
    return text or None


def _color(text: str, where: str) -> tuple | None:
    if not text:
        return None
    digits = re.fullmatch(r"#?([0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?", text)
    if digits:
        return tuple(bytes.fromhex(digits[1]))
    parts = re.findall(r"\d+", text[:64])
    if len(parts) in (3, 4) and all(int(part) <= 255 for part in parts) and len(text) <= 64:
        return tuple(int(part) for part in parts[:3])
    raise ParameterError(
        f"{where}: the color must be #rrggbb or three numbers from 0 to 255, not {shown(text)}."
    )
