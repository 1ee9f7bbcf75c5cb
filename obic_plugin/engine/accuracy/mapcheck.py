"""How good a map is where somebody knows better: labels from which nothing was learned."""

from __future__ import annotations

import numpy as np

from ..errors import InputError, shown
from ..progress import Progress, Steps
from ..raster.bands import read_band
from ..raster.groundtruth import GroundTruth
from ..raster.reader import RasterReader, open_raster
from .assessment import plain
from .resampling import GroupedScores, grouped_scores

TILE_PX = 1024


class MapCheck:
    """The labels of a ground truth whose classes are among the ``names`` of a map; others are said. ``untested`` are
    the names that it lacks.

    Raises `InputError` where there are none.
    """

    def __init__(self, truth: GroundTruth, reader: RasterReader, names: tuple, seed: int, progress: Progress):
        self._truth, self._reader, self._n_classes, self._seed = truth, reader, len(names), seed
        index = {plain(name): number for number, name in enumerate(names)}
        pixels = truth.pixels(reader.work, 1, seed, progress, lambda tile: reader.read(tile).valid)
        called = {int(label): truth.names.get(int(label), str(label)) for label in pixels.labels}
        self._numbers = {label: index[plain(name)] for label, name in called.items() if plain(name) in index}
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

    def scores(self, path: str, progress: Progress) -> GroupedScores | None:
        """Of a map whose values are the classes from 1 on. Every pixel of the reference that is mapped counts the
        same; None where the map has none of them."""
        dataset, tiles = open_raster(path), self._reader.work.tiles(TILE_PX)
        found, steps = [], Steps(progress, len(tiles))
        for tile in tiles:
            labels = self._truth.labels(tile)
            told = read_band(dataset, 1, tile).astype(np.int64) - 1
            known = labels.valid & np.isin(labels.values, list(self._numbers)) & (told >= 0)
            if known.any():
                true = [self._numbers[label] for label in labels.values[known].tolist()]
                which = np.stack([self._truth.sites(tile)[known], true, told[known]])
                found.append(np.vstack(np.unique(which, axis=1, return_counts=True)))
            steps.next()
        if not found:
            return None
        groups, true, told, n_px = np.concatenate(found, 1)
        shares = np.bincount(true, n_px, self._n_classes) / n_px.sum()
        return grouped_scores(true, told, groups, shares, self._seed, n_px)


def _listed(names) -> str:
    return ", ".join(shown(name) for name in names)
