"""Map and reference, read once, side by side."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..errors import InputError, ParameterError, shown
from ..progress import Progress, Span, Steps
from ..raster.classes import ClassTable
from ..raster.grid import Window
from ..raster.ground import Ground
from ..raster.labels import LabelReader, Labels
from ..raster.writer import RasterWriter
from ..values import whole_number
from .contingency import Contingency, PairCounter

TILE_PX = 1024
AGREEMENT = ClassTable.of([(214, 226, 236), (213, 62, 30)], ["agree", "disagree"])


@dataclass(frozen=True)
class Counts:
    """What one look at both rasters tells.

    ``table`` counts the pixels with a label in both; ``unmapped_px`` those with one in the reference only.
    ``map_labels`` (C,), ``map_px`` (C,) and ``map_area`` (C,) are of the whole map, the latter in
    ``area_unit``: "m²", or "px" where there is no CRS.
    """

    table: Contingency
    unmapped_px: int
    map_labels: np.ndarray
    map_px: np.ndarray
    map_area: np.ndarray
    area_unit: str


def count(mapped: LabelReader, reference, unlabelled: set, progress: Progress) -> Counts:
    """Count all pairs of labels, tile by tile; pixels whose reference is in ``unlabelled`` have none."""
    ground = Ground.of(mapped.grid)
    area: dict = {}
    windows = list(_tiles(mapped.grid.window, ground))
    told = Steps(progress, len(windows))
    pairs, only_mapped, only_reference = (PairCounter(told.pause) for _ in range(3))
    for window in windows:
        labels, valid = mapped.labels(window)
        truth, known = reference.labels(window)
        both = valid & known
        pairs.add(truth, labels, both)
        if not both.all():
            only_mapped.add(np.zeros(labels.shape, np.uint8), labels, valid & ~known)
            only_reference.add(truth, np.zeros(labels.shape, np.uint8), known & ~valid)
        if ground.radians is not None:
            _add_area(area, labels, valid, ground.pixel_areas(window))
        told.next()
    table = pairs.table()
    told.pause()
    rest = only_mapped.table()
    map_labels, map_px = _summed([table.mapped, rest.mapped], [table.mapped_px, rest.mapped_px])
    table = table.without(reference=unlabelled)
    if not table.total:
        raise InputError(
            f"The map {mapped.source} and the reference have no labeled pixel in common. Check that they"
            " overlap, their CRS, their nodata and the values given as unlabeled."
        )
    pixel = float(ground.pixel_areas(Window(0, 0, 1, 1))[0, 0])
    map_area = np.array([area[k] for k in map_labels.tolist()]) if area else map_px * pixel
    unmapped = only_reference.table().without(reference=unlabelled).total
    return Counts(table, unmapped, map_labels, map_px, map_area, "px" if ground.unit == "px" else "m²")


def write_agreement(
    path: str,
    mapped: LabelReader,
    reference,
    table: Contingency,
    assignment: dict,
    metadata: dict,
    progress: Progress,
) -> None:
    """Byte raster: 1 where the map's label is assigned to the reference's, 2 where not, 0 where one lacks."""
    look = _Lookup(table, assignment)
    with RasterWriter(path, mapped.grid) as writer:
        writer.describe(metadata, AGREEMENT)
        windows = mapped.grid.window.tiles(TILE_PX)
        for index, window in enumerate(windows):
            progress.at(0.8 * index / len(windows))
            writer.write(window, look(mapped.labels(window), reference.labels(window)))
        writer.finish("NEAREST", Span(progress, 0.8, 1.0))


class _Lookup:
    """Pixels to 0, 1, 2. Labels become numbers first, so that no value is too large for a table."""

    def __init__(self, table: Contingency, assignment: dict):
        self._reference, self._mapped = table.reference, table.mapped
        position = {label: index for index, label in enumerate(table.reference.tolist())}
        self._wanted = np.array([position.get(assignment.get(k), -1) for k in table.mapped.tolist()])
        every = Labels(np.arange(256, dtype=np.uint8), np.ones(256, bool))
        self._bytes = self._look(
            Labels(*(a[None] for a in every)), Labels(*(a[:, None] for a in every))
        ).ravel()

    def __call__(self, mapped: Labels, reference: Labels) -> np.ndarray:
        if mapped.values.dtype == reference.values.dtype == np.uint8:
            key = reference.values.astype(np.uint16) << 8 | mapped.values
            return self._bytes.take(key) * (mapped.valid & reference.valid)
        return self._look(mapped, reference)

    def _look(self, mapped: Labels, reference: Labels) -> np.ndarray:
        row, known = positions(self._reference, reference)
        col, both = positions(self._mapped, mapped)
        both = both & known  # labels outside of the table have no counterpart anywhere
        return np.where(both, np.where(self._wanted[col] == row, 1, 2), 0).astype(np.uint8)


def positions(labels: np.ndarray, pixels) -> tuple:
    """(h, w) index into the sorted ``labels`` of each pixel, and whether it is one of them."""
    values, valid = pixels
    low, span = int(labels[0]), int(labels[-1] - labels[0]) + 1
    if span <= 1 << 24:
        inside = valid & (values >= low) & (values <= labels[-1])
        lookup = np.full(span, -1, np.int32)
        lookup[labels - low] = np.arange(len(labels))
        index = lookup[np.where(inside, values, low).astype(np.int64) - low]
        return np.maximum(index, 0), inside & (index >= 0)
    index = np.minimum(np.searchsorted(labels, values), len(labels) - 1)
    return index, valid & (labels[index] == values)


def parse_unlabelled(text: str, names: dict) -> set:
    """Labels from '0, 255' or from names of the reference's classes, case ignored."""
    by_name = {name.strip().casefold(): label for label, name in names.items()}
    found = set()
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        number = whole_number(part)
        if number is not None:
            found.add(number)
        elif part.casefold() in by_name:
            found.add(by_name[part.casefold()])
        else:
            listed = ", ".join(names.values())
            known = f", or one of {listed[:200]}" if names else ""
            raise ParameterError(
                f"Unlabeled values must be whole numbers such as 0, 255{known}; not {shown(part)}."
            )
    return found


def _tiles(window: Window, ground: Ground):
    """Tiles; in a geographic CRS not higher than a quarter of a degree, so that pixels in one are alike."""
    height = TILE_PX
    if ground.radians is not None:
        step = abs(ground.grid.transform[5]) or abs(ground.grid.transform[4])
        height = max(1, min(TILE_PX, int(math.radians(0.25) / max(step * ground.radians, 1e-12))))
    if height == TILE_PX:
        yield from window.tiles(TILE_PX)
        return
    for row in range(0, window.height, height):
        for col in range(0, window.width, TILE_PX * TILE_PX // height):
            yield Window(row, col, height, TILE_PX * TILE_PX // height) & window


def _add_area(area: dict, labels: np.ndarray, valid: np.ndarray, pixel_areas: np.ndarray) -> None:
    counter = PairCounter()
    counter.add(np.zeros(labels.shape, np.uint8), labels, valid)
    table = counter.table()
    mean = float(pixel_areas.mean())
    for label, px in zip(table.mapped.tolist(), table.mapped_px.tolist()):
        area[label] = area.get(label, 0.0) + px * mean


def _summed(labels: list, px: list) -> tuple:
    labels, index = np.unique(np.concatenate(labels), return_inverse=True)
    sums = np.bincount(index.reshape(-1), weights=np.concatenate(px), minlength=len(labels))
    return labels, sums.astype(np.int64)
