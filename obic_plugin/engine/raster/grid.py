"""Where pixels are: immutable values for a raster's grid and for a part of it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

# What QGIS assumes for a raster without a geotransform: x to the right, y up, pixels of one unit.
UNREFERENCED = (0.0, 1.0, 0.0, 0.0, 0.0, -1.0)


class Window(NamedTuple):
    """A rectangle of pixels: upper left corner (row, col), height and width.

    >>> Window(0, 0, 4, 6) & Window(2, 3, 9, 9)
    Window(row=2, col=3, height=2, width=3)
    """

    row: int
    col: int
    height: int
    width: int

    @property
    def bottom(self) -> int:
        return self.row + self.height

    @property
    def right(self) -> int:
        return self.col + self.width

    @property
    def size(self) -> int:
        return self.height * self.width

    @property
    def slices(self) -> tuple:
        """Index of an array whose pixel (0, 0) is that of the raster."""
        return slice(self.row, self.bottom), slice(self.col, self.right)

    def __and__(self, other: Window) -> Window:
        row, col = max(self.row, other.row), max(self.col, other.col)
        bottom, right = min(self.bottom, other.bottom), min(self.right, other.right)
        return Window(row, col, max(bottom - row, 0), max(right - col, 0))

    def grow(self, px: int) -> Window:
        """The window with a margin of ``px`` on each side; it may reach beyond the raster."""
        return Window(self.row - px, self.col - px, self.height + 2 * px, self.width + 2 * px)

    def align(self, px: int) -> Window:
        """The smallest window around this one whose corners are multiples of ``px``."""
        row, col = self.row // px * px, self.col // px * px
        return Window(row, col, -(-self.bottom // px) * px - row, -(-self.right // px) * px - col)

    def within(self, outer: Window) -> Window:
        """This window counted from the corner of ``outer``."""
        return Window(self.row - outer.row, self.col - outer.col, self.height, self.width)

    def tiles(self, size_px: int) -> Iterator[Window]:
        """Windows on multiples of ``size_px`` that cover this one, every pixel once, row by row."""
        for row in range(self.row // size_px * size_px, self.bottom, size_px):
            for col in range(self.col // size_px * size_px, self.right, size_px):
                yield Window(row, col, size_px, size_px) & self


@dataclass(frozen=True)
class RasterGrid:
    """Height and width in pixels, GDAL geotransform (None: not georeferenced), CRS as WKT ('': none).

    ``grid[window]`` is the grid of a part. Two rasters lie on the same grid when these are equal.
    """

    height: int
    width: int
    geotransform: tuple | None = None
    crs_wkt: str = ""

    @property
    def window(self) -> Window:
        return Window(0, 0, self.height, self.width)

    @property
    def transform(self) -> tuple:
        """The geotransform, or the one that QGIS assumes where there is none."""
        return self.geotransform or UNREFERENCED

    @property
    def pixel_area(self) -> float:
        """Area of a pixel in squared units of the CRS."""
        _, a, b, _, c, d = self.transform
        return abs(a * d - b * c)

    def __getitem__(self, window: Window) -> RasterGrid:
        x, y = self.to_map(window.row, window.col)
        _, a, b, _, c, d = self.transform
        return RasterGrid(window.height, window.width, (x, a, b, y, c, d), self.crs_wkt)

    def to_map(self, row: float, col: float) -> tuple:
        """(x, y) of the upper left corner of pixel (row, col)."""
        x, a, b, y, c, d = self.transform
        return x + a * col + b * row, y + c * col + d * row

    def to_pixel(self, x: float, y: float) -> tuple:
        """(row, col), fractional, of a point in map coordinates."""
        x0, a, b, y0, c, d = self.transform
        determinant = a * d - b * c
        col = (d * (x - x0) - b * (y - y0)) / determinant
        row = (a * (y - y0) - c * (x - x0)) / determinant
        return row, col

    def window_of(self, xmin: float, ymin: float, xmax: float, ymax: float) -> Window:
        """The smallest window around the pixels whose centers lie in a map rectangle; empty if none do."""
        corners = [self.to_pixel(x, y) for x in (xmin, xmax) for y in (ymin, ymax)]
        rows, cols = zip(*corners)
        row, col = math.ceil(min(rows) - 0.5 - 1e-6), math.ceil(min(cols) - 0.5 - 1e-6)
        bottom, right = math.floor(max(rows) + 0.5 + 1e-6), math.floor(max(cols) + 0.5 + 1e-6)
        return Window(row, col, max(bottom - row, 0), max(right - col, 0)) & self.window
