"""True areas and lengths on the ground, from a raster's grid alone."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from osgeo import osr

from .grid import RasterGrid, Window


@dataclass(frozen=True)
class Ground:
    """What a grid's pixels measure: in meters, or in pixels (``unit`` "px") where it has no CRS.

    In a geographic CRS (``radians`` of its angular unit is set) areas are those on the ellipsoid with the
    equatorial radius ``radius_m`` and the squared eccentricity ``e2``; elsewhere those of the map plane,
    whose unit is ``meters``.
    """

    grid: RasterGrid
    unit: str
    meters: float = 1.0
    radians: float | None = None
    radius_m: float = 0.0
    e2: float = 0.0

    @classmethod
    def of(cls, grid: RasterGrid) -> Ground:
        reference = osr.SpatialReference()
        known = grid.crs_wkt and grid.geotransform and _imports(reference, grid.crs_wkt)
        if known and reference.IsGeographic():
            flattening = reference.GetInvFlattening()
            f = 1 / flattening if flattening else 0.0
            return cls(grid, "m", 1.0, reference.GetAngularUnits(), reference.GetSemiMajor(), f * (2 - f))
        if known and (reference.IsProjected() or reference.IsLocal()):
            return cls(grid, "m", reference.GetLinearUnits())
        return cls(grid, "px")

    def pixel_areas(self, window: Window) -> np.ndarray:
        """(h, 1) or (h, w) float64: m² (or 1 each, without a CRS) of the pixels of a window."""
        _, a, b, _, c, d = self.grid.transform
        if self.unit == "px":
            return np.ones((window.height, 1))
        if self.radians is None:
            return np.full((window.height, 1), self.grid.pixel_area * self.meters**2)
        if c == 0:
            edges = self._latitude(np.arange(window.row, window.bottom + 1), 0)
            zones = np.abs(np.diff(zone_area(edges, self.radius_m, self.e2)))
            return zones[:, None] * abs(a) * self.radians
        rows = np.arange(window.row, window.bottom)[:, None] + 0.5
        cols = np.arange(window.col, window.right)[None] + 0.5
        parallel, meridian = self._radii(self._latitude(rows, cols))
        return parallel * meridian * abs(a * d - b * c) * self.radians**2

    def lengths(self, rows: np.ndarray, cols: np.ndarray) -> np.ndarray:
        """(n - 1,) float64: m (or px) between successive points given in fractional pixels."""
        d_rows, d_cols = np.diff(rows), np.diff(cols)
        if self.unit == "px":
            return np.hypot(d_rows, d_cols)
        _, a, b, _, c, d = self.grid.transform
        dx, dy = a * d_cols + b * d_rows, c * d_cols + d * d_rows
        if self.radians is None:
            return np.hypot(dx, dy) * self.meters
        middle = self._latitude((rows[1:] + rows[:-1]) / 2, (cols[1:] + cols[:-1]) / 2)
        parallel, meridian = self._radii(middle)
        return np.hypot(dx * parallel, dy * meridian) * self.radians

    def _latitude(self, rows, cols) -> np.ndarray:
        """Radians at fractional pixels, kept between the poles."""
        _, _, _, y, c, d = self.grid.transform
        return np.clip((y + c * cols + d * rows) * self.radians, -math.pi / 2, math.pi / 2)

    def _radii(self, latitude: np.ndarray) -> tuple:
        """Meters for a radian of longitude and for one of latitude."""
        w2 = 1 - self.e2 * np.sin(latitude) ** 2
        normal = self.radius_m / np.sqrt(w2)
        return normal * np.cos(latitude), normal * (1 - self.e2) / w2


def zone_area(latitude: np.ndarray, radius_m: float, e2: float) -> np.ndarray:
    """m² for each radian of longitude between the equator and ``latitude`` (radians) on an ellipsoid.

    >>> round(float(4 * math.pi * zone_area(math.pi / 2, 6378137.0, 0.0066943799901413165)) / 1e12, 4)
    510.0656
    """
    sine = np.sin(latitude)
    if e2 == 0:
        return radius_m**2 * sine
    e = math.sqrt(e2)
    return radius_m**2 * (1 - e2) / 2 * (sine / (1 - e2 * sine**2) + np.arctanh(e * sine) / e)


def _imports(reference: osr.SpatialReference, wkt: str) -> bool:
    try:
        return reference.ImportFromWkt(wkt) == 0
    except RuntimeError:
        return False
