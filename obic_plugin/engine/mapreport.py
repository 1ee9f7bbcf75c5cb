"""A report of one run: a single HTML file that needs nothing else, for the screen and for paper."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .accuracy.resampling import GroupedScores
from .figures import (
    CONFIDENCE_COLORS,
    class_picture,
    confidence_picture,
    curves,
    figure,
    image_picture,
    side_by_side,
    thumbnail,
)
from .page import cited, facts, foot, head, page, text, tiles, when
from .progress import Progress, Silent, Span
from .raster.bands import read_band
from .raster.classes import ClassTable
from .raster.display import Display
from .raster.ground import Ground
from .raster.reader import RasterReader, open_raster
from .scoretable import scores_of_classes
from .wording import area_text, area_unit, count, crs_name, crs_unit, duration, number, ranges, value_text
from .writing import created


@dataclass(frozen=True)
class MapReport:
    """What a report tells.

    ``labels`` and ``confidence`` are paths of rasters on the grid of ``image``, as they lie at present;
    ``output`` is the name the map will have. ``areas_px`` (K,) and ``areas_m2`` (K,) are those of the
    ``classes`` in their order; without the latter they follow from the map itself. ``settings`` is {label:
    value}, see `params.readable_settings`; ``provenance`` {item: text}; ``timings`` [(stage, seconds)]; ``curve``
    [(step, {term: value})]; ``accuracy`` is that of the classes on labels that were left out; ``notes`` lines to be
    told, such as warnings; ``numbers`` {label: value} shown large; ``pictures`` further figures in HTML, which follow
    the image, and ``sections`` that follow the classes; ``quantity`` is what ``confidence`` is called, ``unit`` what
    its numbers are in, and ``ramp`` {number: color} how it looks.
    """

    title: str
    image: RasterReader
    labels: str
    classes: ClassTable
    output: str = ""
    confidence: str | None = None
    display: Display | None = None
    areas_px: Any = None
    areas_m2: Any = None
    settings: dict = field(default_factory=dict)
    provenance: dict = field(default_factory=dict)
    timings: list = field(default_factory=list)
    curve: list = field(default_factory=list)
    accuracy: GroupedScores | None = None
    notes: list = field(default_factory=list)
    numbers: dict = field(default_factory=dict)
    pictures: list = field(default_factory=list)
    sections: list = field(default_factory=list)
    quantity: str = "Confidence"
    unit: str = " %"
    ramp: dict = field(default_factory=lambda: CONFIDENCE_COLORS)
    citation: str = ""


def write_map_report(path: str, report: MapReport, progress: Progress | None = None) -> None:
    """Write the report to ``path`` as HTML; raises `OutputError` if that is not possible."""
    progress = progress or Silent()
    content = render(report, progress)
    with created(path) as file:
        file.write(content)
    progress.at(1.0)


def render(report: MapReport, progress: Progress) -> str:
    """The report as the text of an HTML file."""
    labels = thumbnail(report.labels, 1, report.image.work, False, Span(progress, 0, 0.1))
    percent = None
    if report.confidence:
        percent = thumbnail(report.confidence, 1, report.image.work, False, Span(progress, 0.1, 0.2))
    px, areas, unit = _areas(report, Span(progress, 0.2, 0.5))
    body = [
        _head(report),
        _pictures(report, labels, percent, Span(progress, 0.5, 1.0)),
        _numbers(report, px, areas, unit),
        "".join(f"<p>{text(note)}</p>" for note in report.notes),
        _classes(report, px, areas, unit, _confidence_of(report.classes, labels, percent)),
        scores_of_classes(report.accuracy, report.classes.names),
        *report.sections,
        '<div class="columns">',
        facts("Image", _facts(report, px)),
        facts("Settings", report.settings),
        facts("How it was made", _origin(report.provenance)),
        _timings(report.timings),
        "</div>",
        _training(report.curve),
        cited(report.citation),
        foot(report.provenance),
    ]
    return page(report.title, body)


def _areas(report: MapReport, progress: Progress) -> tuple:
    """(K,) pixels, (K,) areas in a unit that reads well, its name; pixels themselves without a CRS."""
    ground = Ground.of(report.image.grid)
    px, areas = report.areas_px, report.areas_m2
    if px is None or (areas is None and ground.unit == "m"):
        px, areas = _measure(report, ground, progress)
    px = np.asarray(px, np.int64)
    if ground.unit == "px":
        return px, px.astype(float), "px"
    unit = area_unit(float(np.sum(areas)))
    return px, np.asarray(areas, float) / unit.size, unit.name


def _measure(report: MapReport, ground: Ground, progress: Progress) -> tuple:
    """(K,) pixels and (K,) m² of the classes, counted in the map."""
    dataset = open_raster(report.labels)
    counts, areas = np.zeros(256), np.zeros(256)
    windows = report.image.work.tiles(1024)
    for index, window in enumerate(windows):
        progress.at(index / len(windows))
        labels = read_band(dataset, 1, window)
        each = np.broadcast_to(ground.pixel_areas(window), labels.shape)
        counts += np.bincount(labels.ravel(), minlength=256)
        areas += np.bincount(labels.ravel(), weights=each.ravel(), minlength=256)
    values = list(report.classes.values)
    return counts[values].astype(np.int64), areas[values]


def _confidence_of(classes: ClassTable, labels: np.ndarray, percent: np.ndarray | None) -> list | None:
    """Mean confidence of each class, from the pixels of the pictures."""
    if percent is None:
        return None
    return [float(percent[labels == c.value].mean()) if (labels == c.value).any() else None for c in classes]


def _head(report: MapReport) -> str:
    made_from, second = _file_name(report.image.source), report.provenance.get("OBIC_INPUT2")
    lines = [f"Made from {made_from}"]
    if second:
        lines = [f"Made from {made_from} and {_file_name(second)}"]
    lines += [f"saved as {os.path.basename(report.output)}"] if report.output else []
    return head(report.title, [*lines, when(report.provenance)])


def _file_name(source: str) -> str:
    return os.path.basename(source) or source


def _pictures(report: MapReport, labels: np.ndarray, percent: np.ndarray | None, progress: Progress) -> str:
    valid = labels > 0
    pictures = [
        (image_picture(report.image, valid, report.display, progress), _caption(report)),
        (class_picture(labels, report.classes), f"Map of {len(report.classes)} classes"),
    ]
    if percent is not None:
        colors = ", ".join(f"{color} {share}%" for share, color in report.ramp.items())
        ramp = f'<span style="background:linear-gradient(to right, {colors})"></span>'
        caption = f'{report.quantity} <div class="ramp">0{report.unit} {ramp} 100{report.unit}</div>'
        pictures.append((confidence_picture(percent, valid, report.ramp), caption))
    figures = [figure(*each) for each in pictures]
    return side_by_side([figures[0], *report.pictures, *figures[1:]], labels.shape)


def _shown_bands(report: MapReport) -> list:
    """Indices of the bands shown, each once."""
    bands = report.display.bands if report.display else report.image.display_bands()
    return list(dict.fromkeys(int(band) for band in bands))


def _caption(report: MapReport) -> str:
    """What the picture of the image is called, with the bands that it shows."""
    image, shown = report.image, _shown_bands(report)
    if image.n_bands != len(image.bands):  # colors of a palette
        return f"Image ({', '.join(image.band_names[i] for i in shown)})"
    bands = ", ".join(f"{image.bands[i]} {text(image.band_names[i])}".strip() for i in shown)
    return f"Image (bands {bands})" if len(shown) > 1 else f"Image (band {bands})"


def _numbers(report: MapReport, px: np.ndarray, areas: np.ndarray, unit: str) -> str:
    shown = {"classes": str(len(report.classes)), "mapped": f"{number(areas.sum())} {unit}"}
    shown["pixels"] = f"{number(px.sum() / 1e6)} million" if px.sum() >= 1e5 else count(int(px.sum()))
    seconds = sum(time for _, time in report.timings)
    if seconds:
        shown["total time"] = duration(seconds)
    shown.update({label: value_text(value) for label, value in report.numbers.items()})
    return tiles(shown)


def _classes(report: MapReport, px: np.ndarray, areas: np.ndarray, unit: str, confidence: list | None) -> str:
    heads = [
        "Class",
        "",
        *([f"Mean {report.quantity.lower()}"] if confidence else []),
        f"Area ({unit})",
        "Share",
        "",
    ]
    classes = "".join(
        f"<th{' class=number' if head.startswith(('Area', 'Share', 'Mean')) else ''}>{head}</th>"
        for head in heads
    )
    total = max(areas.sum(), 1e-12)
    largest = max(areas.max(initial=0), 1e-12)
    rows = []
    for index, item in enumerate(report.classes):
        color = "#{:02x}{:02x}{:02x}".format(*item.color)
        swatch = f'<span class="swatch" style="background:{color}"></span>'
        cells = [f'<td class="key-column">{swatch}{item.value}</td><td>{text(item.name)}</td>']
        if confidence:
            share = confidence[index]
            cells.append(f'<td class="number">{"" if share is None else f"{share:.0f}{report.unit}"}</td>')
        cells.append(f'<td class="number">{area_text(areas[index], unit)}</td>')
        cells.append(f'<td class="number">{100 * areas[index] / total:.1f} %</td>')
        width = 100 * areas[index] / largest
        cells.append(f'<td class="bar"><div style="width:{width:.1f}%;background:{color}"></div></td>')
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return (
        f"<section><h2>Classes</h2><table><thead><tr>{classes}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></section>"
    )


def _facts(report: MapReport, px: np.ndarray) -> dict:
    image, grid = report.image, report.image.grid
    facts = {"File": image.source, "Size": f"{count(grid.width)} × {count(grid.height)} px"}
    if image.work != grid.window:
        facts["Worked on"] = f"{count(image.work.width)} × {count(image.work.height)} px"
    facts["Bands"] = f"{len(image.bands)} ({ranges(image.bands)})"
    facts["Data type"] = image.data_type
    facts["CRS"] = crs_name(grid.crs_wkt)
    if grid.geotransform:
        _, a, b, _, c, d = grid.geotransform
        facts["Pixel size"] = f"{np.hypot(a, c):.6g} × {np.hypot(b, d):.6g} {crs_unit(grid.crs_wkt)}".strip()
        facts["Pixel size"] += _in_meters(image)
    without = 1 - px.sum() / image.work.size
    facts["Without data"] = f"{100 * without:.1f} %"
    return facts


def _in_meters(image: RasterReader) -> str:
    """The size of the pixel in the middle, where the CRS does not give it in meters."""
    ground, work = Ground.of(image.grid), image.work
    if ground.unit == "px" or (ground.radians is None and ground.meters == 1):
        return ""
    row, col = work.row + work.height / 2, work.col + work.width / 2
    across = ground.lengths(np.array([row, row]), np.array([col, col + 1]))[0]
    down = ground.lengths(np.array([row, row + 1]), np.array([col, col]))[0]
    return f" (about {number(across)} × {number(down)} m)"


def _origin(provenance: dict) -> dict:
    """Device, seed and versions, for reading."""
    shown = {}
    for item, label in (("OBIC_METHOD", "Method"), ("OBIC_DEVICE", "Device")):
        if item in provenance:
            shown[label] = provenance[item]
    try:
        settings = json.loads(provenance.get("OBIC_SETTINGS", "{}"))
        versions = json.loads(provenance.get("OBIC_VERSIONS", "{}"))
    except ValueError:
        settings, versions = {}, {}
    if "seed" in settings:
        shown["Seed"] = settings["seed"]
    return {**shown, **versions}


def _timings(timings: list) -> str:
    if not timings:
        return ""
    longest = max(max(seconds for _, seconds in timings), 1e-9)
    rows = "".join(
        f'<tr><td>{text(stage)}</td><td class="number">{duration(seconds)}</td>'
        f'<td class="bar"><div style="width:{100 * seconds / longest:.1f}%"></div></td></tr>'
        for stage, seconds in timings
    )
    total = duration(sum(seconds for _, seconds in timings))
    rows += (
        f'<tr><td class="total">Total</td><td class="number total">{total}</td><td class="total"></td></tr>'
    )
    return f'<section class="together"><h2>Time</h2><table>{rows}</table></section>'


def _training(history: list) -> str:
    picture = curves(history)
    return f'<section class="together"><h2>Training</h2>{picture}</section>' if picture else ""
