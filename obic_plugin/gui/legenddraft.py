"""A legend that is being edited: rows that are named, colored, merged, hidden, and every step undone."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ..engine.classedits import Edit
from ..engine.raster.classes import ClassTable, LandClass


class Row(NamedTuple):
    """One class as it is to be: the ``values`` of the map that it stands for, several once they are merged."""

    values: tuple
    name: str
    color: tuple
    hidden: bool = False


class LegendDraft:
    """The rows of a map's legend, and all that has been done to them.

    >>> draft = LegendDraft(ClassTable.of([(0, 0, 9), (0, 9, 0)]))
    >>> draft.rename(0, "water"); draft.merge([0, 1]); draft.rows[0].values, draft.rows[0].name
    ((1, 2), 'water')
    >>> draft.undo(); len(draft.rows)
    2
    """

    def __init__(self, classes: ClassTable):
        self._first = tuple(Row((item.value,), item.name, tuple(item.color)) for item in classes)
        self._past, self._future, self.rows = [], [], self._first

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to apply; what is hidden is seen, and no part of a legend."""
        return self._seen(self.rows) != self._seen(self._first)

    @property
    def needs_new_raster(self) -> bool:
        """Whether pixels have to change: classes were merged, or made no data."""
        return [row.values for row in self.rows] != [row.values for row in self._first]

    def rename(self, index: int, name: str, color: tuple | None = None) -> None:
        """A name, and the color that goes with it."""
        row = self.rows[index]
        self._replace(index, row._replace(name=name.strip() or row.name, color=color or row.color))

    def recolor(self, index: int, color: tuple) -> None:
        self._replace(index, self.rows[index]._replace(color=tuple(color)))

    def hide(self, indices: Iterable, hidden: bool) -> None:
        chosen = set(indices)
        self._become(
            row._replace(hidden=hidden) if index in chosen else row for index, row in enumerate(self.rows)
        )

    def merge(self, indices: Iterable) -> None:
        """Some rows become one, in the place and with the looks of the first of them that somebody has named."""
        chosen = sorted(set(indices))
        if len(chosen) < 2:
            return
        members = [self.rows[index] for index in chosen]
        model = next((row for row in members if not is_unnamed(row)), members[0])
        values = tuple(value for row in members for value in row.values)
        merged = model._replace(values=values, hidden=False)
        rest = set(chosen[1:])
        self._become(
            merged if index == chosen[0] else row for index, row in enumerate(self.rows) if index not in rest
        )

    def drop(self, indices: Iterable) -> None:
        """Some rows become no data; one at least stays."""
        chosen = set(indices)
        kept = [row for index, row in enumerate(self.rows) if index not in chosen]
        if kept:
            self._become(kept)

    def undo(self) -> None:
        if self._past:
            self._future.append(self.rows)
            self.rows = self._past.pop()

    def redo(self) -> None:
        if self._future:
            self._past.append(self.rows)
            self.rows = self._future.pop()

    def settle(self) -> None:
        """What there is has been applied: it is the legend now, and can still be undone."""
        self._first = self.rows

    def row_of(self, value: int) -> int | None:
        """The row that stands for a value of the map."""
        return next((index for index, row in enumerate(self.rows) if value in row.values), None)

    def looks(self) -> dict:
        """{value: (name, color)} of all values that have a row."""
        return {value: (row.name, row.color) for row in self.rows for value in row.values}

    def table(self) -> ClassTable:
        """The legend of the map as it is, value by value."""
        looks = sorted(self.looks().items())
        return ClassTable(tuple(LandClass(value, *look) for value, look in looks))

    def edits(self) -> list:
        """`Edit`s that make a new map: merged classes get the value of the first of them."""
        found = [Edit(v, row.values[0], row.name, row.color) for row in self.rows for v in row.values]
        known = {edit.value for edit in found}
        gone = [v for row in self._first for v in row.values if v not in known]
        return found + [Edit(value, 0) for value in gone]

    @staticmethod
    def _seen(rows: tuple) -> list:
        return [row[:3] for row in rows]

    def _replace(self, index: int, row: Row) -> None:
        self._become(row if n == index else old for n, old in enumerate(self.rows))

    def _become(self, rows: Iterable) -> None:
        rows = tuple(rows)
        if rows != self.rows:
            self._past.append(self.rows)
            self._future.clear()
            self.rows = rows


def is_unnamed(row: Row) -> bool:
    """Whether nobody has named a class yet: it is called by its number, such as "class 3"."""
    return row.name.rpartition(" ")[2] == str(row.values[0])
