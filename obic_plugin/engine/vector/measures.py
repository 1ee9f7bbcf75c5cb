"""What regions measure: area, confidence, texture, and per band mean, deviation, least and greatest value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..progress import Progress
from ..raster.bands import read_band
from ..raster.grid import Window
from ..raster.ground import Ground
from ..raster.reader import RasterReader, open_raster
from .strips import Strip

CHUNK_VALUES = 1 << 22
STATISTICS = ("mean", "std", "min", "max")
_PX, _AREA, _CONFIDENCE, _VALID = range(4)  # columns of the sums; then bands, squares of bands, texture


@dataclass
class Totals:
    """Sums (n, k), and per band the least and the greatest value (n, B), of n regions or parts of regions."""

    sums: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def __getitem__(self, index) -> Totals:
        return Totals(self.sums[index], self.low[index], self.high[index])

    def __iadd__(self, other: Totals) -> Totals:
        self.sums = self.sums + other.sums
        self.low, self.high = np.minimum(self.low, other.low), np.maximum(self.high, other.high)
        return self

    @classmethod
    def stack(cls, parts: list) -> Totals:
        names = ("sums", "low", "high")
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))


class Measures:
    """Measures the regions of a strip, and names and computes the columns of the result.

    ``statistics`` are some of `STATISTICS`, for each band of ``image``. Texture is the mean over a region of
    the standard deviation of brightness (the mean of the bands) in the 3 x 3 pixels around each pixel.
    Pixels that are invalid in the image count for the area only. ``quantity`` is what the mean of ``confidence`` is
    called.
    """

    def __init__(
        self,
        ground: Ground,
        image: RasterReader | None = None,
        confidence: str | None = None,
        statistics: tuple = ("mean",),
        texture: bool = False,
        quantity: str = "confidence",
    ):
        self._ground, self._image, self._quantity = ground, image, quantity
        self._confidence = open_raster(confidence) if confidence else None
        self._statistics = tuple(name for name in STATISTICS if name in statistics) if image else ()
        self._texture = texture and image is not None
        self._n_bands = image.n_bands if image and (self._statistics or texture) else 0
        self._squares = "std" in self._statistics
        self._extremes = "min" in self._statistics or "max" in self._statistics

    def of(self, strip: Strip, progress: Progress) -> Totals:
        """The `Totals` of the strip's regions."""
        totals = self.nothing(len(strip.labels))
        chunks = list(_chunks(strip.window, self._n_bands))
        for index, window in enumerate(chunks):
            progress.at(index / len(chunks))
            self._add(totals, window, strip.ids[window.within(strip.window).slices])
        return totals

    def nothing(self, n: int) -> Totals:
        """The `Totals` of n regions of which no pixel has been seen."""
        n_sums = 4 + self._n_bands * (1 + self._squares) + self._texture
        extremes = (n, self._n_bands if self._extremes else 0)
        return Totals(np.zeros((n, n_sums)), np.full(extremes, np.inf), np.full(extremes, -np.inf))

    def columns(self, totals: Totals, short: bool = False) -> dict:
        """{field: (n,) values}; NaN where a region has no valid pixel. ``short`` names fit a shapefile."""
        sums = totals.sums
        found = {f"area_{'m2' if self._ground.unit == 'm' else 'px'}": sums[:, _AREA]}
        if self._confidence is not None:
            found[self._quantity] = sums[:, _CONFIDENCE] / sums[:, _PX]
        with np.errstate(invalid="ignore", divide="ignore"):
            means = sums[:, 4:] / sums[:, _VALID, None]
        empty = sums[:, _VALID] == 0
        names = self._band_names(short)
        for statistic in self._statistics:
            for band, name in enumerate(names):
                found[f"{statistic}_{name}"] = self._statistic(statistic, band, means, totals, empty)
        if self._texture:
            found["texture"] = means[:, -1]
        return found

    def _statistic(self, statistic: str, band: int, means, totals: Totals, empty) -> np.ndarray:
        if statistic == "mean":
            return means[:, band]
        if statistic == "std":
            return np.sqrt(np.maximum(means[:, self._n_bands + band] - means[:, band] ** 2, 0))
        return np.where(empty, np.nan, (totals.low if statistic == "min" else totals.high)[:, band])

    def _band_names(self, short: bool) -> list:
        """One name for each band, from its description where that tells bands apart, else its number."""
        numbers = [str(band) for band in self._image.bands] if self._image else []
        named = [re.sub(r"\W+", "_", name.strip().lower()).strip("_")[:40] for name in self._image_names()]
        if short or len(set(named)) < len(named) or "" in named:
            return numbers if len(numbers) == len(named) else [str(i + 1) for i in range(len(named))]
        return named

    def _image_names(self) -> tuple:
        return self._image.band_names if self._image else ()

    def _add(self, totals: Totals, window: Window, ids: np.ndarray) -> None:
        runs = _Runs(ids, len(totals.sums))
        sums = totals.sums
        ones = np.ones(ids.shape, np.uint8)
        sums[:, _PX] += runs.sum(ones)
        sums[:, _AREA] += runs.sum(np.broadcast_to(self._ground.pixel_areas(window), ids.shape))
        if self._confidence is not None:
            sums[:, _CONFIDENCE] += runs.sum(read_band(self._confidence, 1, window))
        if not self._n_bands:
            return
        patch = self._image.read(window.grow(1) if self._texture else window)
        texture = _texture(patch) if self._texture else None
        inner = (slice(1, -1), slice(1, -1)) if self._texture else (slice(None), slice(None))
        values, valid = patch.values[(slice(None), *inner)], patch.valid[inner]
        sums[:, _VALID] += runs.sum(valid)
        for band, plane in enumerate(values):
            sums[:, 4 + band] += runs.sum(plane)
            if self._squares:
                sums[:, 4 + self._n_bands + band] += runs.sum(plane.astype(np.float64) ** 2)
            if self._extremes:
                runs.extremes(plane, valid, totals.low[:, band], totals.high[:, band])
        if self._texture:
            sums[:, -1] += runs.sum(texture)


class _Runs:
    """Runs of equal ids of an (h, w) array: what is summed over them first is summed in a stream."""

    def __init__(self, ids: np.ndarray, n_regions: int):
        start = np.ones(ids.shape, bool)
        np.not_equal(ids[:, 1:], ids[:, :-1], out=start[:, 1:])
        self._start, self._n = np.flatnonzero(start), n_regions
        self._region = ids[start]
        self._order = None

    def sum(self, values: np.ndarray) -> np.ndarray:
        """(n,) float64 sum of (h, w) values for each region."""
        by_run = np.add.reduceat(values.ravel(), self._start, dtype=np.float64)
        return np.bincount(self._region, weights=by_run, minlength=self._n)

    def extremes(self, values: np.ndarray, valid: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        """Lower ``low`` (n,) and raise ``high`` (n,), in place, to the valid values of each region."""
        if self._order is None:
            self._order = np.argsort(self._region, kind="stable")
            regions = self._region[self._order]
            self._groups = np.flatnonzero(np.diff(regions, prepend=-1))
            self._present = regions[self._groups]
        for reduce, result, nothing in ((np.minimum, low, np.inf), (np.maximum, high, -np.inf)):
            flat = values.ravel() if valid.all() else np.where(valid, values, nothing).ravel()
            by_run = reduce.reduceat(flat, self._start)
            result[self._present] = reduce(
                result[self._present], reduce.reduceat(by_run[self._order], self._groups)
            )


def _chunks(window: Window, n_bands: int) -> Iterator[Window]:
    """Parts of a strip that hold about `CHUNK_VALUES` values each."""
    width = max(64, CHUNK_VALUES // (max(n_bands, 2) * window.height))
    for col in range(0, window.width, width):
        yield Window(window.row, col, window.height, min(width, window.width - col))


def _texture(patch) -> np.ndarray:
    """(h, w) standard deviation of brightness in 3 x 3 px, of a patch (h + 2, w + 2); 0 where invalid."""
    brightness = patch.values.mean(0, dtype=np.float64)
    brightness = np.where(patch.valid, brightness - brightness.mean(), 0)
    n = _box(patch.valid.astype(np.float64))
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = _box(brightness**2) / n - (_box(brightness) / n) ** 2
    return np.where(patch.valid[1:-1, 1:-1], np.sqrt(np.maximum(variance, 0)), 0)


def _box(values: np.ndarray) -> np.ndarray:
    rows = values[:-2] + values[1:-1] + values[2:]
    return rows[:, :-2] + rows[:, 1:-1] + rows[:, 2:]
