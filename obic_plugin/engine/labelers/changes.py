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
from ..superpixels.cellpair import CellPair
from ..superpixels.neighborhood import with_neighbors
from ..training.differences import Differences
from ..workers import worked_ahead
from .labeler import Plane, State, Tile, held_bytes_per_px, painted

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


class Changes:
    """Labels 1 unchanged and 2 changed, and the score as "confidence", 1 to 100; 0 is no data in both."""

    planes = (Plane("labels", np.uint8, 2), Plane("confidence", np.uint8))

    def __init__(self, cells: CellPair, differences: Differences, scale: Scale):
        self.cells, self.differences, self.scale = cells, differences, scale

    @property
    def bytes_per_px(self) -> float:
        return held_bytes_per_px(self.cells.bytes_per_px, 2 * self.cells.pair.reader.n_bands)

    def tiles(self, windows: list, pause: Callable = no_pause) -> Iterator[Tile]:
        """Two tiles are worked on at a time."""
        return worked_ahead(self._tile, windows, self.cells.device, pause)

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

    def _calming(self, core: Window) -> Window:
        """The window whose superpixels, and all beside these, are asked for those that touch ``core``."""
        return core.grow(2 * self.cells.superpixels.size_px) & self.cells.raster

    def _tile(self, core: Window, pause: Callable) -> Tile:
        reading = self.cells.read(self._calming(core))
        here = core.within(reading.window).slices
        values = reading.raw.first.values[(slice(None), *here)]
        planes = {plane.name: np.zeros((core.height, core.width), plane.dtype) for plane in self.planes}
        if not reading.raw.valid[here].any():
            return Tile(core, planes, values)
        pause()
        found, features = self.cells.described(reading, self._calming(core), pause)
        size_px = self.cells.superpixels.size_px
        scores = self.scale(with_neighbors(self.differences(features), found, size_px))
        labels = np.where(scores > MIDDLE, CHANGED, UNCHANGED).astype(np.uint8)
        ids = found.ids[core.within(found.window).slices]
        parts = painted([torch.from_numpy(each).to(ids.device) for each in (labels, scores)], ids)
        return Tile(core, dict(zip(planes, (part.astype(np.uint8) for part in parts))), values)
