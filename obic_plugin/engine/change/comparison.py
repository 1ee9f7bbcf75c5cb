"""Two label rasters to all that is told of what changed between them: raster, polygons, table, report."""

from __future__ import annotations

import os
from typing import NamedTuple

from ..figures import Miniature
from ..polygonize import write_polygons
from ..progress import Progress, Span
from ..raster.grid import RasterGrid
from ..raster.writer import RasterWriter
from ..sheet import Sheet
from ..staging import Staging
from ..writing import created
from .labels import TILE_PX, DatedLabels, numbered_alike
from .transitionreport import TransitionReport, pictures_of, write_transition_report
from .transitions import UNCHANGED, FromTo, Transitions, count_transitions, from_to, from_to_values


class Compared(NamedTuple):
    """Two dates with their classes numbered alike, the table of transitions, and its legend."""

    first: DatedLabels
    second: DatedLabels
    transitions: Transitions
    found: FromTo


class Outputs(NamedTuple):
    """What the user wants, each a path or None; ``confidence`` is a raster in percent that is there already."""

    raster: str
    polygons: str | None = None
    table: str | None = None
    report: str | None = None
    confidence: str | None = None


def compare(first: str, second: str, grid: RasterGrid, progress: Progress) -> Compared:
    """Of two label rasters, seen on a grid."""
    one, two = (DatedLabels(source, grid, progress) for source in (first, second))
    classes = numbered_alike([one, two], grid.window, Span(progress, 0.0, 0.5))
    transitions = count_transitions(one, two, classes, grid, Span(progress, 0.5, 1.0))
    return Compared(one, two, transitions, from_to(transitions))


def write_comparison(
    compared: Compared,
    grid: RasterGrid,
    outputs: Outputs,
    staging: Staging,
    report: dict,
    metadata: dict,
    progress: Progress,
) -> None:
    """Write the outputs; ``report`` are the parts of a `TransitionReport` that are not known here."""
    drawn = 0.5 if outputs.polygons else 0.95
    pictures = _write_raster(
        compared, grid, staging.path(outputs.raster), metadata, Span(progress, 0.0, drawn)
    )
    if outputs.polygons:
        _write_polygons(compared, outputs, staging, metadata, Span(progress, drawn, 0.95))
    if outputs.table:
        write_table(staging.path(outputs.table), compared.transitions)
    progress.at(0.97)
    if outputs.report:
        title = f"What changed: {os.path.basename(outputs.raster)}"
        path = staging.path(outputs.report)
        write_transition_report(
            path,
            TransitionReport(
                title=title,
                transitions=compared.transitions,
                found=compared.found,
                pictures=pictures,
                provenance=metadata,
                **report,
            ),
        )


def _write_raster(
    compared: Compared, grid: RasterGrid, path: str, metadata: dict, progress: Progress
) -> tuple:
    """A byte for each pixel: its value in the legend, 0 where either date has no label; returns small pictures."""
    small = [Miniature(grid.window) for _ in range(3)]
    with RasterWriter(path, grid) as writer:
        writer.describe(metadata, compared.found.legend)
        windows = grid.window.tiles(TILE_PX)
        for index, window in enumerate(windows):
            progress.at(0.8 * index / len(windows))
            one, two = (each.numbered(window) for each in (compared.first, compared.second))
            values = from_to_values(one, two, compared.found)
            writer.write(window, values)
            for picture, part in zip(small, (one.values, two.values, values)):
                picture.add(window, part)
        writer.finish("NEAREST", Span(progress, 0.8, 1.0))
    return pictures_of(*(picture.pixels for picture in small))


def _write_polygons(
    compared: Compared, outputs: Outputs, staging: Staging, metadata: dict, progress: Progress
) -> None:
    write_polygons(
        staging.path(outputs.raster),
        staging.path(outputs.polygons),
        compared.found.legend,
        None,
        outputs.confidence,
        progress,
        metadata=metadata,
        without=(UNCHANGED,),
        texts=compared.found.sides(compared.transitions.classes),
    )


def write_table(path: str, transitions: Transitions) -> None:
    """The areas as CSV: rows are the first date, columns the second."""
    unit, size = transitions.unit
    names = transitions.classes.names
    with created(path) as file:
        sheet = Sheet(file)
        sheet.writerow([f"from (rows) to (columns), {unit}", *names, "all"])
        for name, row in zip(names, transitions.areas / size):
            sheet.writerow([name, *(f"{value:.10g}" for value in (*row, row.sum()))])
        sums = transitions.areas.sum(0) / size
        sheet.writerow(["all", *(f"{value:.10g}" for value in (*sums, sums.sum()))])
