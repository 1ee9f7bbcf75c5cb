"""Which layers a dock offers, which it begins with, and what it asks of them."""

from __future__ import annotations

from qgis.core import (
    QgsMapLayerProxyModel,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsVectorLayer,
    QgsWkbTypes,
)
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import QVariant

RENDERERS = {"image": QgsMultiBandColorRenderer, "map": QgsPalettedRasterRenderer}


def raster_box(parent) -> QgsMapLayerComboBox:
    """The raster layers of the project, to choose one."""
    return _box(parent, QgsMapLayerProxyModel.Filter.RasterLayer)


def polygon_box(parent) -> QgsMapLayerComboBox:
    """The polygon layers of the project, to choose one."""
    return _box(parent, QgsMapLayerProxyModel.Filter.PolygonLayer)


def _box(parent, kinds) -> QgsMapLayerComboBox:
    box = QgsMapLayerComboBox(parent)
    box.setFilters(kinds)
    return box


def choose(box, kind: str, active=None) -> None:
    """Have a box of raster layers begin with an "image" or a "map": the active layer where it is one, else the topmost
    in the layer tree. What a box lists first is what the alphabet puts there."""
    nodes = QgsProject.instance().layerTreeRoot().findLayers()
    layers = [active, *(node.layer() for node in nodes)]
    rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
    fitting = [layer for layer in rasters if isinstance(layer.renderer(), RENDERERS[kind])]
    if fitting:
        box.setLayer(fitting[0])


def has_polygons_with(layer, field: str) -> bool:
    """Whether a layer is one of polygons that have such a field."""
    return (
        isinstance(layer, QgsVectorLayer)
        and layer.geometryType() == QgsWkbTypes.PolygonGeometry
        and field in [each.name() for each in layer.fields()]
    )


def written(value) -> str:
    """What a feature has in a field, as text; empty where it has nothing."""
    return "" if value is None or (isinstance(value, QVariant) and value.isNull()) else str(value)
