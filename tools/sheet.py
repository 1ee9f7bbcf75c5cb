"""Pictures of many results: a sheet of all with a legend, and a small pair of before and after."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from osgeo import ogr
from qgis.PyQt.QtCore import QPointF, QRectF, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.styling import OUTLINE_COLOR
from tools.figure import EMPTY, FAINT, PAPER, draw_text, to_image

MARKED = "#e6007e"  # of polygons without a color of their own
N_COLUMNS, PANEL_PX, GAP_PX, TEXT_PX = 4, (400, 333), 16, 62
PAIR_PX, PAIR_GAP_PX = (230, 150), 4  # no wider than QGIS opens the help panel
JPEG_QUALITY = 88


class Cell(NamedTuple):
    """One picture of the sheet: title, a line below it, and pixels (h, w, 4) uint8."""

    title: str
    note: str
    pixels: np.ndarray


def draw_sheet(cells: Sequence[Cell], legend: ClassTable, legend_of: str, path) -> None:
    """Write a JPEG of the cells, row by row, and of the legend in the place behind the last."""
    n_rows = -(-(len(cells) + 1) // N_COLUMNS)
    width, height = PANEL_PX
    page = QImage(
        N_COLUMNS * (width + GAP_PX) + GAP_PX,
        n_rows * (height + TEXT_PX) + GAP_PX,
        QImage.Format.Format_RGB32,
    )
    page.fill(PAPER)
    painter = _painter(page)
    places = [
        (GAP_PX + index % N_COLUMNS * (width + GAP_PX), TEXT_PX + index // N_COLUMNS * (height + TEXT_PX))
        for index in range(len(cells) + 1)
    ]
    for (x, y), cell in zip(places, cells):
        draw_text(painter, x, y - 30, cell.title, 17, bold=True)
        draw_text(painter, x, y - 9, cell.note, 15, FAINT)
        _draw_pixels(painter, cell.pixels, QRectF(x, y, width, height))
    x, y = places[-1]
    draw_text(painter, x, y - 30, "Legend", 17, bold=True)
    draw_text(painter, x, y - 9, legend_of, 15, FAINT)
    for index, item in enumerate(legend):
        painter.fillRect(QRectF(x + 20, y + 20 + 34 * index, 34, 22), QColor(*item.color))
        draw_text(painter, x + 66, y + 37 + 34 * index, item.name, 17)
    painter.end()
    page.save(str(path), "JPG", JPEG_QUALITY)


def draw_pair(before: np.ndarray, after: np.ndarray, path) -> None:
    """Write a small JPEG of two pictures (h, w, 4) uint8 side by side, each cut to its half in the middle."""
    page = QImage(*PAIR_PX, QImage.Format.Format_RGB32)
    page.fill(PAPER)
    painter = _painter(page)
    width = (PAIR_PX[0] - PAIR_GAP_PX) // 2
    for index, pixels in enumerate((before, after)):
        box = QRectF(index * (width + PAIR_GAP_PX), 0, width, PAIR_PX[1])
        _draw_pixels(painter, pixels, box, frame=False)
    painter.end()
    page.save(str(path), "JPG", JPEG_QUALITY)


def enlarged(pixels: np.ndarray, factor: int) -> np.ndarray:
    """Each pixel of (h, w) or (h, w, channels) as a square of so many."""
    return pixels.repeat(factor, 0).repeat(factor, 1)


def with_borders(pixels: np.ndarray, ids: np.ndarray) -> np.ndarray:
    """Pixels (h, w, 4) uint8 with lines where neighbors have different ids (h, w)."""
    line = np.zeros(ids.shape, bool)
    line[:, 1:] |= ids[:, 1:] != ids[:, :-1]
    line[1:] |= ids[1:] != ids[:-1]
    result = pixels.copy()
    result[line] = QColor(OUTLINE_COLOR).getRgb()
    return result


def with_polygons(pixels: np.ndarray, path, to_pixel, opacity: float) -> np.ndarray:
    """Pixels (h, w, 4) uint8 under the polygons of a file, each in its field ``color``, or in `MARKED`, with a border.

    ``to_pixel(x, y)`` gives row and col in the picture of a place on the map.
    """
    image = to_image(pixels).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    painter = _painter(image)
    dataset = ogr.Open(str(path))
    layer = dataset.GetLayer(0)
    colored = layer.GetLayerDefn().GetFieldIndex("color") >= 0
    for feature in layer:
        color = QColor(feature["color"] if colored else MARKED)
        color.setAlphaF(opacity)
        painter.setBrush(color)
        painter.setPen(QPen(QColor(255, 255, 255, 230), 1.4))
        painter.drawPath(_outline(feature.GetGeometryRef(), to_pixel))
    painter.end()
    return _pixels(image)


def _outline(geometry, to_pixel) -> QPainterPath:
    path = QPainterPath()
    for part in range(geometry.GetGeometryCount()):
        below = geometry.GetGeometryRef(part)
        if below.GetGeometryCount():  # a polygon of several
            path.addPath(_outline(below, to_pixel))
            continue
        for index, (x, y, *_) in enumerate(below.GetPoints()):
            row, col = to_pixel(x, y)
            (path.lineTo if index else path.moveTo)(QPointF(col, row))
        path.closeSubpath()
    return path


def _draw_pixels(painter: QPainter, pixels: np.ndarray, box: QRectF, frame: bool = True) -> None:
    """The middle of the picture, as much as has the shape of the box."""
    painter.fillRect(box, EMPTY)
    mode, keep = Qt.TransformationMode.SmoothTransformation, Qt.AspectRatioMode.KeepAspectRatioByExpanding
    image = to_image(pixels)
    size = round(box.width()), round(box.height())
    if (image.width(), image.height()) != size:
        image = image.scaled(*size, keep, mode)
    left, top = (image.width() - size[0]) // 2, (image.height() - size[1]) // 2
    painter.drawImage(box.topLeft(), image.copy(left, top, *size))
    if frame:
        painter.setPen(QPen(QColor(0, 0, 0, 60), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)


def _painter(image: QImage) -> QPainter:
    painter = QPainter(image)
    hints = QPainter.RenderHint
    painter.setRenderHints(hints.Antialiasing | hints.TextAntialiasing | hints.SmoothPixmapTransform)
    return painter


def _pixels(image: QImage) -> np.ndarray:
    """(h, w, 4) uint8 of a picture."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    data = image.constBits().asstring(image.sizeInBytes())
    return np.frombuffer(data, np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
