"""What changed, as one HTML page: maps side by side, a Sankey diagram, and the table of transitions."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import numpy as np

from ..figures import class_picture, figure, side_by_side
from ..page import cited, facts, foot, head, page, swatch, table, text, tiles, when
from ..sources import LayerSource
from ..wording import area_text, number
from ..writing import created
from .sankey import sankey_svg
from .transitions import FromTo, Transitions

MOST_LISTED = 40


@dataclass(frozen=True)
class TransitionReport:
    """``pictures`` are small label rasters (h, w) uint8: values of ``transitions.classes`` at both dates, and those of
    ``found``; ``images`` figures in HTML of what the maps were made of; ``sources`` the names of both dates, ``notes``
    lines to be told, ``settings`` {label: value}, ``provenance`` {item: text}."""

    title: str
    transitions: Transitions
    found: FromTo
    pictures: tuple
    sources: tuple
    images: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    numbers: dict = field(default_factory=dict)
    settings: dict = field(default_factory=dict)
    provenance: dict = field(default_factory=dict)
    sections: list = field(default_factory=list)
    citation: str = ""


def write_transition_report(path: str, report: TransitionReport) -> None:
    with created(path) as file:
        file.write(page(report.title, _parts(report)))


def _parts(report: TransitionReport) -> list:
    versions = json.loads(report.provenance.get("OBIC_VERSIONS", "{}"))
    first, second = (LayerSource.parse(source).file_name for source in report.sources)
    return [
        head(report.title, [f"from {first} to {second}", when(report.provenance)]),
        _pictures(report),
        tiles({**_numbers(report.transitions), **report.numbers}),
        "".join(f"<p>{text(note)}</p>" for note in report.notes),
        _sankey(report.transitions),
        matrix(report.transitions),
        _list(report),
        *report.sections,
        '<div class="columns">',
        facts("Settings", report.settings),
        facts("How it was made", {"Method": report.provenance.get("OBIC_METHOD", ""), **versions}),
        "</div>",
        cited(report.citation),
        foot(report.provenance),
    ]


def _numbers(transitions: Transitions) -> dict:
    unit, size = transitions.unit
    return {
        "changed": f"{100 * transitions.changed_share:.2f} %",
        "area changed": f"{number(transitions.changes.sum() / size)} {unit}",
        "area compared": f"{number(transitions.areas.sum() / size)} {unit}",
        "transitions": str(len(transitions.largest())),
    }


def _pictures(report: TransitionReport) -> str:
    classes = report.transitions.classes
    first, second, changes = report.pictures
    shown = [
        figure(class_picture(first, classes), "Classes of the first date"),
        figure(class_picture(second, classes), "Classes of the second date"),
        figure(class_picture(changes, report.found.legend), "Transitions, in the color of what they lead to"),
    ]
    return side_by_side(report.images, first.shape) * bool(report.images) + side_by_side(shown, first.shape)


def _sankey(transitions: Transitions) -> str:
    picture = sankey_svg(transitions)
    if not picture:
        return "<p>Nothing changed.</p>"
    return f'<section class="together"><h2>What became of what</h2>{picture}</section>'


def matrix(transitions: Transitions) -> str:
    """The table of areas: a row for each class of the first date, a column for each of the second."""
    unit, size = transitions.unit
    areas, names = transitions.areas / size, transitions.classes.names

    def cells(values) -> list:
        return [area_text(value, unit) if value > 0 else "" for value in values]

    rows = [
        [f"{swatch(item.color)}{text(item.name)}", *cells(row), *cells([row.sum()])]
        for item, row in zip(transitions.classes, areas)
    ]
    rows.append(["all", *cells(areas.sum(0)), *cells([areas.sum()])])
    columns = ("", *(text(f"→ {name}") for name in names), "all")
    return (
        f"<section><h2>Transitions ({unit})</h2>{table(columns, rows)}"
        "<p>Rows: the first date; columns: the second. What did not change stands on the diagonal.</p></section>"
    )


def _list(report: TransitionReport) -> str:
    transitions = report.transitions
    unit, size = transitions.unit
    total = max(float(transitions.changes.sum()), 1e-12)
    rows = []
    for pair in transitions.largest()[:MOST_LISTED]:
        area, value = float(transitions.changes[pair]), int(report.found.values[pair])
        color = next((item.color for item in report.found.legend if item.value == value), None)
        name = f"{swatch(color)}{text(transitions.name(pair))}"
        rows.append([str(value), name, area_text(area / size, unit), f"{100 * area / total:.1f} %"])
    if not rows:
        return ""
    heads = ("Value", "Transition", f"Area ({unit})", "Share of what changed")
    return f"<section><h2>The largest</h2>{table(heads, rows, (2, 3))}</section>"


def pictures_of(first: np.ndarray, second: np.ndarray, changes: np.ndarray) -> tuple:
    """Small arrays of class numbers from 0, where ``changes`` says that there is any, as values of the legend."""
    there = changes > 0
    return (first + 1) * there, (second + 1) * there, changes
