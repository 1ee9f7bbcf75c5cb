"""An image as a run finds it: which bands and pixels count, and a sample of its values."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .errors import InputError
from .mapparams import ImageParams
from .progress import Progress
from .raster.mask import PolygonMask
from .raster.reader import RasterReader, grid_of, open_raster
from .raster.sample import read_sample


class OpenedImage(NamedTuple):
    """A reader of an image, a (B, n) ``sample`` of its valid values, and the share of its pixels that is valid."""

    reader: RasterReader
    sample: np.ndarray
    valid_share: float

    @property
    def n_valid_px(self) -> float:
        """About how many valid pixels there are to be mapped."""
        return self.valid_share * self.reader.work.size


def open_image(params: ImageParams, progress: Progress) -> OpenedImage:
    """The parameters' image.

    Bands that hold nothing at all (every pixel nodata) are left out, and said: one such band would
    otherwise make every pixel invalid. A fill value that the file forgot to declare is found, and said.
    """
    mask = PolygonMask(params.mask, grid_of(open_raster(params.image))) if params.mask else None

    def reader_of(bands, fill=params.nodata) -> RasterReader:
        return RasterReader(params.image, bands, params.extent, mask, fill)

    reader = reader_of(params.bands)
    try:
        sample, share = read_sample(reader, progress)
    except InputError:
        full = [band for band in reader.bands if not _is_empty(reader_of([band]))]
        if not full or len(full) == len(reader.bands):
            raise
        empty = sorted(set(reader.bands) - set(full))
        progress.say(f"Left out, since all of it is nodata: band {', '.join(map(str, empty))}.")
        reader = reader_of(full)
        sample, share = read_sample(reader, progress)
    fill = undeclared_fill(sample) if params.nodata is None else None
    if fill is not None and reader.n_bands == len(reader.bands):
        progress.say(f"Taken for nodata, though the file does not say so: pixels of {fill:g} in all bands.")
        reader = reader_of(reader.bands, fill)
        sample, share = read_sample(reader, progress)
    return OpenedImage(reader, sample, share)


def even_sample(samples: list) -> np.ndarray:
    """(B, n) values, as many from each of some samples (B, n)."""
    n_each = max(1, min(sample.shape[1] for sample in samples))
    return np.concatenate([sample[:, :: max(1, sample.shape[1] // n_each)] for sample in samples], 1)


def undeclared_fill(sample: np.ndarray) -> float | None:
    """A value, among those that no sensor measures, that some pixels of a (B, n) sample have in all bands."""
    for fill in (-32768.0, -9999.0, -99999.0, float(np.float32(-3.4028235e38))):
        if (sample == fill).all(0).any():
            return fill
    return None


def _is_empty(reader: RasterReader) -> bool:
    return not any(reader.read(window).valid.any() for window in reader.work.tiles(1024))
