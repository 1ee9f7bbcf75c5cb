"""A look at parts of a raster, spread over it: windows to learn from, and a sample of values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from ..errors import InputError
from ..progress import Progress
from .grid import Window

if TYPE_CHECKING:
    from .reader import RasterReader

SAMPLE_VALUES = 6_000_000  # band values that fit the sample: 2 Mpx of RGB, 27,000 px of 224 bands


def training_windows(
    work: Window, size_px: int, count: int, seed: int, align_px: int, content: list | None = None
) -> list:
    """At most ``count`` windows of `sample_windows`, all of the same size: those that would be cut at the border of
    the work area are moved inside, to multiples of ``align_px``, and may overlap others.

    Of ``size_px``, or of all of the area's height or width where that is less.
    """
    windows = sample_windows(work, size_px, count, seed, content)
    full = [Window(window.row, window.col, size_px, size_px).moved_into(work, align_px) for window in windows]
    return list(dict.fromkeys(full))


def overlapping_windows(work: Window, size_px: int, stride_px: int, align_px: int) -> list:
    """Windows of ``size_px`` that begin ``stride_px`` from each other and cover the work area; the last ones are moved
    inside, to multiples of ``align_px``.

    >>> [window.col for window in overlapping_windows(Window(0, 0, 512, 1024), 512, 448, 4)]
    [0, 448, 512]
    """
    rows, cols = (range(0, max(n - size_px, 0) + stride_px, stride_px) for n in (work.height, work.width))
    return [
        Window(work.row + row, work.col + col, size_px, size_px).moved_into(work, align_px)
        for row in rows
        for col in cols
    ]


def sample_windows(work: Window, size_px: int, count: int, seed: int, content: list | None = None) -> list:
    """``count`` windows spread evenly over the work area, one at random in each of its parts, in a random order.

    All of the area in windows of ``size_px`` when it is not larger than that. No two overlap, and those at the border
    of the area are cut. Where little of a raster holds anything, its ``content`` (see `RasterReader`), they lie around
    some of that, and may overlap.
    """
    if content:
        chosen = np.random.default_rng(seed).permutation(len(content))[:count]
        return [_around(content[index], size_px) & work for index in chosen]
    tiles = list(work.tiles(size_px)) if work.size <= count * size_px**2 * 2 else []
    random = np.random.default_rng(seed)
    if tiles and len(tiles) <= count:
        return [tiles[i] for i in random.permutation(len(tiles))]
    n_cols = max(1, min(round((count * work.width / work.height) ** 0.5), count))
    n_rows = max(1, count // n_cols)
    windows = []
    for i in range(n_rows):
        for j in range(n_cols):
            row = _random_start(work.row, work.height, i, n_rows, size_px, random)
            col = _random_start(work.col, work.width, j, n_cols, size_px, random)
            windows.append(Window(row, col, size_px, size_px) & work)
    return [windows[i] for i in random.permutation(len(windows))]


def _around(part: Window, size_px: int) -> Window:
    """The window of ``size_px`` with the same middle."""
    row, col = part.row + part.height // 2 - size_px // 2, part.col + part.width // 2 - size_px // 2
    return Window(int(row), int(col), size_px, size_px)


def _random_start(start: int, length: int, index: int, parts: int, size_px: int, random) -> int:
    low = start + length * index // parts
    high = start + length * (index + 1) // parts - size_px
    last = max(start, start + length - size_px)
    return int(min(random.integers(low, high + 1) if high > low else low, last))


class Sample(NamedTuple):
    """(B, n) float32 valid ``values`` of a raster, spread over its work area, and the share of it that is valid."""

    values: np.ndarray
    valid_share: float


def read_sample(reader: RasterReader, progress: Progress) -> Sample:
    """A sample of the work area.

    Looks at a few dozen windows; only if these show hardly anything valid, or nothing but one value, is all of the
    raster searched. What holds more than that is then the reader's ``content``.
    """
    wanted = max(SAMPLE_VALUES // reader.n_bands, 20_000)
    count = 48
    size_px = int(min(max((wanted / count) ** 0.5, 16), 512))
    found, n_valid, n_seen = [], 0, 0
    windows = sample_windows(reader.work, size_px, count, seed=0)
    for index, window in enumerate(windows):
        progress.at(0.8 * index / len(windows))
        patch = reader.read(window)
        found.append(patch.values[:, patch.valid])
        n_valid, n_seen = n_valid + found[-1].shape[1], n_seen + window.size
    values = np.concatenate(found, axis=1)
    background = values[:, :1] if values.size and (values == values[:, :1]).all() else None
    if (n_valid < wanted / 100 or background is not None) and n_seen < reader.work.size:
        values, n_valid = _search(reader, wanted, background, progress)
        n_seen = reader.work.size
    if values.shape[1] == 0:
        raise InputError(
            f"{reader.source} has no valid pixel where it is to be mapped: all are nodata, transparent,"
            " NaN, outside of the extent or outside of the mask. Check its nodata value and the work area."
        )
    return Sample(values[:, :: max(1, values.shape[1] // wanted)], n_valid / max(n_seen, 1))


def _search(reader: RasterReader, wanted: int, background: np.ndarray | None, progress: Progress) -> tuple:
    """Samples (B, n) of all tiles that have valid pixels, and how many of these there are.

    ``background`` (B, 1) is what nearly all of the raster seems to hold: what holds nothing else is no content.
    """
    tiles, found, content, n_valid = reader.work.tiles(512), [], [], 0
    for index, window in enumerate(tiles):
        progress.at(0.8 + 0.2 * index / len(tiles))
        if reader.is_unwritten(window):
            n_valid += 0 if background is None else window.size
            continue
        patch = reader.read(window)
        values = patch.values[:, patch.valid]
        n_valid += values.shape[1]
        if values.shape[1]:
            found.append(values[:, :: max(1, values.shape[1] * len(tiles) // (4 * wanted))])
        there = (
            patch.valid
            if background is None
            else patch.valid & (patch.values != background[..., None]).any(0)
        )
        if there.any():
            content.append(_bounds(there, window))
    if content:
        reader.content = content
    found.append(np.empty((reader.n_bands, 0), np.float32) if background is None else background)
    return np.concatenate(found, axis=1), n_valid


def _bounds(there: np.ndarray, window: Window) -> Window:
    """The smallest window around the pixels of ``window`` that are ``there`` (h, w)."""
    rows, cols = np.flatnonzero(there.any(1)), np.flatnonzero(there.any(0))
    return Window(window.row + rows[0], window.col + cols[0], np.ptp(rows) + 1, np.ptp(cols) + 1)
