"""Where an image is labeled: pixels with a class, and what each of them was drawn with.

Pixels of one polygon are alike because they lie side by side, so they are no independent witnesses: what tells how good
a map is must never see some of a polygon's pixels in training and others in the test. Each pixel therefore comes with
the number of its ``group``: its polygon, line or point; in a label raster its patch.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..errors import InputError
from ..progress import Progress, Silent, Steps
from .burnt import BurntFeatures, BurntLabels
from .grid import RasterGrid, Window
from .labels import Labels
from .reference import is_raster, open_raster_reference

ROLE = "layer of labels"  # what refusals call it
UNLABELED = 255  # of a label raster of bytes, beside its declared nodata
SEARCHED_PX = 512  # tiles in which labels are looked for
PATCH_PX = 128  # patches of a label raster that are larger are cut into squares of this size


class Unlabeled(InputError):
    """No label lies where an image holds data."""


class LabeledPixels(NamedTuple):
    """(n,) int64 each: pixels of a raster by row and column, their labels, and the groups that they belong to."""

    rows: np.ndarray
    cols: np.ndarray
    labels: np.ndarray
    groups: np.ndarray

    def __getitem__(self, index) -> LabeledPixels:
        return LabeledPixels(*(each[index] for each in self))

    @classmethod
    def none(cls) -> LabeledPixels:
        return cls(*[np.empty(0, np.int64)] * 4)


class GroundTruth:
    """Labels on a grid, from a label raster or from features with a class field.

    ``names`` and ``colors`` are {label: …}, for the labels that have one; labels that ``has_text`` are numbers of names
    and mean nothing else. ``given`` are the labels that features have, wherever they lie, and ``n_unclassed`` is how
    many features have none; of a raster neither is known. ``contradicted`` {(label, label): pixels} are those that lie
    in features of different classes; they have no label. ``role`` is what refusals call it.
    """

    def __init__(
        self,
        source: str,
        field: str | None,
        grid: RasterGrid,
        progress: Progress | None = None,
        role: str = ROLE,
    ):
        self.source, self._grid = source, grid
        self.contradicted: Counter = Counter()
        self._is_raster = is_raster(source)
        self._reference = (
            open_raster_reference(source, grid, progress or Silent(), role)
            if self._is_raster
            else BurntLabels(source, field, grid, role, may_be_lines=True)
        )
        self.names, self.colors = self._reference.names, self._reference.colors
        self.has_text = not self._is_raster and bool(self.names)
        self.given = frozenset() if self._is_raster else self._reference.given
        self.n_unclassed = 0 if self._is_raster else self._reference.n_unclassed

    def pixels(
        self, work: Window, most: int, seed: int, progress: Progress, has_data: Callable | None = None
    ) -> LabeledPixels:
        """The labeled pixels of a window; of each class at most ``most``, drawn at random.

        ``has_data(tile)`` (h, w) bool says where the image holds anything: elsewhere labels do not count. Raises
        `Unlabeled` where none is left.
        """
        generator, kept = np.random.default_rng(seed), None
        self.contradicted.clear()
        tiles = work.tiles(SEARCHED_PX)
        told = Steps(progress, len(tiles))
        first_group = n_labeled = 0
        for tile in tiles:
            found, first_group = self._in_tile(tile, first_group)
            told.next()
            n_labeled += len(found.rows)
            if len(found.rows) and has_data is not None:
                found = found[has_data(tile)[found.rows - tile.row, found.cols - tile.col]]
            if not len(found.rows):
                continue
            drawn = _Drawn(found, generator.random(len(found.rows)))
            kept = (drawn if kept is None else kept.joined(drawn)).at_most(most)
        if kept is None and n_labeled:
            raise Unlabeled(
                f"All labels of {self.source} lie where the image has no data. Check its no-data value, extent and"
                " mask."
            )
        if kept is None:
            raise Unlabeled(
                f"None of the labels {self.source} lies on the image where it is worked on. Check the CRS of both, the"
                " extent, and the values that mean no data."
            )
        return kept.in_order()

    def _in_tile(self, tile: Window, first_group: int) -> tuple:
        """The labeled pixels of a tile, and the number of the next group."""
        labels = self.labels(tile)
        if not labels.valid.any():
            return LabeledPixels.none(), first_group
        groups = self._groups(tile, labels) + (first_group if self._is_raster else 0)
        rows, cols = np.nonzero(labels.valid)
        found = rows + tile.row, cols + tile.col, labels.values[rows, cols], groups[rows, cols]
        return LabeledPixels(*(each.astype(np.int64) for each in found)), int(groups.max()) + 1

    def labels(self, tile: Window) -> Labels:
        """Those of a window, and where there are any."""
        values, valid = self._reference.labels(tile)
        if self._is_raster:
            valid = valid & (values != UNLABELED)
        else:
            lowest = self._reference.lowest(tile)
            contradicted = valid & (lowest != values)
            pairs = np.sort(np.stack([lowest[contradicted], values[contradicted]], 1), 1)
            self.contradicted.update(map(tuple, pairs.tolist()))
            valid = valid & ~contradicted
        return Labels(values, valid)

    def sites(self, tile: Window) -> np.ndarray:
        """(h, w) int64 of a window: what is one place, over the whole grid. The number of the feature; in a label
        raster that of the square of `PATCH_PX` that a pixel lies in, whatever its class."""
        if not self._is_raster:
            return self._reference.features(tile).astype(np.int64)
        rows, cols = (
            np.arange(start, start + n) // PATCH_PX
            for start, n in ((tile.row, tile.height), (tile.col, tile.width))
        )
        return rows[:, None] * (self._grid.width // PATCH_PX + 1) + cols

    def _groups(self, tile: Window, labels: Labels) -> np.ndarray:
        """(h, w) numbers of features; or from 0 of patches, of which large ones are cut."""
        if not self._is_raster:
            return self._reference.features(tile).astype(np.int64)
        from scipy import ndimage  # which takes long to load

        groups, n_groups = np.zeros(labels.values.shape, np.int64), 0
        for label in np.unique(labels.values[labels.valid]):
            patches, _ = ndimage.label(labels.valid & (labels.values == label), np.ones((3, 3)))
            for number, part in enumerate(ndimage.find_objects(patches), 1):
                inside = patches[part] == number
                rows, cols = np.nonzero(inside)
                squares = (rows // PATCH_PX) * SEARCHED_PX + cols // PATCH_PX
                _, which = np.unique(squares, return_inverse=True)
                groups[part][inside] = n_groups + which
                n_groups += int(which.max()) + 1
        return groups


def labeled_places(source: str, grid: RasterGrid):
    """What says by ``labels(window).valid`` where a layer has labels, of whatever class or none."""
    if is_raster(source):
        return GroundTruth(source, None, grid)
    return BurntFeatures(source, grid, ROLE)


class _Drawn(NamedTuple):
    """Pixels with a random number each: those with the smallest ones are a fair draw from all."""

    pixels: LabeledPixels
    keys: np.ndarray

    def joined(self, other: _Drawn) -> _Drawn:
        pixels = LabeledPixels(*map(np.concatenate, zip(self.pixels, other.pixels)))
        return _Drawn(pixels, np.concatenate([self.keys, other.keys]))

    def at_most(self, n: int) -> _Drawn:
        """The ``n`` first of each class."""
        order = np.lexsort((self.keys, self.pixels.labels))
        labels = self.pixels.labels[order]
        starts = np.flatnonzero(np.append(True, labels[1:] != labels[:-1]))
        rank = np.arange(len(labels)) - np.repeat(starts, np.diff(np.append(starts, len(labels))))
        index = order[rank < n]
        return _Drawn(self.pixels[index], self.keys[index])

    def in_order(self) -> LabeledPixels:
        """By row and column."""
        return self.pixels[np.lexsort((self.pixels.cols, self.pixels.rows))]
