"""What the engine says, in QGIS's language.

The engine speaks English and knows nothing of Qt. Its sentences hold numbers and names, so they are known by their
shape: "Mapping {0} Mpx in {1} tiles of {2} px". `tools/translations.py` collects the shapes from the source into
i18n/sentences.json, and the translations have them as texts of the context Engine.
"""

from __future__ import annotations

import json
import re
from functools import cache
from html import escape, unescape
from pathlib import Path

from qgis.PyQt.QtCore import QCoreApplication

from .language import names
from .resource import resource

CONTEXT = "Engine"
JOINED = " · "  # between what a line of a report says
LEAST_LETTERS = 6  # of a shape: one with fewer fits too much, unless its part is a number
COUNT = re.compile(r"\{0\} [a-z ]+\.?")  # so many of a thing
NUMBER = r"(\d[\d.,\u202f]*%?)"
ROLE = re.compile("[a-z]+ of [a-z]+")  # what an input is called, such as layer of chips
ALTERNATIVE = re.compile(r'(<img\b[^>]*\balt=)"([^"]*)"')
TEXT = re.compile(r"(<(?:style|script)\b.*?</(?:style|script)>)|>([^<>]+)<", re.DOTALL)


def told(text: str) -> str:
    """A text of the engine in QGIS's language; as it is where nobody has translated it, and where that is English:
    there no sentence is looked up."""
    return _told(text, 0) if _speaks() else text


def _told(text: str, depth: int) -> str:
    if depth > 3 or not any(each.isalpha() for each in text):
        return text
    whole = _whole(text, depth)
    return whole if whole != text else _in_parts(text, depth)


def _whole(text: str, depth: int) -> str:
    """A text that is one label or one sentence; as it is where nobody knows it."""
    translated = _translate(text)
    if translated == text and depth:  # a label or choice in the middle of a sentence
        begun = text[0].upper() + text[1:]
        translated = QCoreApplication.translate("OBIC", begun)
        translated = text if translated == begun else translated
    if translated != text:
        return translated
    for shape, pattern in _patterns():
        found = pattern.fullmatch(text)
        if found and _translate(shape) != shape:
            return _filled(_translate(shape), [_told(part, depth + 1) for part in found.groups()])
    return text


def _in_parts(text: str, depth: int) -> str:
    """Sentence by sentence; what a report or a refusal is of, before a colon, may be a name or a path."""
    parted = _parted(text)
    lead, mark, rest = next((each for each in parted if _whole(each[0], depth + 1) != each[0]), parted[0])
    if not rest:
        return text
    said, follows = _told(lead, depth + 1), _told(rest, depth + 1)
    if said != lead or not lead.endswith(":"):
        return f"{said}{mark}{follows}"
    said = _told(lead[:-1], depth + 1)
    if (said, follows) == (lead[:-1], rest):
        return text
    return _filled(_translate("{0}: {1}"), [said, follows])


def told_page(html: str) -> str:
    """A report of the engine in QGIS's language: the texts between its tags, and what pictures are called."""

    def each(found) -> str:
        if found[1]:  # no text of people
            return found[0]
        text = unescape(found[2].strip())
        said = JOINED.join(map(told, text.split(JOINED)))
        return found[0] if said == text else f">{escape(said)}<"

    def described(found) -> str:
        return f'{found[1]}"{escape(told(unescape(found[2])))}"'

    language = names()[1].replace("_", "-")
    html = html.replace('<html lang="en">', f'<html lang="{language}">', 1)
    return TEXT.sub(each, ALTERNATIVE.sub(described, html))


def told_file(path: str) -> None:
    """A file that the engine has made, in QGIS's language where it is a report."""
    page = Path(path)
    if page.suffix.lower() in (".html", ".htm") and _speaks():
        page.write_text(told_page(page.read_text(encoding="utf-8")), encoding="utf-8")


def _speaks() -> bool:
    """Whether QGIS speaks a language that the engine does not."""
    return _translate("Writing the map") != "Writing the map"


def _parted(text: str) -> list:
    """Where it may be parted: the first line or sentence, what ends it, and what follows; a sentence may hold a
    semicolon."""
    found = [re.search(r"\n", text)] if "\n" in text else re.finditer(r"(?<=[.:;])\s+(?=\S)", text)
    return [(text[: each.start()], each[0], text[each.end() :]) for each in found] or [(text, "", "")]


def _translate(text: str) -> str:
    """As a sentence, or as the label or choice of a parameter that a sentence names."""
    translated = QCoreApplication.translate(CONTEXT, text)
    return translated if translated != text else QCoreApplication.translate("OBIC", text)


def _filled(shape: str, parts: list) -> str:
    return re.sub(r"\{(\d+)\}", lambda found: parts[int(found[1])], shape)


@cache
def _patterns() -> list:
    """(shape, pattern) of all shapes with something to fill in, those that say most first."""
    try:
        shapes = json.loads(resource("i18n/sentences.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    roles = [shape for shape in shapes if ROLE.fullmatch(shape)]
    shapes = [shape for shape in shapes if _says(shape)]
    shapes.sort(key=lambda shape: (_letters(shape), len(shape)), reverse=True)  # a full stop says more, too
    return [(shape, re.compile(_pattern(shape, roles), re.DOTALL)) for shape in shapes]


def _says(shape: str) -> bool:
    return "{0}" in shape and (_letters(shape) >= LEAST_LETTERS or bool(COUNT.fullmatch(shape)))


def _letters(shape: str) -> int:
    return sum(each.isalpha() for each in shape)


def _pattern(shape: str, roles: list = ()) -> str:
    """A part may be one of ``roles``, which are several words each, before what has it.

    >>> re.fullmatch(_pattern("Done in {0} s."), "Done in 2.5 s.").groups()
    ('2.5',)
    >>> re.fullmatch(_pattern("The {0} {1} is bad.", ["row of a"]), "The row of a b is bad.").groups()
    ('row of a', 'b')
    >>> [bool(re.fullmatch(_pattern("{0} parts"), text)) for text in ("12 parts", "My parts")]
    [True, False]
    """
    part = NUMBER if COUNT.fullmatch(shape) else f"({'|'.join([*map(re.escape, roles), '.*?'])})"
    return "".join(part if n % 2 else re.escape(text) for n, text in enumerate(re.split(r"(\{\d+\})", shape)))
