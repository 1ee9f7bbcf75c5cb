"""Pictures that lie over the map for a while: layers drawn on their own, whole or left of the pointer."""

from __future__ import annotations

from collections.abc import Callable

from qgis.core import QgsMapRendererParallelJob, QgsMapSettings
from qgis.gui import QgsMapCanvasItem
from qgis.PyQt.QtCore import QRectF, QTimer
from qgis.PyQt.QtGui import QColor, QPen, QPolygonF, QTransform

BLINK_COLOR = "#ff00d4"  # that no land cover has
N_BLINKS, BLINK_MS = 3, 220
LINE_COLOR = "#ffffff"


class Picture(QgsMapCanvasItem):
    """An image that lies over the map for a while; ``draw(painter)``, of a kind of picture, says how it does."""

    def __init__(self, canvas):
        super().__init__(canvas)
        self._canvas, self._image = canvas, None
        self.hide()

    @property
    def image(self):
        """What is shown; None where nothing is."""
        return self._image

    def put(self, image) -> None:
        """Show an image; None for none."""
        self._image = image
        self.setVisible(image is not None)
        self.update()

    def remove(self) -> None:
        """Leave no trace on the canvas."""
        self._canvas.scene().removeItem(self)

    def boundingRect(self) -> QRectF:
        return QRectF(0, 0, self._canvas.width(), self._canvas.height())

    def paint(self, painter, option=None, widget=None) -> None:
        if self._image is not None:
            painter.save()
            self.draw(painter)
            painter.restore()


class CanvasPicture(Picture):
    """An image of the size of the canvas; ``share`` of its width is seen."""

    share = 1.0

    def draw(self, painter) -> None:
        whole = self.boundingRect()
        width = whole.width() * self.share
        painter.save()
        painter.setClipRect(QRectF(0, 0, width, whole.height()))
        painter.drawImage(whole, self._image)
        painter.restore()
        if self.share < 1:
            painter.setPen(QPen(QColor(LINE_COLOR), 2))
            painter.drawLine(int(width), 0, int(width), int(whole.height()))


class GroundPicture(Picture):
    """An image that lies on the ground: it stays where it is when the map moves."""

    def put(self, image, corners: list | None = None) -> None:
        """Show an image between its corners (points of the canvas's CRS): upper left, upper right, lower right, lower
        left; None for none."""
        self._corners = corners or []
        super().put(image)

    def updatePosition(self) -> None:
        self.update()

    def draw(self, painter) -> None:
        size = QRectF(self._image.rect())
        own = QPolygonF([size.topLeft(), size.topRight(), size.bottomRight(), size.bottomLeft()])
        there = QPolygonF([self.toCanvasCoordinates(corner) for corner in self._corners])
        transform = QTransform()
        if QTransform.quadToQuad(own, there, transform):
            painter.setTransform(transform, True)
            painter.drawImage(0, 0, self._image)


class Drawing:
    """Layers drawn as the canvas would draw them, by QGIS's own threads; ``then(image)`` is told in the main one."""

    alive: set = set()  # a job must not be deleted while it works, nor while it tells that it has finished

    def __init__(self, canvas, layers: list, then: Callable, opaque: bool = False):
        settings = QgsMapSettings(canvas.mapSettings())
        settings.setLayers(layers)
        settings.setBackgroundColor(canvas.canvasColor() if opaque else QColor(0, 0, 0, 0))
        self._layers, self._then = layers, then  # layers: which nobody else keeps
        self._job = QgsMapRendererParallelJob(settings)
        self._job.finished.connect(self._finished)
        Drawing.alive.add(self)
        self._job.start()

    def forget(self) -> None:
        """Nobody wants it any more."""
        self._then = None
        self._job.cancelWithoutBlocking()

    def _finished(self) -> None:
        QTimer.singleShot(0, lambda: Drawing.alive.discard(self))
        if self._then is not None:
            self._then(self._job.renderedImage())


class Blink:
    """Shows some layers a few times for a moment."""

    def __init__(self, canvas):
        self._canvas, self._drawing, self._left = canvas, None, 0
        self._picture = CanvasPicture(canvas)
        self._image, self._timer = None, QTimer(canvas)
        self._timer.setInterval(BLINK_MS)
        self._timer.timeout.connect(self._turn)
        canvas.extentsChanged.connect(self.stop)

    @property
    def is_on(self) -> bool:
        return self._timer.isActive() or self._drawing is not None

    def show(self, layers: list) -> None:
        self.stop()
        self._drawing = Drawing(self._canvas, layers, self._begin)

    def stop(self) -> None:
        self._timer.stop()
        self._picture.put(None)
        if self._drawing is not None:
            self._drawing.forget()
            self._drawing = None

    def remove(self) -> None:
        """Leave no trace on the canvas."""
        self.stop()
        self._canvas.extentsChanged.disconnect(self.stop)
        self._picture.remove()
        self._timer.deleteLater()

    def _begin(self, image) -> None:
        self._drawing, self._image, self._left = None, image, 2 * N_BLINKS
        self._timer.start()
        self._turn()

    def _turn(self) -> None:
        self._left -= 1
        self._picture.put(self._image if self._left % 2 else None)
        if self._left <= 0:
            self._timer.stop()


class Swipe:
    """Left of the pointer some other layers than those of the map."""

    def __init__(self, canvas):
        self._canvas, self._drawing, self._layers = canvas, None, []
        self._picture = CanvasPicture(canvas)
        self._picture.share = 0.5
        canvas.extentsChanged.connect(self._redraw)
        canvas.xyCoordinates.connect(self._follow)

    @property
    def is_on(self) -> bool:
        return bool(self._layers)

    @property
    def share(self) -> float:
        """How much of the width of the canvas shows the other layers."""
        return self._picture.share

    def show(self, layers: list) -> None:
        """Begin with some layers; none ends it."""
        self._layers = layers
        self._redraw()

    def remove(self) -> None:
        """Leave no trace on the canvas."""
        self.show([])
        self._canvas.extentsChanged.disconnect(self._redraw)
        self._canvas.xyCoordinates.disconnect(self._follow)
        self._picture.remove()

    def _redraw(self) -> None:
        if self._drawing is not None:
            self._drawing.forget()
            self._drawing = None
        self._picture.put(None)
        if self._layers:
            self._drawing = Drawing(self._canvas, self._layers, self._picture.put, opaque=True)

    def _follow(self, point) -> None:
        if self._layers:
            x = self._canvas.getCoordinateTransform().transform(point).x()
            self._picture.share = min(max(x / max(self._canvas.width(), 1), 0.0), 1.0)
            self._picture.update()
