"""A raster cut into a grid of chips, and what of each class lies in each of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from osgeo import ogr

from ..errors import InputError
from ..progress import Progress, Steps
from ..raster.crs import spatial_reference, transformation_to
from ..raster.grid import RasterGrid, Window
from ..raster.groundtruth import GroundTruth
from ..raster.reader import RasterReader
from .tags import tags_of

LEAST_VALID = 0.5  # of a chip


def chip_windows(reader: RasterReader, size_px: int, progress: Progress) -> list:
    """Whole windows of ``size_px`` side by side from the upper left corner, of which at least half is valid."""
    work = reader.work
    if min(work.height, work.width) < size_px:
        raise InputError(
            f"{reader.source} has {work.width} x {work.height} px, and a chip {size_px} x {size_px}. Choose smaller"
            " chips."
        )
    rows = range(work.row, work.bottom - size_px + 1, size_px)
    cols = range(work.col, work.right - size_px + 1, size_px)
    windows, found = [Window(row, col, size_px, size_px) for row in rows for col in cols], []
    steps = Steps(progress, len(windows))
    for window in windows:
        if reader.read(window).valid.mean() >= LEAST_VALID:
            found.append(window)
        steps.next()
    if not found:
        raise InputError(
            f"No chip of {reader.source} has data in at least half of its pixels. Check its no-data value, or choose"
            " smaller chips."
        )
    return found


class LeastShare(NamedTuple):
    """How much of a chip a class has to cover for its tag: ``usual``, and a quarter of that for ``small`` classes.

    Published (Li, Zhang, Xiao 2023): 8192 and 2048 of 65536 pixels.
    """

    usual: float
    small: tuple = ()

    def of(self, name: str) -> float:
        return self.usual / 4 if name in self.small else self.usual


def shares_of_classes(truth: GroundTruth, window: Window) -> dict:
    """{name: share of the window's pixels}; labels that name several classes, ``a;b``, count for each."""
    labels, valid = truth.labels(window)
    values, counts = np.unique(labels[valid], return_counts=True)
    shares: dict = {}
    for value, count in zip(values.tolist(), counts.tolist()):
        for name in tags_of(truth.names.get(value, str(value))):
            shares[name] = shares.get(name, 0.0) + count / window.size
    return shares


def tags_by(shares: dict, least: LeastShare, filtered: bool) -> tuple | None:
    """The classes that cover enough; None, where chips are ``filtered``, if there is too little of another one."""
    tags = tuple(sorted(name for name, share in shares.items() if share >= least.of(name)))
    return None if filtered and len(tags) < len(shares) else tags


def outline(grid: RasterGrid, window: Window, crs_wkt: str) -> bytes:
    """The WKB of a window's outline in some CRS."""
    part, ring = grid[window], ogr.Geometry(ogr.wkbLinearRing)
    for row, col in ((0, 0), (0, 1), (1, 1), (1, 0), (0, 0)):
        ring.AddPoint_2D(*part.to_map(row * part.height, col * part.width))
    shape = ogr.Geometry(ogr.wkbPolygon)
    shape.AddGeometry(ring)
    way = transformation_to(crs_wkt, spatial_reference(grid.crs_wkt))
    if way is not None:
        shape.Transform(way)
    return bytes(shape.ExportToWkb())
