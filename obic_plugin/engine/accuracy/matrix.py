"""The table of counts as a picture: an SVG heat map that can be read, printed and pasted."""

from __future__ import annotations

from html import escape

import numpy as np

from .assessment import Assessment, Legend

MOST_ROWS, MOST_COLUMNS = 40, 48
LIGHT, DARK = np.array([255, 255, 255]), np.array([8, 64, 129])
INK = "var(--ink, #222222)"  # the page's, or dark where the picture stands alone
FONT = "Helvetica, Arial, sans-serif"


def matrix_svg(assessment: Assessment) -> str:
    """Rows reference, columns map; a cell is as dark as its share of the reference class.

    Matched cells are framed. Columns follow the rows they are matched with, so that a good map shows a dark
    diagonal. Of very many labels the largest are shown.
    """
    table = assessment.counts.table
    rows = np.sort(np.argsort(-table.reference_px, kind="stable")[:MOST_ROWS])
    cols = np.argsort(-table.mapped_px, kind="stable")[:MOST_COLUMNS]
    place = {label: index for index, label in enumerate(table.reference[rows].tolist())}
    wanted = np.array(
        [place.get(assessment.assignment.get(k), len(rows)) for k in table.mapped[cols].tolist()]
    )
    order = np.argsort(wanted, kind="stable")
    cols, wanted = cols[order], wanted[order]
    return _Picture(assessment, rows, cols, wanted).svg()


def heading(assessment: Assessment) -> str:
    """What the picture leaves out, or nothing."""
    table = assessment.counts.table
    left = max(len(table.reference) - MOST_ROWS, 0), max(len(table.mapped) - MOST_COLUMNS, 0)
    if not any(left):
        return ""
    return f"Only the largest are shown: {left[0]} classes of the reference and {left[1]} of the map are not."


class _Picture:
    def __init__(self, assessment: Assessment, rows: np.ndarray, cols: np.ndarray, wanted: np.ndarray):
        table = assessment.counts.table
        self._wanted = wanted
        self._counts = _part(table, rows, cols)
        self._row_px, self._col_px = table.reference_px[rows], table.mapped_px[cols]
        self._row_names = _names(assessment.reference, table.reference[rows])
        self._col_names = _names(assessment.mapped, table.mapped[cols])
        self._cell = 38 if max(len(rows), len(cols)) <= 18 else 26
        self._left = 60 + int(6.6 * max(len(name) for name, _ in self._row_names))
        self._top = 48 + int(6.6 * max(len(name) for name, _ in self._col_names))

    def svg(self) -> str:
        cell, n_rows, n_cols = self._cell, *self._counts.shape
        width, height = self._left + n_cols * cell + 80, self._top + n_rows * cell + 34
        middle_x, middle_y = self._left + n_cols * cell / 2, self._top + n_rows * cell / 2
        parts = [
            f"<svg xmlns='http://www.w3.org/2000/svg' width='{width}' height='{height}'"
            f" viewBox='0 0 {width} {height}' font-family='{FONT}' style='width:{width}px;max-width:100%'>",
            _label(middle_x, 14, "Map (columns)", "middle", weight="bold"),
            f"<g transform='translate(14 {middle_y}) rotate(-90)'>",
            _label(0, 0, "Reference (rows)", "middle", weight="bold"),
            "</g>",
            *self._cells(),
            *self._row_labels(),
            *self._column_labels(),
            "</svg>",
        ]
        return "\n".join(parts)

    def _cells(self):
        share = self._counts / np.maximum(self._row_px, 1)[:, None]
        frames = []
        for i, row in enumerate(share):
            for j, value in enumerate(row):
                x, y = self._left + j * self._cell, self._top + i * self._cell
                tip = (
                    f"{self._row_names[i][0]} → {self._col_names[j][0]}: {self._counts[i, j]} px,"
                    f" {value:.1%} of the row"
                )
                box = f"x='{x}' y='{y}' width='{self._cell}' height='{self._cell}'"
                yield f"<rect {box} fill='{_color(value)}' stroke='#d8d8d8'>"
                yield f"<title>{escape(tip)}</title></rect>"
                if self._counts[i, j]:
                    text = f"{100 * value:.0f}" if value >= 0.005 else "·"
                    fill = "#ffffff" if value > 0.55 else "#222222"
                    yield _label(x + self._cell / 2, y + self._cell / 2 + 4, text, "middle", fill)
                if self._wanted[j] == i:
                    frames.append(f"<rect {box} fill='none' stroke='#d53e1e' stroke-width='2'/>")
        yield from frames

    def _row_labels(self):
        right = self._left + self._counts.shape[1] * self._cell + 8
        yield _label(right, self._top - 8, "pixels")
        for i, (name, color) in enumerate(self._row_names):
            y = self._top + (i + 0.5) * self._cell + 4
            yield _label(self._left - 22, y, name, "end")
            yield _swatch(self._left - 17, y - 10, color)
            yield _label(right, y, _pixels(int(self._row_px[i])))

    def _column_labels(self):
        bottom = self._top + len(self._row_names) * self._cell + 14
        for j, (name, color) in enumerate(self._col_names):
            x = self._left + (j + 0.5) * self._cell
            place = f"translate({x + 4:g} {self._top - 22}) rotate(-90)"
            yield f"<g transform='{place}'>{_label(0, 0, name)}</g>"
            yield _swatch(x - 6, self._top - 17, color)
            if self._cell > 30:
                yield _label(x, bottom, _pixels(int(self._col_px[j])), "middle")


def _part(table, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
    """(rows, cols) int64, without ever making the whole table dense."""
    row_place, col_place = np.full(len(table.reference), -1), np.full(len(table.mapped), -1)
    row_place[rows], col_place[cols] = np.arange(len(rows)), np.arange(len(cols))
    row, col = row_place[table.row], col_place[table.col]
    shown = (row >= 0) & (col >= 0)
    part = np.zeros((len(rows), len(cols)), np.int64)
    part[row[shown], col[shown]] = table.count[shown]
    return part


def _label(x: float, y: float, text: str, anchor="start", fill=INK, weight="normal") -> str:
    # as a style, which a page's style sheet does not override
    style = f"fill:{fill};font-size:11px;font-weight:{weight}"
    return f"<text x='{x:g}' y='{y:g}' text-anchor='{anchor}' style='{style}'>{escape(text)}</text>"


def _swatch(x: float, y: float, color: tuple | None) -> str:
    if color is None:
        return ""
    return f"<rect x='{x:g}' y='{y:g}' width='12' height='12' fill='rgb{tuple(color)}' stroke='#888888'/>"


def _color(share: float) -> str:
    return "rgb({},{},{})".format(*np.rint(LIGHT + (DARK - LIGHT) * min(share, 1.0) ** 0.8).astype(int))


def _pixels(n: int) -> str:
    """'812', '12.3 k' or '4.50 M'."""
    if n < 1000:
        return str(n)
    for limit, unit in ((1e3, "k"), (1e6, "M"), (1e9, "G")):
        if n < limit * 999.5:
            return f"{n / limit:.3g} {unit}"
    return f"{n:.3g}"


def _names(legend: Legend, labels: np.ndarray) -> list:
    return [(_short(legend.name(label)), legend.colors.get(label)) for label in labels.tolist()]


def _short(name: str) -> str:
    return name if len(name) <= 24 else name[:23] + "…"
