"""What is learned of a pair of images before change is mapped without labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import torch

from ..encoding import image_features
from ..errors import InputError
from ..labelers.changes import Changes, Scale, calming
from ..opening import undeclared_fill
from ..progress import Progress, Span, Steps
from ..raster.display import Display
from ..raster.grid import Window
from ..raster.ground import Ground
from ..raster.pair import ImagePair
from ..raster.reader import RasterReader, open_raster
from ..raster.sample import read_sample, sample_windows
from ..raster.scaling import fit_scaling, refit_scaling
from ..superpixels.cellpair import CellPair, OwnSuperpixels, SegmentedPair
from ..superpixels.neighborhood import with_neighbors
from ..superpixels.regions import Superpixels
from ..superpixels.slic import Slic
from ..training.differences import fit_differences, fit_structure, stage_groups
from ..training.product import product
from ..training.threshold import Threshold, found_threshold
from ..workers import worked_ahead
from .shift import Shift, place, shift_of

LOSS = "change is told by means and contrasts of the bands alone, which minds light, season and shifts more"
WINDOW_PX, N_WINDOWS = 1024, 4  # of the pair that are looked at before mapping
MOST_SUPERPIXELS = 20_000  # that units and directions are learned from: all of 1 Mpx of 8 px
PLACE_PX = 256  # side of the places whose shift is looked for
COMPACTNESS = 0.06
COARSE_M = 5.0  # side of a pixel on the ground, from which on images are coarse
FINE_PX, COARSE_PX = 8, 4  # of a superpixel: smaller ones in coarse images
SAMPLE_PX = 500_000  # values of a date for its scaling
CPU = torch.device("cpu")
TINY = 1e-6
LOW, HIGH = 0.1, 99.9  # percentiles of the differences that are scored 1 and 100


class LearnedChange(NamedTuple):
    """The labeler; the shift; the threshold; and of the superpixels of the sample their scores and areas in px."""

    labeler: Changes
    shift: Shift
    threshold: Threshold
    scores: np.ndarray
    areas: np.ndarray


def opened_pair(reader: RasterReader, second: str, fill: float | None, progress: Progress) -> ImagePair:
    """The second image beside the first; refuses what cannot be compared with it. Says what fills it, if the file does
    not."""
    n_bands = open_raster(second).RasterCount
    lacking = [band for band in reader.bands if band > n_bands]
    own = len(RasterReader(second).bands)
    if lacking or (
        own != n_bands_of(reader) and tuple(reader.bands) == tuple(range(1, n_bands_of(reader) + 1))
    ):
        raise InputError(
            f"{reader.source} is looked at in band {', '.join(map(str, reader.bands))}, and {second} is not: its number"
            f" of bands is {own}."
            " Change is told from the same bands of one sensor: choose bands that both have, in the same order."
        )
    pair = ImagePair(reader, second, fill=fill)
    if fill is not None:
        return pair
    sampled = RasterReader(pair.second.source, reader.bands)
    sampled.work = reader.work
    try:
        return _without_fill(pair, undeclared_fill(read_sample(sampled, progress).values), progress)
    except InputError:  # nothing is valid there, which is told when both are looked at
        return pair


def _without_fill(pair: ImagePair, fill: float | None, progress: Progress) -> ImagePair:
    """The pair without what fills its second date though the file does not say so, which is said; itself where that is
    None."""
    if fill is None:
        return pair
    progress.say(
        f"Taken for nodata in {pair.source}, though the file does not say so: pixels of {fill:g} in all bands."
    )
    return ImagePair(pair.reader, pair.source, pair.shift, fill)


def n_bands_of(reader: RasterReader) -> int:
    """How many bands the image has, but alpha."""
    return len(RasterReader(reader.source).bands)


def learn(pair: ImagePair, display: Display, device, seed: int, progress: Progress) -> LearnedChange:
    """Look at parts all over both images. The labeler remembers what it has seen of them."""
    size_px = COARSE_PX if is_coarse(pair.reader) else FINE_PX
    windows = _windows(pair.reader, WINDOW_PX * size_px // FINE_PX, seed)
    shift, pair, samples, windows = looked_at(pair, windows, Span(progress, 0.0, 0.1))
    first = fit_scaling(samples[0], progress)
    scalings = first, refit_scaling(first, samples[1])
    encoder = image_features("imagenet", LOSS, pair.reader, display, first, progress)
    cells = CellPair(pair, scalings, Slic(size_px, COMPACTNESS), device, encoder.to(device))
    parts = _described(cells, windows, Span(progress, 0.1, 1.0))
    sample = _sample(parts)
    differences = fit_differences(sample, lambda: progress.at(1.0))
    structure = fit_structure(sample, stage_groups(encoder))
    calmed = [with_neighbors(differences(part.features), part.superpixels, size_px) for part in parts]
    found = np.concatenate([each[part.own.ids] for part, each in zip(parts, calmed)])
    areas = np.concatenate([part.own.px for part in parts])
    threshold = found_threshold(
        found, areas, np.concatenate([structure(part.features)[part.own.ids] for part in parts])
    )
    progress.at(1.0)  # before whoever asks to stop has to wait for the first tiles of the map
    low, high = np.percentile(found, (LOW, HIGH))
    scale = Scale(
        min(low, threshold.value * 0.99 - TINY), threshold.value, max(high, threshold.value * 1.01 + TINY)
    )
    labeler = Changes(cells, differences, scale)
    for part, each in zip(parts, calmed):
        labeler.remember(part.window, part.superpixels, each)
    return LearnedChange(labeler, shift, threshold, scale(found), areas)


def _windows(reader: RasterReader, size_px: int, seed: int) -> list:
    """The windows that are looked at: on multiples of their size, as tiles of a map are, but where little of the raster
    holds anything."""
    windows = sample_windows(reader.work, size_px, N_WINDOWS, seed, reader.content)
    if reader.content:
        return windows
    middles = [(window.row + window.height // 2, window.col + window.width // 2) for window in windows]
    starts = [tuple(n // size_px * size_px for n in middle) for middle in middles]
    return [Window(*start, size_px, size_px) & reader.work for start in dict.fromkeys(starts)]


class Look(NamedTuple):
    """What a first look at a pair has found: the ``shift`` of its second date, the ``pair`` with it, ``samples`` (B, n)
    of both dates where both are valid, and the ``windows`` that say something of both."""

    shift: Shift
    pair: ImagePair
    samples: list
    windows: list


def looked_at(pair: ImagePair, windows: list, progress: Progress) -> Look:
    """A look at some windows of a pair, or at others of their size where these hold nothing; refuses a pair in which
    nothing can be compared."""
    looks = _looks(pair, windows, Span(progress, 0.0, 0.5))
    fills = [look.fill for look in looks if look.fill is not None]
    if fills and pair.fill is None:  # which is rare, and lay between what was sampled
        return looked_at(_without_fill(pair, fills[0], progress), windows, progress)
    if _is_empty(looks):
        windows = _searched(pair, windows, looks, Span(progress, 0.5, 0.8)) or windows
        looks = _looks(pair, windows, Span(progress, 0.8, 1.0))
    samples = _samples(looks)
    if not samples[0].size:
        raise InputError(
            f"{pair.reader.source} and {pair.source} have no pixel that is valid in both: one of them is no data where"
            " the other has any. Check their no-data values, the extent and the mask."
        )
    _refuse_constant(pair, samples)
    shift = shift_of([each for look in looks for each in look.places])
    return Look(shift, pair.moved(shift.whole), samples, windows)


def _searched(pair: ImagePair, windows: list, looks: list, progress: Progress) -> list:
    """As many windows that hold most: pixels that are valid in both dates, and not what was seen everywhere."""
    size_px = max(max(window[2:]) for window in windows)
    known = [each[:, :1] for each in _samples(looks)]
    tiles, counts = pair.reader.work.tiles(size_px), []
    steps = Steps(progress, len(tiles))
    for tile in tiles:
        count = 0
        if not pair.reader.is_unwritten(tile):
            patches = pair.read(tile)
            there = patches.valid
            if known[0].size:
                there = there & np.any([(p.values != k[..., None]).any(0) for p, k in zip(patches, known)], 0)
            count = int(there.sum())
        counts.append(count)
        steps.next()
    order = np.argsort(counts, kind="stable")[::-1][: len(windows)]
    return [tiles[int(number)] for number in order if counts[number]]


def _is_empty(looks: list) -> bool:
    """Whether nothing is valid in both dates, or both are the same everywhere."""
    return all(map(_is_constant, _samples(looks)))


def _samples(looks: list) -> list:
    """(B, n) of both dates, of some `_Seen` together."""
    return [np.concatenate(each, 1) for each in zip(*(look.sample for look in looks))]


def _is_constant(sample: np.ndarray) -> bool:
    """Whether a sample (B, n) is the same everywhere, or nothing."""
    return bool((sample == sample[:, :1]).all())


class _Seen(NamedTuple):
    """Of a window: what `place` says of it, a ``sample`` (B, n) of both dates, and what fills the second."""

    places: list
    sample: list
    fill: float | None


def _looks(pair: ImagePair, windows: list, progress: Progress) -> list:
    """A `_Seen` for each of the windows."""
    steps, looks = Steps(progress, len(windows)), []
    every = max(1, sum(window.size for window in windows) // SAMPLE_PX)
    for each in worked_ahead(lambda window, pause: _seen(pair, window, every), windows, CPU, steps.pause):
        looks.append(each)
        steps.next()
    return looks


def _seen(pair: ImagePair, window: Window, every: int) -> _Seen:
    patches, places = pair.read(window), []
    some = np.flatnonzero(patches.valid)[::every]
    sample = [patch.values.reshape(len(patch.values), -1)[:, some] for patch in patches]
    grays = [_gray(patch.values, patches.valid, known) for patch, known in zip(patches, sample)]
    for part in window.tiles(PLACE_PX):
        here = part.within(window).slices
        whole = part.size == PLACE_PX**2 or part.size >= 0.5 * window.size
        if whole and patches.valid[here].mean() > 0.9:
            places.append(place(*(gray[here] for gray in grays)))
    return _Seen(places, sample, undeclared_fill(patches.second.values))


def _refuse_constant(pair: ImagePair, samples: list) -> None:
    """Of the samples (B, n) of both dates none may be the same everywhere."""
    constant = list(map(_is_constant, samples))
    if all(constant):
        raise InputError(
            f"{pair.reader.source} and {pair.source} have the same values everywhere: there is nothing to compare."
            " Choose other images, or other bands."
        )
    if any(constant):
        source = pair.reader.source if constant[0] else pair.source
        raise InputError(
            f"{source} has the same values everywhere, and the other date has not: there is nothing to compare. Choose"
            " another image, or other bands."
        )


def _gray(values: np.ndarray, valid: np.ndarray, known: np.ndarray) -> np.ndarray:
    """(h, w) float32 the mean of the bands, each in units of its spread in a sample of what is ``known`` (B, n); its
    mean where nothing is."""
    if not known.size:
        return np.zeros(valid.shape, np.float32)
    units = 1 / (np.maximum(known.std(1), 1e-9) * len(known))
    gray = product(units[None].astype(np.float32), values.reshape(len(values), -1)).reshape(valid.shape)
    return np.where(valid, gray - np.float32(units @ known.mean(1)), np.float32(0))


class _Part(NamedTuple):
    """A ``window`` of the pair: the ``superpixels`` in and around it, their ``features`` (n, F) at both dates, and
    which of them are its ``own``."""

    window: Window
    superpixels: Superpixels
    features: tuple
    own: OwnSuperpixels


def _described(cells: CellPair, windows: list, progress: Progress) -> list:
    """A `_Part` for each of the windows."""
    steps, found = Steps(progress, len(windows)), []
    around = [calming(window, cells) for window in windows]

    def segmented(part: Window, pause: Callable) -> SegmentedPair:
        return cells.segmented(cells.read(part), part, pause)

    for window, each in zip(windows, worked_ahead(segmented, around, cells.device, steps.pause, 1)):
        described = cells.described(each, steps.pause)
        found.append(_Part(window, *described, cells.own(described, window)))
        steps.next()
    if sum(len(part.own.px) for part in found) < 2:
        raise InputError(
            f"{cells.pair.reader.source} and {cells.pair.source} have fewer than two superpixels in common. Choose a"
            " larger extent, or check their no-data values."
        )
    return found


def _sample(parts: list) -> tuple:
    """The features (n, F) of both dates of superpixels spread evenly over all parts."""
    every = -(-sum(len(part.own.ids) for part in parts) // MOST_SUPERPIXELS)
    return tuple(
        np.concatenate([part.features[date][part.own.ids[::every]] for part in parts]) for date in range(2)
    )


def is_coarse(reader: RasterReader) -> bool:
    """Whether the pixels of an image are large on the ground, as far as that is known."""
    ground = Ground.of(reader.grid)
    return ground.unit == "m" and float(ground.pixel_areas(reader.work)[:1].mean()) ** 0.5 >= COARSE_M
