"""What JSON from a file may hold: kinds of values with bounds, checked before anything is made of them.

Each kind has ``check(value, where)``, which raises `SchemaError` with the place, the rule and the value.

>>> Fields({"size": Whole(3, 256)}).check({"size": 1e12}, "recipe")
Traceback (most recent call last):
obic_plugin.engine.schema.SchemaError: recipe.size must be a whole number from 3 to 256, not 1000000000000.0
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import shown
from .wording import count

MOST_CHARACTERS = 1 << 24


class SchemaError(ValueError):
    """A value that is not what the schema says; its text is the middle of a sentence."""


def parse(text: str) -> Any:
    """JSON text as Python values; refuses what is too long or too deeply nested."""
    if len(text) > MOST_CHARACTERS:
        raise SchemaError(f"it has {count(len(text))} characters, and there may be {count(MOST_CHARACTERS)}")
    try:
        return json.loads(text)
    except RecursionError:
        raise SchemaError("it is nested too deeply") from None
    except ValueError as error:
        raise SchemaError(f"it is no JSON: {error}") from None


@dataclass(frozen=True)
class Whole:
    low: int
    high: int

    def check(self, value: Any, where: str) -> None:
        if type(value) is not int or not self.low <= value <= self.high:
            raise SchemaError(
                f"{where} must be a whole number from {self.low} to {self.high}, not {shown(value)}"
            )


@dataclass(frozen=True)
class Switch:
    """True or false."""

    def check(self, value: Any, where: str) -> None:
        if not isinstance(value, bool):
            raise SchemaError(f"{where} must be true or false, not {shown(value)}")


@dataclass(frozen=True)
class Number:
    """A finite number; NaN lies in no range."""

    low: float
    high: float

    def check(self, value: Any, where: str) -> None:
        if type(value) not in (int, float) or not self.low <= value <= self.high:
            raise SchemaError(
                f"{where} must be a number from {self.low:g} to {self.high:g}, not {shown(value)}"
            )


@dataclass(frozen=True)
class Text:
    """Letters, digits and signs that can be written to any file; no line breaks where they are not ``free``."""

    most: int
    free: bool = False

    def check(self, value: Any, where: str) -> None:
        bad = ("Cs",) if self.free else ("Cs", "Cc")
        good = isinstance(value, str) and len(value) <= self.most
        if not good or any(unicodedata.category(character) in bad for character in value):
            raise SchemaError(f"{where} must be a text of at most {self.most} characters, not {shown(value)}")


@dataclass(frozen=True)
class OneOf:
    values: tuple

    def check(self, value: Any, where: str) -> None:
        if not isinstance(value, str) or value not in self.values:
            raise SchemaError(f"{where} must be {' or '.join(self.values)}, not {shown(value)}")


@dataclass(frozen=True)
class Optional:
    """None, or what the other kind says."""

    kind: Any

    def check(self, value: Any, where: str) -> None:
        if value is not None:
            self.kind.check(value, where)


@dataclass(frozen=True)
class ListOf:
    kind: Any
    least: int
    most: int

    def check(self, value: Any, where: str) -> None:
        if not isinstance(value, list) or not self.least <= len(value) <= self.most:
            what = f"{len(value)} values" if isinstance(value, list) else shown(value)
            raise SchemaError(f"{where} must be a list of {self.least} to {self.most} values, not {what}")
        for index, item in enumerate(value):
            self.kind.check(item, f"{where}[{index}]")


@dataclass(frozen=True)
class Fields:
    """Exactly these names, each with a value of its kind."""

    kinds: Mapping

    def check(self, value: Any, where: str) -> None:
        if not isinstance(value, dict) or set(value) != set(self.kinds):
            names = ", ".join(map(str, value)) if isinstance(value, dict) else value
            raise SchemaError(f"{where} must have {', '.join(self.kinds)}, not {shown(names)}")
        for name, kind in self.kinds.items():
            kind.check(value[name], f"{where}.{name}")


@dataclass(frozen=True)
class Variants:
    """The fields that belong to the name under ``key``."""

    key: str
    kinds: Mapping

    def check(self, value: Any, where: str) -> None:
        if not isinstance(value, dict):
            raise SchemaError(f"{where} must have {self.key} and its settings, not {shown(value)}")
        name = value.get(self.key)
        OneOf(tuple(self.kinds)).check(name, f"{where}.{self.key}")
        self.kinds[name].check({k: v for k, v in value.items() if k != self.key}, where)


@dataclass(frozen=True)
class Mapped:
    """Any names, each with a value of one kind."""

    kind: Any
    most: int

    def check(self, value: Any, where: str) -> None:
        if not isinstance(value, dict) or len(value) > self.most:
            raise SchemaError(f"{where} must have at most {self.most} named values, not {shown(value)}")
        for name, item in value.items():
            self.kind.check(name, f"a name in {where}")
            self.kind.check(item, f"{where}.{name}")


def agree(rules: dict) -> None:
    """Raises `SchemaError` with the first rule, of {rule: whether it is kept}, that is not kept."""
    for rule, kept in rules.items():
        if not kept:
            raise SchemaError(rule)
