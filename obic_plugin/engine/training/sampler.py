"""What a network is trained on: patches drawn over the raster, of pixels or of cells, and random crops of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import torch

from ..errors import InputError
from ..nets.convolution import generator
from ..progress import Progress, Steps
from ..raster.patch import Patch
from ..raster.scaling import Scaling
from ..superpixels.cellreader import CellReader
from ..workers import worked_ahead
from .augment import flipped
from .batch import Batch

if TYPE_CHECKING:
    from ..raster.reader import RasterReader

CROP_CELLS = 64
CROPS = 4  # a step
LEAST_SHARE = 0.2  # of a crop that is valid
TRIES = 5  # to find a crop that is


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


def crops(patches: list, targets: list, seed: int, side: int = CROP_CELLS, n_crops: int = CROPS) -> Iterator:
    """Batches of random crops of the patches, flipped and turned at random, without end.

    ``targets`` (see `Batch`) are those of each patch. Crops have ``side`` x ``side`` pixels (or cells), or the least
    height or width of the patches where that is less.
    """
    random = generator(seed)
    wholes = [Batch(patch.values, patch.valid, target) for patch, target in zip(patches, targets)]
    shape = [min(side, *lengths) for lengths in zip(*(whole.valid.shape for whole in wholes))]
    while True:
        yield Batch.stack([flipped(_crop(wholes, shape, random), random) for _ in range(n_crops)])


def _crop(wholes: list, shape: list, random: torch.Generator) -> Batch:
    for _ in range(TRIES):
        whole = wholes[draw(len(wholes), random)]
        top, left = (draw(1 + n - m, random) for n, m in zip(whole.valid.shape, shape))
        here = (..., slice(top, top + shape[0]), slice(left, left + shape[1]))
        if whole.valid[here].float().mean() > LEAST_SHARE:
            break
    return whole.map(lambda part: part[here])


def draw(below: int, random: torch.Generator) -> int:
    """A whole number from 0 to ``below`` - 1."""
    return int(torch.randint(below, (), generator=random))
