"""Odd layers of polygons: their fields, their shapes, where they lie, and how they are damaged."""

from __future__ import annotations

import math
import os
import shutil
from collections.abc import Callable
from pathlib import Path

from osgeo import gdal, ogr, osr

from .damage import DAMAGES
from .odd import Odd, Place
from .paths import PATHS

X, Y = 500000.0, 5400000.0
FORMATS = {"gpkg": "GPKG", "geojson": "GeoJSON", "shp": "ESRI Shapefile", "fgb": "FlatGeobuf", "gml": "GML"}
BOX = f"POLYGON(({X} {Y},{X + 200} {Y},{X + 200} {Y - 200},{X} {Y - 200},{X} {Y}))"
FIELDS = {"class": ogr.OFTInteger64, "number": ogr.OFTReal, "text": ogr.OFTString, "empty": ogr.OFTString}


def layer(path: str, shapes: list, rows: list, code: int = 32632, kind=ogr.wkbUnknown, fields=FIELDS) -> str:
    """Write a layer of WKT shapes and rows of (class, number, text), or of the values of other ``fields``."""
    driver = next(FORMATS[e] for e in FORMATS if path.endswith(e))
    dataset = gdal.GetDriverByName(driver).Create(path, 0, 0, 0, gdal.GDT_Unknown)
    reference = osr.SpatialReference()
    if code:
        reference.ImportFromEPSG(code)
    found = dataset.CreateLayer("places", reference if code else None, kind)
    for name, field in fields.items():
        found.CreateField(ogr.FieldDefn(name, field))
    for shape, row in zip(shapes, rows):
        feature = ogr.Feature(found.GetLayerDefn())
        for name, value in zip(fields, row):
            if value is not None:
                feature.SetField(name, value)
        feature.SetGeometry(ogr.CreateGeometryFromWkt(shape) if shape else None)
        found.CreateFeature(feature)
    del found
    dataset.FlushCache()
    return path


def boxes() -> list:
    """Four squares, of 150 m each."""
    corners = [(X + 20 + 250 * col, Y - 20 - 250 * row) for row in range(2) for col in range(2)]
    return [f"POLYGON(({x} {y},{x + 150} {y},{x + 150} {y - 150},{x} {y - 150},{x} {y}))" for x, y in corners]


def rows(*values) -> list:
    """For each value a row whose class, number and text is it, as far as it can be."""
    return [
        (
            value if isinstance(value, int) else None,
            float(value) if not isinstance(value, str) else None,
            str(value),
        )
        for value in values
    ]


USUAL = rows(1, 2, 3, 2)


def valued(name: str, *values) -> Odd:
    return Odd(f"classes {name}", lambda place: layer(place.new("odd.gpkg"), boxes(), rows(*values)))


def shaped(name: str, *shapes, code: int = 32632, ending: str = "gpkg") -> Odd:
    return Odd(
        f"shapes {name}",
        lambda place: layer(place.new(f"odd.{ending}"), list(shapes), USUAL * (1 + len(shapes) // 4), code),
    )


def _without(part: str) -> Callable:
    def make(place: Place) -> str:
        path = layer(place.new("odd.shp"), boxes(), USUAL, kind=ogr.wkbPolygon)
        os.remove(place.new(f"odd.{part}"))
        return path

    return make


def _side_damaged(part: str) -> Callable:
    def make(place: Place) -> str:
        path = layer(place.new("odd.shp"), boxes(), USUAL, kind=ogr.wkbPolygon)
        place.random.choice(list(DAMAGES.values()))(place.new(f"odd.{part}"), place.random)
        return path

    return make


def formatted(ending: str, damage: str) -> Odd:
    """A good layer of another format, whole or damaged."""

    def make(place: Place) -> str:
        path = place.new(f"odd.{ending}")
        layer(path, boxes(), USUAL, kind=ogr.wkbPolygon)
        if damage:
            DAMAGES[damage](path, place.random)
        return path

    return Odd(f"{damage} layer of {FORMATS[ending]}".strip(), make, varied=bool(damage))


def _text(ending: str, text: str) -> Callable:
    def make(place: Place) -> str:
        Path(place.new(f"odd.{ending}")).write_text(text)
        return place.new(f"odd.{ending}")

    return make


def _two_layers(place: Place) -> str:
    path = layer(place.new("odd.gpkg"), boxes(), USUAL)
    copy = shutil.copy(path, place.new("second.gpkg"))
    gdal.VectorTranslate(path, copy, accessMode="update", layerName="second")
    return path


ODD_SHAPES = [
    shaped("none"),
    shaped("empty", "POLYGON EMPTY", "MULTIPOLYGON EMPTY", "GEOMETRYCOLLECTION EMPTY"),
    shaped("null", None, None),
    shaped("points", f"POINT({X + 50} {Y - 50})", f"POINT({X + 300} {Y - 300})"),
    shaped("lines", f"LINESTRING({X} {Y},{X + 300} {Y - 300})"),
    shaped("a mixture", BOX, f"POINT({X + 50} {Y - 50})", f"GEOMETRYCOLLECTION({BOX})"),
    shaped("bow tie", f"POLYGON(({X} {Y},{X + 300} {Y - 300},{X + 300} {Y},{X} {Y - 300},{X} {Y}))"),
    shaped("no area", f"POLYGON(({X} {Y},{X} {Y},{X} {Y},{X} {Y}))"),
    shaped("endless", f"POLYGON(({X} {Y},1e308 {Y},1e308 -1e308,{X} -1e308,{X} {Y}))"),
    shaped("NaN", f"POLYGON((nan nan,{X + 9} {Y},{X} {Y - 9},nan nan))"),
    shaped(
        "with heights", "POLYGON Z((500000 5400000 1,500200 5400000 1,500200 5399800 1,500000 5400000 1))"
    ),
    shaped("curved", f"CURVEPOLYGON(CIRCULARSTRING({X} {Y},{X + 200} {Y - 200},{X} {Y}))"),
    shaped("far away", "POLYGON((0 0,1 0,1 1,0 0))"),
    shaped("in degrees", "POLYGON((8.9 48.7,9.1 48.7,9.1 48.8,8.9 48.8,8.9 48.7))", code=4326),
    shaped("beyond the pole", "POLYGON((0 95,1 95,1 99,0 95))", code=4326),
    shaped("without a CRS", BOX, code=0),
    shaped("very many", *([BOX] * 3000)),
]
NAN_JSON = (
    '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"class":NaN,"number":1e999},'
)
NAN_JSON += '"geometry":{"type":"Polygon","coordinates":[[[NaN,1],[2,3],[4,5],[NaN,1]]]}}]}'


def vectors(spec) -> list:
    """Every odd layer."""
    odd = [
        Odd("good layer", lambda place: layer(place.new("odd.gpkg"), boxes(), USUAL)),
        valued("NaN", math.nan, 1, 2, 3),
        valued("infinite", math.inf, -math.inf, 2, 3),
        valued("beyond 2^31", 2**31, 2**40, 2**62, 1),
        valued("negative and 0", 0, -1, -(2**31), 1),
        valued("fractions", 0.5, 1.5, 1e300, 1e-300),
        valued("text", "water", "", " ", "土地"),
        valued("long text", "x" * 100_000, "a\nb", "=1+1", "<b>"),
        valued("numbers as text", "1", "01", "1.0", "1e400"),
        Odd("classes null", lambda place: layer(place.new("odd.gpkg"), boxes(), [(None, None, None)] * 4)),
        Odd("two layers", _two_layers),
        Odd("no layer of two", lambda place: f"{_two_layers(place)}|layername=third"),
        Odd("the second of two layers", lambda place: f"{_two_layers(place)}|layername=second"),
        Odd("numbered layer", lambda place: f"{_two_layers(place)}|layerid=1"),
        Odd("NaN in JSON", _text("geojson", NAN_JSON)),
        Odd("nested JSON", _text("geojson", '{"a":' * 50_000)),
        Odd("null JSON", _text("geojson", "null")),
        Odd("a table of WKT", _text("csv", f'id,WKT,class\n1,"{BOX}",2\n2,"POLYGON((",x\n')),
    ]
    odd += [Odd(f"shapefile without .{part}", _without(part)) for part in ("shx", "dbf", "prj")]
    odd += [Odd(f"shapefile with damaged .{p}", _side_damaged(p), varied=True) for p in ("shx", "dbf", "prj")]
    odd += [formatted(ending, damage) for ending in FORMATS for damage in ("", *DAMAGES)]
    return [*odd, *ODD_SHAPES, *PATHS]
