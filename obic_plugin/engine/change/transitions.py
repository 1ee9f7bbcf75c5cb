"""From what to what: the table of transitions between two dates, its legend, and the raster of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from ..errors import InputError
from ..progress import Progress, Steps
from ..raster.classes import ClassTable, LandClass
from ..raster.grid import RasterGrid
from ..raster.ground import Ground
from ..raster.labels import Labels
from ..raster.palette import separate
from ..wording import PIXEL, AreaUnit
from .labels import TILE_PX, DatedLabels

UNCHANGED, CHANGED = 1, 2  # values of a mask of change; 0 is no data
UNCHANGED_COLOR, CHANGED_COLOR = (236, 236, 232), (199, 67, 52)
MOST_KINDS = 252  # of transitions that have a value of their own
ARROW = "→"
OTHERS = "other transitions"
HECTARE = AreaUnit("ha", 1e4)
MASK = ClassTable(
    (LandClass(UNCHANGED, "unchanged", UNCHANGED_COLOR), LandClass(CHANGED, "changed", CHANGED_COLOR))
)


@dataclass(frozen=True)
class Transitions:
    """Pixels and areas (K, K) by class of the first date (rows) and of the second; unchanged ones on the diagonal.

    ``areas`` are in m², or in pixels where there is no CRS (``in_px``).
    """

    classes: ClassTable
    px: np.ndarray
    areas: np.ndarray
    in_px: bool = False

    @cached_property
    def changes(self) -> np.ndarray:
        """(K, K) areas without the diagonal."""
        return np.where(np.eye(len(self.classes), dtype=bool), 0.0, self.areas)

    @property
    def unit(self) -> AreaUnit:
        """The unit in which areas are told."""
        return PIXEL if self.in_px else HECTARE

    @property
    def changed_share(self) -> float:
        return float(self.changes.sum() / max(self.areas.sum(), 1e-12))

    def largest(self) -> list:
        """(from, to), numbers of classes, of all transitions that occur, the largest area first."""
        place = np.argsort(-self.changes, axis=None, kind="stable")
        pairs = [divmod(int(index), len(self.classes)) for index in place]
        return [pair for pair in pairs if self.changes[pair] > 0]

    def name(self, pair: tuple) -> str:
        """forest → building"""
        first, second = (self.classes.names[number] for number in pair)
        return f"{first} {ARROW} {second}"


def count_transitions(
    first: DatedLabels, second: DatedLabels, classes: ClassTable, grid: RasterGrid, progress: Progress
) -> Transitions:
    """Count the pixels that are labeled at both dates; refuses where there are none."""
    ground, n = Ground.of(grid), len(classes)
    px, areas = np.zeros(n * n, np.int64), np.zeros(n * n)
    windows = grid.window.tiles(TILE_PX)
    steps = Steps(progress, len(windows))
    for window in windows:
        (one, known), (two, also) = first.numbered(window), second.numbered(window)
        both = known & also
        code = (one.astype(np.int64) * n + two)[both]
        px += np.bincount(code, minlength=n * n)
        each = np.broadcast_to(ground.pixel_areas(window), both.shape)[both]
        areas += np.bincount(code, weights=each, minlength=n * n)
        steps.next()
    if not px.any():
        raise InputError(
            f"{first.source} and {second.source} have no pixel that is labeled in both. Check that they overlap, their"
            " CRS and their no-data values."
        )
    return Transitions(classes, px.reshape(n, n), areas.reshape(n, n), ground.unit == "px")


class FromTo(NamedTuple):
    """The legend of a from-to raster: ``values`` (K, K) uint8 of each pair of classes, and {value: pair} of those that
    have one of their own."""

    legend: ClassTable
    values: np.ndarray
    pairs: dict

    def sides(self, classes: ClassTable) -> dict:
        """{"from": {value: name}, "to": …} for a table of attributes."""
        names = classes.names
        return {
            side: {value: names[pair[number]] for value, pair in self.pairs.items()}
            for number, side in enumerate(("from", "to"))
        }


def from_to(transitions: Transitions) -> FromTo:
    """1 is unchanged; from 2 on the transitions that occur, the largest first, in colors near those of what they lead
    to; where there are very many, the smallest share one value."""
    kinds = transitions.largest()
    own, n = kinds[:MOST_KINDS], len(transitions.classes)
    values = np.full((n, n), UNCHANGED, np.uint8)
    to = [transitions.classes.colors[pair[1]] for pair in own]
    colors = separate([UNCHANGED_COLOR, *to])[1:] if own else []
    legend = [MASK.classes[0]]
    for value, (pair, color) in enumerate(zip(own, colors), CHANGED):
        values[pair] = value
        legend.append(LandClass(value, transitions.name(pair), tuple(color)))
    if len(kinds) > MOST_KINDS:
        rest = CHANGED + MOST_KINDS
        for pair in kinds[MOST_KINDS:]:
            values[pair] = rest
        legend.append(LandClass(rest, OTHERS, (60, 60, 60)))
    return FromTo(ClassTable(tuple(legend)), values, dict(enumerate(own, CHANGED)))


def from_to_values(first: Labels, second: Labels, found: FromTo) -> np.ndarray:
    """(h, w) uint8 of a window, from the numbers of the classes of both dates."""
    return found.values[first.values, second.values] * (first.valid & second.valid)
