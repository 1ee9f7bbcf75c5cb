"""Another legend for a map that stays as it is: names and colors in its file, and in the polygons drawn from it."""

from __future__ import annotations

from collections.abc import Callable

from osgeo import gdal, ogr

from .errors import OutputError
from .raster.classes import ClassTable
from .sources import LayerSource, open_source, quiet_gdal
from .writing import writing

BATCH = 2000
FIELDS = ("class", "name", "color")  # of polygons that are drawn from a map


def give_legend(path: str, classes: ClassTable) -> None:
    """Write color table and category names into a label raster; where its format takes none, beside it."""
    for mode in (gdal.OF_UPDATE, gdal.OF_READONLY):
        if _described(path, mode, classes):
            return
    raise OutputError(f"{path} cannot be changed. Check that it is there and may be written to.")


def _described(path: str, mode: int, classes: ClassTable) -> bool:
    """Whether the legend is there afterwards. Of a raster that is opened to be read, GDAL writes it beside."""
    with quiet_gdal():
        try:
            dataset = gdal.OpenEx(path, gdal.OF_RASTER | mode)
            if dataset is None:
                return False
            classes.to_band(dataset.GetRasterBand(1))
            dataset.FlushCache()
            dataset = None
        except RuntimeError:
            return False
    found = ClassTable.from_raster(path)
    return {c for c in found if c.value in classes.values} == set(classes)


def give_names(source: str, looks: dict, pause: Callable) -> int:
    """Give the polygons of a map, ``source`` as QGIS writes it, the names and colors {class: (name, (r, g, b))};
    returns how many were changed. All of them or none where the format allows it."""
    meant = LayerSource.parse(source)
    with writing(meant.path):
        dataset = gdal.OpenEx(meant.path, gdal.OF_VECTOR | gdal.OF_UPDATE)
        if dataset is None:
            raise OutputError(f"{meant.path} cannot be changed. Check whether it may be written to.")
        layer = meant.layer_of(dataset)
        if layer is None:
            raise OutputError(f"{meant.path} has no layer {meant.layer}. Load its polygons again.")
        together = bool(dataset.TestCapability(ogr.ODsCTransactions))
        if together:
            dataset.StartTransaction()
        try:
            count = _rename(layer, looks, pause)
        except BaseException:
            if together:
                dataset.RollbackTransaction()
            raise
        if together:
            dataset.CommitTransaction()
        layer = None
        dataset.FlushCache()
    return count


def _rename(layer: ogr.Layer, looks: dict, pause: Callable) -> int:
    changed = []
    for number, feature in enumerate(layer):
        if number % BATCH == 0:
            pause()
        new = looks.get(feature["class"])
        if new is None:
            continue
        name, color = new[0], "#{:02x}{:02x}{:02x}".format(*new[1])
        if (feature["name"], feature["color"]) != (name, color):
            changed.append((feature.GetFID(), name, color))
    for number, (fid, name, color) in enumerate(changed):
        if number % BATCH == 0:
            pause()
        feature = layer.GetFeature(fid)
        feature["name"], feature["color"] = name, color
        layer.SetFeature(feature)
    return len(changed)


def drawn_from(source: str, made: dict) -> bool:
    """Whether polygons are of the run that has ``made`` a map (see `ClassFacts`): it says the same of both."""
    meant = LayerSource.parse(source)
    with quiet_gdal():
        dataset = open_source(meant.path, gdal.OF_VECTOR)
        layer = None if dataset is None else meant.layer_of(dataset)
        told = {} if layer is None else layer.GetMetadata()
    keys = ("OBIC_TIME", "OBIC_INPUT", "OBIC_METHOD")
    return all(made.get(key) and told.get(key) == made[key] for key in keys)
