"""From the regions of a strip to features: outlines, fields and their values."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from ..progress import Progress, Span
from ..raster.classes import ClassTable
from ..raster.grid import RasterGrid
from ..raster.ground import Ground
from . import rings
from .generalize import Drawn, Exact, Generalizer
from .measures import Measures, Totals
from .outlines import Outlines, Tracer
from .stitching import Stitcher
from .strips import Strip

SHAPES_AT_ONCE = 1 << 14  # between two looks whether to stop
CORNERS_AT_ONCE = 1 << 18  # of what is drawn at a time: no strip is so speckled that it takes much memory


class Pen:
    """Turns strips into features, whenever a region is complete.

    ``classes`` give labels a name and a color, ``texts`` further fields ({field: {label: text}}); ``shape`` adds
    perimeter and compactness; ``short`` keeps field names within the 10 characters of a shapefile. For the rest see
    `generalize`.
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
        texts: dict | None = None,
    ):
        self._texts = texts or {}
        self._grid, self._ground, self._measures = grid, Ground.of(grid), measures
        self._classes = None if classes is None else {c.value: c for c in classes}
        self._shape, self._short = shape, short
        self._style, self._generalizes = (tolerance_px, smoothing), tolerance_px > 0 or smoothing > 0
        self._stitcher, self._open = Stitcher(), {}

    def fields(self) -> dict:
        """{name: type} of the features' fields."""
        named = {"id": int} if self._classes is None else {"class": int, "name": str, "color": str}
        named.update(dict.fromkeys(self._texts, str))
        return {**named, **dict.fromkeys(self._columns(self._measures.nothing(0), np.zeros(0)), float)}

    def draw(self, strip: Strip, progress: Progress) -> Iterator[tuple]:
        """Some at a time, whole ones first: WKB and field values of the regions that are complete with this strip, and
        the progress of what is done with them."""
        totals = self._measures.of(strip, Span(progress, 0, 0.3))
        self._add_up(strip, totals)
        outlined = self._outlined(strip, Span(progress, 0.3, 0.6))
        for index, part in enumerate(outlined.parts):
            start, end = (0.6 + 0.3 * n / len(outlined.parts) for n in (index, index + 1))
            told = Span(progress, start, end)
            told.at(0)
            points, first, polygon = self._rings(strip, *outlined.drawn(part), part, told)
            here = _whole(strip, part)
            features = self._features(points, first, polygon, strip.labels[here], totals[here], told)
            yield *features, Span(told, 0.7, 1)
        yield *self._finished(strip, totals, Span(progress, 0.9, 0.95)), Span(progress, 0.95, 1)

    def _outlined(self, strip: Strip, progress: Progress) -> Exact | Generalizer:
        tracer = Tracer(strip, all_regions=self._generalizes)
        if self._generalizes:
            return Generalizer(tracer, CORNERS_AT_ONCE, *self._style, progress)
        return Exact(tracer, CORNERS_AT_ONCE)

    def _add_up(self, strip: Strip, totals: Totals) -> None:
        """Add what the strip knows of regions that others share."""
        for region in np.flatnonzero(strip.drawn & strip.joined):
            root = int(strip.roots[region])
            if root in self._open:
                self._open[root] += totals[region]
            else:
                self._open[root] = totals[region]

    def _finished(self, strip: Strip, totals: Totals, progress: Progress) -> tuple:
        """The features of the joined regions that end in this strip."""
        regions = np.flatnonzero(strip.drawn & strip.joined & strip.ends)
        finished, of_root = np.unique(strip.roots[regions], return_index=True)
        points, sizes = [np.zeros((0, 2))], [np.zeros(0, np.int64)]
        for root in finished.tolist():
            of_region = self._stitcher.finish(root)
            points.append(of_region[0])
            sizes.append(of_region[1])
        n_rings = np.array([len(each) for each in sizes[1:]], np.int64)
        polygon = np.repeat(np.arange(len(finished)), n_rings)
        first = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
        points = np.concatenate(points)
        complete = [self._open.pop(root)[None] for root in finished.tolist()]
        totals = Totals.stack([totals[:0], *complete])
        return self._features(points, first, polygon, strip.labels[regions[of_root]], totals, progress)

    def _features(self, points, first, polygon, labels, totals: Totals, progress: Progress) -> tuple:
        """WKB and field values of regions with these rings (see `rings`)."""
        shapes = self._shapes(points, first, polygon, Span(progress, 0.5, 0.7))
        return shapes, self._rows(labels, totals, self._perimeters(points, first, polygon, len(labels)))

    def _rings(
        self, strip: Strip, outlines: Outlines, drawn: Drawn, part: slice, progress: Progress
    ) -> tuple:
        """Points, first points and polygon (see `rings`) of the rings of whole regions; those of others are kept."""
        points = drawn.points + np.array([strip.window.row, strip.window.col])
        shown, joined = strip.drawn[outlines.region], strip.joined[outlines.region]
        self._cut(strip, outlines, points, drawn, shown & joined)
        progress.at(0.5)
        number = np.searchsorted(_whole(strip, part), outlines.region[shown & ~joined])
        return *rings.select(points, drawn.first, shown & ~joined), number

    def _cut(self, strip: Strip, outlines: Outlines, points: np.ndarray, drawn: Drawn, shared) -> None:
        """Give the rings (bool) of regions that other strips share to the stitcher."""
        if not shared.any():
            return
        node = drawn.source >= 0
        open_, pinch = outlines.open[drawn.source] & node, outlines.pinch[drawn.source] & node
        smooth = outlines.smooth[drawn.source] & (not self._generalizes)
        departure, arrival = outlines.departure[drawn.source], outlines.arrival[drawn.source]
        cut = open_ | open_[rings.neighbors(drawn.first)[0]] | pinch
        is_cut = np.add.reduceat(cut, drawn.first[:-1]) > 0
        self._keep(strip.roots[outlines.region], points, drawn.first, shared & ~is_cut)
        for ring in np.flatnonzero(shared & is_cut):
            part = slice(drawn.first[ring], drawn.first[ring + 1])
            sides = departure[part], arrival[part], smooth[part]
            root = int(strip.roots[outlines.region[ring]])
            self._stitcher.add(root, points[part], np.flatnonzero(cut[part]), open_[part], sides)

    def _keep(self, roots: np.ndarray, points: np.ndarray, first: np.ndarray, whole: np.ndarray) -> None:
        """Give rings that no seam has cut (``whole`` of all, bool) to the stitcher, root by root."""
        points, first = rings.select(points, first, whole)
        sizes, ends = np.diff(first), np.flatnonzero(np.diff(roots[whole], append=-1)) + 1
        for start, end in zip(np.append(0, ends), ends):
            there = points[first[start] : first[end]]
            self._stitcher.add_whole(int(roots[whole][start]), there, sizes[start:end])

    def _shapes(self, points: np.ndarray, first: np.ndarray, polygon: np.ndarray, progress: Progress) -> list:
        """WKB of each polygon, its outer ring first and counterclockwise on the map."""
        x0, a, b, y0, c, d = self._grid.transform

        def place(row: np.ndarray, col: np.ndarray) -> tuple:
            return x0 + a * col + b * row, y0 + c * col + d * row

        turned = a * d - b * c < 0
        shapes = []
        for wkb in rings.packed(points, first, polygon, place, turned):
            if len(shapes) % SHAPES_AT_ONCE == 0:
                progress.at(len(shapes) / len(polygon))
            shapes.append(wkb)
        return shapes

    def _perimeters(self, points: np.ndarray, first: np.ndarray, polygon: np.ndarray, n: int) -> np.ndarray:
        if not self._shape or not n:
            return np.zeros(n)
        return np.bincount(polygon, rings.lengths(points, first, self._ground.lengths), minlength=n)

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
        columns = [[told.get(label) for label in labels] for told in self._texts.values()] + columns
        if self._classes is None:
            return list(zip(labels, *columns))
        names, colors = zip(*(self._look(label) for label in labels)) if labels else ((), ())
        return list(zip(labels, names, colors, *columns))

    def _look(self, label: int) -> tuple:
        known = self._classes.get(label)
        if known is None:
            return f"class {label}", "#808080"
        return known.name, "#{:02x}{:02x}{:02x}".format(*known.color)


def _whole(strip: Strip, part: slice) -> np.ndarray:
    """The regions of a slice that are drawn and wholly in the strip."""
    return part.start + np.flatnonzero(strip.drawn[part] & ~strip.joined[part])
