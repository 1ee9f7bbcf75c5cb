"""How good a map is where somebody knows better: labels from which nothing was learned."""

from __future__ import annotations

import numpy as np

from ..errors import InputError, shown
from ..progress import Progress, Steps
from ..raster.bands import read_band
from ..raster.groundtruth import GroundTruth
from ..raster.reader import RasterReader, open_raster
from .resampling import GroupedScores, grouped_scores

TILE_PX = 1024


class MapCheck:
    """The labels of a ground truth whose classes are among the ``names`` of a map; others are said. ``untested`` are
    the names that it lacks.

    Raises `InputError` where there are none.
    """

    def __init__(self, truth: GroundTruth, reader: RasterReader, names: tuple, seed: int, progress: Progress):
        self._truth, self._reader, self._n_classes, self._seed = truth, reader, len(names), seed
        index = {_plain(name): number for number, name in enumerate(names)}
        pixels = truth.pixels(reader.work, 1, seed, progress, lambda tile: reader.read(tile).valid)
        called = {int(label): truth.names.get(int(label), str(label)) for label in pixels.labels}
        self._numbers = {
            label: index[_plain(name)] for label, name in called.items() if _plain(name) in index
        }
        if not self._numbers:
            raise InputError(
                f"No class of the reference {truth.source} is one of the map's: it has {_listed(called.values())}, and"
                f" the map {_listed(names)}. Name them alike."
            )
        unknown = [name for label, name in called.items() if label not in self._numbers]
        if unknown:
            progress.say(f"Left out of the reference: {_listed(unknown)}, which the map does not have.")
        found = set(self._numbers.values())
        self.untested = tuple(name for number, name in enumerate(names) if number not in found)

    def scores(self, path: str, progress: Progress) -> GroupedScores:
        """Of a map whose values are the classes from 1 on. Every pixel of the reference that is mapped counts the
        same."""
        dataset, tiles = open_raster(path), self._reader.work.tiles(TILE_PX)
        found, steps = [], Steps(progress, len(tiles))
        for tile in tiles:
            labels = self._truth.labels(tile)
            told = read_band(dataset, 1, tile).astype(np.int64) - 1
            for label, number in self._numbers.items():
                there = labels.valid & (labels.values == label) & (told >= 0)
                if there.any():
                    groups = self._truth.sites(tile)[there]
                    which = np.stack([groups, np.full_like(groups, number), told[there]])
                    found.append(np.vstack(np.unique(which, axis=1, return_counts=True)))
            steps.next()
        groups, true, told, n_px = np.concatenate(found, 1) if found else np.zeros((4, 0), np.int64)
        shares = np.bincount(true, n_px, self._n_classes) / max(n_px.sum(), 1)
        return grouped_scores(true, told, groups, shares, self._seed, n_px)


def _plain(name: str) -> str:
    return str(name).strip().casefold()


def _listed(names) -> str:
    return ", ".join(shown(name) for name in names)
