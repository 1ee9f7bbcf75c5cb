"""Chips in the making: of a grid over images, or of files that a table names; and the layer and files of them."""

from __future__ import annotations

import os

import numpy as np
from osgeo import gdal

from ..errors import InputError, ParameterError
from ..mapseries import numbered_paths
from ..progress import Progress, Span, Steps
from ..provenance import provenance
from ..raster.features import FeatureFile
from ..raster.reader import RasterReader, grid_of, open_raster
from ..raster.reference import is_raster
from ..staging import Staging
from ..vector.layer import PolygonLayer
from ..writing import writing
from .grid import LeastShare, chip_windows, outline, shares_of_classes, tags_by
from .layer import FIELD, FILE, ChipLayer
from .placed import Chip
from .tags import SEPARATOR, tags_of

FILE_NAME = "chip_{:05d}.tif"


def is_table(labels: tuple) -> bool:
    """Whether labels are a table of files and not a layer; refuses several tables."""
    if is_raster(labels[0]) or not FeatureFile(labels[0], "layer of labels").is_table:
        return False
    if len(labels) > 1:
        raise ParameterError(f"Labels are {len(labels)} tables or layers. Choose one table of chips.")
    return True


def files_of_table(table: str, field: str | None) -> list:
    """A `Chip` of each file that a table names, with its tags."""
    layer = ChipLayer(table, field, "table of chips")
    layer.existing_files()
    chips = [
        Chip(number, chip.file, grid_of(open_raster(chip.file)).window, chip.tags)
        for number, chip in enumerate(layer.chips.values(), 1)
    ]
    sizes = {}
    for chip in chips:
        sizes.setdefault((chip.window.width, chip.window.height), chip.source)
    if len(sizes) > 1:
        (one, first), (other, second) = list(sizes.items())[:2]
        raise InputError(
            f"Chips differ in size: {first} has {one[0]} x {one[1]} px, and {second} {other[0]} x {other[1]}. Cut them"
            " to one size."
        )
    return chips


def tagged_grid(params, readers: list, truths: list, progress: Progress) -> list:
    """The `Chip` of each window of a grid over each image; with labels (``truths``, else None) those that have tags."""
    chips, names = [], set()
    least = LeastShare(params.min_share / 100, tags_of(params.small))
    for number, (reader, truth) in enumerate(zip(readers, truths)):
        part = Span(progress, number / len(readers), (number + 1) / len(readers))
        windows = chip_windows(reader, params.size, Span(part, 0.0, 0.5))
        steps = Steps(Span(part, 0.5, 1.0), len(windows))
        for window in windows:
            shares = {} if truth is None else shares_of_classes(truth, window)
            names.update(shares)
            tags = () if truth is None else tags_by(shares, least, params.filtered)
            chips.append(Chip(0, reader.source, window, tags))
            steps.next()
    if params.labels:
        refuse_unknown(least.small, names)
        chips = with_tags(chips, params, progress)
    chips = at_most(chips, params.count)
    return [chip._replace(number=number) for number, chip in enumerate(chips, 1)]


def refuse_unknown(small: tuple, names: set) -> None:
    """Small classes have to be among those that the labels name."""
    unknown = [name for name in small if name not in names]
    if unknown:
        raise ParameterError(
            f"Small classes: {', '.join(unknown)} is in no chip. The labels have {', '.join(sorted(names)) or 'none'}."
            " Spell them alike."
        )


def with_tags(chips: list, params, progress: Progress) -> list:
    """Those that the labels give tags; says how many are left out, and refuses if all are."""
    n_doubtful = sum(chip.tags is None for chip in chips)
    n_empty = sum(chip.tags == () for chip in chips)
    kept = [chip for chip in chips if chip.tags]
    if not kept:
        raise InputError(
            f"The labels {params.labels[0]} give none of {len(chips)} chips a tag: in {n_doubtful} a class covers too"
            f" little, in {n_empty} none covers enough. Lower the least share, or keep doubtful chips."
        )
    if n_doubtful or n_empty:
        progress.say(
            f"Chips left out: {n_doubtful} with less of a class than the least share, and {n_empty} without any class"
            " that covers enough."
        )
    return kept


def at_most(chips: list, count: int | None) -> list:
    """So many of them by chance, in their order."""
    if count is None or count >= len(chips):
        return chips
    chosen = np.random.default_rng(0).choice(len(chips), count, replace=False)
    return [chips[index] for index in sorted(chosen.tolist())]


def write_chips(method: str, params, chips: list, staging: Staging, progress: Progress) -> None:
    """Stage the layer of the chips, and their files where these are wanted."""
    named = len({chip.source for chip in chips}) > 1
    grids = {source: grid_of(open_raster(source)) for source in {chip.source for chip in chips}}
    crs_wkt = grids[chips[0].source].crs_wkt
    fields = {"chip": int, FIELD: str, **({FILE: str} if named else {})}
    shapes = [outline(grids[chip.source], chip.window, crs_wkt) for chip in chips]
    rows = [
        (chip.number, SEPARATOR.join(chip.tags) or None, *([os.path.abspath(chip.source)] if named else []))
        for chip in chips
    ]
    metadata = provenance(method, params, RasterReader(chips[0].source), "cpu")
    share = 0.2 if params.output_files else 1.0
    with PolygonLayer(staging.path(params.output), crs_wkt, fields, metadata) as target:
        target.add(shapes, rows, Span(progress, 0.0, share / 2))
        target.finish(Span(progress, share / 2, share))
    if params.output_files:
        write_files(chips, params.output_files, staging, Span(progress, share, 1.0))


def write_files(chips: list, folder: str, staging: Staging, progress: Progress) -> None:
    """Stage a GeoTIFF of each chip, all bands as they are."""
    paths = numbered_paths(folder, FILE_NAME, [chip.number for chip in chips], staging)
    steps, source, opened = Steps(progress, len(chips)), None, None
    for chip in chips:
        if chip.source != source:
            source, opened = chip.source, open_raster(chip.source)
        place = [chip.window.col, chip.window.row, chip.window.width, chip.window.height]
        with writing(paths[chip.number]):
            copy = gdal.Translate(paths[chip.number], opened, srcWin=place)
            if copy is None:
                raise RuntimeError(gdal.GetLastErrorMsg())
            copy.FlushCache()
        steps.next()
