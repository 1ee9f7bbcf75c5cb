"""Windows of pixels with their superpixels, each seen once in every epoch, in random order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import torch
from torch.nn import functional

from ..errors import InputError
from ..nets.convolution import generator
from ..progress import Progress, Steps, no_pause
from ..raster.grid import Window
from ..raster.patch import Patch
from ..raster.scaling import Scaling
from ..superpixels.kinds import Kind, segmented_alone
from ..workers import reading_ahead, worked_ahead
from .batch import Batch

if TYPE_CHECKING:
    from ..raster.reader import RasterReader


class Segmented(NamedTuple):
    """A window, and its superpixels (h, w) int32, -1 for none: held in memory, since they take long to find; its values
    do not, and are read when they are wanted."""

    window: Window
    regions: torch.Tensor


class PixelReader(NamedTuple):
    """How to read, scale and segment the pixels of a window.

    Superpixels are those of the window by itself: training asks for no more (in the published method, too, a superpixel
    votes within a window), and none reaches beyond what is read.
    """

    reader: RasterReader
    scaling: Scaling
    superpixels: Kind

    def batch(self, window: Window, regions: torch.Tensor | None = None) -> Batch:
        """What a step sees of a window: one crop."""
        scaled = self.scaling(self.reader.read(window))
        values, valid = torch.from_numpy(scaled.values)[None], torch.from_numpy(scaled.valid)[None]
        return Batch(values, valid, None, None if regions is None else regions[None])

    def segmented(self, window: Window, pause: Callable = no_pause) -> Segmented | None:
        """None where nothing is valid."""
        batch = self.batch(window)
        if not batch.valid.any():
            return None
        pixels = Patch(batch.values[0], batch.valid[0])
        return Segmented(window, segmented_alone(self.superpixels, pixels, pause).ids)


def segmented_windows(pixels: PixelReader, windows: list, progress: Progress) -> list:
    """The `Segmented` of each window in which anything is valid; refuses an image in which none has."""
    told, found = Steps(progress, len(windows)), []
    for each in worked_ahead(pixels.segmented, windows, torch.device("cpu"), told.pause):
        if each is not None:
            found.append(each)
        told.next()
    if not found:
        raise InputError(
            f"In {len(windows)} windows spread over {pixels.reader.source} no pixel is valid. Choose an extent where"
            " the image is, or check its no-data value."
        )
    return found


def epochs(
    pixels: PixelReader, windows: list, n_epochs: int, stride_px: int, seed: int, device: torch.device
) -> Iterator:
    """``n_epochs`` times a batch of each of the `Segmented` windows, of whole strides; the next one is being read."""

    def read(index: int) -> Batch:
        batch = pixels.batch(*windows[index])
        beyond = [part for n in reversed(batch.valid.shape[1:]) for part in (0, -n % stride_px)]
        return Batch(
            functional.pad(batch.values, beyond).to(device),
            functional.pad(batch.valid, beyond).to(device),
            None,
            functional.pad(batch.regions, beyond, value=-1).to(device),
        )

    random = generator(seed)
    order = (torch.randperm(len(windows), generator=random).tolist() for _ in range(n_epochs))
    return reading_ahead(read, (index for epoch in order for index in epoch))
