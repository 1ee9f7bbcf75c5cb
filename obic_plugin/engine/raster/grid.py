"""Where pixels are: immutable values for a raster's grid and for a part of it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

# What QGIS assumes for a raster without a geotransform: x to the right, y up, pixels of one unit.
COINCIDING_PX = 0.01
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

    def moved_into(self, outer: Window, align_px: int = 1) -> Window:
        """The window, no larger than ``outer``, moved until it lies inside, its corner on multiples of ``align_px``
        where there is room for that.

        >>> Window(0, 500, 64, 64).moved_into(Window(0, 0, 513, 513), 8)
        Window(row=0, col=448, height=64, width=64)
        """
        height, width = min(self.height, outer.height), min(self.width, outer.width)
        row = _start_inside(self.row, outer.row, outer.bottom - height, align_px)
        return Window(row, _start_inside(self.col, outer.col, outer.right - width, align_px), height, width)

    def around(self, other: Window) -> Window:
        """The smallest window that holds both."""
        row, col = min(self.row, other.row), min(self.col, other.col)
        return Window(row, col, max(self.bottom, other.bottom) - row, max(self.right, other.right) - col)

    def within(self, outer: Window) -> Window:
        """This window counted from the corner of ``outer``."""
        return Window(self.row - outer.row, self.col - outer.col, self.height, self.width)

    def tiles(self, size_px: int) -> Tiles:
        """Windows on multiples of ``size_px`` that cover this one, every pixel once, row by row."""
        return Tiles(self, size_px)


class Tiles(Sequence):
    """The tiles of a window, each made when it is asked for: there may be millions.

    >>> len(Window(0, 0, 10**6, 10**6).tiles(100))
    100000000
    """

    def __init__(self, whole: Window, size_px: int):
        self._whole, self._size_px = whole, size_px
        self._rows = range(whole.row // size_px * size_px, whole.bottom if whole.size else whole.row, size_px)
        self._cols = range(whole.col // size_px * size_px, whole.right if whole.size else whole.col, size_px)

    def __len__(self) -> int:
        return len(self._rows) * len(self._cols)

    def __getitem__(self, index: int) -> Window:
        if not -len(self) <= index < len(self):
            raise IndexError(index)
        row, col = divmod(index % len(self), len(self._cols))
        return Window(self._rows[row], self._cols[col], self._size_px, self._size_px) & self._whole


class GridOffset(NamedTuple):
    """A pixel of a grid at which another one begins; below 0 where that is outside."""

    row: int
    col: int


class GroundPoints(NamedTuple):
    """Ground control points, (x, y, z, col, row, id, info) each, and the CRS that these are in, as WKT."""

    points: tuple
    crs_wkt: str

    @classmethod
    def of(cls, points: Iterable, crs_wkt: str) -> GroundPoints:
        """Those of GDAL."""
        rows = tuple((p.GCPX, p.GCPY, p.GCPZ, p.GCPPixel, p.GCPLine, p.Id, p.Info) for p in points)
        return cls(rows, crs_wkt)


def _start_inside(start: int, first: int, last: int, align_px: int) -> int:
    """The number from ``first`` to ``last`` next to ``start``, a multiple of ``align_px`` if there is one."""
    start = min(max(start, -(-first // align_px) * align_px), last)
    return max(start // align_px * align_px, first)


@dataclass(frozen=True)
class RasterGrid:
    """Height and width in pixels, GDAL geotransform (None: not georeferenced), CRS as WKT ('': none).

    ``grid[window]`` is the grid of a part. Two rasters lie on the same grid when these are equal. The ground control
    points of a raster that has nothing better do not count as georeference; results carry them, too.
    """

    height: int
    width: int
    geotransform: tuple | None = None
    crs_wkt: str = ""
    ground_points: GroundPoints | None = None

    @property
    def window(self) -> Window:
        return Window(0, 0, self.height, self.width)

    @property
    def transform(self) -> tuple:
        """The geotransform, or the one that QGIS assumes where there is none."""
        return self.geotransform or UNREFERENCED

    @property
    def is_regular(self) -> bool:
        """Whether the geotransform gives each pixel a place of its own."""
        extremes = (*self.to_map(0, 0), *self.to_map(self.height, self.width))
        return all(map(math.isfinite, (*self.transform, *extremes))) and 0 < self.pixel_area < math.inf

    @property
    def pixel_area(self) -> float:
        """Area of a pixel in squared units of the CRS."""
        _, a, b, _, c, d = self.transform
        return abs(a * d - b * c)

    def __getitem__(self, window: Window) -> RasterGrid:
        x, y = self.to_map(window.row, window.col)
        _, a, b, _, c, d = self.transform
        return RasterGrid(window.height, window.width, (x, a, b, y, c, d), self.crs_wkt)

    def offset_of(self, other: RasterGrid) -> GridOffset | None:
        """Where in this grid another one begins, if their pixels coincide to `COINCIDING_PX`; None if they do not.

        Whether their CRS are the same is not looked at. Where one of them is not georeferenced, they coincide if they
        have the same size.
        """
        if self.geotransform is None or other.geotransform is None:
            same = (self.height, self.width) == (other.height, other.width)
            return GridOffset(0, 0) if same else None
        places = [
            (corner, self.to_pixel(*other.to_map(*corner)))
            for corner in ((0, 0), (0, other.width), (other.height, 0), (other.height, other.width))
        ]
        offset = GridOffset(*(round(number) for number in places[0][1]))
        away = [
            abs(found - start - own)
            for corner, place in places
            for found, start, own in zip(place, offset, corner)
        ]
        return offset if max(away) < COINCIDING_PX else None

    def coincides_with(self, other: RasterGrid) -> bool:
        """Whether another grid has the same pixels, as many of them, in the same place."""
        same = (self.height, self.width) == (other.height, other.width)
        return same and self.offset_of(other) == (0, 0)

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
        if not all(math.isfinite(number) for corner in corners for number in corner):
            return Window(0, 0, 0, 0)
        rows, cols = zip(*corners)
        row, col = math.ceil(min(rows) - 0.5 - 1e-6), math.ceil(min(cols) - 0.5 - 1e-6)
        bottom, right = math.floor(max(rows) + 0.5 + 1e-6), math.floor(max(cols) + 0.5 + 1e-6)
        return Window(row, col, max(bottom - row, 0), max(right - col, 0)) & self.window
