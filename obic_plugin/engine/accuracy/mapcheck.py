"""How good a map is where somebody knows better: labels from which nothing was learned."""

from __future__ import annotations

import numpy as np

from ..errors import InputError, shown
from ..progress import Progress, Steps
from ..raster.bands import read_band
from ..raster.groundtruth import GroundTruth, LabeledPixels
from ..raster.reader import RasterReader, open_raster
from .resampling import GroupedScores, grouped_scores

MOST_PX = 10_000  # of a class: more say hardly more
TILE_PX = 1024


class MapCheck:
    """The pixels of a ground truth whose classes are among the ``names`` of a map; others are said. ``untested`` are
    the names that it lacks.

    Raises `InputError` where there are none.
    """

    def __init__(self, truth: GroundTruth, reader: RasterReader, names: tuple, seed: int, progress: Progress):
        pixels = truth.pixels(reader.work, MOST_PX, seed, progress, lambda tile: reader.read(tile).valid)
        index = {_plain(name): number for number, name in enumerate(names)}
        there, which = np.unique(pixels.labels, return_inverse=True)
        called = [truth.names.get(int(label), str(label)) for label in there]
        unknown = [name for name in called if _plain(name) not in index]
        if len(unknown) == len(called):
            raise InputError(
                f"No class of the reference {truth.source} is one of the map's: it has {_listed(called)}, and the map"
                f" {_listed(names)}. Name them alike."
            )
        if unknown:
            progress.say(f"Left out of the reference: {_listed(unknown)}, which the map does not have.")
        numbers = [index.get(_plain(name), -1) for name in called]
        self.untested = tuple(name for number, name in enumerate(names) if number not in numbers)
        labels = np.array(numbers)[which]
        self._pixels: LabeledPixels = pixels._replace(labels=labels)[labels >= 0]
        self._work, self._n_classes, self._seed = reader.work, len(names), seed

    def scores(self, path: str, areas_px: np.ndarray, progress: Progress) -> GroupedScores:
        """Of a map whose values are the classes from 1 on, which cover ``areas_px`` (K,) of it."""
        told = self._told(path, progress)
        mapped = told >= 0
        pixels = self._pixels[mapped]
        shares = areas_px / max(areas_px.sum(), 1)
        return grouped_scores(pixels.labels, told[mapped], pixels.groups, shares, self._seed)

    def _told(self, path: str, progress: Progress) -> np.ndarray:
        """(n,) the classes that the map has at the pixels, from 0; -1 where it has none."""
        dataset, tiles = open_raster(path), self._work.tiles(TILE_PX)
        told, steps = np.full(len(self._pixels.rows), -1), Steps(progress, len(tiles))
        for tile in tiles:
            row, col = self._pixels.rows - tile.row, self._pixels.cols - tile.col
            inside = (row >= 0) & (row < tile.height) & (col >= 0) & (col < tile.width)
            if inside.any():
                told[inside] = read_band(dataset, 1, tile)[row[inside], col[inside]].astype(int) - 1
            steps.next()
        return told


def _plain(name: str) -> str:
    return str(name).strip().casefold()


def _listed(names) -> str:
    return ", ".join(shown(name) for name in names)
