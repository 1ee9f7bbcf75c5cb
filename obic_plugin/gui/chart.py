"""A small chart of how learning goes: the loss, and how many classes the maps have that were drawn."""

from __future__ import annotations

import math

from qgis.PyQt.QtCore import QCoreApplication, QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QPainter, QPalette, QPen, QPolygonF
from qgis.PyQt.QtWidgets import QWidget

translate = QCoreApplication.translate  # by this name the tool that collects the texts knows it
LOSS_COLOR, CLASSES_COLOR = "#d9730d", "#2f78c4"
MOST_POINTS = 2000


class LearningChart(QWidget):
    """Loss over steps, on a scale of its own, with the number of classes beside it. Steps that begin again at 1 begin
    a new chart: a method may train more than one network."""

    def __init__(self, parent=None):
        super().__init__(parent)
        self.setObjectName("obicLearningChart")
        self.losses, self.classes = [], []
        self.setMinimumHeight(80)

    def sizeHint(self) -> QSize:
        return QSize(320, 90)

    def clear(self) -> None:
        self.losses, self.classes = [], []
        self.update()

    def add_losses(self, points: list) -> None:
        """Some [(step, loss)], in order."""
        for step, loss in points:
            if self.losses and step <= self.losses[-1][0]:
                self.losses, self.classes = [], []
            if math.isfinite(loss):
                self.losses.append((step, loss))
        if len(self.losses) > MOST_POINTS:
            self.losses = self.losses[::2]
        self.update()

    def add_classes(self, step: int, count: int) -> None:
        self.classes.append((step, count))
        self.update()

    def told(self) -> list:
        """What the chart says in words."""
        lines = []
        if self.losses:
            step, loss = self.losses[-1]
            lines.append(translate("LearningChart", "step {}, loss {}").format(step, f"{loss:.3g}"))
        if self.classes:
            lines.append(translate("LearningChart", "{} classes in view").format(self.classes[-1][1]))
        return lines

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        told = self.told()
        height = painter.boundingRect(
            QRectF(self.rect()), Qt.AlignmentFlag.AlignLeft, " ".join(told)
        ).height()
        height = max(16.0, height)  # Chinese letters are higher than the font says that it is
        box = QRectF(self.rect()).adjusted(6, 6, -6, -height - 4)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(box)
        last = max([step for step, _ in self.losses + self.classes], default=1) or 1  # a map before any step
        for points, color in ((self.losses, LOSS_COLOR), (self.classes, CLASSES_COLOR)):
            self._draw(painter, points, color, box, last)
        x = box.left()
        for text, color in zip(told, (LOSS_COLOR, CLASSES_COLOR) if self.losses else (CLASSES_COLOR,)):
            painter.setPen(QColor(color))
            painter.drawText(
                QRectF(x, box.bottom() + 2, box.width(), height), Qt.AlignmentFlag.AlignLeft, text
            )
            x += painter.fontMetrics().horizontalAdvance(text) + 16
        painter.end()

    @staticmethod
    def _draw(painter, points: list, color: str, box: QRectF, last: int) -> None:
        if not points:
            return
        low, high = min(value for _, value in points), max(value for _, value in points)
        line = QPolygonF()
        for step, value in points:
            x = box.left() + box.width() * (step / last)
            line.append(QPointF(x, box.bottom() - 3 - (box.height() - 6) * (value - low) / (high - low or 1)))
        painter.setPen(QPen(QColor(color), 1.6))
        painter.drawPolyline(line)
        if len(points) <= 30:
            for point in line:
                painter.drawEllipse(point, 2.0, 2.0)
