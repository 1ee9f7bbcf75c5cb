"""What a network is trained on, patches drawn over the raster, of pixels or of cells; and numbers by chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import torch

from ..errors import InputError
from ..progress import Progress, Steps
from ..raster.patch import Patch
from ..raster.scaling import Scaling
from ..superpixels.cellreader import CellReader
from ..workers import worked_ahead

if TYPE_CHECKING:
    from ..raster.reader import RasterReader

CROP_CELLS = 64


def cell_patches(cells: CellReader, windows: list, progress: Progress) -> list:
    """The patch of cells of each window that has a superpixel; refuses an image in which none has."""
    told = Steps(progress, len(windows))

    def work(window, pause):
        scaled = cells.scaled(cells.read(window)[1])
        return cells.cells(scaled, window, pause)[1] if scaled.valid.any() else None

    patches = []
    for patch in worked_ahead(work, windows, cells.device, told.pause):
        if patch is not None and patch.valid.any():
            patches.append(patch)
        told.next()
    if not patches:
        raise InputError(
            f"In {len(windows)} windows spread over {cells.reader.source} no superpixel was found: hardly any of its"
            " pixels are valid. Choose an extent where the image is, or check its no-data value."
        )
    return patches


def pixel_patches(reader: RasterReader, scaling: Scaling, windows: list, pause: Callable) -> list:
    """The scaled patch of tensors of each window that has a valid pixel."""
    patches = []
    for window in windows:
        pause()
        patch = scaling(reader.read(window))
        if patch.valid.any():
            patches.append(Patch(torch.from_numpy(patch.values), torch.from_numpy(patch.valid)))
    return patches


def draw(below: int, random: torch.Generator) -> int:
    """A whole number from 0 to ``below`` - 1."""
    return int(torch.randint(below, (), generator=random))
