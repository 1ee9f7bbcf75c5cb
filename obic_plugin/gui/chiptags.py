"""The tags of chips, as the tag dock reads and writes them: each change is in the layer's file at once."""

from __future__ import annotations

from qgis.core import QgsSimpleFillSymbolLayer, QgsSingleSymbolRenderer, QgsVectorLayer
from qgis.PyQt.QtCore import Qt

from ..engine.chips.tags import tags_of
from ..styling import dress
from .layerchoice import has_polygons_with, written

FIELD, MARK = "tags", ";"


class ChipTags:
    """A polygon layer with a field of tags, several with ; between them."""

    def __init__(self, layer: QgsVectorLayer):
        self.layer = layer
        self.read()

    def read(self) -> None:
        """What the layer holds now."""
        self.ids, self.geometries, self._tags = [], [], {}
        for feature in self.layer.getFeatures():
            self.ids.append(feature.id())
            self.geometries.append(feature.geometry())
            self._tags[feature.id()] = list(tags_of(written(feature[FIELD])))

    @staticmethod
    def fits(layer) -> bool:
        """Whether a layer is one of chips."""
        return has_polygons_with(layer, FIELD)

    def see_through(self) -> None:
        """Chips that QGIS has filled with a color show their outlines alone, and the image in them."""
        renderer = self.layer.renderer()
        if isinstance(renderer, QgsSingleSymbolRenderer):
            fill = renderer.symbol().symbolLayer(0)
            if isinstance(fill, QgsSimpleFillSymbolLayer) and fill.brushStyle() != Qt.BrushStyle.NoBrush:
                dress(self.layer, "outlines")

    def of(self, index: int) -> list:
        """The tags of a chip."""
        return self._tags[self.ids[index]]

    def names(self) -> list:
        """All tags in use, the commonest first."""
        counts: dict = {}
        for tags in self._tags.values():
            for tag in tags:
                counts[tag] = counts.get(tag, 0) + 1
        return sorted(counts, key=lambda tag: (-counts[tag], tag))

    def count(self, tag: str) -> int:
        return sum(tag in tags for tags in self._tags.values())

    @property
    def n_tagged(self) -> int:
        return sum(bool(tags) for tags in self._tags.values())

    def toggle(self, index: int, tag: str) -> bool:
        """Give a chip a tag, or take it away; False where it cannot be written."""
        key, tags = self.ids[index], list(self.of(index))
        tags = [other for other in tags if other != tag] if tag in tags else [*tags, tag]
        field = self.layer.fields().indexOf(FIELD)
        if self.layer.isEditable():  # then what is in the file is not what is seen
            written = self.layer.changeAttributeValue(key, field, MARK.join(tags))
        else:
            written = self.layer.dataProvider().changeAttributeValues({key: {field: MARK.join(tags)}})
        if written:
            self._tags[key] = tags
            self.layer.triggerRepaint()
        return written

    def untagged_after(self, index: int) -> int | None:
        """The next chip without a tag, from the beginning again after the last one; None where all have one."""
        n = len(self.ids)
        order = [(index + step) % n for step in range(1, n + 1)] if n else []
        return next((other for other in order if not self.of(other)), None)
