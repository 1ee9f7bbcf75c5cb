"""The layer of labels that the label dock draws in: its classes, what is drawn of each, and the class of what is drawn
next."""

from __future__ import annotations

from collections import Counter

from qgis.core import (
    QgsCategorizedSymbolRenderer,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsFeature,
    QgsFillSymbol,
    QgsProject,
    QgsRendererCategory,
    QgsVectorLayer,
)
from qgis.PyQt.QtGui import QColor

from ..engine.raster.palette import another_color
from .landcover import color_of
from .layerchoice import has_polygons_with, written

FIELD = "class"


class LabelLayer:
    """Polygons with a class each. Classes are categories of its renderer, so that maps learn their colors."""

    def __init__(self, layer: QgsVectorLayer):
        self.layer = layer
        if not isinstance(layer.renderer(), QgsCategorizedSymbolRenderer):
            layer.setRenderer(QgsCategorizedSymbolRenderer(FIELD, []))
            for name in sorted(self.counts()):
                self.add_class(name)

    @classmethod
    def new(cls, crs, name: str) -> LabelLayer:
        """An empty one in the project, above all else."""
        layer = QgsVectorLayer(f"Polygon?field={FIELD}:string", name, "memory")
        layer.setCrs(crs)
        QgsProject.instance().addMapLayer(layer, False)
        QgsProject.instance().layerTreeRoot().insertLayer(0, layer)
        return cls(layer)

    @staticmethod
    def fits(layer) -> bool:
        """Whether a layer can be one."""
        return has_polygons_with(layer, FIELD)

    def classes(self) -> list:
        """[(name, color, how many polygons)], in the order in which they were added."""
        counts = self.counts()
        return [
            (str(item.value()), item.symbol().color().getRgb()[:3], counts.get(str(item.value()), 0))
            for item in self.layer.renderer().categories()
            if item.value() not in (None, "")
        ]

    def counts(self) -> Counter:
        """How many polygons each class has, those being edited among them."""
        names = (written(feature[FIELD]) for feature in self.layer.getFeatures())
        return Counter(name for name in names if name)

    def add_class(self, name: str) -> None:
        """A class of its own color; one that is there already stays."""
        name = name.strip()
        taken = [color for _, color, _ in self.classes()]
        if not name or name in [other for other, _, _ in self.classes()]:
            return
        color = color_of(name, taken) or another_color(taken)
        outline = QColor(*color).name()
        symbol = QgsFillSymbol.createSimple(
            {"color": ",".join(map(str, (*color, 130))), "outline_color": outline, "outline_width": "0.5"}
        )
        self.layer.renderer().addCategory(QgsRendererCategory(name, symbol, name))
        self.layer.triggerRepaint()
        self.layer.emitStyleChanged()

    def draw_next(self, name: str) -> None:
        """What is drawn from now on is of a class, without a form."""
        quoted = name.replace("'", "''")
        self.layer.setDefaultValueDefinition(self._index, QgsDefaultValue(f"'{quoted}'"))
        form = self.layer.editFormConfig()
        form.setSuppress(QgsEditFormConfig.FeatureFormSuppress.SuppressOn)
        self.layer.setEditFormConfig(form)
        if not self.layer.isEditable():
            self.layer.startEditing()

    def add(self, geometry, name: str) -> None:
        """A polygon of a class, which can be undone as any edit."""
        if not self.layer.isEditable():
            self.layer.startEditing()
        # places are multipolygons, which a layer of polygons would not save
        for part in geometry.coerceToType(self.layer.wkbType()):
            feature = QgsFeature(self.layer.fields())
            feature.setGeometry(part)
            feature[FIELD] = name
            self.layer.addFeature(feature)
        self.layer.triggerRepaint()

    def save(self) -> None:
        """Bring what was drawn into the layer; drawing may go on."""
        if self.layer.isEditable() and self.layer.isModified():
            self.layer.commitChanges(False)

    @property
    def _index(self) -> int:
        return self.layer.fields().indexOf(FIELD)
