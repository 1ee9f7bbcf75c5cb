"""What a map tells of its classes: how much each covers, and what the image is like under it."""

from __future__ import annotations

from itertools import cycle
from typing import NamedTuple

import numpy as np

from ..errors import InputError, ObicError
from ..progress import Progress, Span
from ..sources import quiet_gdal
from .classes import ClassTable, LandClass
from .grid import Window
from .ground import Ground
from .labels import LabelReader
from .reader import RasterReader
from .sample import sample_windows

TILE_PX = 2048
MOST_VALUE = 65535  # of a raster that carries a legend
SAMPLE_PX, SAMPLE_VALUES = (
    256,
    6_000_000,
)  # side of the windows of the image that are read, and how much in all


class ClassFacts(NamedTuple):
    """Of a map: its legend; {value: pixels} and {value: m²}, the latter empty without a CRS; and from a sample of the
    image {value: mean of each band}, empty where there is no image on the map's grid. ``made`` is how the map was made
    (see `provenance`)."""

    classes: ClassTable
    n_px: dict
    areas_m2: dict
    spectra: dict
    made: dict

    @property
    def shares(self) -> dict:
        """{value: share of all that has a class}."""
        total = sum(self.n_px.values())
        return {value: n / total for value, n in self.n_px.items()}


def class_facts(path: str, progress: Progress) -> ClassFacts:
    """Of a label raster, and of the image that it says it was made from."""
    with quiet_gdal():
        reader = LabelReader(path)
        made = {key: text for key, text in reader.dataset.GetMetadata().items() if key.startswith("OBIC_")}
        n_px, areas = _areas(reader, Span(progress, 0.0, 0.7))
        table = ClassTable.from_raster(path)
        known = {item.value: item for item in table}
        if set(n_px) - set(known):
            table = _completed(known, sorted(n_px))
        used = ClassTable(tuple(item for item in table if item.value in n_px))
        spectra = _spectra(reader, made.get("OBIC_INPUT", ""), Span(progress, 0.7, 1.0))
    return ClassFacts(used, n_px, areas, spectra, made)


def _completed(known: dict, values: list) -> ClassTable:
    """A legend in which no value lacks, for a raster that somebody else has made or changed: new classes have colors
    that no other has, as long as there are any."""
    from .palette import MOST_COLORS, distinct_colors

    taken = {item.color for item in known.values()}
    palette = distinct_colors(min(len(values) + len(taken), MOST_COLORS))
    colors = cycle([color for color in palette if color not in taken] or palette)
    return ClassTable(
        tuple(known.get(value) or LandClass(value, f"class {value}", next(colors)) for value in values)
    )


def _areas(reader: LabelReader, progress: Progress) -> tuple:
    """({value: pixels}, {value: m²})."""
    ground = Ground.of(reader.grid)
    n_px, areas = np.zeros(MOST_VALUE + 1, np.int64), np.zeros(MOST_VALUE + 1)
    tiles = reader.grid.window.tiles(TILE_PX)
    for index, window in enumerate(tiles):
        progress.at(index / len(tiles))
        labels, valid = reader.labels(window)
        if labels.size and not 0 <= int(labels.min()) <= int(labels.max()) <= MOST_VALUE:
            raise InputError(
                f"{reader.source} has labels from {labels.min()} to {labels.max()}, and those of classes go from 1 to"
                f" {MOST_VALUE}. Choose a map of classes."
            )
        labels = np.where(valid, labels, 0).ravel()
        n_px += np.bincount(labels, minlength=MOST_VALUE + 1)
        if ground.unit == "m":
            sizes = np.broadcast_to(ground.pixel_areas(window), valid.shape).ravel()
            areas += np.bincount(labels, sizes, minlength=MOST_VALUE + 1)
    used = (np.flatnonzero(n_px[1:]) + 1).tolist()
    if not used:
        raise InputError(f"{reader.source} has no class: all of it is nodata.")
    known = ground.unit == "m"
    return {v: int(n_px[v]) for v in used}, {v: float(areas[v]) for v in used} if known else {}


def _spectra(reader: LabelReader, source: str, progress: Progress) -> dict:
    """{value: (B,) mean of each band}, from windows all over an image on the same grid; empty without one."""
    try:
        image = RasterReader(source) if source and source != reader.source else None
    except ObicError:  # it has been moved since
        image = None
    if image is None or (image.grid.height, image.grid.width) != (reader.grid.height, reader.grid.width):
        return {}
    count = int(min(24, max(4, SAMPLE_VALUES // (SAMPLE_PX**2 * image.n_bands))))
    n_px, sums = np.zeros(MOST_VALUE + 1, np.int64), np.zeros((image.n_bands, MOST_VALUE + 1))
    windows = sample_windows(Window(0, 0, image.grid.height, image.grid.width), SAMPLE_PX, count, 0)
    for index, window in enumerate(windows):
        progress.at(index / len(windows))
        (labels, known), seen = reader.labels(window), image.read(window)
        labels = np.where(known & seen.valid, labels, 0).ravel()
        n_px += np.bincount(labels, minlength=MOST_VALUE + 1)
        for total, band in zip(sums, seen.values):
            total += np.bincount(labels, band.ravel(), minlength=MOST_VALUE + 1)
    used = np.flatnonzero(n_px[1:]) + 1
    return {int(value): sums[:, value] / n_px[value] for value in used}
