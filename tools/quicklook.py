"""Small versions of rasters for a picture, and what a map of classes covers."""

from __future__ import annotations

import numpy as np
from osgeo import gdal

from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.ground import Ground
from obic_plugin.engine.raster.reader import RasterReader, open_raster

LONGEST_PX = 1600
BLOCK_PX = 2048
COMMON = 0.02  # an extreme value that so many pixels share means no data, whatever the file says


class MapView:
    """A map of classes: its legend, how much each class covers, and a small picture of it.

    ``table`` the `ClassTable`; ``pixels`` (K,) int64 and ``area_m2`` (K,) float64, or None without a CRS,
    in its order; ``small`` (h, w) uint8 the labels, at most 1600 px long.
    """

    def __init__(self, path):
        dataset = open_raster(str(path))
        band = dataset.GetRasterBand(1)
        self.table = ClassTable.from_raster(str(path))
        self.small = _shrink(band, gdal.GRIORA_NearestNeighbour)
        grid = RasterReader(str(path)).grid
        ground = Ground.of(grid)
        counts, areas = np.zeros(256, np.int64), np.zeros(256)
        for window in grid.window.tiles(BLOCK_PX):
            labels = band.ReadAsArray(window.col, window.row, window.width, window.height)
            each = np.broadcast_to(ground.pixel_areas(window), labels.shape)
            counts += np.bincount(labels.ravel(), minlength=256)
            areas += np.bincount(labels.ravel(), each.ravel(), minlength=256)
        values = list(self.table.values)
        self.pixels = counts[values]
        self.area_m2, self.width_m = None, None
        if ground.unit == "m":
            self.area_m2 = areas[values]
            middle = np.full(2, grid.height / 2)
            self.width_m = float(ground.lengths(middle, np.array([0, grid.width]))[0])

    def colored(self) -> np.ndarray:
        """(h, w, 4) uint8: the classes in their colors, transparent where there is no data."""
        colors = np.zeros((256, 4), np.uint8)
        for item in self.table:
            colors[item.value] = (*item.color, 255)
        return colors[self.small]


def image_view(path, valid: np.ndarray, like=None) -> np.ndarray:
    """(h, w, 4) uint8: the image in true color where its bands say so, and only where ``valid`` (h, w).

    ``like`` is another image, with the same bands, whose stretch is used.
    """
    reader = RasterReader(str(path))
    dataset = open_raster(str(path))
    numbers = [
        reader.bands[index if reader.n_bands == len(reader.bands) else 0] for index in reader.display_bands()
    ]
    band = dataset.GetRasterBand(numbers[0])
    table = band.GetColorTable()
    if reader.n_bands != len(reader.bands) and table is not None:  # one band with a palette
        small = _shrink(band, gdal.GRIORA_NearestNeighbour, valid.shape)
        palette = np.array([table.GetColorEntry(i)[:3] for i in range(table.GetCount())], np.uint8)
        shown = palette[np.minimum(small, len(palette) - 1)]
    else:
        small = _means(dataset, numbers, valid.shape)
        ends = _ends(_means(open_raster(str(like)), numbers, valid.shape) if like else small, valid)
        shown = _stretch(small, ends)
    return np.dstack([shown, np.where(valid, 255, 0).astype(np.uint8)])


def confidence_view(path, ramp: dict) -> np.ndarray:
    """(h, w, 4) uint8: a raster of percentages in the colors of ``ramp``, {share 0..1: color}."""
    dataset = open_raster(str(path))  # kept in a name: a band dies with its dataset
    small = _shrink(dataset.GetRasterBand(1), gdal.GRIORA_NearestNeighbour)
    shares, colors = list(ramp), np.array(list(ramp.values()), float)
    lookup = np.stack([np.interp(np.arange(256) / 100, shares, channel) for channel in colors.T], -1)
    return np.dstack([lookup[small], np.where(small > 0, 255, 0)]).astype(np.uint8)


def _shrink(band, resampling, shape: tuple | None = None) -> np.ndarray:
    """The whole band, (h, w), at most 1600 px long (or of ``shape``), from its overviews if it has some."""
    if shape is None:
        scale = min(1.0, LONGEST_PX / max(band.XSize, band.YSize))
        shape = max(round(band.YSize * scale), 1), max(round(band.XSize * scale), 1)
    height, width = shape
    return band.ReadAsArray(buf_xsize=width, buf_ysize=height, resample_alg=resampling)


def _means(dataset, numbers: list, shape: tuple) -> np.ndarray:
    """(h, w, 3) float64 of three bands, shrunk to a shape (h, w)."""
    bands = [dataset.GetRasterBand(number) for number in numbers]
    small = [_shrink(band, gdal.GRIORA_Average, shape).astype(np.float64) for band in bands]
    return np.stack(small, -1)


def _stretch(values: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """(h, w, 3) uint8 of values (h, w, 3) between ``ends`` (3, 2), a little brightened.

    Each band has its own dark end, which takes the haze away; a span halfway to a common one keeps gray gray.
    """
    spans = np.diff(ends)[:, 0]
    spans = (spans + spans.max()) / 2
    values = np.nan_to_num(values, posinf=0, neginf=0)
    return np.rint(255 * np.clip((values - ends[:, 0]) / spans, 0, 1) ** 0.8).astype(np.uint8)


def _ends(values: np.ndarray, valid: np.ndarray) -> np.ndarray:
    """(3, 2): the 1st and 99th percentile of the valid and finite values of each band (h, w, 3)."""
    return np.array([_ends_of_band(values[..., band], valid) for band in range(values.shape[-1])])


def _ends_of_band(values: np.ndarray, valid: np.ndarray) -> tuple:
    usable = values[valid & np.isfinite(values)]
    for extreme in (usable.min(), usable.max()) if usable.size else ():
        common = usable == extreme
        if COMMON < common.mean() < 1:
            usable = usable[~common]
    low, high = np.percentile(usable, (1, 99)) if usable.size else (0.0, 1.0)
    return low, high if high > low else low + 1.0
