"""How the user looks at layers of the project: bands and stretch of an image, names and colors of labels."""

from __future__ import annotations

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsContrastEnhancement,
    QgsMultiBandColorRenderer,
    QgsPalettedRasterRenderer,
    QgsProject,
)
from qgis.PyQt.QtCore import QVariant


def display_of(layer) -> dict | None:
    """Bands and stretch of a layer in red, green and blue."""
    renderer = _renderer(layer)
    if not isinstance(renderer, QgsMultiBandColorRenderer):
        return None
    stretches = [
        renderer.redContrastEnhancement(),
        renderer.greenContrastEnhancement(),
        renderer.blueContrastEnhancement(),
    ]
    bands = [renderer.redBand(), renderer.greenBand(), renderer.blueBand()]
    if min(bands) < 1:
        return None
    if any(
        s is None or s.contrastEnhancementAlgorithm() == QgsContrastEnhancement.NoEnhancement
        for s in stretches
    ):
        return {"bands": bands, "low": None, "high": None}
    return {
        "bands": bands,
        "low": [s.minimumValue() for s in stretches],
        "high": [s.maximumValue() for s in stretches],
    }


def legend_of(layers: list, field: str | None) -> dict | None:
    """{class: (name, (red, green, blue))} of layers of labels: what a paletted raster or categories of the class field
    show; None where nothing does. A class is named as in the labels: a text, or a number as text."""
    found: dict = {}
    for layer in layers:
        renderer = _renderer(layer)
        if isinstance(renderer, QgsPalettedRasterRenderer):
            shown = [(item.value, item.label, item.color) for item in renderer.classes()]
        elif isinstance(renderer, QgsCategorizedSymbolRenderer):
            if not field or renderer.classAttribute().strip('"') != field:
                continue
            shown = [(item.value(), item.label(), item.symbol().color()) for item in renderer.categories()]
        else:
            continue
        for value, name, color in shown:
            key = _key(value)
            if key:
                found.setdefault(key, (name.strip() or key, (color.red(), color.green(), color.blue())))
    return found or None


def _key(value) -> str:
    """A class as text; empty for the category of all other values."""
    if value is None or (isinstance(value, QVariant) and value.isNull()):
        return ""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def _renderer(layer):
    """That of a layer of the project: what the user has chosen to see; None for all others."""
    shown = layer is not None and QgsProject.instance().mapLayer(layer.id()) is not None
    return layer.renderer() if shown else None
