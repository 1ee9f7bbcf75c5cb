"""Co-occurrence of tags as one HTML page, and as a table."""

from __future__ import annotations

from typing import TextIO

from ..page import facts, foot, head, page, table, text, tiles, when
from ..sheet import Sheet
from .cooccurrence import Cooccurrence

CELL_PX, LETTER_PX = 46, 7.2
MOST_NAMES = 40


def co_occurrence_page(
    title: str, found: Cooccurrence, advice: list, settings: dict, provenance: dict
) -> str:
    """The page; ``settings`` is {label: value}."""
    shown = {
        "chips with tags": found.n_chips,
        "classes": len(found.names),
        "chips of one class": int(found.alone.sum()),
    }
    body = [
        head(title, [when(provenance)]),
        tiles({label: str(value) for label, value in shown.items()}),
        "<section><h2>What to do</h2><ul>"
        + "".join(f"<li>{text(line)}</li>" for line in advice)
        + "</ul></section>",
        '<section class="together"><h2>How often another tag is there, too (%)</h2>'
        f"{heat_map(found)}<p>Of the chips with the tag of the row, the share that has the tag of the column. The"
        " darker a cell is, the harder it is to tell the two apart.</p></section>",
        _counts(found),
        facts("Settings", settings),
        foot(provenance),
    ]
    return page(title, body)


def heat_map(found: Cooccurrence) -> str:
    """An SVG of P(column | row) in percent; of very many tags the first."""
    names, shares = found.names[:MOST_NAMES], found.conditional[:MOST_NAMES, :MOST_NAMES]
    longest = max(map(len, names)) * LETTER_PX + 12
    side = CELL_PX * len(names)
    size = f"{longest + side:.0f}"
    parts = [
        f'<svg viewBox="0 0 {size} {size}" style="max-width:{size}px" role="img" aria-label="Co-occurrence">'
    ]
    for i, name in enumerate(names):
        middle = longest + (i + 0.5) * CELL_PX
        told = text(name)
        parts.append(f'<text x="{longest - 8:.0f}" y="{middle + 4:.0f}" text-anchor="end">{told}</text>')
        turned = f'transform="translate({middle + 4:.0f} {longest - 8:.0f}) rotate(-90)"'
        parts.append(f"<text {turned}>{told}</text>")
        parts += [
            _cell(shares[i, j], longest + j * CELL_PX, longest + i * CELL_PX, i == j)
            for j in range(len(names))
        ]
    return "".join(parts) + "</svg>"


def _cell(share: float, x: float, y: float, own: bool) -> str:
    rgb = (245 - 215 * share, 248 - 170 * share, 252 - 110 * share)
    color = "var(--line)" if own else f"rgb({', '.join(f'{part:.0f}' for part in rgb)})"
    ink = "#ffffff" if share > 0.5 and not own else "#1d2329"
    percent, side, middle = "" if own else f"{100 * share:.0f}", CELL_PX - 2, CELL_PX / 2
    return (
        f'<rect x="{x + 1:.0f}" y="{y + 1:.0f}" width="{side}" height="{side}" rx="3" style="fill:{color}"/>'
        f'<text x="{x + middle:.0f}" y="{y + middle + 4:.0f}" text-anchor="middle" style="fill:{ink}">{percent}</text>'
    )


def _counts(found: Cooccurrence) -> str:
    numbers = zip(found.names, found.counts.tolist(), found.alone.tolist())
    rows = [[text(name), str(n), str(alone)] for name, n, alone in numbers]
    return f"<section><h2>Classes</h2>{table(('Class', 'Chips', 'Of it alone'), rows)}</section>"


def write_table(file: TextIO, found: Cooccurrence) -> None:
    """A row for each tag: chips that have it, those that have nothing else, and P(j | i) for each j."""
    sheet = Sheet(file)
    sheet.writerow(["tag", "chips", "alone", *found.names])
    for name, n, alone, row in zip(
        found.names, found.counts.tolist(), found.alone.tolist(), found.conditional.tolist()
    ):
        sheet.writerow([name, n, alone, *(round(share, 4) for share in row)])
