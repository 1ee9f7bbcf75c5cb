"""Labeled parts of pairs of images, and random crops of them, with the second date a little shifted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from ..errors import InputError
from ..nets.convolution import generator
from ..progress import Progress, Steps
from ..raster.grid import Window
from ..raster.scaling import Scaling
from .augment import flipped
from .batch import Batch
from .madechange import with_made_change
from .sampler import draw
from .targets import IGNORE

TILE_PX, MOST_TILES = 512, 48  # parts that are held in memory: 12 Mpx
CROP_PX, N_CROPS = 256, 2
SHIFT_PX = (
    2  # by which the second date is moved at most: what is registered by others is not registered exactly
)


class DatedTruth(NamedTuple):
    """What is known of a pair: `labels(window)` of each date with classes as indices, and of change; None where it
    is not known. ``numbers`` are {label: index of its class} for each date."""

    first: object | None
    second: object | None
    change: object | None
    numbers: tuple

    def read(self, window: Window) -> np.ndarray:
        """(3, h, w) int64: classes of both dates and change, `IGNORE` where unknown."""
        found = np.full((3, window.height, window.width), IGNORE, np.int64)
        for date, (truth, numbers) in enumerate(zip((self.first, self.second), self.numbers)):
            if truth is not None:
                labels = truth.labels(window)
                for label, number in numbers.items():
                    found[date][labels.valid & (labels.values == label)] = number
        if self.change is not None:
            changed, known = self.change.read(window)
            found[2][known] = changed[known]
        else:
            both = (found[0] != IGNORE) & (found[1] != IGNORE)
            found[2][both] = (found[0] != found[1])[both]
        return found


class DatedPart(NamedTuple):
    """A part of a pair, scaled: values (2 B, h, w), valid (h, w), targets (3, h, w)."""

    values: torch.Tensor
    valid: torch.Tensor
    targets: torch.Tensor


def labeled_parts(images: list, truths: list, scaling: Scaling, seed: int, progress: Progress) -> list:
    """Parts of `StackedPair`s in which something is known; some of them by chance where there are very many."""
    places = [(number, window) for number, image in enumerate(images) for window in image.work.tiles(TILE_PX)]
    order = np.random.default_rng(seed).permutation(len(places))
    steps, found = Steps(progress, len(places)), []
    for index in order:
        number, window = places[index]
        steps.next()
        if len(found) == MOST_TILES:
            break
        targets = truths[number].read(window)
        if (targets == IGNORE).all():
            continue
        scaled = scaling(images[number].read(window))
        if scaled.valid.any():
            found.append(
                DatedPart(*(torch.from_numpy(each) for each in (scaled.values, scaled.valid, targets)))
            )
    if not found:
        raise InputError(
            "Nothing of the labels lies on pixels that are valid at both dates. Check the CRS of labels and images, and"
            " the values that mean no data."
        )
    return found


def crops_of(
    parts: list, seed: int, side_px: int, stride_px: int, device: torch.device, made: bool = False
) -> Iterator:
    """Batches of random crops, flipped and turned, without end; every second one lies around a change, if there is
    any. With ``made`` changes there are more of these (see madechange.py)."""
    random = generator(seed)
    moved = [number for number, part in enumerate(parts) if (part.targets[2] == 1).any()]
    places = {number: (parts[number].targets[2] == 1).nonzero() for number in moved}
    side = -(-side_px // stride_px) * stride_px
    while True:
        crops = []
        for turn in range(N_CROPS):
            number, row, col = draw(len(parts), random), None, None
            if turn % 2 and moved:
                number = moved[draw(len(moved), random)]
                row, col = places[number][draw(len(places[number]), random)].tolist()
                row, col = row - draw(side, random), col - draw(side, random)
            crop = _crop(parts[number], row, col, side, random)
            if made:
                other = _crop(parts[draw(len(parts), random)], None, None, side, random)
                crop = with_made_change(crop, other, random)
            crops.append(flipped(crop, random))
        yield Batch.stack(crops).map(lambda part: part.to(device))


def _crop(part: DatedPart, row: int | None, col: int | None, side: int, random: torch.Generator) -> Batch:
    height, width = part.valid.shape
    if row is None:
        row, col = draw(max(1, 1 + height - side), random), draw(max(1, 1 + width - side), random)
    row, col = (max(0, min(start, n - side)) for start, n in ((row, height), (col, width)))
    down, right = (draw(2 * SHIFT_PX + 1, random) - SHIFT_PX for _ in range(2))
    values = part.values[:, row : row + side, col : col + side].clone()
    n_bands = len(values) // 2
    rows = (torch.arange(row, row + values.shape[1]) + down).clamp(0, height - 1)
    cols = (torch.arange(col, col + values.shape[2]) + right).clamp(0, width - 1)
    values[n_bands:] = part.values[n_bands:, rows][:, :, cols]
    valid = part.valid[row : row + side, col : col + side]
    targets = part.targets[:, row : row + side, col : col + side]
    beyond = (0, side - valid.shape[1], 0, side - valid.shape[0])
    return Batch(
        functional.pad(values, beyond),
        functional.pad(valid, beyond),
        functional.pad(targets, beyond, value=IGNORE),
    )
