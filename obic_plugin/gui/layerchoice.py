"""Which layer a dock begins with: what a box lists first is what the alphabet puts there."""

from __future__ import annotations

from qgis.core import QgsMultiBandColorRenderer, QgsPalettedRasterRenderer, QgsProject, QgsRasterLayer

RENDERERS = {"image": QgsMultiBandColorRenderer, "map": QgsPalettedRasterRenderer}


def choose(box, kind: str, active=None) -> None:
    """Have a box of raster layers begin with an "image" or a "map": the active layer where it is one, else the topmost
    in the layer tree."""
    nodes = QgsProject.instance().layerTreeRoot().findLayers()
    layers = [active, *(node.layer() for node in nodes)]
    rasters = [layer for layer in layers if isinstance(layer, QgsRasterLayer)]
    fitting = [layer for layer in rasters if isinstance(layer.renderer(), RENDERERS[kind])]
    if fitting:
        box.setLayer(fitting[0])
