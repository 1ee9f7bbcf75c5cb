"""From the regions of a strip to features: outlines, fields and their values."""

from __future__ import annotations

import math

import numpy as np

from ..progress import Progress, Span
from ..raster.classes import ClassTable
from ..raster.grid import RasterGrid
from ..raster.ground import Ground
from . import rings
from .generalize import Drawn, exact, generalize
from .measures import Measures, Totals
from .outlines import Outlines, trace
from .regions import Strip
from .stitching import Stitcher

SHAPES_AT_ONCE = 1 << 14  # between two looks whether to stop


class Pen:
    """Turns strips into features, whenever a region is complete.

    ``classes`` give labels a name and a color; ``shape`` adds perimeter and compactness; ``short`` keeps
    field names within the 10 characters of a shapefile. For the rest see `generalize`.
    """

    def __init__(
        self,
        grid: RasterGrid,
        measures: Measures,
        classes: ClassTable | None = None,
        shape: bool = False,
        short: bool = False,
        tolerance_px: float = 0.0,
        smoothing: int = 0,
    ):
        self._grid, self._ground, self._measures = grid, Ground.of(grid), measures
        self._classes = None if classes is None else {c.value: c for c in classes}
        self._shape, self._short = shape, short
        self._style, self._generalizes = (tolerance_px, smoothing), tolerance_px > 0 or smoothing > 0
        self._stitcher, self._open = Stitcher(), {}

    def fields(self) -> dict:
        """{name: type} of the features' fields."""
        named = {"id": int} if self._classes is None else {"class": int, "name": str, "color": str}
        return {**named, **dict.fromkeys(self._columns(self._measures.nothing(0), np.zeros(0)), float)}

    def draw(self, strip: Strip, progress: Progress) -> tuple:
        """WKB and field values of the regions that are complete with this strip, whole ones first."""
        totals = self._measures.of(strip, Span(progress, 0, 0.5))
        progress.at(0.5)
        points, first, polygon, finished = self._rings(strip, Span(progress, 0.5, 0.8))
        progress.at(0.8)
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
        shapes = self._shapes(points, first, polygon, Span(progress, 0.8, 0.95))
        progress.at(0.95)
        return shapes, self._rows(labels, complete, self._perimeters(points, first, polygon, len(labels)))

    @staticmethod
    def _regions_of(strip: Strip, roots: list) -> np.ndarray:
        """A region of the strip for each of the roots."""
        order = np.argsort(strip.roots, kind="stable")
        return order[np.searchsorted(strip.roots[order], roots)]

    def _rings(self, strip: Strip, progress: Progress) -> tuple:
        """Points and first points (see `rings`), polygon of each ring, and joined regions now complete."""
        outlines = trace(strip, all_regions=self._generalizes)
        progress.at(0.3)
        if self._generalizes:
            drawn = generalize(outlines, *self._style, Span(progress, 0.3, 0.8))
        else:
            drawn = exact(outlines)
        points = drawn.points + np.array([strip.window.row, strip.window.col])
        shown, joined = strip.drawn[outlines.region], strip.joined[outlines.region]
        self._cut(strip, outlines, points, drawn, np.flatnonzero(shown & joined))
        progress.at(0.9)
        finished = np.unique(strip.roots[strip.drawn & strip.joined & strip.ends]).tolist()
        groups = [self._stitcher.finish(root) for root in finished]
        whole = np.flatnonzero(strip.drawn & ~strip.joined)
        number = np.searchsorted(whole, outlines.region[shown & ~joined])
        points, first = rings.select(points, drawn.first, shown & ~joined)
        stitched = [ring for group in groups for ring in group]
        sizes = np.concatenate([np.diff(first), np.array([len(ring) for ring in stitched], np.int64)])
        more = np.repeat(np.arange(len(groups)), np.array([len(group) for group in groups], np.int64))
        polygon = np.concatenate([number, len(whole) + more])
        first = np.concatenate([[0], np.cumsum(sizes)])
        return np.concatenate([points, *stitched]), first, polygon, finished

    def _cut(self, strip: Strip, outlines: Outlines, points: np.ndarray, drawn: Drawn, shared) -> None:
        """Give the rings (by number) of regions that other strips share to the stitcher."""
        node = drawn.source >= 0
        open_, pinch = outlines.open[drawn.source] & node, outlines.pinch[drawn.source] & node
        smooth = outlines.smooth[drawn.source] & (not self._generalizes)
        departure, arrival = outlines.departure[drawn.source], outlines.arrival[drawn.source]
        for ring in shared:
            part = slice(drawn.first[ring], drawn.first[ring + 1])
            cuts = np.flatnonzero(open_[part] | np.roll(open_[part], 1) | pinch[part])
            sides = departure[part], arrival[part], smooth[part]
            root = int(strip.roots[outlines.region[ring]])
            self._stitcher.add(root, points[part], cuts, open_[part], sides)

    def _shapes(self, points: np.ndarray, first: np.ndarray, polygon: np.ndarray, progress: Progress) -> list:
        """WKB of each polygon, its outer ring first and counterclockwise on the map."""
        x0, a, b, y0, c, d = self._grid.transform
        areas = rings.signed_areas(points, first)
        if a * d - b * c < 0:
            points = points[rings.backward(first)]
        row, col = points.T
        xy = np.stack([x0 + a * col + b * row, y0 + c * col + d * row], axis=1)
        shapes = []
        for wkb in rings.packed(xy, first, polygon, areas):
            if len(shapes) % SHAPES_AT_ONCE == 0:
                progress.at(len(shapes) / len(polygon))
            shapes.append(wkb)
        return shapes

    def _perimeters(self, points: np.ndarray, first: np.ndarray, polygon: np.ndarray, n: int) -> np.ndarray:
        if not self._shape or not n:
            return np.zeros(n)
        lengths = np.append(self._ground.lengths(*points[rings.closed(first)].T), 0)
        steps = np.arange(len(first) - 1)
        lengths[first[1:] + steps] = 0  # from one ring to the next
        return np.bincount(polygon, weights=np.add.reduceat(lengths, first[:-1] + steps), minlength=n)

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
