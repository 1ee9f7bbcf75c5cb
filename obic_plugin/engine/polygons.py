"""A label raster larger than memory to a layer of polygons."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from .progress import Progress, Silent, Span
from .raster.classes import ClassTable
from .raster.grid import RasterGrid
from .raster.ground import Ground
from .raster.mask import PolygonMask
from .raster.reader import RasterReader
from .vector.layer import PolygonLayer, driver_of, polygon_wkb
from .vector.measures import Measures, Totals
from .vector.outlines import trace
from .vector.regions import STRIP_PX, LabelRaster, Regions, Strip
from .vector.stitching import Stitcher


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
    mask: PolygonMask | None = None,
    metadata: dict | None = None,
    strip_px: int = STRIP_PX,
) -> int:
    """Write each region of equal labels that hang together by their sides as one polygon; returns how many.

    Fields: ``class``, ``name`` and ``color`` (#rrggbb) if there are ``classes``, else ``id``; ``area_m2``,
    on the ellipsoid where the CRS is geographic (``area_px`` without a CRS); with ``shape``, ``perimeter_m``
    (or _px) and ``compactness``, 4 pi area / perimeter^2, which is 1 for a circle; the mean ``confidence``;
    for each band of ``image`` the ``statistics`` mean, std, min, max; ``texture`` (see `Measures`).

    ``path`` is overwritten; its ending tells the format. Reads the labels twice, strip by strip, and holds
    the outlines of regions that are not complete yet. Pixels without a label have no polygon.
    """
    progress = progress or Silent()
    driver_of(path)
    raster = LabelRaster(labels, mask)
    regions = Regions(raster, Span(progress, 0, 0.25), strip_px)
    measures = Measures(Ground.of(raster.grid), image, confidence, statistics, texture)
    pen = _Pen(raster.grid, measures, classes, shape, short=path.lower().endswith(".shp"))
    count = 0
    with PolygonLayer(path, raster.grid.crs_wkt, pen.fields(), metadata) as layer:
        for index, strip in enumerate(regions.strips()):
            start, end = (0.25 + 0.75 * (index + k) / regions.n_strips for k in (0, 1))
            drawn = pen.draw(strip, Span(progress, start, (start + end) / 2))
            layer.add(*drawn, Span(progress, (start + end) / 2, end))
            count += len(drawn[1])
    progress.at(1.0)
    return count


class _Pen:
    """Turns strips into features, whenever a region is complete."""

    def __init__(self, grid: RasterGrid, measures: Measures, classes, shape: bool, short: bool):
        self._grid, self._ground, self._measures = grid, Ground.of(grid), measures
        self._classes = None if classes is None else {c.value: c for c in classes}
        self._shape, self._short = shape, short
        self._stitcher, self._open = Stitcher(), {}

    def fields(self) -> dict:
        """{name: type} of the features' fields."""
        named = {"id": int} if self._classes is None else {"class": int, "name": str, "color": str}
        return {**named, **dict.fromkeys(self._columns(self._measures.nothing(0), np.zeros(0)), float)}

    def draw(self, strip: Strip, progress: Progress) -> tuple:
        """WKB and field values of the regions that are complete with this strip, whole ones first."""
        totals = self._measures.of(strip, Span(progress, 0, 0.6))
        progress.at(0.6)
        points, first, polygon, finished = self._rings(strip)
        whole = np.flatnonzero(strip.drawn & ~strip.joined)
        parts = np.flatnonzero(strip.drawn & strip.joined)
        complete = totals[whole]
        for region in parts:
            root = int(strip.roots[region])
            if root in self._open:
                self._open[root] += totals[region]
            else:
                self._open[root] = totals[region]
        if finished:
            joined = [self._open.pop(root) for root in finished]
            complete = Totals.stack([complete, *(total[None] for total in joined)])
        labels = strip.labels[np.concatenate([whole, self._regions_of(strip, finished)]).astype(int)]
        shapes = list(self._shapes(points, first, polygon))
        return shapes, self._rows(labels, complete, self._perimeters(points, first, polygon, len(labels)))

    @staticmethod
    def _regions_of(strip: Strip, roots: list) -> np.ndarray:
        """A region of the strip for each of the roots."""
        order = np.argsort(strip.roots, kind="stable")
        return order[np.searchsorted(strip.roots[order], roots)]

    def _rings(self, strip: Strip) -> tuple:
        """Points (n, 2), first points of rings, polygon of each ring, and the joined regions now complete."""
        outlines = trace(strip)
        points = np.stack([outlines.row + strip.window.row, outlines.col], axis=1).astype(np.float64)
        joined = strip.joined[outlines.region]
        self._cut(strip, outlines, points, np.flatnonzero(joined))
        finished = np.unique(strip.roots[strip.drawn & strip.joined & strip.ends]).tolist()
        rings = [self._stitcher.finish(root) for root in finished]
        whole = np.flatnonzero(strip.drawn & ~strip.joined)
        number = np.searchsorted(whole, outlines.region[~joined])
        sizes = np.diff(outlines.first)
        points = points[np.repeat(~joined, sizes)]
        sizes = [sizes[~joined], *([len(ring)] for group in rings for ring in group)]
        points = np.concatenate([points, *(ring for group in rings for ring in group)])
        polygon = [number, *([len(whole) + k] * len(group) for k, group in enumerate(rings))]
        first = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
        return points, first.astype(np.int64), np.concatenate(polygon).astype(np.int64), finished

    def _cut(self, strip: Strip, outlines, points: np.ndarray, rings: np.ndarray) -> None:
        """Give the rings of regions that other strips share to the stitcher."""
        for ring in rings:
            part = slice(outlines.first[ring], outlines.first[ring + 1])
            open_ = outlines.open[part]
            cuts = np.flatnonzero(open_ | np.roll(open_, 1) | outlines.pinch[part])
            sides = outlines.departure[part], outlines.arrival[part], outlines.smooth[part]
            self._stitcher.add(int(strip.roots[outlines.region[ring]]), points[part], cuts, open_, sides)

    def _shapes(self, points: np.ndarray, first: np.ndarray, polygon: np.ndarray) -> Iterator[bytes]:
        """WKB of each polygon, its outer ring first and counterclockwise on the map."""
        if not len(polygon):
            return
        x0, a, b, y0, c, d = self._grid.transform
        closed = np.insert(np.arange(len(points)), first[1:], first[:-1])
        row, col = points[closed].T
        begin = first + np.arange(len(first))
        xy = np.stack([x0 + a * col + b * row, y0 + c * col + d * row], axis=1)
        begin, end = begin[:-1], begin[1:]
        if a * d - b * c < 0:
            xy, begin, end = xy[::-1], len(xy) - end, len(xy) - begin
        packed = memoryview(np.ascontiguousarray(xy, "<f8").tobytes())
        order = np.lexsort((_signed_areas(points, first) < 0, polygon))
        spans = np.stack([begin, end], axis=1)[order] * 16
        groups = np.flatnonzero(np.diff(polygon[order], prepend=-1, append=-1)).tolist()
        spans = spans.tolist()
        for start, stop in zip(groups[:-1], groups[1:]):
            yield polygon_wkb([packed[s:e] for s, e in spans[start:stop]])

    def _perimeters(self, points: np.ndarray, first: np.ndarray, polygon: np.ndarray, n: int) -> np.ndarray:
        if not self._shape or not n:
            return np.zeros(n)
        closed = np.insert(np.arange(len(points)), first[1:], first[:-1])
        lengths = np.append(self._ground.lengths(*points[closed].T), 0)
        lengths[first[1:] + np.arange(len(first) - 1)] = 0  # from one ring to the next
        by_ring = np.add.reduceat(lengths, first[:-1] + np.arange(len(first) - 1))
        return np.bincount(polygon, weights=by_ring, minlength=n)

    def _columns(self, totals: Totals, perimeter: np.ndarray) -> dict:
        columns = self._measures.columns(totals, self._short)
        if not self._shape:
            return columns
        name = next(iter(columns))
        area = columns.pop(name)
        with np.errstate(invalid="ignore", divide="ignore"):
            compactness = 4 * math.pi * area / perimeter**2
        unit = self._ground.unit
        names = ("perim_" + unit, "compact") if self._short else ("perimeter_" + unit, "compactness")
        return {name: area, names[0]: perimeter, names[1]: compactness, **columns}

    def _rows(self, labels: np.ndarray, totals: Totals, perimeter: np.ndarray) -> list:
        columns = [column.tolist() for column in self._columns(totals, perimeter).values()]
        columns = [[None if value != value else value for value in column] for column in columns]
        labels = labels.tolist()
        if self._classes is None:
            return list(zip(labels, *columns))
        names, colors = zip(*(self._look(label) for label in labels)) if labels else ((), ())
        return list(zip(labels, names, colors, *columns))

    def _look(self, label: int) -> tuple:
        known = self._classes.get(label)
        if known is None:
            return f"class {label}", "#808080"
        return known.name, "#{:02x}{:02x}{:02x}".format(*known.color)


def _signed_areas(points: np.ndarray, first: np.ndarray) -> np.ndarray:
    """(R,) px², above 0 for a ring that runs clockwise as seen (rows down): an outer one."""
    successor = np.arange(1, len(points) + 1)
    successor[first[1:] - 1] = first[:-1]
    row, col = (points - points[np.repeat(first[:-1], np.diff(first))]).T
    return np.add.reduceat(col * row[successor] - col[successor] * row, first[:-1]) / 2
