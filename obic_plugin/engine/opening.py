"""An image as a run finds it: which bands and pixels count, and a sample of its values."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from .errors import InputError, ModelError
from .mapparams import ImageParams
from .progress import Progress
from .raster.mask import PolygonMask
from .raster.reader import RasterReader, grid_of, open_raster
from .raster.sample import read_sample

FILLS = (-32768.0, -9999.0, -99999.0, float(np.float32(-3.4028235e38)))  # that no sensor measures


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


def open_others(params: ImageParams, first: RasterReader, progress: Progress) -> list:
    """The images of the parameters after the first one; refuses those whose bands do not fit it. Extent and mask are
    those of the first."""
    images = []
    for path in params.input[1:]:
        image = open_image(replace(params, input=(path,), extent=None, mask=None), progress)
        refuse_unlike_bands(path, image.reader.n_bands, first.source, first.n_bands)
        images.append(image)
    return images


def matching_bands(wanted: list, params: ImageParams) -> tuple:
    """The image's bands in the order of those that a model wants, of which it knows the names: by name where both have
    names, else by number."""
    reader = RasterReader(params.image, params.bands)
    names = reader.band_names
    if all(wanted) and len(set(wanted)) == len(wanted) and set(wanted) <= set(names) and not params.bands:
        return tuple(reader.bands[names.index(name)] for name in wanted)
    refuse_bands_unlike_model(reader.source, reader.n_bands, len(wanted))
    return reader.bands


def refuse_unlike_bands(source: str, n_bands: int, other: str, n_others: int) -> None:
    """Refuse images of one run with different numbers of bands."""
    if n_bands != n_others:
        raise InputError(
            f"{source} has another number of bands ({n_bands}) than {other} ({n_others}). Choose images of one sensor,"
            " or the same bands of each."
        )


def refuse_bands_unlike_model(source: str, n_bands: int, n_wanted: int) -> None:
    """Refuse an image with another number of bands than a model, or an encoder, has learnt from."""
    if n_bands != n_wanted:
        raise ModelError(
            f"{source} has another number of bands ({n_bands}) than the model was trained on ({n_wanted}). Choose as"
            " many, in the order of the model's, or another model."
        )


def refuse_left_out(wanted: tuple, reader: RasterReader) -> None:
    """Refuse an image of which a band that a model needs holds nothing at all."""
    lacking = ", ".join(str(band) for band in wanted if band not in reader.bands)
    if lacking:
        raise InputError(
            f"All of band {lacking} of {reader.source} is nodata where it is to be mapped, and the model was trained on"
            " it. Choose another image, other bands, or another extent."
        )


def even_sample(samples: list) -> np.ndarray:
    """(B, n) values, as many from each of some samples (B, n)."""
    n_each = max(1, min(sample.shape[1] for sample in samples))
    return np.concatenate([sample[:, :: max(1, sample.shape[1] // n_each)] for sample in samples], 1)


def undeclared_fill(sample: np.ndarray) -> float | None:
    """A value, among those that are known to fill images, that some pixels of a sample (B, …) have in all bands."""
    if sample.min(initial=0) > max(FILLS):
        return None
    for fill in FILLS:
        if (sample == fill).all(0).any():
            return fill
    return None


def _is_empty(reader: RasterReader) -> bool:
    return not any(reader.read(window).valid.any() for window in reader.work.tiles(1024))
