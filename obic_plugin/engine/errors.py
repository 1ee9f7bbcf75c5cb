"""The causes for which a run is refused, each a sentence the user can act on."""

from __future__ import annotations


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
