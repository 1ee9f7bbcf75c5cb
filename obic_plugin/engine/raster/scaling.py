"""Raw values of any range and number of bands as a few channels of about 0..1."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from ..progress import Progress
from ..schema import Fields, ListOf, Number, Optional, Whole
from .patch import Patch

MAX_CHANNELS = 8
MOST_BANDS = 65_535  # of any raster
CLIP_PERCENT = (1.0, 99.0)
UNLIKE = 10  # times as much, or as little, does a band of another unit vary
_VALUES = ListOf(Number(-3e38, 3e38), 1, MOST_BANDS)  # what float32 holds
SCHEMA = Fields(
    {
        "n_bands": Whole(1, MOST_BANDS),
        "keep": ListOf(Whole(0, MOST_BANDS - 1), 1, MOST_BANDS),
        "low": _VALUES,
        "high": _VALUES,
        "center": Optional(_VALUES),
        "components": Optional(ListOf(_VALUES, 1, MAX_CHANNELS)),
    }
)


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

    def bytes_per_px(self, n_bands: int) -> float:
        """Of a raw patch of so many bands, and of what scaling and segmenting make of it."""
        return 4 * n_bands + 5 * self.n_channels + 12

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


def refit_scaling(scaling: Scaling, sample: np.ndarray) -> Scaling:
    """The same bands and components as ``scaling``, with the range of another scene's (B, n) sample."""
    index = list(scaling.keep)
    low, high = np.percentile(sample[index], CLIP_PERCENT, axis=1)
    return replace(scaling, low=low, high=np.where(high > low, high, low + 1))


def unlike(scaling: Scaling, sample: np.ndarray) -> list:
    """The bands (indices) in which another scene's (B, n) sample is far from the values that a scaling was made for.

    Its median lies beyond their range by as much as that is wide, or it varies by `UNLIKE` times as much or as little.
    """
    index = list(scaling.keep)
    low, middle, high = np.percentile(sample[index], (CLIP_PERCENT[0], 50, CLIP_PERCENT[1]), axis=1)
    span = scaling.high - scaling.low
    beyond = (middle < scaling.low - span) | (middle > scaling.high + span)
    other = (high - low > UNLIKE * span) | (UNLIKE * (high - low) < span)
    return [band for band, far in zip(index, beyond | other) if far]


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
        progress.say("All values of the image are equal in their first seven digits: it has one class.")
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


def agreements(plain: dict) -> dict:
    """{rule: whether it is kept} of what the parts of a scaling's JSON say about each other."""
    keep, center, components = plain["keep"], plain["center"], plain["components"]
    return {
        "scaling.keep must be different bands, from 0 to below scaling.n_bands": (
            len(set(keep)) == len(keep) and max(keep) < plain["n_bands"]
        ),
        "scaling.low and scaling.high must have a value for each band in scaling.keep": (
            len(plain["low"]) == len(plain["high"]) == len(keep)
        ),
        "scaling.low must lie below scaling.high": all(
            high - low > 1e-37 for low, high in zip(plain["low"], plain["high"])
        ),
        "scaling.center and scaling.components must have a value for each band in scaling.keep, or both be null": (
            center is components is None
            or (
                None not in (center, components)
                and all(len(row) == len(keep) for row in (center, *components))
            )
        ),
    }
