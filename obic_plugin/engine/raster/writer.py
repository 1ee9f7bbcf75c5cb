"""Numpy to rasters, by way of a GeoTIFF: tiled, compressed, with overviews, metadata and a legend."""

from __future__ import annotations

import os

import numpy as np
from osgeo import gdal, gdal_array

from ..progress import Progress, Span
from ..sources import quiet_gdal
from ..writing import failure, writing
from .classes import ClassTable
from .formats import TIFF, convert, raster_format
from .gdalprogress import gdal_progress
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


class RasterWriter:
    """A raster on a grid, written window by window; ``dtype`` is a numpy integer or float type.

    The ending of ``path`` tells the format: `finish` copies what was written into it, if it is not GeoTIFF.
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
        self._format = raster_format(path, dtype, n_bands, nodata).driver
        self._tiff = path if self._format == TIFF else path + ".tif"
        kind = gdal_array.NumericTypeCodeToGDALTypeCode(np.dtype(dtype))
        options = OPTIONS + (COMPRESSION if compressed else [])
        with writing(path):
            self._dataset = gdal.GetDriverByName(TIFF).Create(
                self._tiff, grid.width, grid.height, n_bands, kind, options
            )
            if self._dataset is None:
                raise RuntimeError(gdal.GetLastErrorMsg())
            if grid.geotransform:
                self._dataset.SetGeoTransform(grid.geotransform)
            if grid.crs_wkt:
                self._dataset.SetProjection(grid.crs_wkt)
            if grid.ground_points:
                points = [gdal.GCP(*point) for point in grid.ground_points.points]
                self._dataset.SetGCPs(points, grid.ground_points.crs_wkt)
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

    def finish(self, resampling: str, progress: Progress) -> None:
        """Bring all that was written into the format wanted, and halve it until it fits 256 px: by NEAREST for
        labels, by AVERAGE for quantities. Nothing is written after that."""
        if self._format == TIFF:
            self._overviews(self._dataset, resampling, progress)
            return
        with writing(self.path):
            self._dataset.FlushCache()
        self._dataset = None
        convert(self._tiff, self.path, self._format, Span(progress, 0.0, 0.5))
        gdal.GetDriverByName(TIFF).Delete(self._tiff)
        self._overviews(gdal.Open(self.path), resampling, Span(progress, 0.5, 1.0))

    def _overviews(self, dataset: gdal.Dataset, resampling: str, progress: Progress) -> None:
        longest, factors = max(self.grid.height, self.grid.width), []
        while longest / 2 ** len(factors) > 256:
            factors.append(2 ** (len(factors) + 1))
        if factors:
            with writing(self.path), gdal_progress(progress) as callback:
                dataset.BuildOverviews(resampling, factors, callback=callback)
                dataset.FlushCache()

    def close(self, check: bool = True) -> None:
        if self._dataset is None:
            return
        if not check:
            with quiet_gdal():
                self._dataset = None
            return
        with writing(self.path):
            self._dataset.FlushCache()
            self._dataset = None
        if not os.path.exists(self.path):
            raise failure("it was not there when it was done", self.path)
