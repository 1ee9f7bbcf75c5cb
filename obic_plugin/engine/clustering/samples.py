"""What centers are fitted to: a sample of a raster's pixels or superpixels."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..progress import Progress, Steps
from ..raster.grid import Window
from ..raster.patch import Patch
from ..raster.sample import sample_windows
from ..raster.scaling import Scaling
from ..superpixels.cellreader import CellReader
from ..workers import reading_ahead
from .centers import levels
from .means import superpixel_means

SAMPLE_PIXELS = 100_000
SAMPLE_WINDOWS = 16
SAMPLE_WINDOW_PX = 384, 1024  # at least and at most; eight superpixels wide in between


class WeightedSample(NamedTuple):
    """``features`` (n, C), whole numbers, and ``weights`` (n,): how many pixels each stands for."""

    features: np.ndarray
    weights: np.ndarray


def sampled_pixels(values: np.ndarray, scaling: Scaling) -> WeightedSample:
    """Some of the sampled raw (B, n) ``values``, each with weight 1."""
    step = -(-values.shape[1] // SAMPLE_PIXELS)
    chosen = values[:, None, ::step]
    scaled = scaling(Patch(chosen, np.ones(chosen.shape[1:], bool)))
    features = levels(scaled.values[:, 0].T)
    return WeightedSample(features, np.ones(len(features)))


def sampled_superpixels(cells: CellReader, progress: Progress) -> WeightedSample:
    """The means of the superpixels in some windows of the raster."""
    low, high = SAMPLE_WINDOW_PX
    size_px = min(max(8 * cells.superpixels.size_px, low), high)
    windows = sample_windows(cells.reader.work, size_px, SAMPLE_WINDOWS, 0, cells.reader.content)

    def read(core: Window) -> tuple:
        return core, cells.scaling(cells.read(core)[1])

    found = []
    told = Steps(progress, len(windows))
    for core, scaled in reading_ahead(read, windows, told.pause):
        means = superpixel_means(cells, core, scaled, told.pause)
        inside = np.zeros(len(means.numbers), bool)  # not those that only touch the margin: they may be cut
        inside[means.regions[means.regions >= 0]] = True
        found.append((means.features[inside], means.count[inside]))
        told.next()
    return WeightedSample(*(np.concatenate(part) for part in zip(*found)))
