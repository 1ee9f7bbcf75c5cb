"""The legend: which value means which class, and how it looks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from osgeo import gdal


class LandClass(NamedTuple):
    """A class of a label raster: value 1..254, name, color (red, green, blue) 0..255 or None, not chosen yet."""

    value: int
    name: str
    color: tuple | None


@dataclass(frozen=True)
class ClassTable:
    """The classes of a label raster in ascending order of value; 0 is always no data.

    >>> ClassTable.of([(30, 90, 200), (20, 120, 40)]).names
    ('class 1', 'class 2')
    """

    classes: tuple

    @classmethod
    def of(cls, colors: Iterable, names: Iterable | None = None) -> ClassTable:
        """A table of values 1..K in the order of their colors."""
        colors = [tuple(int(part) for part in color) for color in colors]
        names = list(names) if names is not None else [f"class {i}" for i in range(1, len(colors) + 1)]
        return cls(tuple(LandClass(i, n, c) for i, (n, c) in enumerate(zip(names, colors), 1)))

    @classmethod
    def from_json(cls, rows: list) -> ClassTable:
        return cls(tuple(LandClass(int(r["value"]), str(r["name"]), tuple(r["color"])) for r in rows))

    @classmethod
    def from_raster(cls, path: str) -> ClassTable:
        """The table that a label raster carries; empty when it has no color table."""
        from osgeo import gdal

        from ..sources import open_source

        dataset = open_source(path, gdal.OF_RASTER)  # kept in a name: a band dies with its dataset
        band = dataset.GetRasterBand(1)
        table, names = band.GetRasterColorTable(), band.GetRasterCategoryNames() or []
        if table is None:
            return cls(())
        values = range(1, min(table.GetCount(), max(len(names), 1)) if names else table.GetCount())
        return cls(
            tuple(
                LandClass(v, names[v] if names else f"class {v}", table.GetColorEntry(v)[:3]) for v in values
            )
        )

    def to_json(self) -> list:
        return [{"value": c.value, "name": c.name, "color": list(c.color)} for c in self.classes]

    def to_band(self, band: gdal.Band) -> None:
        """Write color table and category names, so that any GIS shows the classes without a style file."""
        from osgeo import gdal

        table = gdal.ColorTable()
        table.SetColorEntry(0, (0, 0, 0, 0))
        names = ["no data"]
        for item in self.classes:
            table.SetColorEntry(item.value, (*item.color, 255))
            names += [""] * (item.value - len(names)) + [item.name]
        band.SetRasterColorTable(table)
        band.SetRasterCategoryNames(names)

    @property
    def values(self) -> tuple:
        return tuple(c.value for c in self.classes)

    @property
    def names(self) -> tuple:
        return tuple(c.name for c in self.classes)

    @property
    def colors(self) -> tuple:
        return tuple(c.color for c in self.classes)

    def __len__(self) -> int:
        return len(self.classes)

    def __iter__(self):
        return iter(self.classes)
