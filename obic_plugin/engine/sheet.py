"""Tables as CSV, the one writer of them: for programs to read, and for people who open them in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import TextIO

RUN = ("=", "+", "-", "@", "\t", "\r", "\n")  # what a spreadsheet takes a cell for a formula by


class Sheet:
    """Rows into an open text file. Numbers stay numbers; texts stay texts, in any program."""

    def __init__(self, file: TextIO):
        self._writer = csv.writer(file)

    def writerow(self, cells: Iterable) -> None:
        self._writer.writerow([inert(cell) for cell in cells])


def inert(cell):
    """A text that a spreadsheet would run, behind the apostrophe that tells it not to; all else as it is.

    >>> inert("=1+1"), inert("wood"), inert("-12.5"), inert(-12.5)
    ("'=1+1", 'wood', '-12.5', -12.5)
    """
    if not isinstance(cell, str) or not cell.lstrip(" \u00a0").startswith(RUN):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell
