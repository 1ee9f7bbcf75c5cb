"""Tags: names of classes in one text, with ``;`` between them; and names that are likely meant to be one."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import combinations
from typing import NamedTuple

SEPARATOR = ";"
SEPARATORS = re.compile("[;；]")  # of East Asian keyboards, too
COMMAS = re.compile("[,，、]")
LEAST_LETTERS = 5  # of names that may differ by a typing error
RARE = 3  # so few chips may have a name by mistake


def tags_of(text: str | None) -> tuple:
    """The names in a text, each once.

    >>> tags_of("water; farmland;;water")
    ('farmland', 'water')
    """
    names = (" ".join(part.split()) for part in SEPARATORS.split(text or ""))
    return tuple(sorted({name for name in names if name}))


def lists(counts: dict) -> list:
    """The `Misspelling` of names, {name: number of chips}, that are several with commas between them: all of their
    parts are names, too, or parts of others.

    >>> lists({"water, wood": 2, "water": 3, "wood": 3, "wood, young": 1})
    [Misspelling(written='water, wood', meant='water;wood')]
    """
    parts = {name: tags_of(COMMAS.sub(SEPARATOR, name)) for name in counts}
    times = Counter(part for found in parts.values() for part in found)
    return [
        Misspelling(name, SEPARATOR.join(found))
        for name, found in parts.items()
        if len(found) > 1 and all(times[part] > 1 for part in found)
    ]


class Misspelling(NamedTuple):
    """A name as it is ``written``, and as it is likely ``meant``, since that is written more often."""

    written: str
    meant: str

    def __str__(self) -> str:
        return f"{self.written!r} (meant is likely {self.meant!r})"


def variants(counts: dict) -> list:
    """The `Misspelling` of names, {name: number of chips}, that differ by case, signs, a plural or a typing error.

    >>> variants({"Farm land": 2, "farmland": 30, "wood 1": 9, "wood 2": 9, "famrland": 1})
    [Misspelling(written='famrland', meant='farmland'), Misspelling(written='Farm land', meant='farmland')]
    """
    found = []
    for one, other in combinations(sorted(counts, key=lambda name: (counts[name], name)), 2):
        mistyped = counts[one] < RARE and _is_mistyped(one, other)
        if mistyped or _folded(one) == _folded(other):
            found.append(Misspelling(one, other))
    return list({each.written: each for each in found}.values())


def counted(chips: Iterable) -> dict:
    """{tag: number of chips that have it}, in alphabetical order; ``chips`` are tuples of tags."""
    counts: dict = {}
    for tags in chips:
        for tag in tags:
            counts[tag] = counts.get(tag, 0) + 1
    return dict(sorted(counts.items()))


def _folded(name: str) -> str:
    text = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", name).casefold())
    return text[:-1] if len(text) >= LEAST_LETTERS and text.endswith("s") else text


def _is_mistyped(one: str, other: str) -> bool:
    """Whether two names differ by one letter that is missing, other, or in the place of its neighbor."""
    one, other = sorted((_folded(one), _folded(other)), key=len)
    if len(one) < LEAST_LETTERS or len(other) > len(one) + 1 or re.search(r"\d", one + other):
        return False
    start = next((i for i, pair in enumerate(zip(one, other)) if pair[0] != pair[1]), len(one))
    rest, longer = one[start:], other[start:]
    if len(other) > len(one):
        return longer[1:] == rest
    return rest[1:] == longer[1:] or (rest[1::-1] == longer[:2] and rest[2:] == longer[2:])
