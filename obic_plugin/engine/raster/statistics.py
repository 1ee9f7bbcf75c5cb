"""What the engine needs to know of a raster's values before it looks at them: a sample, and a scaling."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from ..errors import InputError
from ..progress import Progress
from .grid import Window
from .patch import Patch

if TYPE_CHECKING:
    from .reader import RasterReader

MAX_CHANNELS = 8
SAMPLE_VALUES = 6_000_000  # band values that fit the sample: 2 Mpx of RGB, 27,000 px of 224 bands
CLIP_PERCENT = (1.0, 99.0)


@dataclass(frozen=True)
class Scaling:
    """Raw bands to at most 8 channels of about 0..1, float32, robust to outliers.

    ``keep`` are the indices of the bands that vary; each is mapped so that its 1st and 99th percentile
    become 0 and 1, and clipped to that range. With more than 8 bands left, ``components`` (C, bands) and
    ``center`` (bands,) project them to their first principal components, which keep their relative
    variance, since distances between pixels are to stay what they were.
    """

    n_bands: int
    keep: tuple
    low: np.ndarray
    high: np.ndarray
    center: np.ndarray | None = None
    components: np.ndarray | None = None

    @property
    def n_channels(self) -> int:
        return len(self.keep) if self.components is None else len(self.components)

    def __call__(self, patch: Patch) -> Patch:
        """(C, h, w) float32 in 0..1; 0 where invalid."""
        low, span = self.low[:, None, None], (self.high - self.low)[:, None, None]
        values = patch.values if self.keep == tuple(range(self.n_bands)) else patch.values[list(self.keep)]
        values = (values - low.astype(np.float32)) * (1 / span).astype(np.float32)
        np.clip(values, 0, 1, out=values)
        if self.components is not None:
            values = self._project(values)
        if not patch.valid.all():
            values[:, ~patch.valid] = 0
        return Patch(values, patch.valid)

    def of_tensors(self, values, valid):
        """As ``__call__``, of tensors (B, h, w) and (h, w), on their device: the same numbers (but projected)."""
        low, slope = (values.new_tensor(x)[:, None, None] for x in (self.low, 1 / (self.high - self.low)))
        values = (values[list(self.keep)] - low).mul_(slope).clamp_(0, 1)
        if self.components is not None:
            flat = values.flatten(1).double()
            flat = flat.new_tensor(self.components) @ (flat - flat.new_tensor(self.center)[:, None])
            values = (flat + 0.5).clamp_(0, 1).to(values.dtype).unflatten(1, values.shape[1:])
        return values.masked_fill_(~valid, 0)

    def _project(self, values: np.ndarray) -> np.ndarray:
        # float64: the result must round to the same integers in every tiling
        flat = values.reshape(len(values), -1)
        result = np.empty((len(self.components), flat.shape[1]), np.float32)
        for start in range(0, flat.shape[1], 1 << 16):
            part = slice(start, start + (1 << 16))
            result[:, part] = np.clip(self.components @ (flat[:, part] - self.center[:, None]) + 0.5, 0, 1)
        return result.reshape(len(self.components), *values.shape[1:])

    def to_json(self) -> dict:
        plain = {"n_bands": self.n_bands, "keep": list(self.keep)}
        for name in ("low", "high", "center", "components"):
            array = getattr(self, name)
            plain[name] = None if array is None else array.tolist()
        return plain

    @classmethod
    def from_json(cls, plain: dict) -> Scaling:
        arrays = {
            name: None if plain[name] is None else np.asarray(plain[name], np.float64)
            for name in ("low", "high", "center", "components")
        }
        return cls(int(plain["n_bands"]), tuple(int(band) for band in plain["keep"]), **arrays)


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


def read_sample(reader: RasterReader, progress: Progress) -> tuple:
    """(B, n) float32 valid values, spread over the work area, and the share of it that is valid.

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
    return values[:, :: max(1, values.shape[1] // wanted)], n_valid / max(n_seen, 1)


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


def refit_scaling(scaling: Scaling, sample: np.ndarray) -> Scaling:
    """The same bands and components as ``scaling``, with the range of another scene's (B, n) sample."""
    index = list(scaling.keep)
    low, high = np.percentile(sample[index], CLIP_PERCENT, axis=1)
    return replace(scaling, low=low, high=np.where(high > low, high, low + 1))


def fit_scaling(sample: np.ndarray, progress: Progress) -> Scaling:
    """The `Scaling` of (B, n) sampled values; bands that do not vary are left out, and said."""
    low, high = np.percentile(sample, CLIP_PERCENT, axis=1)
    flat = low >= high
    if flat.any():  # a band that is nearly everywhere the same still counts if it varies at all
        low[flat], high[flat] = sample[flat].min(1), sample[flat].max(1)
    keep = tuple(int(band) for band in np.flatnonzero(low < high))
    dropped = [band + 1 for band in range(len(sample)) if band not in keep]
    if dropped and keep:
        progress.say(f"Left out, since constant: band {', '.join(map(str, dropped))} of those chosen.")
    if not keep:
        keep, high = (0,), low + 1
        progress.say("All values of the image are equal: it has one class.")
    index = list(keep)
    scaling = Scaling(len(sample), keep, low[index].astype(np.float64), high[index].astype(np.float64))
    return scaling if len(keep) <= MAX_CHANNELS else _with_components(scaling, sample[index], progress)


def _with_components(scaling: Scaling, sample: np.ndarray, progress: Progress) -> Scaling:
    low, span = scaling.low[:, None], (scaling.high - scaling.low)[:, None]
    scaled = np.clip((sample - low) / span, 0, 1)
    center = scaled.mean(1)
    variance, vectors = np.linalg.eigh(np.cov(scaled))
    order = np.argsort(variance)[::-1][:MAX_CHANNELS]
    axes = vectors[:, order].T
    axes *= np.sign(axes.sum(1, keepdims=True) + 1e-12)  # an eigenvector's sign is arbitrary: fix it
    first = axes[0] @ (scaled - center[:, None])
    axes /= max(np.ptp(np.percentile(first, CLIP_PERCENT)), 1e-9)
    share = variance[order].sum() / variance.sum()
    progress.say(
        f"{len(scaled)} bands become {len(axes)} principal components ({share:.1%} of the variance)."
    )
    return Scaling(scaling.n_bands, scaling.keep, scaling.low, scaling.high, center, axes)
