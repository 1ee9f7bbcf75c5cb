"""The causes for which a run is refused, each a sentence the user can act on."""

from __future__ import annotations

from typing import Any

MOST_SHOWN = 60


class ObicError(Exception):
    """Base of every refusal; its text is shown to the user as it stands, without a traceback."""


class InputError(ObicError):
    """A raster or vector that cannot be read, or that holds nothing to work on."""


class ParameterError(ObicError):
    """A setting outside its range, or settings that contradict each other."""


class ModelError(ObicError):
    """A model file that is damaged, foreign, or made for other data."""


class OutputError(ObicError):
    """A file that cannot be written where the user asked for it."""


class DeviceError(ObicError):
    """A device that is absent, or that ran out of memory."""


class DependencyError(ObicError):
    """A Python package that this QGIS does not have."""


def shown(value: Any) -> str:
    """A value as a refusal quotes it: as Python writes it, cut in the middle where it is long.

    >>> shown("9" * 100_000), shown(1.5)
    ("'99999999999999999999999999999 … 9999999999999999999999999999'", '1.5')
    """
    text = repr(value[:1000] + value[-1000:] if isinstance(value, str) and len(value) > 2000 else value)
    half = MOST_SHOWN // 2
    return text if len(text) <= MOST_SHOWN else f"{text[:half]} … {text[1 - half :]}"
