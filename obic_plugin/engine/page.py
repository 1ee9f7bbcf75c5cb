"""What HTML pages for the user are made of: one file that needs nothing else, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from ..resource import resource
from .wording import value_text


def page(title: str, parts: Iterable) -> str:
    """The text of an HTML file with these parts of its body; empty ones are left out."""
    style = resource("resources/report.css").read_text(encoding="utf-8")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{text(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        + "\n".join(part for part in parts if part)
        + "\n</body>\n</html>\n"
    )


def head(title: str, lines: Iterable) -> str:
    """The heading, and a line of what there is of ``lines`` (texts)."""
    line = " · ".join(text(each) for each in lines if each)
    return f"<header><h1>{text(title)}</h1><p>{line}</p></header>"


def when(provenance: dict) -> str:
    """The time of a run, for reading."""
    return provenance.get("OBIC_TIME", "").replace("T", " ").replace("+00:00", " UTC")


def foot(provenance: dict) -> str:
    software = provenance.get("TIFFTAG_SOFTWARE", "OBIC")
    return f"<footer>Made with {text(software)}, a plugin for QGIS.</footer>"


def tiles(shown: dict) -> str:
    """{label: value} shown large."""
    each = (f"<div><b>{text(value)}</b><span>{text(label)}</span></div>" for label, value in shown.items())
    return f'<div class="tiles">{"".join(each)}</div>'


def facts(title: str, rows: dict) -> str:
    """A section with a table of {label: value}; nothing without any."""
    if not rows:
        return ""
    cells = "".join(f"<tr><td>{text(k)}</td><td>{text(value_text(v))}</td></tr>" for k, v in rows.items())
    return f"<section><h2>{title}</h2><table>{cells}</table></section>"


def table(names: tuple, rows: list, numeric: tuple | None = None) -> str:
    """Rows of cells in HTML under names; all columns but the first hold numbers, or those in ``numeric``."""

    def cell(tag: str, index: int, content: str) -> str:
        right = index > 0 if numeric is None else index in numeric
        return f"<{tag}{' class=number' if right else ''}>{content}</{tag}>"

    def line(tag: str, cells) -> str:
        return "<tr>" + "".join(cell(tag, index, content) for index, content in enumerate(cells)) + "</tr>"

    top = f"<thead>{line('th', names)}</thead>" if names else ""
    return f"<table>{top}<tbody>{''.join(line('td', row) for row in rows)}</tbody></table>"


def swatch(color: tuple | None) -> str:
    """A patch of a color (red, green, blue); nothing without one."""
    return "" if color is None else f"<span class='swatch' style='background:rgb{tuple(color)}'></span>"


def cited(citation: str) -> str:
    """How to cite; nothing where there is nothing to be cited."""
    return (
        f"<section><h2>How to cite</h2><blockquote>{text(citation)}</blockquote></section>"
        if citation
        else ""
    )


def text(value: Any) -> str:
    return escape(str(value))
