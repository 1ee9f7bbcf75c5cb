"""A picture of a result to show and to print: image panels side by side, and the legend below them.

Drawn with Qt, which every QGIS has; where there is no display a `QGuiApplication` with the platform
``offscreen`` is enough, and one must exist before `draw_figure` is called.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QFont, QFontMetricsF, QImage, QLinearGradient, QPainter, QPen

from obic_plugin.engine.errors import OutputError

WIDTH_PX = 1800
MARGIN_PX, GAP_PX = 36, 24
MAX_PANEL_HEIGHT_PX = 1100
ROW_PX, COLUMN_PX = 34, 290
INK, FAINT, PAPER, EMPTY = QColor("#20262b"), QColor("#68737b"), QColor("#ffffff"), QColor("#eef0f1")


class Panel(NamedTuple):
    """One picture: its title and pixels, (h, w, 3) or (h, w, 4) uint8 red, green, blue, alpha.

    ``width_m`` is the true width of the picture where it is known: a scale bar is drawn. ``ramp`` is a
    color scale to draw below it, {share 0..1: (text, color)}.
    """

    title: str
    pixels: np.ndarray
    width_m: float | None = None
    ramp: dict | None = None
    smooth: bool = True


class LegendRow(NamedTuple):
    """A class: color (red, green, blue), name, share 0..1 of the area, and a text for its size."""

    color: tuple
    name: str
    share: float
    size: str = ""


def draw_figure(
    panels: Sequence[Panel], legend: Sequence[LegendRow], title: str, path, subtitle: str = ""
) -> None:
    """Write a PNG, 1800 px wide: title, ``panels`` side by side (stacked if they are very wide), legend."""
    boxes = _arrange(panels)
    n_columns = max(int((WIDTH_PX - 2 * MARGIN_PX) // COLUMN_PX), 1)
    # A short legend is easier to compare in few columns than strewn over the page.
    n_columns = min(n_columns, max(-(-len(legend) // 4), 1))
    n_rows = -(-len(legend) // n_columns)
    below_px = max(box.bottom() for box in boxes) + (64 if any(panel.ramp for panel in panels) else 26)
    height_px = below_px + (n_rows * ROW_PX + 44 if legend else 0) + MARGIN_PX
    page = QImage(WIDTH_PX, round(height_px), QImage.Format.Format_RGB32)
    page.fill(PAPER)
    painter = QPainter(page)
    hints = QPainter.RenderHint
    painter.setRenderHints(hints.Antialiasing | hints.TextAntialiasing | hints.SmoothPixmapTransform)
    draw_text(painter, MARGIN_PX, 58, title, 30, bold=True)
    draw_text(painter, MARGIN_PX, 92, subtitle, 18, FAINT)
    for panel, box in zip(panels, boxes):
        _draw_panel(painter, panel, box)
    if legend:
        _draw_legend(painter, legend, below_px, n_columns, n_rows)
    painter.end()
    if not page.save(str(path), "PNG"):
        raise OutputError(f"Cannot write {path}. Choose a folder that exists and that you may write to.")


def _arrange(panels: Sequence[Panel]) -> list:
    """Where each panel's picture goes: all of the first one's shape, as large as the page allows."""
    height, width = panels[0].pixels.shape[:2]
    wide = width > 2.6 * height
    n_across = 1 if wide else len(panels)
    room = (WIDTH_PX - 2 * MARGIN_PX - GAP_PX * (n_across - 1)) / n_across
    scale = min(room / width, MAX_PANEL_HEIGHT_PX / height)
    drawn_width, drawn_height = max(width * scale, 1.0), max(height * scale, 1.0)
    top = 156
    if wide:
        step = drawn_height + 50 + (40 if any(panel.ramp for panel in panels) else 0)
        return [QRectF(MARGIN_PX, top + i * step, drawn_width, drawn_height) for i in range(len(panels))]
    step = room + GAP_PX
    return [QRectF(MARGIN_PX + i * step, top, drawn_width, drawn_height) for i in range(len(panels))]


def _draw_panel(painter: QPainter, panel: Panel, box: QRectF) -> None:
    draw_text(painter, box.left(), box.top() - 13, panel.title, 20, bold=True)
    painter.fillRect(box, EMPTY)
    image = to_image(panel.pixels)
    enlarged = box.width() > image.width()
    if panel.smooth or not enlarged:  # Qt's painter alone would skip pixels when it shrinks a picture
        mode = Qt.TransformationMode.SmoothTransformation
        size = round(box.width()), round(box.height())
        image = image.scaled(*size, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, panel.smooth)
    painter.drawImage(box, image)
    painter.setPen(QPen(QColor(0, 0, 0, 60), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    if panel.width_m:
        _draw_scale(painter, box, panel.width_m)
    if panel.ramp:
        _draw_ramp(painter, panel.ramp, QRectF(box.left(), box.bottom() + 12, min(box.width(), 420), 14))


def to_image(pixels: np.ndarray) -> QImage:
    """The picture of pixels (h, w, 3) or (h, w, 4) uint8."""
    height, width, n_channels = pixels.shape
    data = np.ascontiguousarray(pixels, np.uint8)
    kind = QImage.Format.Format_RGBA8888 if n_channels == 4 else QImage.Format.Format_RGB888
    return QImage(data.tobytes(), width, height, width * n_channels, kind).copy()


def _draw_scale(painter: QPainter, box: QRectF, width_m: float) -> None:
    """A bar of a round length, about a fifth of the picture."""
    wish = width_m / 5
    power = 10.0 ** np.floor(np.log10(wish))
    length_m = power * max(step for step in (1, 2, 5) if step * power <= wish)
    text = f"{length_m / 1000:g} km" if length_m >= 1000 else f"{length_m:g} m"
    length_px = length_m / width_m * box.width()
    left, base = box.left() + 12, box.bottom() - 14
    plate = QRectF(left - 6, base - 26, max(length_px, _text_width(text, 15)) + 12, 34)
    painter.fillRect(plate & box, QColor(255, 255, 255, 200))
    painter.setPen(QPen(INK, 2))
    for x1, y1, x2, y2 in ((0, 0, length_px, 0), (0, -4, 0, 4), (length_px, -4, length_px, 4)):
        painter.drawLine(QPointF(left + x1, base + y1), QPointF(left + x2, base + y2))
    draw_text(painter, left, base - 8, text, 15)


def _draw_ramp(painter: QPainter, ramp: dict, box: QRectF) -> None:
    gradient = QLinearGradient(box.topLeft(), box.topRight())
    for share, (text, color) in ramp.items():
        gradient.setColorAt(share, QColor(*color))
        width = _text_width(text, 15)
        x = min(max(box.left() + share * box.width() - width / 2, box.left()), box.right() - width)
        draw_text(painter, x, box.bottom() + 19, text, 15, FAINT)
    painter.fillRect(box, gradient)


def _draw_legend(
    painter: QPainter, legend: Sequence[LegendRow], top: float, n_columns: int, n_rows: int
) -> None:
    column_px = min((WIDTH_PX - 2 * MARGIN_PX) / n_columns, 430)
    largest = max((row.share for row in legend), default=1) or 1
    draw_text(painter, MARGIN_PX, top + 22, "Classes, share of the area", 20, bold=True)
    for index, row in enumerate(legend):
        x = MARGIN_PX + index // n_rows * column_px
        y = top + 40 + index % n_rows * ROW_PX
        painter.setPen(QPen(QColor(0, 0, 0, 90), 1))
        painter.setBrush(QColor(*row.color))
        painter.drawRoundedRect(QRectF(x, y, 34, 22), 4, 4)
        room = column_px - 46 - 96
        draw_text(painter, x + 46, y + 17, _shorten(f"{row.name}   {row.size}".strip(), 17, room), 17)
        draw_text(painter, x + column_px - 96, y + 17, f"{row.share:.1%}", 17, FAINT)
        bar = QRectF(x + 46, y + 23, (column_px - 46 - 30) * row.share / largest, 3)
        painter.fillRect(bar, QColor(*row.color))


def _font(size_px: int, bold: bool = False) -> QFont:
    font = QFont("DejaVu Sans")
    font.setStyleHint(QFont.StyleHint.SansSerif)
    font.setPixelSize(size_px)
    font.setBold(bold)
    return font


def draw_text(
    painter: QPainter, x: float, y: float, text: str, size_px: int, color=INK, bold: bool = False
) -> None:
    """A line of text whose baseline starts at (x, y)."""
    painter.setFont(_font(size_px, bold))
    painter.setPen(color)
    painter.drawText(QPointF(x, y), text)


def _text_width(text: str, size_px: int) -> float:
    return QFontMetricsF(_font(size_px)).horizontalAdvance(text)


def _shorten(text: str, size_px: int, room_px: float) -> str:
    return QFontMetricsF(_font(size_px)).elidedText(text, Qt.TextElideMode.ElideRight, room_px)
