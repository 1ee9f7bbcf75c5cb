"""Which vector format a file name asks for, and whether that keeps polygons whole."""

from __future__ import annotations

import os
from functools import cache
from typing import NamedTuple

from osgeo import gdal, ogr, osr

from ..errors import OutputError
from ..raster.memoryfolder import memory_folder
from ..sources import quiet_gdal

PREFERRED = {
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".geojsonl": "GeoJSONSeq",
    ".gml": "GML",
    ".kml": "KML",
    ".sqlite": "SQLite",
}
KNOWN = (".gpkg", ".shp", ".geojson", ".json", ".fgb", ".sqlite", ".gml", ".kml", ".tab", ".geojsonl")
NOT_DATA = ("PDF", "PDS4", "VICAR")
SEVERAL = ("GPKG", "SQLite")  # a file holds many layers, of which one can be replaced
TYPES = {int: ogr.OFTInteger64, float: ogr.OFTReal, str: ogr.OFTString}
SQUARE = "POLYGON ((9 48,9 49,10 49,10 48,9 48),(9.4 48.4,9.6 48.4,9.6 48.6,9.4 48.6,9.4 48.4))"
SAMPLE = {"class": 254, "name": "Wälder", "area_m2": 1234567.25}


class VectorFormat(NamedTuple):
    """A driver, the endings of the files that it makes, and whether others' layers in a file can stay."""

    driver: str
    endings: tuple
    several: bool


def vector_format(path: str) -> VectorFormat:
    """The format that a file name asks for; refuses one that GDAL does not write, or that does not keep polygons
    with a hole and numbers, texts and fractions: two are written and read again."""
    ending = os.path.splitext(path)[1].lower()
    found = _format_of(ending)
    if found is None:
        known = ", ".join(each for each in KNOWN if _format_of(each))
        raise OutputError(f"Cannot write polygons to {path}: its name must end in one of {known}.")
    return found


def create_layer(dataset: gdal.Dataset, name: str, reference, fields: dict) -> ogr.Layer:
    """A layer of polygons; ``fields`` is {name: int, float or str}."""
    driver = dataset.GetDriver().ShortName
    options = ["SPATIAL_INDEX=NO"] if driver == "GPKG" else []
    layer = dataset.CreateLayer(name, reference, ogr.wkbPolygon, options)
    if layer is None:
        raise RuntimeError(gdal.GetLastErrorMsg() or "the format refuses a layer")
    for field, kind in fields.items():
        definition = ogr.FieldDefn(field, TYPES[kind])
        if kind is int and driver == "ESRI Shapefile":
            definition.SetWidth(18)
        layer.CreateField(definition)
    return layer


@cache
def _format_of(ending: str) -> VectorFormat | None:
    if ending == ".":  # some drivers have no ending of their own
        return None
    drivers = [gdal.GetDriver(number) for number in range(gdal.GetDriverCount())]
    drivers.sort(key=lambda driver: driver.ShortName != PREFERRED.get(ending))
    for driver in drivers:
        vector = driver.GetMetadataItem("DCAP_VECTOR") and driver.GetMetadataItem("DCAP_CREATE")
        own = ending == _own_ending(driver) and driver.ShortName not in NOT_DATA
        if vector and (own or driver.ShortName == PREFERRED.get(ending)):
            made = _survive(driver, ending)
            if made is not None:
                return VectorFormat(driver.ShortName, made, driver.ShortName in SEVERAL)
    return None


def _own_ending(driver: gdal.Driver) -> str:
    """The first of a driver's endings; newer GDALs name only all of them, where there are several."""
    several = (driver.GetMetadataItem("DMD_EXTENSIONS") or "").split()
    return "." + (driver.GetMetadataItem("DMD_EXTENSION") or next(iter(several), ""))


def _survive(driver: gdal.Driver, ending: str) -> tuple | None:
    """The endings of the files that the driver makes of two polygons; None if something of them is lost."""
    with quiet_gdal(), memory_folder() as folder:
        try:
            _write_sample(driver, f"{folder}/copy{ending}")
            dataset = gdal.OpenEx(f"{folder}/copy{ending}", gdal.OF_VECTOR)
            one = not gdal.VSIStatL(f"{folder}/copy{ending}").IsDirectory()
            whole = one and dataset is not None and _is_whole(dataset.GetLayer(0))
            del dataset
            return tuple(sorted(name[4:] for name in gdal.ReadDir(folder))) if whole else None
        except (
            RuntimeError,
            AttributeError,
            LookupError,
            TypeError,
            ValueError,
        ):  # of what is not there, too
            return None


def _write_sample(driver: gdal.Driver, path: str) -> None:
    reference = osr.SpatialReference()
    reference.SetWellKnownGeogCS("WGS84")
    reference.SetAxisMappingStrategy(osr.OAMS_TRADITIONAL_GIS_ORDER)
    dataset = driver.Create(path, 0, 0, 0, gdal.GDT_Unknown)
    layer = create_layer(dataset, "copy", reference, {name: type(value) for name, value in SAMPLE.items()})
    for _ in range(2):
        feature = ogr.Feature(layer.GetLayerDefn())
        feature.SetGeometryDirectly(ogr.CreateGeometryFromWkt(SQUARE))
        for name, value in SAMPLE.items():
            feature.SetField(name, value)
        layer.CreateFeature(feature)
    dataset.FlushCache()


def _is_whole(layer: ogr.Layer) -> bool:
    shape, n = ogr.CreateGeometryFromWkt(SQUARE), 0
    for feature in layer:
        n += 1
        values = {name: type(value)(feature.GetField(name)) for name, value in SAMPLE.items()}
        geometry = feature.GetGeometryRef()
        if values != SAMPLE or geometry.SymmetricDifference(shape).Area() > 1e-6:
            return False
    return n == 2 and layer.GetSpatialRef() is not None
