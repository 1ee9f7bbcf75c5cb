"""Chips as a network is to learn from them: those of a layer, checked and read."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch

from ..errors import InputError
from ..opening import refuse_unlike_bands
from ..progress import Progress, Steps
from ..raster.patch import Patch
from ..raster.reader import RasterReader
from ..raster.scaling import Scaling
from .cooccurrence import Cooccurrence, refusals
from .layer import ChipLayer
from .placed import Chip, placed

N_SAMPLED, SAMPLED_PX = 64, 20_000  # files of chips, and pixels of each, whose values are looked at


class KnownChips(NamedTuple):
    """The `Chip`s with tags, and how often these occur together."""

    chips: list
    found: Cooccurrence

    @property
    def names(self) -> tuple:
        return self.found.names

    @property
    def tags(self) -> torch.Tensor:
        """(n, K) bool."""
        return torch.tensor([[name in chip.tags for name in self.names] for chip in self.chips])

    def at_most(self, n: int, seed: int) -> KnownChips:
        """So many of the chips, by chance."""
        chosen = np.random.default_rng(seed).permutation(len(self.chips))[:n]
        return self._replace(chips=[self.chips[index] for index in sorted(chosen.tolist())])


def known_chips(source: str, field: str | None, grids: dict) -> KnownChips:
    """The chips of a layer that have tags; refuses tags from which nothing can be learned. ``grids`` as in `placed`."""
    layer = ChipLayer(source, field)
    if layer.is_table:
        layer.existing_files()
    found = Cooccurrence.of(chip.tags for chip in layer.chips.values())
    wrong = refusals(found)
    if wrong:
        raise InputError(f"{source}: {wrong[0]}")
    return KnownChips(placed(layer, grids), found)


class ChipReader:
    """Reads chips and what lies around them, scaled. ``readers`` {source: reader} are kept open; files that are a chip
    each are opened when they are read, with the ``bands`` that were chosen; else those of the first reader."""

    def __init__(self, chips: list, readers: dict, bands: tuple | None, scaling: Scaling | None = None):
        self._chips, self._readers, self._scaling = chips, readers, scaling
        self._first = next(iter(readers.values()))
        self._bands = bands or (self._first.bands if len(self._first.bands) > 1 else None)

    def __call__(self, number: int, margin_px: int, whole: tuple) -> Patch:
        """The patch of tensors of a window of the size ``whole`` that begins ``margin_px`` before a chip."""
        chip = self._chips[number]
        window = chip.window.grow(margin_px)._replace(height=whole[0], width=whole[1])
        scaled = self._scaling(self._reader(chip).read(window))
        return Patch(torch.from_numpy(scaled.values), torch.from_numpy(scaled.valid))

    def sample(self, seed: int, progress: Progress) -> np.ndarray:
        """(B, n) valid values of some chips."""
        random = np.random.default_rng(seed)
        chosen = random.permutation(len(self._chips))[:N_SAMPLED]
        steps, found = Steps(progress, len(chosen)), []
        for number in chosen.tolist():
            chip = self._chips[number]
            patch = self._reader(chip).read(chip.window)
            values = patch.values[:, patch.valid]
            found.append(values[:, :: max(1, values.shape[1] // SAMPLED_PX)])
            steps.next()
        return np.concatenate(found, 1)

    def _reader(self, chip: Chip) -> RasterReader:
        if chip.source in self._readers:
            return self._readers[chip.source]
        reader = RasterReader(chip.source, self._bands)
        refuse_unlike_bands(chip.source, reader.n_bands, self._first.source, self._first.n_bands)
        return reader
