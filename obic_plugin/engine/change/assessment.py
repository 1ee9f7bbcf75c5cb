"""A map of change beside what is known of it, read once, side by side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..accuracy.contingency import PairCounter
from ..errors import InputError
from ..progress import Progress, Span, Steps
from ..raster.classes import ClassTable
from ..raster.grid import RasterGrid, Window
from ..raster.groundtruth import GroundTruth
from ..raster.labels import LabelReader, Labels
from .kinds import refuse_unless_classes, refuse_unless_mask
from .labels import TILE_PX, DatedLabels, numbered_alike
from .scores import Mask, SemanticScores


class ChangeMask:
    """A raster that says where something has changed, on a grid.

    Unchanged is 0; or 1 in a raster that declares 0 as nodata, as masks and from-to rasters of OBIC do. All else is
    changed, but 255 and the declared nodata, which are unlabeled.
    """

    def __init__(self, source: str, grid: RasterGrid, progress: Progress):
        refuse_unless_mask(source)
        self.source, self._truth = source, GroundTruth(source, None, grid, progress)
        self._unchanged = 1 if LabelReader(source).nodata[0] == 0 else 0
        self._named, self._values = bool(self._truth.names), np.empty(0, np.int64)

    @property
    def doubt(self) -> list:
        """A line to warn of values that a mask seldom has, of what has been read; a legend says what values mean."""
        if self._named:
            return []
        if self._unchanged and self._values.tolist() == [self._unchanged]:
            return [
                f"{self.source} declares 0 as no data, and all else in it is 1, which means unchanged then. If 0 is"
                " what has not changed, take that declaration away."
            ]
        if len(self._values) <= 2:
            return []
        return [
            f"{self.source} has {len(self._values)} different values: all but {self._unchanged} are taken as"
            " changed. If it is a map of classes, give that of the other date, too."
        ]

    def read(self, window: Window) -> Labels:
        """Where something has changed (h, w) bool, and where that is known."""
        labels = self._truth.labels(window)
        if not self._named:
            self._values = np.union1d(self._values, labels.values[labels.valid])
        return Labels(labels.values != self._unchanged, labels.valid)


class Dates(NamedTuple):
    """Classes of both dates, or None; and a mask of change, or None where classes that differ have changed."""

    first: DatedLabels | None
    second: DatedLabels | None
    mask: ChangeMask | None

    @classmethod
    def opened(
        cls, first: str, second: str | None, mask: str | None, grid: RasterGrid, progress: Progress
    ) -> Dates:
        """Two rasters of classes, with or without a mask; or a mask alone, the first."""
        if second is None:
            return cls(None, None, ChangeMask(first, grid, progress))
        for source in (first, second):
            refuse_unless_classes(source)
        dates = (DatedLabels(source, grid, progress) for source in (first, second))
        return cls(*dates, ChangeMask(mask, grid, progress) if mask else None)

    @property
    def rasters(self) -> list:
        return [] if self.first is None else [self.first, self.second]

    @property
    def sources(self) -> str:
        return ", ".join(part.source for part in self if part is not None)


class SeenWindow(NamedTuple):
    """Of a window: class numbers of both dates (None without any), where change is, and where all of it is known."""

    one: np.ndarray | None
    two: np.ndarray | None
    changed: np.ndarray
    valid: np.ndarray


class ChangeAssessment(NamedTuple):
    """``semantic`` is None where one side is a mask alone; ``unmapped_px`` are known pixels that the map lacks."""

    mask: Mask
    semantic: SemanticScores | None
    classes: ClassTable | None
    unmapped_px: int


def assess_change(mapped: Dates, truth: Dates, grid: RasterGrid, progress: Progress) -> ChangeAssessment:
    """Compare, tile by tile; refuses what has no pixel in common."""
    rasters = mapped.rasters + truth.rasters
    classes = numbered_alike(rasters, grid.window, Span(progress, 0.0, 0.5)) if rasters else None
    semantic = bool(mapped.rasters and truth.rasters)
    n = len(classes) if semantic else 1
    windows = grid.window.tiles(TILE_PX)
    steps = Steps(Span(progress, 0.5, 1.0), len(windows))
    pairs, unmapped = PairCounter(steps.pause), 0
    for window in windows:
        said, true = seen(mapped, window), seen(truth, window)
        both = said.valid & true.valid
        unmapped += int((true.valid & ~said.valid).sum())
        if semantic:
            code = true.one.astype(np.int64) * n + true.two, said.one.astype(np.int64) * n + said.two
        else:
            code = true.changed.astype(np.int64), np.zeros(both.shape, np.int64)
        pairs.add(code[0], 2 * code[1] + said.changed, both)
        steps.next()
    table = pairs.table()
    if not table.total:
        raise InputError(
            f"The map ({mapped.sources}) and the reference ({truth.sources}) have no pixel in common that both know."
            " Check that they overlap, their CRS, and their no-data values."
        )
    truth_code, answer = table.reference[table.row], table.mapped[table.col]
    if semantic:
        scores = SemanticScores(truth_code, answer, table.count, n)
        return ChangeAssessment(scores.mask, scores, classes, unmapped)
    parts = ((1, 1), (0, 1), (1, 0), (0, 0))
    px = [int(table.count[(truth_code == t) & (answer == said)].sum()) for t, said in parts]
    return ChangeAssessment(Mask(*px), None, None, unmapped)


def seen(dates: Dates, window: Window) -> SeenWindow:
    """What is known of a window."""
    one = two = None
    valid = np.ones((window.height, window.width), bool)
    changed = np.zeros(valid.shape, bool)
    if dates.first is not None:
        (one, known), (two, also) = dates.first.numbered(window), dates.second.numbered(window)
        valid, changed = known & also, one != two
    if dates.mask is not None:
        changed, known = dates.mask.read(window)
        valid = valid & known
    return SeenWindow(one, two, changed, valid)
