"""What a report tells of how well classes are known that were learned from labels."""

from __future__ import annotations

import math
import os
from html import escape
from typing import NamedTuple

from .accuracy.resampling import GroupedScores
from .page import table, text

MOST_MISTAKES = 20


class Testers(NamedTuple):
    """By what a map was tested: a heading, and what is to be known of it."""

    heading: str
    told: str


LEFT_OUT = Testers(
    "Accuracy on labels that were left out",
    "A row for each class: what its labeled pixels were taken for (→), by classifiers that had not seen any pixel of"
    " the same polygon. The map itself is made by one that has seen them all. Classes count as much as they are thought"
    " to cover of the image.",
)
REFERENCE = Testers(
    "Accuracy on the reference",
    "A row for each class: what pixels of the reference are on the map (→). Nothing was learned from them, and each"
    " counts the same.",
)


def scores_of_classes(found: GroupedScores | None, names: tuple, by: Testers = LEFT_OUT) -> str:
    """HTML: scores of each class, and which ones are taken for which; empty where none are known."""
    if found is None:
        return ""
    overall, miou = _interval(found.overall_accuracy), _interval(found.miou)
    heads = ["Class", "F1 (%)", "IoU (%)", *(f"→ {name}" for name in names)]
    rows = []
    for index, name in enumerate(names):
        total = max(int(found.table[index].sum()), 1)
        cells = [_interval(found.f1[index]), _interval(found.iou[index])]
        cells += [f"{100 * n / total:.0f} %" if n else "" for n in found.table[index].tolist()]
        rows.append(
            f"<tr><td>{escape(name)}</td>{''.join(f'<td class=number>{cell}</td>' for cell in cells)}</tr>"
        )
    head = "".join(f"<th{' class=number' if i else ''}>{escape(text)}</th>" for i, text in enumerate(heads))
    body = (
        f"<p>Overall accuracy {overall} %, mean IoU {miou} %. In parentheses 95 % confidence intervals.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )
    return f"<section><h2>{by.heading}</h2>{body}<p>{by.told}</p></section>"


def mistakes_of(mistakes: list, names: tuple, readers: list) -> str:
    """HTML: where a `Mistake` was made, so that it can be looked at on the map of the images that ``readers`` read;
    empty without any."""
    if not mistakes:
        return ""
    several, rows = len(readers) > 1, []
    for each in mistakes[:MOST_MISTAKES]:
        reader = readers[each.image]
        decimals = max(
            0, math.ceil(1 - math.log10(reader.grid.pixel_area) / 2)
        )  # of a tenth of a pixel, or less
        x, y = (f"{value:.{decimals}f}" for value in reader.grid.to_map(each.row, each.col))
        row = [text(names[each.label]), text(names[each.told]), f"{each.share:.0%}", f"{x}, {y}"]
        rows.append([*row, text(os.path.basename(reader.source))] if several else row)
    heads = ("Class", "Taken for", "Part of its pixels", "Place", *(["Image"] if several else []))
    more = f"<p>{len(mistakes) - len(rows)} more are not listed.</p>" if len(mistakes) > len(rows) else ""
    return (
        "<section><h2>Labels that were taken for another class</h2>"
        f"{table(heads, rows, (2,))}{more}"
        "<p>Look there: either a label is wrong, or this kind of surface needs more of them. Places are in the"
        " coordinates of the image; those with most pixels come first.</p></section>"
    )


def _interval(score) -> str:
    """87.1 (80.2–91.5) in percent."""
    if score.value != score.value:
        return "–"
    return f"{100 * score.value:.1f} ({100 * score.low:.1f}–{100 * score.high:.1f})"
