"""Small rasters with known content, for the tests."""

from __future__ import annotations

import numpy as np
from osgeo import gdal, gdal_array, osr

NORTH_UP = (500000.0, 10.0, 0.0, 5400000.0, 0.0, -10.0)
ROTATED = (500000.0, 8.0, 6.0, 5400000.0, 6.0, -8.0)
SOUTH_UP = (500000.0, 10.0, 0.0, 5400000.0, 0.0, 10.0)


def crs(code: int = 32632) -> str:
    reference = osr.SpatialReference()
    reference.ImportFromEPSG(code)
    return reference.ExportToWkt()


def write_raster(
    path, values, geotransform=NORTH_UP, crs_wkt=None, nodata=None, options=(), colors=None
) -> str:
    """A GeoTIFF (or whatever ``path``'s driver) of (B, h, w) or (h, w) values; returns the path as text."""
    values = np.atleast_3d(values) if values.ndim == 1 else values[None] if values.ndim == 2 else values
    kind = gdal_array.NumericTypeCodeToGDALTypeCode(values.dtype)
    n_bands, height, width = values.shape
    dataset = gdal.GetDriverByName("GTiff").Create(str(path), width, height, n_bands, kind, list(options))
    if geotransform:
        dataset.SetGeoTransform(geotransform)
        dataset.SetProjection(crs() if crs_wkt is None else crs_wkt)
    for number, band in enumerate(values, 1):
        if nodata is not None:
            dataset.GetRasterBand(number).SetNoDataValue(nodata)
        if colors and number <= len(colors):
            dataset.GetRasterBand(number).SetColorInterpretation(colors[number - 1])
        dataset.GetRasterBand(number).WriteArray(band)
    return str(path)


def read_raster(path) -> np.ndarray:
    """All bands of a raster, (B, h, w), or (h, w) if it has one."""
    return gdal.Open(str(path)).ReadAsArray()


def quarters(
    height: int = 96, width: int = 128, n_bands: int = 3, noise: float = 6.0, seed: int = 0
) -> tuple:
    """An image (B, h, w) uint8 of four different quarters with noise, and its truth (h, w) 0..3."""
    random = np.random.default_rng(seed)
    truth = np.zeros((height, width), np.uint8)
    truth[height // 2 :] += 2
    truth[:, width // 2 :] += 1
    colors = np.array([[40, 60, 120], [60, 130, 50], [170, 150, 90], [210, 205, 200]], float)
    means = np.stack([colors[:, band % 3] - 7 * (band // 3) for band in range(n_bands)])
    image = means[:, truth] + random.normal(0, noise, (n_bands, height, width))
    return np.clip(image, 0, 255).astype(np.uint8), truth


def purity(labels, truth):
    """Share of pixels whose class has their truth as its commonest."""
    valid = labels > 0
    table = np.zeros((256, 256), int)
    np.add.at(table, (labels[valid], truth[valid]), 1)
    return table.max(1).sum() / valid.sum()
