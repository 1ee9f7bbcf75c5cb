"""Maps of one image at several steps of a training: rasters in a folder, each named by its number."""

from __future__ import annotations

import os
import re

import numpy as np

from .progress import Progress
from .raster.classes import ClassTable, LandClass
from .raster.display import Display
from .raster.reader import RasterReader
from .raster.writer import BLOCK_PX, RasterWriter
from .staging import Staging

TILE_PX = 4 * BLOCK_PX  # written at a time


def numbered_paths(folder: str, name: str, steps, staging: Staging) -> dict:
    """{step: path to write to}: in the folder, file by file, or in a folder that becomes it where there is none.

    ``name`` is that of a file, with a place for its number, such as ``iteration_{:05d}.tif``. Those of an earlier run,
    which would go on after this one's last, are removed when these appear.
    """
    if os.path.isdir(folder):
        _retire_others(folder, name, steps, staging)
        return {n: staging.path(os.path.join(folder, name.format(n))) for n in steps}
    staged = staging.path(folder)
    os.mkdir(staged)
    return {n: os.path.join(staged, name.format(n)) for n in steps}


def _retire_others(folder: str, name: str, steps, staging: Staging) -> None:
    mine, start = {name.format(n) for n in steps}, re.escape(name.partition("{")[0])
    for each in os.listdir(folder):
        found = re.fullmatch(rf"({start}\d{{5}})\.(tif|tif\..+|qml)", each)
        if found and f"{found[1]}.tif" not in mine:
            staging.retire(os.path.join(folder, each))


def write_labels(
    path: str, labels: np.ndarray, reader: RasterReader, display: Display, metadata: dict, progress: Progress
) -> ClassTable:
    """Write labels (h, w) uint8 of a reader's work area, in the mean colors of their pixels; returns the legend."""
    table = _mean_colors(labels, reader, display)
    with RasterWriter(path, reader.grid) as writer:
        # the legend first: GDAL refuses a color table once pixels are in the file
        writer.describe(metadata, table)
        for tile in reader.work.tiles(TILE_PX):
            writer.write(tile, labels[tile.within(reader.work).slices])
        writer.finish("NEAREST", progress)
    return table


def _mean_colors(labels: np.ndarray, reader: RasterReader, display: Display) -> ClassTable:
    """The legend of the labels (h, w) in use, in the mean colors of their pixels."""
    count, sums = np.zeros(256), np.zeros((3, 256))
    for tile in reader.work.tiles(TILE_PX):
        part = labels[tile.within(reader.work).slices].ravel()
        values = reader.read(tile).values
        count += np.bincount(part, minlength=256)
        for total, band in zip(sums, display.bands):
            total += np.bincount(part, values[band].ravel(), minlength=256)
    used = np.flatnonzero(count[1:]) + 1
    colors = display.to_bytes(sums[:, used] / count[used]).T.tolist()
    return ClassTable(tuple(LandClass(int(v), f"class {v}", tuple(color)) for v, color in zip(used, colors)))
