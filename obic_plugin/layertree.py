"""Where the layers of a run lie in the layer tree: in a group named after the image, in an order that shows the map."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from osgeo import gdal
from qgis import utils
from qgis.core import QgsLayerTree, QgsProcessingUtils, QgsProject
from qgis.PyQt import sip

from .engine.sources import LayerSource

ABOVE, CHANGES, MAP, STAGE, BELOW, LAST = range(6)
PLACES = {
    "changes": CHANGES,
    "polygons": ABOVE,
    "outlines": ABOVE,
    "chips": ABOVE,
    "pseudo": STAGE,
    "confidence": BELOW,
    "score": BELOW,
    "activation": LAST,
    "superpixels": BELOW,
}  # all others: MAP
MADE_FROM = ("OBIC_INPUT", "OBIC_INPUT2")
STYLE, BEGAN_WITH = "obic/style", "obic/began_with"  # of a layer; of a group, the id of a layer
OURS = "obic/results"  # marks a group of the results of a run


class Origin(NamedTuple):
    """The image that a run began with: its name, and its id where it is a layer of the project."""

    name: str
    layer_id: str = ""


def origin_of(layer) -> Origin:
    """The image itself, nameless where there is none; for what earlier steps of a model have made of it in QGIS's
    folder for temporary files, the image that those began with."""
    if layer is None:
        return Origin("")
    project, source = QgsProject.instance(), layer.source()
    while project.mapLayer(layer.id()) is None:
        loaded = [known for known in project.mapLayers().values() if known.source() == source]
        if loaded:
            return Origin(loaded[0].name(), loaded[0].id())
        before = _made_from(source)
        if not before:
            return Origin(Path(LayerSource.parse(source).path).stem or layer.name())
        source = before
    return Origin(layer.name(), layer.id())


def shown_images(layers: list) -> tuple:
    """The ids of those layers of the project that the given ones are, or that earlier steps of a model have made them
    from: results are to lie above all of these."""
    known = {layer.source(): layer.id() for layer in QgsProject.instance().mapLayers().values()}
    found, left, seen = [], [layer.source() for layer in layers if layer is not None], set()
    while left:
        source = left.pop()
        if source in known:
            found.append(known[source])
        elif source not in seen:  # files that replaced each other may name each other
            left += _all_made_from(source)
        seen.add(source)
    return tuple(found)


def _made_from(source: str) -> str:
    """The first image that a temporary raster of ours was made from, which it tells itself; empty for all others."""
    return next(iter(_all_made_from(source)), "")


def _all_made_from(source: str) -> list:
    """As `_made_from`, the images of both dates."""
    if Path(QgsProcessingUtils.tempFolder()) not in Path(source).parents:
        return []
    try:
        dataset = gdal.OpenEx(source, gdal.OF_RASTER)
    except RuntimeError:
        return []
    told = [dataset.GetMetadataItem(item) for item in MADE_FROM] if dataset is not None else []
    return [before for before in told if before and before != source]


class ResultGroup:
    """The layers of one run that began with one image; ``inputs`` are the ids of all images of the run."""

    def __init__(self, origin: Origin, inputs: tuple = ()):
        self.origin, self._inputs = origin, {*inputs, origin.layer_id} - {""}
        self._group = None
        self._styles: dict = {}

    def take(self, layer, style: str, project) -> None:
        """Move a layer that QGIS has just put into the tree into the group, to its place there."""
        node = project.layerTreeRoot().findLayer(layer.id())
        if node is None:
            return
        if self._group is None or sip.isdeleted(self._group):
            self._group = self._make_group(node, project.layerTreeRoot())
        layer.setCustomProperty(STYLE, style)
        if style == "changes":
            self._retire_earlier(project.layerTreeRoot(), layer.id())
        self._styles[layer.id()] = style
        place = PLACES.get(style, MAP)
        # of those with one place the first by name: QGIS brings them in any order
        above = [n for n in self._group.children() if (self._place(n), n.name()) <= (place, node.name())]
        moved = node.clone()
        self._group.insertChildNode(len(above), moved)
        node.parent().removeChildNode(node)
        moved.setExpanded(place < BELOW)
        self._switch_off()
        self._make_map_active()

    def _make_group(self, node, root):
        """Where QGIS has put the first layer, though never under an image, nor in the group of another run."""
        images = [image for image in self._inputs if root.findLayer(image)]
        while node.parent().customProperty(OURS) or (
            node.parent().parent() is not None and not all(_holds(node.parent(), {image}) for image in images)
        ):
            node = node.parent()
        parent = node.parent()
        siblings = parent.children()
        before = siblings[: siblings.index(node)]
        covering = [index for index, sibling in enumerate(before) if _holds(sibling, self._inputs)]
        group = parent.insertGroup(covering[0] if covering else len(before), self.origin.name)
        group.setCustomProperty(OURS, True)
        group.setCustomProperty(BEGAN_WITH, self.origin.layer_id)
        return group

    def _retire_earlier(self, root, new_id: str) -> None:
        """Switch off masks of change that an earlier run has made with the same image, or beside the score that this
        run began with: under the new mask they would be taken for a part of it."""
        mine = self.origin.layer_id
        for group in root.findGroups(True):
            known = group is not self._group and mine and group.customProperty(OURS)
            if known and (group.customProperty(BEGAN_WITH) == mine or _holds(group, {mine})):
                for node in group.findLayers():
                    is_mask = node.layer() is not None and node.layer().customProperty(STYLE) == "changes"
                    if is_mask and node.layerId() != new_id:  # which QGIS may have put there
                        node.setItemVisibilityChecked(False)

    def _place(self, node) -> int:
        style = self._styles.get(node.layerId(), "") if QgsLayerTree.isLayer(node) else ""
        return PLACES.get(style, MAP)

    def _switch_off(self) -> None:
        """Polygons are patches of the map: beside it they only hide it. What changed lies over the image, which a score
        or the classes of a date would hide."""
        styles = {node: self._styles.get(node.layerId()) for node in self._group.findLayers()}
        changes = "changes" in styles.values()
        for node, style in styles.items():
            if style == "polygons":
                node.setItemVisibilityChecked(not changes and "classes" not in styles.values())
            elif style == "score" or (style == "classes" and changes):
                node.setItemVisibilityChecked(not changes)

    def _make_map_active(self) -> None:
        """QGIS begins its next form with the active layer; with a vector layer, which it makes active when it comes
        last, a form for a raster would begin empty."""
        maps = [
            n for n in self._group.children() if QgsLayerTree.isLayer(n) and self._place(n) in (CHANGES, MAP)
        ]
        if utils.iface is not None and maps:
            utils.iface.setActiveLayer(maps[0].layer())


def place_above(new, old, project) -> None:
    """Move a layer that is in the tree to the place right above another one, which is switched off and folded."""
    root = project.layerTreeRoot()
    node, below = root.findLayer(new.id()), root.findLayer(old.id())
    if node is None or below is None:
        return
    parent = below.parent()
    parent.insertChildNode(parent.children().index(below), node.clone())
    node.parent().removeChildNode(node)
    below.setItemVisibilityChecked(False)
    below.setExpanded(False)


def put_on_top(layer, project) -> None:
    """Move a layer that is in the tree above all others."""
    root = project.layerTreeRoot()
    node = root.findLayer(layer.id())
    if node is not None and root.children()[0] is not node:
        root.insertChildNode(0, node.clone())
        node.parent().removeChildNode(node)


def _holds(node, layer_ids: set) -> bool:
    if QgsLayerTree.isLayer(node):
        return node.layerId() in layer_ids
    return any(node.findLayer(layer_id) is not None for layer_id in layer_ids)
