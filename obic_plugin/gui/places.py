"""Places on the map that are visited one after the other, each outlined."""

from __future__ import annotations

from qgis.core import QgsCoordinateTransform, QgsProject
from qgis.gui import QgsRubberBand
from qgis.PyQt.QtGui import QColor

OUTLINE_COLOR = "#ff00d4"
AROUND = 5.0  # times the extent of a place is seen


class PlacesOnCanvas:
    """Polygons in some CRS; ``go`` shows one on the canvas."""

    def __init__(self, canvas):
        self._canvas, self.geometries, self._crs, self.index = canvas, [], None, -1
        self._band = QgsRubberBand(canvas)
        self._band.setStrokeColor(QColor(OUTLINE_COLOR))
        self._band.setFillColor(QColor(0, 0, 0, 0))
        self._band.setWidth(3)

    def put(self, geometries: list, crs) -> None:
        """Other places; none is shown yet."""
        self.geometries, self._crs, self.index = geometries, crs, -1
        self._band.reset()

    @property
    def current(self):
        """The geometry of the place that is shown; None where none is."""
        return self.geometries[self.index] if 0 <= self.index < len(self.geometries) else None

    def go(self, index: int, around: float = AROUND) -> bool:
        """Show a place; False where there is none of this number."""
        if not 0 <= index < len(self.geometries):
            self.index = -1
            self._band.reset()
            return False
        self.index = index
        geometry = self.geometry_in(self._canvas.mapSettings().destinationCrs())
        self._band.setToGeometry(geometry, None)
        box = geometry.boundingBox()
        box.scale(around)
        self._canvas.setExtent(box)
        self._canvas.refresh()
        return True

    def be_seen(self, seen: bool) -> None:
        """Have the outline on the map, or not, as long as nobody visits places."""
        self._band.setVisible(seen)

    def geometry_in(self, crs):
        """A copy of the current place in another CRS."""
        geometry = type(self.current)(self.current)
        geometry.transform(QgsCoordinateTransform(self._crs, crs, QgsProject.instance()))
        return geometry

    def remove(self) -> None:
        """Leave no trace on the canvas."""
        self._canvas.scene().removeItem(self._band)
