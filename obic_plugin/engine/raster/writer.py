"""Numpy to GeoTIFF: tiled, compressed, with overviews, metadata and a legend."""

from __future__ import annotations

import os
from contextlib import contextmanager

import numpy as np
from osgeo import gdal, gdal_array

from ..errors import OutputError
from ..progress import Progress
from .classes import ClassTable
from .grid import RasterGrid, Window

BLOCK_PX = 512
OPTIONS = [
    "TILED=YES",
    f"BLOCKXSIZE={BLOCK_PX}",
    f"BLOCKYSIZE={BLOCK_PX}",
    "BIGTIFF=IF_SAFER",
    "SPARSE_OK=TRUE",
]
# no NUM_THREADS: a thread that reads another raster may have to flush our blocks, and GDAL's writers then wait
# for each other forever
COMPRESSION = ["COMPRESS=DEFLATE", "ZLEVEL=1"]


@contextmanager
def writing(path: str):
    """Turn any failure of GDAL inside the block, also one on closing a file, into an `OutputError`."""
    failures = []

    def remember(level, number, message):
        if level >= gdal.CE_Failure:
            failures.append(message)

    gdal.PushErrorHandler(remember)
    try:
        yield
    except RuntimeError as error:
        failures.append(str(error))
    finally:
        gdal.PopErrorHandler()
    if failures:
        raise OutputError(f"Cannot write {path}: {failures[0]}. Is the disk full, or the folder read-only?")


class RasterWriter:
    """A GeoTIFF on a grid, written window by window; ``dtype`` is a numpy integer or float type.

    ``compressed=False`` is for scratch files that are read back soon. Use it as a context manager:
    leaving the block closes the file and raises `OutputError` if anything could not be written.
    """

    def __init__(
        self,
        path: str,
        grid: RasterGrid,
        dtype=np.uint8,
        nodata: float | None = 0,
        n_bands: int = 1,
        compressed: bool = True,
    ):
        self.path, self.grid = path, grid
        kind = gdal_array.NumericTypeCodeToGDALTypeCode(np.dtype(dtype))
        options = OPTIONS + (COMPRESSION if compressed else [])
        with writing(path):
            self._dataset = gdal.GetDriverByName("GTiff").Create(
                path, grid.width, grid.height, n_bands, kind, options
            )
            if self._dataset is None:
                raise RuntimeError(gdal.GetLastErrorMsg())
            if grid.geotransform:
                self._dataset.SetGeoTransform(grid.geotransform)
            if grid.crs_wkt:
                self._dataset.SetProjection(grid.crs_wkt)
            if nodata is not None:
                for number in range(1, n_bands + 1):
                    self._dataset.GetRasterBand(number).SetNoDataValue(nodata)

    def __enter__(self) -> RasterWriter:
        return self

    def __exit__(self, kind, *_) -> None:
        self.close(check=kind is None)

    def write(self, window: Window, values: np.ndarray, band: int = 1) -> None:
        """Write (h, w) ``values`` to a window of one band (numbered from 1)."""
        with writing(self.path):
            code = self._dataset.GetRasterBand(band).WriteArray(values, window.col, window.row)
            if code:
                raise RuntimeError(gdal.GetLastErrorMsg() or "write failed")

    def read(self, window: Window, band: int = 1) -> np.ndarray:
        """What has been written to a window, (h, w)."""
        return self._dataset.GetRasterBand(band).ReadAsArray(
            window.col, window.row, window.width, window.height
        )

    def describe(
        self, metadata: dict, classes: ClassTable | None = None, band_names: tuple = (), colors: tuple = ()
    ) -> None:
        """Attach metadata items, band names and, for labels, the legend; before anything is written also
        ``colors``, GDAL's number of what each band is shown as."""
        for number, color in enumerate(colors, 1):
            self._dataset.GetRasterBand(number).SetColorInterpretation(color)
        self._dataset.SetMetadata({key: str(value) for key, value in metadata.items()})
        if classes is not None:
            classes.to_band(self._dataset.GetRasterBand(1))
        for number, name in enumerate(band_names, 1):
            self._dataset.GetRasterBand(number).SetDescription(name)

    def sieve(self, min_area_px: int, progress: Progress) -> None:
        """Merge patches of fewer than ``min_area_px`` equal pixels (4-connected) into their largest neighbor."""
        band = self._dataset.GetRasterBand(1)
        with writing(self.path), _callback(progress) as callback:
            gdal.SieveFilter(band, band.GetMaskBand(), band, min_area_px, 4, callback=callback)

    def overviews(self, resampling: str, progress: Progress) -> None:
        """Halve the raster until it fits 256 px, by NEAREST for labels and AVERAGE for quantities."""
        longest, factors = max(self.grid.height, self.grid.width), []
        while longest / 2 ** len(factors) > 256:
            factors.append(2 ** (len(factors) + 1))
        if factors:
            with writing(self.path), _callback(progress) as callback:
                self._dataset.BuildOverviews(resampling, factors, callback=callback)

    def close(self, check: bool = True) -> None:
        if self._dataset is None:
            return
        if not check:
            gdal.PushErrorHandler("CPLQuietErrorHandler")
            self._dataset = None
            gdal.PopErrorHandler()
            return
        with writing(self.path):
            self._dataset.FlushCache()
            self._dataset = None
        if not os.path.exists(self.path):
            raise OutputError(f"Cannot write {self.path}. Is the disk full?")


@contextmanager
def _callback(progress: Progress):
    """A GDAL progress function that stops GDAL when the user cancels, and then raises `Cancelled` here."""
    stopped = []

    def at(fraction, *_):
        try:
            progress.at(fraction)
        except Exception as reason:  # noqa: BLE001 - GDAL swallows exceptions: keep it and raise it after the call
            stopped.append(reason)
            return 0
        return 1

    try:
        yield at
    except RuntimeError:
        if not stopped:
            raise
    if stopped:
        raise stopped[0]
