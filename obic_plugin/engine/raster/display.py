"""How an image is shown: three bands and a stretch to 0..255."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .reader import RasterReader

STRETCH_PERCENT = (2.0, 98.0)


@dataclass(frozen=True)
class Display:
    """``bands`` are three indices (from 0) of a patch's bands, ``low`` and ``high`` their values shown as 0 and 255."""

    bands: tuple
    low: np.ndarray
    high: np.ndarray

    @classmethod
    def of(cls, reader: RasterReader, sample: np.ndarray, shown: dict | None = None) -> Display:
        """As the caller shows it (``shown``: bands from 1, low, high), or else bands by their declared color.

        Bytes are shown as they are, other types by the 2nd to 98th percentile of the (B, n) ``sample``.
        """
        bands = reader.display_bands()
        if shown and set(shown["bands"]) <= set(reader.bands) and reader.n_bands == len(reader.bands):
            bands = tuple(reader.bands.index(band) for band in shown["bands"])
            if shown.get("low") is not None:
                return cls(bands, np.asarray(shown["low"], float), np.asarray(shown["high"], float))
        if reader.data_type == "Byte" and len(set(bands)) == 3:
            return cls(bands, np.zeros(3), np.full(3, 255.0))
        low, high = np.percentile(sample[list(bands)], STRETCH_PERCENT, axis=1)
        return cls(bands, low, np.where(high > low, high, low + 1))

    def to_bytes(self, values: np.ndarray) -> np.ndarray:
        """(3, ...) values of the three bands as uint8."""
        shape = (3,) + (1,) * (values.ndim - 1)
        low, span = self.low.reshape(shape), (self.high - self.low).reshape(shape)
        return np.clip(np.rint((values - low) / span * 255), 0, 255).astype(np.uint8)
