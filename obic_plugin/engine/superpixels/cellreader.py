"""A raster read as superpixels: any part of it, independent of the windows in which that is done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import torch

from ..nets.encoder import Encoder
from ..progress import no_pause
from ..raster.grid import Window
from ..raster.patch import Patch
from ..raster.scaling import Scaling
from .cellencoder import CellEncoder
from .features import cell_patch
from .kinds import Kind, from_json, segmented, to_json
from .regions import Superpixels

if TYPE_CHECKING:
    from ..raster.reader import RasterReader


class Reading(NamedTuple):
    """A window that was read, and its raw patch."""

    window: Window
    raw: Patch


class Cells(NamedTuple):
    """The superpixels that touch a window, and the patch of the cells that cover it, a cell a pixel."""

    superpixels: Superpixels
    patch: Patch


class CellReader:
    """How to read, scale, segment and describe any part of a raster by a `Slic` or a `Felzenszwalb`.

    With an ``encoder``, what it sees in each superpixel (see `CellEncoder`) follows the other features of its cell.
    """

    def __init__(
        self,
        reader: RasterReader,
        scaling: Scaling,
        superpixels: Kind,
        device,
        encoder: Encoder | None = None,
    ):
        self.reader, self.scaling, self.superpixels, self.device = reader, scaling, superpixels, device
        self.raster = reader.grid.window
        self.encoder = None
        if encoder is not None:
            self.encoder = CellEncoder(encoder, getattr(encoder, "block_px", superpixels.size_px))

    @property
    def bytes_per_px(self) -> float:
        """Of what is read and made of it while one tile is worked on."""
        seen = self.encoder.bytes_per_px if self.encoder else 0
        return self.scaling.bytes_per_px(self.reader.n_bands) + seen

    def read(self, part: Window) -> Reading:
        """What has to be read to know the superpixels of ``part``."""
        window = self._window(part)
        return Reading(window, self.reader.read(window))

    def scaled(self, raw: Patch) -> Patch:
        """The patch scaled, as tensors on the device."""
        on_gpu = self.device.type == "cuda"  # which scales sooner, and to the same numbers
        patch = raw if on_gpu else self.scaling(raw)
        values, valid = (torch.from_numpy(part).to(self.device) for part in (patch.values, patch.valid))
        return Patch(self.scaling.of_tensors(values, valid) if on_gpu else values, valid)

    def segmented(self, scaled: Patch, part: Window, pause: Callable = no_pause) -> Superpixels:
        """The `Superpixels` that touch ``part``; ``scaled`` is what `read` has given for it, scaled."""
        return segmented(self.superpixels, scaled, self._window(part), part, self.raster, pause)

    def cells(self, scaled: Patch, part: Window, pause: Callable = no_pause) -> Cells:
        """The superpixels that touch ``part``, each as a pixel of a patch."""
        superpixels = self.segmented(scaled, part, pause)
        pause()
        window = self._window(part)
        here = superpixels.window.within(window).slices
        pixels = Patch(scaled.values[(slice(None), *here)], scaled.valid[here], superpixels.ids)
        patch = cell_patch(pixels, superpixels, self.superpixels, part, self.raster)
        if self.encoder is None:
            return Cells(superpixels, patch)
        shares = self.encoder.shares(superpixels)
        seen = self.encoder.features(scaled, window, shares, pause)[patch.regions.clamp(min=0)]
        values = torch.cat([patch.values, seen.permute(2, 0, 1) * patch.valid])
        return Cells(superpixels, Patch(values, patch.valid, patch.regions))

    def _window(self, part: Window) -> Window:
        window = self.superpixels.reading(part, self.raster)
        if self.encoder is None:
            return window
        return window.around(self.encoder.reading(self.superpixels.voting(part, self.raster), self.raster))

    def to_json(self) -> dict:
        """Scaling and superpixels, as model files and other processes keep them."""
        return {"scaling": self.scaling.to_json(), "superpixels": to_json(self.superpixels)}

    @classmethod
    def from_json(
        cls, reader: RasterReader, plain: dict, device, encoder: Encoder | None = None
    ) -> CellReader:
        """What `to_json` has written, on another reader."""
        return cls(
            reader, Scaling.from_json(plain["scaling"]), from_json(plain["superpixels"]), device, encoder
        )
