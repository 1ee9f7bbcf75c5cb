"""Two images of one place as superpixels of both: any part of them, independent of the windows in which it is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from ..progress import no_pause
from ..raster.grid import Window
from ..raster.pair import DatedPatches, ImagePair
from ..raster.patch import Patch
from ..workers import worked_ahead
from .cellencoder import CellEncoder, MapShares
from .regions import Superpixels
from .slic import Slic


class PairReading(NamedTuple):
    """A window that was read, and the raw patches of both dates."""

    window: Window
    raw: DatedPatches


class SegmentedPair(NamedTuple):
    """What was read of a ``window`` to know some superpixels of both dates: patches ``scaled``; the ``superpixels``;
    and the ``shares`` that they have of the encoder's maps."""

    window: Window
    scaled: list
    superpixels: Superpixels
    shares: MapShares


class Described(NamedTuple):
    """Superpixels of both dates, and of each date what an encoder sees in them, ``features`` (n, F) float32."""

    superpixels: Superpixels
    features: tuple


class OwnSuperpixels(NamedTuple):
    """Some superpixels: their ``ids`` (m,), and how many pixels (m,) each has."""

    ids: np.ndarray
    px: np.ndarray


class CellPair:
    """How to read two dates, scale each by its own statistics, segment them together, and describe the superpixels.

    An edge of either date is an edge here: superpixels grow in the channels of both.
    """

    def __init__(self, pair: ImagePair, scalings: tuple, superpixels: Slic, device, encoder):
        self.pair, self.scalings, self.superpixels, self.device = pair, tuple(scalings), superpixels, device
        self.raster = pair.raster
        self.encoder = CellEncoder(encoder, encoder.block_px)

    @property
    def bytes_per_px(self) -> float:
        reading = sum(scaling.bytes_per_px(self.pair.reader.n_bands) for scaling in self.scalings)
        return reading + self.encoder.bytes_per_px

    def read(self, part: Window) -> PairReading:
        """What has to be read to know the superpixels of ``part``."""
        window = self._window(part)
        return PairReading(window, self.pair.read(window))

    def segmented(self, reading: PairReading, part: Window, pause: Callable = no_pause) -> SegmentedPair:
        """The superpixels that touch ``part``; ``reading`` is what `read` has given for it."""
        window, raw = reading
        valid, scaled = torch.from_numpy(raw.valid).to(self.device), []
        for scaling, patch in zip(self.scalings, raw):
            pause()
            scaled.append(Patch(torch.from_numpy(scaling(patch).values).to(self.device), valid))
        here = self.superpixels.reading(part, self.raster).within(window).slices
        both = torch.cat([patch.values[(slice(None), *here)] for patch in scaled])
        found = self.superpixels.segment(both, valid[here], part, self.raster, pause)
        pause()
        return SegmentedPair(window, scaled, found, self.encoder.shares(found))

    def described(self, segmented: SegmentedPair, pause: Callable = no_pause) -> Described:
        """What the encoder sees in some superpixels. It looks at both dates at the same time."""

        def seen(scaled: Patch, pause: Callable) -> np.ndarray:
            return self.encoder.features(scaled, segmented.window, segmented.shares, pause).cpu().numpy()

        found = tuple(worked_ahead(seen, segmented.scaled, self.device, pause))
        return Described(segmented.superpixels, found)

    def own(self, described: Described, part: Window) -> OwnSuperpixels:
        """The superpixels that have grown from cells which begin within ``part``, and have pixels. Of the parts that
        cover a raster, each superpixel belongs to one."""
        size_px = self.superpixels.size_px
        row, col, bottom, right = (-(-n // size_px) for n in (part.row, part.col, part.bottom, part.right))
        cells = Window(row, col, bottom - row, right - col)
        found = described.superpixels
        ids = self.superpixels.regions_of(cells, found, self.raster).unique().cpu().numpy()
        count = np.bincount(found.ids.cpu().numpy().ravel() + 1, minlength=found.count + 1)[1:]
        ids = ids[ids >= 0]
        ids = ids[count[ids] > 0]
        return OwnSuperpixels(ids, count[ids])

    def _window(self, part: Window) -> Window:
        window = self.superpixels.reading(part, self.raster)
        return window.around(self.encoder.reading(self.superpixels.voting(part, self.raster), self.raster))
