"""Pictures for reports: small versions of rasters as PNG, and curves as SVG."""

from __future__ import annotations

import base64
import math
import re
import struct
import zlib
from html import escape

import numpy as np

from .progress import Progress
from .raster.bands import read_band
from .raster.classes import ClassTable
from .raster.display import STRETCH_PERCENT, Display
from .raster.grid import Window
from .raster.reader import RasterReader, open_raster

LONGEST_PX = 900
SMALL_PX = 300  # pictures narrower than this are shown enlarged: let their pixels be seen
# from unsure (red) to sure (dark green), by percent; told apart by lightness too
CONFIDENCE_COLORS = {0: "#a50026", 40: "#f46d43", 60: "#fee08b", 80: "#66bd63", 100: "#00441b"}
# from what is as usual to what has changed most; change begins at 50
SCORE_COLORS = {0: "#f7f7f4", 25: "#fee8c8", 50: "#fdbb84", 51: "#ef6548", 75: "#c32f1c", 100: "#67000d"}
N_SERIES = 5


def png(pixels: np.ndarray) -> bytes:
    """A PNG file of (h, w, 3) or (h, w, 4) uint8."""
    height, width, n_channels = pixels.shape
    rows = np.zeros((height, 1 + width * n_channels), np.uint8)
    rows[:, 1:] = pixels.reshape(height, -1)
    rows[1:, 1:] -= rows[:-1, 1:].copy()  # filter 2: differences to the row above
    rows[1:, 0] = 2
    header = struct.pack(">IIBBBBB", width, height, 8, {3: 2, 4: 6}[n_channels], 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows.tobytes(), 6)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


def data_uri(pixels: np.ndarray) -> str:
    return "data:image/png;base64," + base64.b64encode(png(pixels)).decode("ascii")


def thumbnail(source: str, band: int, window: Window, average: bool, progress: Progress) -> np.ndarray:
    """(h, w) of one band's window, at most `LONGEST_PX` long, by nearest neighbor or ``average``."""
    dataset = open_raster(source)
    scale = min(1.0, LONGEST_PX / max(window.height, window.width))
    height, width = max(1, round(window.height * scale)), max(1, round(window.width * scale))
    parts, step = [], max(1, height // 16)
    for row in range(0, height, step):  # piecewise, so that a huge raster can be left at any time
        progress.at(row / height)
        n_rows = min(step, height - row)
        top = window.row + round(row * window.height / height)
        bottom = window.row + round((row + n_rows) * window.height / height)
        strip = Window(top, window.col, bottom - top, window.width)
        parts.append(read_band(dataset, band, strip, (n_rows, width), average))
    return np.concatenate(parts)


class Miniature:
    """A small version of an array of a window that comes in parts: of each of its pixels the nearest one.

    >>> small = Miniature(Window(0, 0, 2, 1800))
    >>> small.add(Window(0, 0, 2, 1800), np.ones((2, 1800), np.uint8)); small.pixels.shape
    (1, 900)
    """

    def __init__(self, window: Window):
        scale = min(1.0, LONGEST_PX / max(window.height, window.width))
        height, width = max(1, round(window.height * scale)), max(1, round(window.width * scale))
        self._rows = window.row + (np.arange(height) * 2 + 1) * window.height // (2 * height)
        self._cols = window.col + (np.arange(width) * 2 + 1) * window.width // (2 * width)
        self.pixels = np.zeros((height, width), np.uint8)

    def add(self, window: Window, values: np.ndarray) -> None:
        """Take what is wanted of the values (h, w) of a part."""
        rows = np.flatnonzero((self._rows >= window.row) & (self._rows < window.bottom))
        cols = np.flatnonzero((self._cols >= window.col) & (self._cols < window.right))
        there = values[np.ix_(self._rows[rows] - window.row, self._cols[cols] - window.col)]
        self.pixels[np.ix_(rows, cols)] = there


def figure(pixels: np.ndarray, caption: str) -> str:
    """A picture (h, w, 4) with HTML under it."""
    small = ' class="small"' if pixels.shape[1] < SMALL_PX else ""
    shows = re.split(r" [(<]", caption)[0]
    image = f'<img src="{data_uri(pixels)}" alt="{shows}">'
    return f"<figure{small}>{image}<figcaption>{caption}</figcaption></figure>"


def side_by_side(figures: list, shape: tuple) -> str:
    """Figures in a row; below each other where they are very wide (``shape``: height, width)."""
    wide = " wide" if shape[1] > 3 * shape[0] else ""
    return f'<div class="pictures{wide}">{"".join(figures)}</div>'


def image_picture(image: RasterReader, valid: np.ndarray, display: Display | None, progress: Progress):
    """(h, w, 4) uint8: the work area as ``display`` shows it, else stretched; clear where not ``valid``."""
    if image.n_bands != len(image.bands):
        return _with_alpha(_paletted(image, progress), valid)
    bands = display.bands if display else image.display_bands()
    found = {
        band: thumbnail(image.source, image.bands[band], image.work, True, progress) for band in set(bands)
    }
    values = np.stack([found[band].astype(np.float64) for band in bands])
    valid = valid & np.isfinite(values).all(0)
    values = np.where(valid, values, 0)
    if display is None:
        shown = values[:, valid] if valid.any() else values.reshape(3, -1)
        low, high = np.percentile(shown, STRETCH_PERCENT, axis=1)
        display = Display(bands, low, np.where(high > low, high, low + 1))
    return _with_alpha(np.moveaxis(display.to_bytes(values), 0, -1), valid)


def class_picture(labels: np.ndarray, classes: ClassTable) -> np.ndarray:
    """(h, w, 4) uint8: labels (h, w) in the colors of their classes, clear where there is none."""
    colors = np.zeros((256, 4), np.uint8)
    for item in classes:
        colors[item.value] = (*item.color, 255)
    return colors[np.clip(labels, 0, 255).astype(np.uint8)]


def confidence_picture(percent: np.ndarray, valid: np.ndarray, ramp: dict = CONFIDENCE_COLORS) -> np.ndarray:
    """(h, w, 4) uint8: percentages (h, w) in the colors of a ramp."""
    stops = np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in ramp.values()])
    shown = [np.interp(percent, list(ramp), stops[:, channel]) for channel in range(3)]
    return _with_alpha(np.rint(np.stack(shown, -1)).astype(np.uint8), valid)


def _paletted(image: RasterReader, progress: Progress) -> np.ndarray:
    dataset = open_raster(image.source)  # a band lives as long as its dataset is held
    table = dataset.GetRasterBand(image.bands[0]).GetRasterColorTable()
    colors = np.zeros((256, 3), np.uint8)
    for index in range(min(table.GetCount(), 256)):
        colors[index] = table.GetColorEntry(index)[:3]
    return colors[thumbnail(image.source, image.bands[0], image.work, False, progress)]


def _with_alpha(colors: np.ndarray, valid: np.ndarray) -> np.ndarray:
    return np.dstack([colors, np.where(valid, 255, 0).astype(np.uint8)])


def curves(history: list, width: int = 1040, height: int = 260) -> str:
    """SVG of ``history``, a list of (step, {term: value}); where steps start again a new phase begins."""
    points, breaks = _unrolled(history)
    if len(points) < 2:
        return ""
    names = list(dict.fromkeys(name for _, terms in points for name in terms))[:N_SERIES]
    values = [v for _, terms in points for n, v in terms.items() if n in names and math.isfinite(v)]
    if not values:
        return ""
    ticks = nice_ticks(min(0.0, min(values)), max(values))
    steps = [tick for tick in nice_ticks(0, points[-1][0], 8) if tick <= points[-1][0]]
    left, top, right, bottom = 54, 10, width - 12, height - 36

    def x(step: float) -> float:
        return left + (right - left) * step / points[-1][0]

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - ticks[0]) / (ticks[-1] - ticks[0])

    parts = [f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="Training curve">']
    for tick in ticks:
        parts.append(f'<line class="grid" x1="{left}" x2="{right}" y1="{y(tick):.1f}" y2="{y(tick):.1f}"/>')
        parts.append(f'<text x="{left - 8}" y="{y(tick) + 4:.1f}" text-anchor="end">{tick:g}</text>')
    for tick in steps:
        parts.append(f'<text x="{x(tick):.1f}" y="{bottom + 18}" text-anchor="middle">{tick:g}</text>')
    parts += [
        f'<line class="phase" x1="{x(b):.1f}" x2="{x(b):.1f}" y1="{top}" y2="{bottom}"/>' for b in breaks
    ]
    parts.append(f'<text x="{(left + right) / 2}" y="{height - 4}" text-anchor="middle">step</text>')
    for number, name in enumerate(names, 1):
        line = _line([(s, terms[name]) for s, terms in points if name in terms], x, y)
        parts.append(f'<path d="{line}" style="stroke:var(--series-{number})"/>')
    key = "".join(
        f'<span><i style="background:var(--series-{number})"></i>{escape(name)}</span>'
        for number, name in enumerate(names, 1)
    )
    return "".join(parts) + f'</svg><p class="key">{key}</p>'


def nice_ticks(low: float, high: float, count: int = 5) -> list:
    """About ``count`` round numbers that span low to high.

    >>> nice_ticks(0, 0.87)
    [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]
    """
    span = high - low if high > low else abs(high) or 1.0
    rough = span / count
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil((low + span) / step - 1e-9)
    return [round(i * step, 12) for i in range(first, last + 1)]


def _unrolled(history: list) -> tuple:
    """The history with steps that only rise, and the steps at which it had started again."""
    points, breaks, offset, before = [], [], 0, 0
    for step, terms in history:
        if step <= before and points:
            offset = points[-1][0]
            breaks.append(offset)
        before = step
        points.append((step + offset, terms))
    return points, breaks


def _line(points: list, x, y) -> str:
    """An SVG path through (step, value); at most some 500 of them, each the mean of its neighbors."""
    group = max(1, len(points) // 500)
    parts, pen = [], "M"
    for start in range(0, len(points), group):
        part = [(s, v) for s, v in points[start : start + group] if math.isfinite(v)]
        if part:
            step, value = (sum(column) / len(part) for column in zip(*part))
            parts.append(f"{pen}{x(step):.1f} {y(value):.1f}")
            pen = "L"
    return "".join(parts)
