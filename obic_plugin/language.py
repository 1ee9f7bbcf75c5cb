"""The language that QGIS speaks, and what the plugin has in it."""

from __future__ import annotations

from pathlib import Path

from qgis.core import QgsSettings
from qgis.PyQt.QtCore import QLocale

from .resource import resource


def names() -> list:
    """The names of QGIS's language that files may have, the most exact first: QGIS says zh-Hans, Qt zh_CN."""
    locale = QgsSettings().value("locale/userLocale", QLocale().name(), type=str)
    return [locale, QLocale(locale).name(), locale.split("_")[0]]


def translated(pattern: str) -> Path | None:
    """The resource whose name is ``pattern`` with a name of the language for {}; None where there is none.

    >>> translated("nothing_{}.txt")
    """
    for name in names():
        try:
            return resource(pattern.format(name))
        except FileNotFoundError:
            continue
    return None
