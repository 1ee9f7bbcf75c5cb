"""What a user sees of an image while something is learned from it: a map of what is in view, at steps 1, 2, 4, 8 …

Nothing is drawn where nobody looks, and drawing changes nothing of what is learned: a copy of the network does it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from .progress import Progress
from .raster.classes import ClassTable
from .raster.display import Display
from .raster.grid import Window
from .raster.reader import RasterReader

if TYPE_CHECKING:
    from .labelers.labeler import Labeler

SIDE_PX, TILE_PX = 768, 256


class LiveMap:
    """Maps of a reader's work area, in the colors of the ``classes`` or, without any, the mean colors of their pixels
    as ``display`` shows them."""

    def __init__(
        self,
        reader: RasterReader,
        display: Display | None,
        progress: Progress,
        classes: ClassTable | None = None,
    ):
        self._reader, self._display, self._progress = reader, display, progress
        self._colors = None if classes is None else _palette(classes)

    def watching(self, network, labeler_of: Callable, read: Callable | None = None) -> Callable:
        """What looks after each step at a network that is being trained: ``watch(step, pause)``, see `fit`.

        ``labeler_of(network)`` is what maps with it; ``read(planes)`` the labels among what that finds.
        """

        def watch(step: int, pause: Callable) -> None:
            if self.is_due(step):
                self.draw(labeler_of(copy.deepcopy(network)), pause, read)

        return watch

    def is_due(self, step: int) -> bool:
        """Whether somebody looks, and this step is one that is drawn."""
        return step & (step - 1) == 0 and self._progress.view() is not None

    def draw(self, labeler: Labeler, pause: Callable, read: Callable | None = None) -> None:
        """Show what a labeler says of what is in view."""
        window = self._window()
        if not window.size:
            return
        labels = np.zeros((window.height, window.width), np.uint8)
        for tile in labeler.tiles(list(window.tiles(TILE_PX)), pause):
            found = tile.planes["labels"] if read is None else read(tile.planes)
            labels[tile.window.within(window).slices] = found
        self._show(labels, window)

    def put(self, labels: np.ndarray) -> None:
        """Show the part in view of the labels (h, w) of all of the work area."""
        window = self._window()
        if window.size:
            self._show(labels[window.within(self._reader.work).slices], window)

    def _window(self) -> Window:
        """The middle of what is in view, as much as is mapped soon; empty where nobody looks or nothing is there."""
        view, work = self._progress.view(), self._reader.work
        if view is None:
            return Window(0, 0, 0, 0)
        seen = self._reader.grid.window_of(*view) & work
        height, width = min(seen.height, SIDE_PX), min(seen.width, SIDE_PX)
        row, col = seen.row + (seen.height - height) // 2, seen.col + (seen.width - width) // 2
        return Window(row, col, height, width)

    def _show(self, labels: np.ndarray, window: Window) -> None:
        colors = self._mean_colors(labels, window) if self._colors is None else self._colors
        self._progress.show("colors", colors, window)
        self._progress.show("labels", labels, window)

    def _mean_colors(self, labels: np.ndarray, window: Window) -> np.ndarray:
        """(K, 3) uint8 of the labels 1 to K."""
        bands = self._display.to_bytes(self._reader.read(window).values[list(self._display.bands)])
        n_px = np.maximum(np.bincount(labels.ravel(), minlength=2), 1)
        sums = [np.bincount(labels.ravel(), band.ravel(), minlength=2) for band in bands]
        return (np.stack(sums, 1) / n_px[:, None])[1:].astype(np.uint8)


def _palette(classes: ClassTable) -> np.ndarray:
    """(K, 3) uint8 of all values up to the largest; those that have no color yet get one of the palette."""
    from .raster.palette import distinct_colors

    colors = np.zeros((max(classes.values), 3), np.uint8)
    for item, other in zip(classes, distinct_colors(len(classes))):
        colors[item.value - 1] = item.color or other
    return colors
