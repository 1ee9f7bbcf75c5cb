"""What a layer, or a table, says of chips: the tags of each, and the file that it is where it has one of its own."""

from __future__ import annotations

import csv
import os
from typing import NamedTuple

from osgeo import ogr

from ..errors import InputError
from ..raster.features import FeatureFile
from ..sources import LayerSource
from .tags import tags_of

FIELD, FILE = "tags", "file"  # what fields are called, of our layers and of tables
DELIMITERS = ",;\t|"  # of tables


class TaggedChip(NamedTuple):
    """A feature by its ``number``; its ``tags``, none where nobody has typed any; its raster, if it names one."""

    number: int
    tags: tuple
    file: str | None


class ChipLayer:
    """Polygons with their tags in a field, or a table with the name of a file and its tags in each row.

    ``chips`` is {number: `TaggedChip`}. Names of files count from the folder of the layer.
    """

    def __init__(self, source: str, field: str | None, role: str = "layer of chips"):
        self.source, self._file = source, FeatureFile(source, role)
        names = {name.lower(): name for name in reversed(self._file.field_names)}
        index = self._file.field_index(field or names.get(FIELD, FIELD))
        at = self._file.field_index(names[FILE]) if FILE in names else None
        self.folder = os.path.dirname(os.path.abspath(LayerSource.parse(source).path))
        refuse_lost_cells(self._file)
        self.chips = {}
        for feature in self._file.features():
            number, tags = feature.GetFID(), tags_of(self._file.text(feature, index))
            self.chips[number] = TaggedChip(number, tags, self._named(feature, at))
        if not self.chips:
            raise InputError(f"The {role} {source} holds no chip. Choose another, or make one with Chips.")

    def shapes(self, crs_wkt: str) -> dict:
        """{number: geometry in a CRS} of the chips that have one."""
        return {feature.GetFID(): geometry for feature, geometry in self._file.shapes(crs_wkt)}

    @property
    def is_table(self) -> bool:
        """Whether it has no geometry at all."""
        return self._file.is_table

    def existing_files(self) -> list:
        """The file of each chip; refuses a table whose chips have none, or lack."""
        lacking = [chip.number for chip in self.chips.values() if not chip.file]
        if lacking:
            raise InputError(
                f"{self.source} names no file in its column {FILE} for {len(lacking)} of its {len(self.chips)} chips,"
                f" first in row {lacking[0]}. A table of chips has the columns {FILE} and {FIELD}."
            )
        missing = [chip.file for chip in self.chips.values() if not os.path.isfile(chip.file)]
        if missing:
            raise InputError(
                f"Files that {self.source} names are not there: {len(missing)} of {len(self.chips)}, first"
                f" {missing[0]}. Put them into the folder of the table, or take their rows out."
            )
        return [chip.file for chip in self.chips.values()]

    def _named(self, feature: ogr.Feature, index: int | None) -> str | None:
        name = "" if index is None else self._file.text(feature, index).strip()
        return os.path.normpath(os.path.join(self.folder, name)) if name else None


def refuse_lost_cells(table: FeatureFile) -> None:
    """Refuse a CSV with rows longer than its head, of which OGR drops the rest without a word: tags, most likely."""
    path, n_columns = LayerSource.parse(table.source).path, len(table.field_names)
    if not path.lower().endswith((".csv", ".tsv", ".txt")) or not os.path.isfile(path):
        return
    with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
        head = file.readline()
        lengths = {mark: len(next(csv.reader([head], delimiter=mark), ())) for mark in DELIMITERS}
        delimiter = next((mark for mark, n in lengths.items() if n == n_columns > 1), None)
        for number, row in enumerate(csv.reader(file, delimiter=delimiter) if delimiter else (), 1):
            if any(cell.strip() for cell in row[n_columns:]):
                raise InputError(
                    f"Row {number} of {path} has more cells than the table has columns, and tags would be lost. Write"
                    " ; between tags, with quotes around them where that parts columns, too."
                )
