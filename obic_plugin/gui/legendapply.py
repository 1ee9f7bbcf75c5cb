"""From an edited legend to files: the map's own, and the polygons of its run; or a new map. All off the main thread."""

from __future__ import annotations

import os
from collections.abc import Callable

from qgis.core import QgsProject, QgsVectorLayer

from ..engine.methods import editclasses
from ..engine.newlegend import FIELDS, drawn_from, give_legend, give_names
from ..engine.progress import Span
from ..engine.sources import LayerSource
from ..layertree import OURS
from ..styling import save_style, show_patches
from .legenddraft import LegendDraft


def patches_beside(layer) -> dict:
    """{source: (layer, whether it lies in the group of the map)} of all polygons that may be of the run of a map."""
    project, found = QgsProject.instance(), {}
    node = project.layerTreeRoot().findLayer(layer.id())
    group = node.parent() if node is not None and node.parent().customProperty(OURS) else None
    near = {n.layerId() for n in group.findLayers()} if group is not None else set()
    for other in project.mapLayers().values():
        drawn = isinstance(other, QgsVectorLayer) and other.providerType() == "ogr"
        if drawn and set(FIELDS) <= {field.name() for field in other.fields()}:
            found[other.source()] = other, other.id() in near
    return found


def work_in_place(path: str, draft: LegendDraft, near: dict, made: dict) -> Callable:
    """What writes the legend into the map and its polygons; returns the sources of the latter. ``near`` {source:
    whether it is surely of the run}."""
    table, looks = draft.table(), draft.looks()

    def work(progress) -> list:
        give_legend(path, table)
        save_style("classes", path)
        return _patches(near, made, looks, progress)

    return work


def work_on_copy(path: str, target: str, draft: LegendDraft, near: dict, made: dict) -> Callable:
    """What writes a new map, and the new names into the polygons of the old one."""
    rows = tuple(
        (
            str(e.value),
            str(e.new_value),
            e.name or "",
            "#{:02x}{:02x}{:02x}".format(*e.color) if e.color else "",
        )
        for e in draft.edits()
    )
    params = editclasses.EditClassesParams(input=path, classes=rows, output=target)
    looks = draft.looks()

    def dress(staging) -> None:
        for made_path in staging.made(target):
            save_style("classes", made_path)

    def work(progress) -> list:
        editclasses.METHOD.execute(params, Span(progress, 0.0, 0.8), dress)
        return _patches(near, made, looks, Span(progress, 0.8, 1.0))

    return work


def _patches(near: dict, made: dict, looks: dict, progress) -> list:
    changed = []
    for source, surely in near.items():
        progress.at(0.5)
        if surely or drawn_from(source, made):
            give_names(source, looks, lambda: progress.at(0.5))
            save_style("polygons", LayerSource.parse(source).path)
            changed.append(source)
    return changed


def show_again(layers: list, draft: LegendDraft) -> None:
    """Show polygons in their new names and colors."""
    looks = {
        value: (name, "#{:02x}{:02x}{:02x}".format(*color)) for value, (name, color) in draft.looks().items()
    }
    for layer in layers:
        layer.dataProvider().reloadData()
        show_patches(layer, looks)
        layer.triggerRepaint()


def free_name(path: str) -> str:
    """A name beside a file that nobody has yet.

    >>> free_name("/nowhere/map.tif").replace(os.sep, "/")
    '/nowhere/map_classes.tif'
    """
    stem, ending = os.path.splitext(path)
    stem, number = f"{stem}_classes", 1
    while os.path.lexists(name := f"{stem}{'' if number == 1 else number}{ending}"):
        number += 1
    return name
