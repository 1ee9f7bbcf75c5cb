"""Chips where they lie: each on its raster, as a window of it."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from osgeo import ogr

from ..errors import InputError
from ..raster.grid import RasterGrid, Window
from ..raster.reader import grid_of, open_raster
from .layer import ChipLayer, TaggedChip

TOLERANCE_PX = 2  # by so much chips may differ in size: corners lie between pixels
LEAST_INSIDE = 0.5  # of a chip, for it to lie on a raster


class Chip(NamedTuple):
    """A window of the raster ``source`` with its tags; ``number`` is that of its feature."""

    number: int
    source: str
    window: Window
    tags: tuple


def placed(layer: ChipLayer, grids: dict) -> list:
    """The `Chip` of each feature that has tags, all windows of one size.

    Those that name a file lie on that; others on the first image, of ``grids`` {source: its grid}, that has them.
    Refuses what lies nowhere, and sizes that differ.
    """
    found, shapes, grids = [], {}, dict(grids)
    images = list(grids)
    for chip in layer.chips.values():
        if not chip.tags:
            continue
        if chip.file and chip.file not in grids:
            grids[chip.file] = grid_of(open_raster(chip.file))
        for source in [chip.file] if chip.file else images:
            window = _window(layer, shapes, chip, grids[source])
            if window is not None:
                found.append(Chip(chip.number, source, window, chip.tags))
                break
    _refuse_lost(layer, {chip.number for chip in found})
    return _of_one_size(found, layer.source)


def _window(layer: ChipLayer, shapes: dict, chip: TaggedChip, grid: RasterGrid) -> Window | None:
    """Where a chip lies on a grid, None where that is elsewhere; ``shapes`` keeps the geometries for each CRS."""
    if layer.is_table:
        return grid.window
    if grid.crs_wkt not in shapes:
        shapes[grid.crs_wkt] = layer.shapes(grid.crs_wkt)
    shape = shapes[grid.crs_wkt].get(chip.number)
    if shape is None:
        return grid.window if chip.file else None
    window = window_of(grid, shape)
    return window if (window & grid.window).size >= LEAST_INSIDE * window.size > 0 else None


def window_of(grid: RasterGrid, shape: ogr.Geometry) -> Window:
    """The smallest window around a polygon, its corners moved to the nearest ones of pixels; wherever that lies."""
    hull = shape.ConvexHull()
    ring = hull.GetGeometryRef(0) or hull  # of a polygon; a line or a point has none
    corners = [grid.to_pixel(*point[:2]) for point in ring.GetPoints()]
    rows, cols = ([round(number) for number in numbers] for numbers in zip(*corners))
    return Window(min(rows), min(cols), max(rows) - min(rows), max(cols) - min(cols))


def _refuse_lost(layer: ChipLayer, found: set) -> None:
    tagged = [chip.number for chip in layer.chips.values() if chip.tags]
    lost = [number for number in tagged if number not in found]
    if lost:
        raise InputError(
            f"Chips of {layer.source} lie outside of all images: {len(lost)} of {len(tagged)}, first number {lost[0]}."
            " Choose the images that they were made for, or check the CRS of both."
        )


def _of_one_size(chips: list, source: str) -> list:
    """The chips with windows as large as most of them are; refuses sizes that really differ."""
    sizes = Counter((chip.window.height, chip.window.width) for chip in chips)
    if not sizes:
        return []
    (height, width), _ = sizes.most_common(1)[0]
    for chip in chips:
        own = chip.window
        if max(abs(own.height - height), abs(own.width - width)) > TOLERANCE_PX:
            raise InputError(
                f"Chips of {source} differ in size: most have {width} x {height} px, and number {chip.number} has"
                f" {own.width} x {own.height}. Make all of one size, as Chips does."
            )
    return [chip._replace(window=chip.window._replace(height=height, width=width)) for chip in chips]
