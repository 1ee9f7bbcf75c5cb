"""Labels spread over the superpixels that they touch: what a point or a line says of more than itself."""

from __future__ import annotations

import numpy as np

from ..progress import Progress, Steps
from ..raster.grid import Window
from ..raster.groundtruth import LabeledPixels
from ..superpixels.cellreader import CellReader
from ..workers import worked_ahead
from .labeled import TILE_PX


def spread(
    cells: CellReader, known: LabeledPixels, most_px: int, seed: int, progress: Progress
) -> LabeledPixels:
    """The pixels of all superpixels that labels of one class touch; of each class at most ``most_px``.

    Superpixels that labels of several classes touch say nothing: of them the labeled pixels are kept. All pixels of a
    superpixel belong to the group of one of its labels.
    """
    if not len(known.rows):
        return known
    tiles = np.unique(np.stack([known.rows // TILE_PX, known.cols // TILE_PX], 1), axis=0)
    steps, parts = Steps(progress, len(tiles)), [known]

    def work(tile, pause) -> LabeledPixels:
        row, col = (int(n) * TILE_PX for n in tile)
        return _in_tile(cells, known, Window(row, col, TILE_PX, TILE_PX) & cells.raster, pause)

    for each in worked_ahead(work, tiles, cells.device, steps.pause):
        parts.append(each)
        steps.next()
    return _drawn(LabeledPixels(*map(np.concatenate, zip(*parts))), most_px, seed)


def _in_tile(cells: CellReader, known: LabeledPixels, tile: Window, pause) -> LabeledPixels:
    """The pixels of the superpixels that are told by the labels of a tile."""
    found = cells.segmented(cells.scaled(cells.read(tile)[1]), tile, pause)
    ids, window = found.ids.cpu().numpy(), found.window
    inside = (known.rows >= tile.row) & (known.rows < tile.bottom)
    own = known[inside & (known.cols >= tile.col) & (known.cols < tile.right)]
    touched = ids[own.rows - window.row, own.cols - window.col]
    own, touched = own[touched >= 0], touched[touched >= 0]
    low, high = np.full(found.count, np.iinfo(np.int64).max), np.full(found.count, -1)
    np.minimum.at(low, touched, own.labels)
    np.maximum.at(high, touched, own.labels)
    group = np.zeros(found.count, np.int64)
    group[touched] = own.groups
    rows, cols = np.nonzero((ids >= 0) & (low == high)[ids])
    chosen = ids[rows, cols]
    return LabeledPixels(rows + window.row, cols + window.col, low[chosen], group[chosen])


def _drawn(pixels: LabeledPixels, most_px: int, seed: int) -> LabeledPixels:
    """Each pixel once, as it was first said; of each class at most so many, by chance."""
    place = pixels.rows << 32 | pixels.cols
    _, first = np.unique(place, return_index=True)
    random, chosen = np.random.default_rng(seed), []
    for label in np.unique(pixels.labels[first]):
        own = first[pixels.labels[first] == label]
        chosen.append(random.permutation(own)[:most_px])
    return pixels[np.sort(np.concatenate(chosen))]
