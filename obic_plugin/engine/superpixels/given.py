"""Superpixels that the user brings: any raster of ids on the image's grid."""

from __future__ import annotations

import numpy as np

from ..errors import InputError
from ..raster.grid import RasterGrid, Window
from ..raster.labels import LabelReader

LARGEST = 2**32 - 1


def read_ids(source: str, grid: RasterGrid, window: Window) -> np.ndarray:
    """(h, w) int64 ids of a window, from 1; 0 where the raster is nodata or 0. Refuses another grid than ``grid``."""
    reader = LabelReader(source)
    theirs = reader.grid
    if not grid.coincides_with(theirs):
        raise InputError(
            f"The superpixels in {source} have {theirs.width} x {theirs.height} px and are not on the grid of the"
            f" image, {grid.width} x {grid.height} px. Warp them to it first, or make them from the same image."
        )
    values = reader.labels(window).values.astype(np.int64)  # 0 where there is none
    good = (values >= 0) & (values <= LARGEST)
    if not good.all():
        raise InputError(
            f"A superpixel's id in {source} is {values[~good][0]}. Ids must be whole numbers from 1 to {LARGEST}; 0 is"
            " no superpixel."
        )
    return values
