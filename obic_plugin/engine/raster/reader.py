"""Rasters to numpy: any GDAL format and data type, one window at a time, with a validity mask."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import contextmanager
from threading import Lock

import numpy as np
from osgeo import gdal, gdal_array

from ..errors import InputError
from .grid import RasterGrid, Window
from .mask import PolygonMask
from .patch import Patch


@contextmanager
def quiet_gdal():
    """GDAL's own error lines go nowhere; its failures are turned into `ObicError` by the caller."""
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()


def open_raster(source: str) -> gdal.Dataset:
    """A GDAL dataset with at least one band; refuses what cannot be opened in one sentence."""
    gdal.ErrorReset()
    if not source:
        raise InputError("No raster was given.")
    try:
        with quiet_gdal():
            dataset = gdal.OpenEx(source, gdal.OF_RASTER)
    except RuntimeError:
        dataset = None
    if dataset is None:
        reason = gdal.GetLastErrorMsg() or "GDAL does not know its format"
        raise InputError(f"Cannot open {source} as a raster: {reason}.")
    if dataset.RasterCount == 0:
        parts = ", ".join(name for name, _ in dataset.GetSubDatasets()[:5]) or "none"
        raise InputError(f"{source} holds no bands itself. Choose one of its subdatasets: {parts}.")
    return dataset


class RasterReader:
    """One raster, some of its bands, and where in it to work.

    ``bands`` are numbers from 1 (None: all but alpha). ``extent`` is (xmin, ymin, xmax, ymax) in the
    raster's CRS and ``mask`` a `PolygonMask`; pixels outside of them read as invalid. A pixel is also
    invalid where any chosen band is nodata, NaN or infinite, where alpha or the mask band is 0, or where
    all chosen bands have the value ``fill``.
    A single paletted band reads as the red, green and blue of its colors. Of several threads one reads at a time.
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
        transform = self._dataset.GetGeoTransform(can_return_null=True)
        self.grid = RasterGrid(
            self._dataset.RasterYSize,
            self._dataset.RasterXSize,
            tuple(transform) if transform else None,
            self._dataset.GetProjection() or "",
        )
        self.bands = tuple(bands) if bands else self._all_but_alpha()
        self._refuse_bad_bands()
        self._palette = self._read_palette()
        self._nodata = [self._dataset.GetRasterBand(band).GetNoDataValue() for band in self.bands]
        self._mask_bands = self._find_mask_bands()
        self._extent, self.fill, self.work = extent, fill, self.grid.window
        if extent is not None:
            self.work = self.grid.window_of(*extent)
            if self.work.size == 0:
                raise InputError(
                    f"The extent {_numbers(extent)} does not overlap {source}. Choose one that does."
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
        return gdal.GetDataTypeName(self._dataset.GetRasterBand(self.bands[0]).DataType)

    @property
    def dtype(self) -> np.dtype:
        """A type that holds the values of all bands of the file."""
        if self._palette is not None:
            return np.dtype(np.uint8)
        kinds = {self._dataset.GetRasterBand(band).DataType for band in self.bands}
        return np.result_type(*(gdal_array.GDALTypeCodeToNumericTypeCode(kind) for kind in kinds))

    @property
    def nodata(self) -> tuple:
        """The declared nodata value of each band of a `Patch`, None where it has none."""
        return (None,) * 3 if self._palette is not None else tuple(self._nodata)

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
        kinds = {self._dataset.GetRasterBand(band).DataType for band in self.bands}
        kind = kinds.pop() if len(kinds) == 1 else gdal.GDT_Float64
        gdal.ErrorReset()
        try:
            with quiet_gdal():
                data = self._dataset.ReadRaster(
                    window.col,
                    window.row,
                    window.width,
                    window.height,
                    buf_type=kind,
                    band_list=list(self.bands),
                )
        except RuntimeError:
            data = None
        if data is None:
            reason = gdal.GetLastErrorMsg() or "unknown error"
            raise InputError(f"Cannot read {self.source}: {reason}. The file may be damaged or incomplete.")
        dtype = np.dtype(gdal_array.GDALTypeCodeToNumericTypeCode(kind))
        return np.frombuffer(data, dtype).reshape(len(self.bands), window.height, window.width)

    def _valid(self, raw: np.ndarray, window: Window) -> np.ndarray:
        valid = np.ones(raw.shape[1:], bool)
        for band, nodata in zip(raw, self._nodata):
            if nodata is not None and _can_hold(band.dtype, nodata):
                valid &= band != band.dtype.type(nodata)
        if self.fill is not None:
            valid &= (raw != self.fill).any(0)
        for band in self._mask_bands:
            mask = band.ReadAsArray(window.col, window.row, window.width, window.height)
            if mask is None:
                raise InputError(
                    f"Cannot read the mask of {self.source}. The file may be damaged or incomplete."
                )
            valid &= mask > 0
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
                raise InputError(f"There is no band {band}: {self.source} has {count} (counted from 1).")
            kind = self._dataset.GetRasterBand(band).DataType
            if gdal.DataTypeIsComplex(kind):
                raise InputError(f"Band {band} of {self.source} is complex. Derive its amplitude first.")

    def _read_palette(self) -> np.ndarray | None:
        band = self._dataset.GetRasterBand(self.bands[0])
        table = band.GetRasterColorTable()
        indexed = band.GetRasterColorInterpretation() == gdal.GCI_PaletteIndex
        if len(self.bands) > 1 or table is None or not indexed or band.DataType != gdal.GDT_Byte:
            return None
        colors = np.zeros((3, 256), np.float32)
        for index in range(min(table.GetCount(), 256)):
            colors[:, index] = table.GetColorEntry(index)[:3]
        return colors

    def _find_mask_bands(self) -> list:
        """Mask bands that the values do not already tell: one for the dataset, or one a band."""
        masks = {}
        for number in self.bands:
            band = self._dataset.GetRasterBand(number)
            flags = band.GetMaskFlags()
            if flags & (gdal.GMF_ALL_VALID | gdal.GMF_NODATA):
                continue
            masks["dataset" if flags & gdal.GMF_PER_DATASET else number] = band.GetMaskBand()
        for number in range(1, self._dataset.RasterCount + 1):
            band = self._dataset.GetRasterBand(number)
            if "dataset" not in masks and band.GetColorInterpretation() == gdal.GCI_AlphaBand:
                masks["dataset"] = band
        return list(masks.values())


def _can_hold(dtype: np.dtype, value: float) -> bool:
    """Whether a pixel can have this nodata value: -9999 declared for bytes would wrap to one that they have."""
    if dtype.kind == "f":
        return bool(np.isfinite(value))
    return (
        bool(np.isfinite(value))
        and value == int(value)
        and np.iinfo(dtype).min <= value <= np.iinfo(dtype).max
    )


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
