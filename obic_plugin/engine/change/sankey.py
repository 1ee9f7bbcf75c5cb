"""What became of what, as a Sankey diagram: two columns of classes, and bands between them as wide as areas."""

from __future__ import annotations

from html import escape

import numpy as np

from ..wording import area_text
from .transitions import Transitions

WIDTH, HEIGHT, BAR, GAP = 1040, 420, 18, 8
LEFT, RIGHT = 230, WIDTH - 230  # of the bars; names stand outside
LEAST_PX = 1.5  # of a band, so that it is seen
MOST_BANDS = 60


def sankey_svg(transitions: Transitions) -> str:
    """SVG of all that changed, the first date on the left; empty where nothing did."""
    areas = transitions.changes.copy()
    kept = transitions.largest()[:MOST_BANDS]
    if not kept:
        return ""
    drawn = np.zeros_like(areas)
    for pair in kept:
        drawn[pair] = areas[pair]
    used = [np.flatnonzero(drawn.sum(axis)) for axis in (1, 0)]
    room = HEIGHT - 40 - GAP * (max(map(len, used)) - 1)
    scale = room / drawn.sum()
    starts = [_starts(drawn.sum(axis), numbers, scale) for axis, numbers in zip((1, 0), used)]
    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="What became of what">']
    parts += _bands(transitions, drawn, kept, starts, scale)
    for side, (axis, numbers) in enumerate(zip((1, 0), used)):
        parts += _bars(transitions, drawn.sum(axis), numbers, starts[side], scale, side)
    left = f'<text x="{LEFT}" y="14" text-anchor="end">first date</text>'
    return "".join(parts) + left + f'<text x="{RIGHT}" y="14">second date</text></svg>'


def _starts(sums: np.ndarray, numbers: np.ndarray, scale: float) -> dict:
    """{class: y of the top of its bar}."""
    top, found = 30.0, {}
    for number in numbers.tolist():
        found[number] = top
        top += sums[number] * scale + GAP
    return found


def _bars(transitions: Transitions, sums: np.ndarray, numbers, starts: dict, scale: float, side: int) -> list:
    unit, size = transitions.unit
    parts = []
    for number in numbers.tolist():
        height, top = max(sums[number] * scale, LEAST_PX), starts[number]
        x = LEFT - BAR if side == 0 else RIGHT
        color = "#{:02x}{:02x}{:02x}".format(*transitions.classes.colors[number])
        parts.append(
            f'<rect x="{x}" y="{top:.1f}" width="{BAR}" height="{height:.1f}" style="fill:{color}"/>'
        )
        anchor, at = ("end", x - 8) if side == 0 else ("start", x + BAR + 8)
        told = f"{transitions.classes.names[number]}, {area_text(sums[number] / size, unit)} {unit}"
        parts.append(
            f'<text x="{at}" y="{top + height / 2 + 4:.1f}" text-anchor="{anchor}">{escape(told)}</text>'
        )
    return parts


def _bands(transitions: Transitions, drawn: np.ndarray, kept: list, starts: list, scale: float) -> list:
    """A band for each transition: in each bar they lie in the order of the other side's bars, and cross little."""
    left, right = dict(starts[0]), dict(starts[1])
    parts, unit = [], transitions.unit
    tops = {}
    for pair in sorted(kept):
        tops[pair] = left[pair[0]]
        left[pair[0]] += drawn[pair] * scale
    for pair in sorted(kept, key=lambda pair: pair[::-1]):
        width = max(drawn[pair] * scale, LEAST_PX)
        one, two = tops[pair] + width / 2, right[pair[1]] + width / 2
        right[pair[1]] += drawn[pair] * scale
        middle = (LEFT + RIGHT) / 2
        color = "#{:02x}{:02x}{:02x}".format(*transitions.classes.colors[pair[1]])
        told = f"{transitions.name(pair)}: {area_text(drawn[pair] / unit[1], unit[0])} {unit[0]}"
        parts.append(
            f'<path d="M{LEFT} {one:.1f}C{middle} {one:.1f} {middle} {two:.1f} {RIGHT} {two:.1f}"'
            f' style="stroke:{color};stroke-width:{width:.1f};stroke-opacity:0.55">'
            f"<title>{escape(told)}</title></path>"
        )
    return parts
