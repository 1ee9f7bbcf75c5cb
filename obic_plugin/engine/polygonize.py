"""A label raster larger than memory to a layer of polygons."""

from __future__ import annotations

import math
from contextlib import ExitStack, closing

import numpy as np

from .errors import InputError, ParameterError
from .progress import Progress, Silent, Span
from .raster.classes import ClassTable
from .raster.grid import Window
from .raster.ground import Ground
from .raster.mask import PolygonMask
from .raster.reader import RasterReader
from .raster.writer import RasterWriter
from .staging import Staging
from .vector.formats import vector_format
from .vector.layer import PolygonLayer
from .vector.measures import STATISTICS, Measures
from .vector.pen import Pen
from .vector.sieve import sieve
from .vector.strips import STRIP_PX, LabelRaster, Regions

MAX_SMOOTHING = 5
SIEVE_NODATA = -(1 << 31)


def write_polygons(
    labels: str,
    path: str,
    classes: ClassTable | None = None,
    image: RasterReader | None = None,
    confidence: str | None = None,
    progress: Progress | None = None,
    *,
    statistics: tuple = ("mean",),
    shape: bool = False,
    texture: bool = False,
    tolerance_px: float = 0.0,
    smoothing: int = 0,
    min_area_px: int = 0,
    mask: PolygonMask | None = None,
    metadata: dict | None = None,
    strip_px: int = STRIP_PX,
    without: tuple = (),
    texts: dict | None = None,
    quantity: str = "confidence",
) -> int:
    """Write each region of equal labels that hang together by their sides as one polygon; returns how many.

    Fields: ``class``, ``name`` and ``color`` (#rrggbb) if there are ``classes``, else ``id``; ``area_m2``,
    on the ellipsoid where the CRS is geographic (``area_px`` without a CRS); with ``shape``, ``perimeter_m``
    (or _px) and ``compactness``, 4 pi area / perimeter^2, which is 1 for a circle; the mean ``confidence``;
    for each band of ``image`` the ``statistics`` mean, std, min, max; ``texture`` (see `Measures`).

    Outlines follow the sides of pixels, unless ``tolerance_px`` allows to leave them by so much, or corners
    are to be rounded ``smoothing`` times (2 looks smooth). Neighbors share their borders in any case: there
    are no gaps and no overlaps. Areas and statistics are always those of the pixels. Regions of fewer than
    ``min_area_px`` pixels are first merged into their largest neighbor, where they have one.

    Labels in ``without`` have no polygon; ``texts`` are further fields, {field: {label: text}}. What is in percent in
    ``confidence`` is called ``quantity``.

    ``path`` is overwritten; its ending tells the format. Reads the labels twice, strip by strip, and holds
    the outlines of regions that are not complete yet. Pixels without a label have no polygon.
    """
    progress = progress or Silent()
    _refuse(path, statistics, tolerance_px, smoothing, min_area_px)
    with Staging() as staging, ExitStack() as files:
        raster = files.enter_context(closing(LabelRaster(labels, mask, without)))
        if min_area_px > 1:
            sieved, waiting = (staging.scratch(name, beside=path) for name in ("labels.tif", "patches.bin"))
            _sieve(raster, sieved, min_area_px, waiting, Span(progress, 0, 0.2))
            raster, progress = files.enter_context(closing(LabelRaster(sieved))), Span(progress, 0.2, 1)
        measures = Measures(Ground.of(raster.grid), image, confidence, statistics, texture, quantity)
        short = path.lower().endswith(".shp")
        pen = Pen(raster.grid, measures, classes, shape, short, tolerance_px, smoothing, texts)
        regions = Regions(raster, Span(progress, 0, 0.25), strip_px)
        return _write(path, regions, pen, metadata, Span(progress, 0.25, 1))


def _write(path: str, regions: Regions, pen: Pen, metadata: dict | None, progress: Progress) -> int:
    count = 0
    with PolygonLayer(path, regions.raster.grid.crs_wkt, pen.fields(), metadata) as layer:
        for index, strip in enumerate(regions.strips()):
            start, end = (0.9 * part / regions.n_strips for part in (index, index + 1))
            for shapes, rows, told in pen.draw(strip, Span(progress, start, end)):
                layer.add(shapes, rows, told)
                count += len(rows)
        layer.finish(Span(progress, 0.9, 1.0))
    progress.at(1.0)
    return count


def _refuse(path: str, statistics: tuple, tolerance_px: float, smoothing: int, min_area_px: int) -> None:
    vector_format(path)
    unknown = sorted(set(statistics) - set(STATISTICS))
    if unknown:
        raise ParameterError(f"Statistics are {', '.join(STATISTICS)}, not {', '.join(unknown)}.")
    if not 0 <= tolerance_px < math.inf:
        raise ParameterError(f"Tolerance must be at least 0 pixels, not {tolerance_px}.")
    if not 0 <= smoothing <= MAX_SMOOTHING:
        raise ParameterError(f"Smoothing must be between 0 and {MAX_SMOOTHING}, not {smoothing}.")
    if min_area_px < 0:
        raise ParameterError(f"Smallest area must be at least 0 pixels, not {min_area_px}.")


def _sieve(raster: LabelRaster, path: str, min_area_px: int, waiting: str, progress: Progress) -> None:
    """Copy the labels to ``path``, with small regions merged; no data stays where it is."""
    with RasterWriter(path, raster.grid, np.int32, SIEVE_NODATA, compressed=False) as writer:

        def write(window: Window, codes: np.ndarray) -> None:
            labels = np.where(codes == 0, SIEVE_NODATA, codes.astype(np.int64) - raster.offset)
            if labels.max() >= 1 << 31:
                raise InputError(
                    f"{raster.source} has labels above 2147483647, among which small areas cannot be merged."
                )
            writer.write(window, labels.astype(np.int32))

        sieve(raster, write, min_area_px, waiting, progress)
