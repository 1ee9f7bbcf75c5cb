"""Rasters to numpy: any GDAL format and data type, one window at a time, with a validity mask."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock

import numpy as np
from osgeo import gdal

from ..errors import InputError
from ..sources import open_source, why_not
from ..wording import count
from .bands import read_bands, value_type
from .grid import GroundPoints, RasterGrid, Window
from .mask import PolygonMask
from .patch import Patch
from .validity import Validity

MOST_PX, LONGEST_SIDE_PX = 10**12, 10**7  # what a run of some days can map, and memory hold a line of


def open_raster(source: str) -> gdal.Dataset:
    """A GDAL dataset with at least one band; refuses what cannot be opened in one sentence."""
    if not source:
        raise InputError("No raster was given.")
    dataset = open_source(source, gdal.OF_RASTER)
    if dataset is None:
        raise InputError(f"Cannot open {source} as a raster: {why_not(source)}.")
    if dataset.RasterCount == 0:
        parts = ", ".join(name for name, _ in dataset.GetSubDatasets()[:5]) or "none"
        raise InputError(f"{source} holds no bands itself. Choose one of its subdatasets: {parts}.")
    return dataset


def grid_of(dataset: gdal.Dataset) -> RasterGrid:
    """The grid of an open raster; refuses one that places no pixel, or of more pixels than can be worked on."""
    name, height, width = dataset.GetDescription(), dataset.RasterYSize, dataset.RasterXSize
    if height * width > MOST_PX or max(height, width) > LONGEST_SIDE_PX:
        raise InputError(
            f"{name} has {count(width)} x {count(height)} px, and work on it would not end: at most {count(MOST_PX)} px"
            f" and {count(LONGEST_SIDE_PX)} px on a side are possible. Cut out the part that matters (Clip raster by"
            " extent)."
        )
    transform = dataset.GetGeoTransform(can_return_null=True)
    points = dataset.GetGCPs()
    grid = RasterGrid(
        height,
        width,
        tuple(transform) if transform else None,
        dataset.GetProjection() or "",
        GroundPoints.of(points, dataset.GetGCPProjection() or "") if points and not transform else None,
    )
    if transform and not grid.is_regular:
        raise InputError(
            f"{name} is georeferenced by {_numbers(transform)}, which gives its pixels no place or no area. Correct its"
            " geotransform, or remove it."
        )
    return grid


class RasterReader:
    """One raster, some of its bands, and where in it to work.

    ``bands`` are numbers from 1 (None: all but alpha). ``extent`` is (xmin, ymin, xmax, ymax) in the
    raster's CRS and ``mask`` a `PolygonMask`; pixels outside of them read as invalid. A pixel is also
    invalid where any chosen band is nodata, NaN or infinite, where alpha or the mask band is 0, or where
    all chosen bands have the value ``fill``.
    A single paletted band reads as the red, green and blue of its colors. Of several threads one reads at a time.
    ``content`` are the windows that hold anything, where a search has found that little of the raster does; None: any
    may.
    """

    def __init__(
        self,
        source: str,
        bands: Sequence[int] | None = None,
        extent: tuple | None = None,
        mask: PolygonMask | None = None,
        fill: float | None = None,
    ):
        self.source, self._mask, self._dataset = source, mask, open_raster(source)
        self._reading = Lock()
        self.grid = grid_of(self._dataset)
        self.bands = tuple(bands) if bands else self._all_but_alpha()
        self._refuse_bad_bands()
        self._palette = self._read_palette()
        self._validity = Validity(self._dataset, self.bands)
        self._extent, self.fill, self.work = extent, fill, self.grid.window
        self.content: list | None = None
        if extent is not None:
            self.work = self.grid.window_of(*extent)
            if self.work.size == 0:
                raise InputError(
                    f"The extent from {_numbers(extent[:2])} to {_numbers(extent[2:])} does not overlap {source}."
                    " Choose one that does."
                )

    @property
    def n_bands(self) -> int:
        """Bands of a `Patch`: those chosen, or 3 for a paletted raster."""
        return 3 if self._palette is not None else len(self.bands)

    @property
    def band_names(self) -> tuple:
        """The description of each band, '' where it has none."""
        if self._palette is not None:
            return "red", "green", "blue"
        return tuple(self._dataset.GetRasterBand(band).GetDescription() or "" for band in self.bands)

    @property
    def data_type(self) -> str:
        """GDAL's name of it; Int8 for signed bytes also where GDAL has none for them."""
        band = self._dataset.GetRasterBand(self.bands[0])
        return "Int8" if value_type(band) == np.int8 else gdal.GetDataTypeName(band.DataType)

    @property
    def dtype(self) -> np.dtype:
        """A type that holds the values of all bands of the file."""
        if self._palette is not None:
            return np.dtype(np.uint8)
        return np.result_type(*(value_type(self._dataset.GetRasterBand(band)) for band in self.bands))

    @property
    def nodata(self) -> tuple:
        """The declared nodata value of each band of a `Patch`, None where it has none."""
        return (None,) * 3 if self._palette is not None else self._validity.nodata

    @property
    def color_interpretations(self) -> tuple:
        """GDAL's number of what each band of a `Patch` is shown as."""
        if self._palette is not None:
            return gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand
        return tuple(self._dataset.GetRasterBand(band).GetColorInterpretation() for band in self.bands)

    def display_bands(self) -> tuple:
        """Indices (from 0) of the patch's bands that show as red, green, blue: by their declared
        color, else the order of satellite bands (3, 2, 1), else the first band three times."""
        if self._palette is not None:
            return 0, 1, 2
        colors = self.color_interpretations
        wanted = (gdal.GCI_RedBand, gdal.GCI_GreenBand, gdal.GCI_BlueBand)
        if all(color in colors for color in wanted):
            return tuple(colors.index(color) for color in wanted)
        return (2, 1, 0) if len(self.bands) >= 3 else (0, 0, 0)

    def read(self, window: Window) -> Patch:
        """The patch of a window; what lies beyond the raster or outside of the work area is invalid (and 0)."""
        inside = window & self.work
        if inside.size:
            with self._reading:
                found = self._read_inside(inside)
            if inside == window:
                return Patch(*found)
        values = np.zeros((self.n_bands, window.height, window.width), np.float32)
        valid = np.zeros((window.height, window.width), bool)
        if inside.size:
            part = inside.within(window).slices
            values[(slice(None), *part)], valid[part] = found
        return Patch(values, valid)

    def is_unwritten(self, window: Window) -> bool:
        """Whether a sparse file has nothing where the window lies; False where GDAL cannot tell without reading."""
        place = (window.col, window.row, window.width, window.height)
        with self._reading:
            found = [
                self._dataset.GetRasterBand(band).GetDataCoverageStatus(*place)[0] for band in self.bands
            ]
        return all(status == gdal.GDAL_DATA_COVERAGE_STATUS_EMPTY for status in found)

    def _read_inside(self, window: Window) -> tuple:
        raw = self._read_raw(window)
        valid = self._valid(raw, window)
        with np.errstate(over="ignore"):  # float64 beyond float32 becomes infinite, and so invalid
            values = self._palette[:, raw[0]] if self._palette is not None else raw.astype(np.float32)
        if raw.dtype.kind == "f":
            valid &= np.isfinite(values).all(0)
        if not valid.all():
            values[:, ~valid] = 0
        return values, valid

    def _read_raw(self, window: Window) -> np.ndarray:
        return read_bands(self._dataset, self.bands, window)

    def _valid(self, raw: np.ndarray, window: Window) -> np.ndarray:
        valid = self._validity.of(raw, window)
        if self.fill is not None:
            valid &= (raw != self.fill).any(0)
        if self._extent is not None:
            valid &= _inside_rectangle(self.grid[window], self._extent)
        if self._mask is not None:
            valid &= self._mask.read(self.grid[window])
        return valid

    def _all_but_alpha(self) -> tuple:
        numbers = range(1, self._dataset.RasterCount + 1)
        color = {n: self._dataset.GetRasterBand(n).GetColorInterpretation() for n in numbers}
        return tuple(n for n in numbers if color[n] != gdal.GCI_AlphaBand) or (1,)

    def _refuse_bad_bands(self) -> None:
        count = self._dataset.RasterCount
        for band in self.bands:
            if not 1 <= band <= count:
                raise InputError(
                    f"There is no band {band}: {self.source} has {count} (counted from 1). Choose among those."
                )
            kind = self._dataset.GetRasterBand(band).DataType
            if gdal.DataTypeIsComplex(kind):
                raise InputError(
                    f"Band {band} of {self.source} is complex. Derive its amplitude first, or choose other bands."
                )

    def _read_palette(self) -> np.ndarray | None:
        band = self._dataset.GetRasterBand(self.bands[0])
        table = band.GetRasterColorTable()
        indexed = band.GetRasterColorInterpretation() == gdal.GCI_PaletteIndex
        if len(self.bands) > 1 or table is None or not indexed or value_type(band) != np.uint8:
            return None
        colors = np.zeros((3, 256), np.float32)
        for index in range(min(table.GetCount(), 256)):
            colors[:, index] = table.GetColorEntry(index)[:3]
        return colors


def _inside_rectangle(grid: RasterGrid, extent: tuple) -> np.ndarray:
    """(h, w) bool: pixel centers within the rectangle; matters only for a rotated grid."""
    xmin, ymin, xmax, ymax = extent
    x0, a, b, y0, c, d = grid.transform
    row, col = np.arange(grid.height)[:, None] + 0.5, np.arange(grid.width)[None] + 0.5
    x, y = x0 + a * col + b * row, y0 + c * col + d * row
    margin = 1e-6 * (abs(a) + abs(b) + abs(c) + abs(d))
    return (x >= xmin - margin) & (x <= xmax + margin) & (y >= ymin - margin) & (y <= ymax + margin)


def _numbers(values: Sequence[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)
