"""What a network is trained on: windows drawn over the raster, each as its grid of superpixels."""

from __future__ import annotations

from collections.abc import Iterator

import torch

from ..errors import InputError
from ..mapping import Mapper
from ..nets.convolution import generator
from ..progress import Progress, Steps
from ..workers import worked_ahead
from .batch import Batch

CROP_CELLS = 64
CROPS = 4  # a step
LEAST_SHARE = 0.2  # of a crop's cells that have a superpixel


def draw_grids(mapper: Mapper, windows: list, progress: Progress) -> list:
    """The `CellGrid` of each window that has a superpixel; refuses an image in which none has."""
    told = Steps(progress, len(windows))

    def work(window, pause):
        part, window, scaled = mapper.read_scaled(window)
        return mapper.cells_of(part, window, scaled, pause)[1] if scaled.valid.any() else None

    grids = []
    for grid in worked_ahead(work, windows, mapper.device, told.pause):
        if grid is not None and grid.present.any():
            grids.append(grid)
        told.next()
    if not grids:
        raise InputError(
            f"In {len(windows)} windows spread over {mapper.reader.source} no superpixel was found: hardly any of its"
            " pixels are valid. Choose an extent where the image is, or check its no-data value."
        )
    return grids


def crops(grids: list, targets: list, seed: int) -> Iterator:
    """Batches of random crops of the grids, flipped and turned at random, without end.

    ``targets`` are (K, rows, cols) for each grid: what its superpixels should be taken for.
    """
    random = generator(seed)
    rows = min(CROP_CELLS, *(grid.present.shape[0] for grid in grids))
    cols = min(CROP_CELLS, *(grid.present.shape[1] for grid in grids))
    while True:
        yield Batch.stack([_crop(grids, targets, rows, cols, random) for _ in range(CROPS)])


def _crop(grids: list, targets: list, rows: int, cols: int, random: torch.Generator) -> tuple:
    for _ in range(5):
        index = _draw(len(grids), random)
        grid = grids[index]
        top, left = (_draw(1 + n - m, random) for n, m in zip(grid.present.shape, (rows, cols)))
        here = (..., slice(top, top + rows), slice(left, left + cols))
        if grid.present[here].float().mean() > LEAST_SHARE:
            break
    parts = [grid.features[here], grid.present[here], targets[index][here]]
    for axis in (-1, -2):
        if _draw(2, random):
            parts = [part.flip(axis) for part in parts]
    if rows == cols and _draw(2, random):
        parts = [part.transpose(-1, -2) for part in parts]
    return tuple(parts)


def _draw(below: int, random: torch.Generator) -> int:
    return int(torch.randint(below, (), generator=random))
