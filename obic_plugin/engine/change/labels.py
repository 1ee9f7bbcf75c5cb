"""Label rasters of several dates, or of a map and its reference, with their classes numbered alike."""

from __future__ import annotations

import numpy as np

from ..accuracy.comparison import positions
from ..errors import InputError
from ..progress import Progress, Steps
from ..raster.classes import ClassTable, LandClass
from ..raster.grid import RasterGrid, Window
from ..raster.groundtruth import GroundTruth
from ..raster.labels import Labels
from ..raster.palette import another_color

TILE_PX = 1024
MOST_CLASSES = 254


class DatedLabels:
    """A label raster of any grid, seen on another one; 255 and what it declares as nodata is unlabeled.

    ``found`` are the labels that occur on that grid, in ascending order; ``numbered`` gives each of them the number of
    its class, from 0, see `numbered_alike`.
    """

    def __init__(self, source: str, grid: RasterGrid, progress: Progress):
        self.source, self._truth = source, GroundTruth(source, None, grid, progress)
        self.names, self.colors = self._truth.names, self._truth.colors
        self.found, self._numbers = np.empty(0, np.int64), np.empty(0, np.uint8)

    def look(self, windows, steps: Steps) -> None:
        """Find the labels that occur; refuses what has none, or has more than a map can."""
        found = set()
        for window in windows:
            labels = self.labels(window)
            found.update(np.unique(labels.values[labels.valid]).tolist())
            steps.next()
            if len(found) > MOST_CLASSES:
                raise InputError(
                    f"{self.source} has more than {MOST_CLASSES} different labels: choose a raster of classes, not of"
                    " objects or values."
                )
        if not found:
            raise InputError(
                f"{self.source} has no label where it is worked on: all is no data, or it lies elsewhere. Check its"
                " CRS and its no-data value."
            )
        self.found = np.array(sorted(found), np.int64)

    def labels(self, window: Window) -> Labels:
        """As the raster has them."""
        return self._truth.labels(window)

    def number(self, numbers: list) -> None:
        """Set the number of the class of each label in ``found``."""
        self._numbers = np.array(numbers, np.uint8)

    def numbered(self, window: Window) -> Labels:
        """The number of its class for each pixel (h, w) uint8, and where it has one."""
        labels = self.labels(window)
        place, known = positions(self.found, labels)
        return Labels(self._numbers[place], known)


def numbered_alike(rasters: list, work: Window, progress: Progress) -> ClassTable:
    """Number the classes of some `DatedLabels` alike; returns those that occur in any, with values 1, 2, 3 …

    Classes are the same if they have the same name, case ignored. Where no raster has names, or some have and those of
    the others are no numbers of theirs, classes of equal values are the same.
    """
    windows = work.tiles(TILE_PX)
    steps = Steps(progress, len(windows) * len(rasters))
    for raster in rasters:
        raster.look(windows, steps)
    by_name = _by_name(rasters)
    numbers, known = {}, []
    for raster in rasters:
        for label in raster.found.tolist():
            if _key(raster, label, by_name) not in numbers:
                numbers[_key(raster, label, by_name)] = len(numbers)
                known.append((raster, label))
    if len(numbers) > MOST_CLASSES:
        raise InputError(
            f"Together the rasters have {len(numbers)} classes, and there may be {MOST_CLASSES}: "
            + ", ".join(raster.source for raster in rasters)
            + ". Merge classes first (Edit classes)."
        )
    for raster in rasters:
        raster.number([numbers[_key(raster, label, by_name)] for label in raster.found.tolist()])
    return _legend(rasters, known, by_name)


def _by_name(rasters: list) -> bool:
    """Whether names say which classes are the same; refuses legends that have no name in common."""
    named = [raster for raster in rasters if raster.names]
    legends = [{_plain(name) for name in raster.names.values()} for raster in named]
    if named and len(named) < len(rasters):
        others = {str(label) for raster in rasters if not raster.names for label in raster.found.tolist()}
        return others <= set.union(*legends)
    for raster, legend in zip(named[1:], legends[1:]):
        if not legend & legends[0] - {"no data"}:
            listed = (", ".join(list(each.names.values())[:6]) for each in (named[0], raster))
            raise InputError(
                f"{named[0].source} and {raster.source} have no class name in common: the first has"
                f" {next(listed)}, the other {next(listed)}. Give both the same names (Edit classes)."
            )
    return bool(named)


def _key(raster: DatedLabels, label: int, by_name: bool):
    """What a class is known by in all rasters."""
    return _plain(raster.names.get(label, str(label))) if by_name else label


def _legend(rasters: list, known: list, by_name: bool) -> ClassTable:
    """A name and a color for each class, the first (raster, label) of which is known."""
    painted = []
    for raster, label in known:
        kept = [raster, *(rasters if not by_name else [])]
        painted.append(next((tuple(each.colors[label]) for each in kept if label in each.colors), None))
    taken, classes = [color for color in painted if color], []
    for number, (raster, label) in enumerate(known):
        called = [r.names[label] for r in rasters if label in r.names] if not by_name else []
        name = raster.names.get(label) or (called or [str(label)])[0]
        if painted[number] is None:
            painted[number] = another_color(taken)
            taken.append(painted[number])
        classes.append(LandClass(number + 1, name, painted[number]))
    return ClassTable(tuple(classes))


def _plain(name: str) -> str:
    return name.strip().casefold()
