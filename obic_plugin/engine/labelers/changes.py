"""Where two dates differ, superpixel by superpixel of both, on a scale on which change begins at 50."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import torch

from ..nets.imagefeatures import ImageFeatures
from ..progress import no_pause
from ..raster.grid import Window
from ..raster.pair import ImagePair
from ..raster.scaling import Scaling
from ..superpixels import kinds
from ..superpixels.cellpair import CellPair, PairReading, SegmentedPair
from ..superpixels.neighborhood import with_neighbors
from ..superpixels.regions import Superpixels
from ..training.differences import Differences
from ..workers import WORKERS, worked_ahead
from .labeler import Plane, State, Tile, painted

UNCHANGED, CHANGED = 1, 2
MIDDLE = 50  # of the scale: more is change


class Scale(NamedTuple):
    """Differences as scores from 1 to 100: ``low`` and less are 1, ``threshold`` is 50, ``high`` and more are 100."""

    low: float
    threshold: float
    high: float

    def __call__(self, differences: np.ndarray) -> np.ndarray:
        """(n,) uint8; a difference above the threshold has more than 50."""
        scores = np.interp(differences, self, (1, MIDDLE, 100))
        return np.clip(np.ceil(scores), 1, 100).astype(np.uint8)


class _Begun(NamedTuple):
    """Of a tile, the window ``core``: what was read for it, and its ``scores`` if they are known, else the superpixels
    ``segmented``."""

    core: Window
    reading: PairReading
    scores: np.ndarray | None
    segmented: SegmentedPair | None


class Changes:
    """Labels 1 unchanged and 2 changed, and the score as "confidence", 1 to 100; 0 is no data in both."""

    planes = (Plane("labels", np.uint8, 2), Plane("confidence", np.uint8))

    def __init__(self, cells: CellPair, differences: Differences, scale: Scale):
        self.cells, self.differences, self.scale = cells, differences, scale
        self._known = []

    @property
    def bytes_per_px(self) -> float:
        return WORKERS * self.cells.bytes_per_px

    def remember(self, window: Window, found: Superpixels, differences: np.ndarray) -> None:
        """What the superpixels in and around a window are known to differ by, (n,) together with their neighbors:
        where it is mapped nothing is computed again. Results are the same."""
        self._known.append((window, self._painted(window, found, differences)))

    def tiles(self, windows: list, pause: Callable = no_pause) -> Iterator[Tile]:
        """The superpixels of the next one are found while the encoder looks at those of one."""
        for begun in worked_ahead(self._begun, windows, self.cells.device, pause, 1):
            yield self._tile(begun, pause)

    def state(self) -> State:
        pair, encoder = self.cells.pair, self.cells.encoder.network
        plain = {
            "second": {"source": pair.source, "shift": list(pair.shift), "fill": pair.fill},
            "scalings": [scaling.to_json() for scaling in self.cells.scalings],
            "superpixels": kinds.to_json(self.cells.superpixels),
            "encoder": encoder.options,
            "scale": list(self.scale),
        }
        arrays = {name: torch.from_numpy(array) for name, array in self.differences.arrays().items()}
        weights = {f"encoder.{name}": part for name, part in encoder.state_dict().items()}
        return State(plain, {**arrays, **weights})

    @classmethod
    def from_state(cls, reader, device, plain: dict, tensors: dict) -> Changes:
        encoder = ImageFeatures(**plain["encoder"])
        weights = {name[8:]: part for name, part in tensors.items() if name.startswith("encoder.")}
        encoder.load_state_dict(weights)
        second = plain["second"]
        cells = CellPair(
            ImagePair(reader, second["source"], second["shift"], second["fill"]),
            [Scaling.from_json(each) for each in plain["scalings"]],
            kinds.from_json(plain["superpixels"]),
            device,
            encoder.eval().to(device),
        )
        arrays = {name: part.numpy() for name, part in tensors.items() if not name.startswith("encoder.")}
        return cls(cells, Differences.of_arrays(arrays), Scale(*plain["scale"]))

    def _begun(self, core: Window, pause: Callable) -> _Begun:
        scores = self._scores(core)
        if scores is not None:
            return _Begun(core, PairReading(core, self.cells.pair.read(core)), scores, None)
        part = calming(core, self.cells)
        reading = self.cells.read(part)
        if not reading.raw.valid[core.within(reading.window).slices].any():
            return _Begun(core, reading, np.zeros((core.height, core.width), np.uint8), None)
        return _Begun(core, reading, None, self.cells.segmented(reading, part, pause))

    def _tile(self, begun: _Begun, pause: Callable) -> Tile:
        core, reading, scores, segmented = begun
        if scores is None:
            found, features = self.cells.described(segmented, pause)
            size_px = self.cells.superpixels.size_px
            scores = self._painted(core, found, with_neighbors(self.differences(features), found, size_px))
        labels = np.where(scores > MIDDLE, CHANGED, UNCHANGED).astype(np.uint8) * (scores > 0)
        values = reading.raw.first.values[(slice(None), *core.within(reading.window).slices)]
        return Tile(core, {"labels": labels, "confidence": scores}, values)

    def _painted(self, core: Window, found: Superpixels, differences: np.ndarray) -> np.ndarray:
        """(h, w) uint8 scores of the pixels of ``core``; 0 is no data."""
        ids = found.ids[core.within(found.window).slices]
        (scores,) = painted([torch.from_numpy(self.scale(differences)).to(ids.device)], ids)
        return scores.astype(np.uint8)

    def _scores(self, core: Window) -> np.ndarray | None:
        """(h, w) uint8 the scores of a window, if all of them are known."""
        shape = core.height, core.width
        scores, covered = np.zeros(shape, np.uint8), np.zeros(shape, bool)
        for window, known in self._known:
            both = window & core
            if both.size:
                scores[both.within(core).slices] = known[both.within(window).slices]
                covered[both.within(core).slices] = True
        return scores if covered.all() else None


def calming(part: Window, cells: CellPair) -> Window:
    """The window whose superpixels, and all beside these, are asked for those that touch ``part``."""
    return part.grow(2 * cells.superpixels.size_px) & cells.raster
