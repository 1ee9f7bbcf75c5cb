"""Odd places for outputs: the user's inputs under other names, what is no file, what belongs to others."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from pathlib import Path

from osgeo import gdal

from .odd import Odd, Place, Skipped, constant
from .vectors import USUAL, boxes, layer

ENDINGS = (
    "",
    ".",
    ".tif",
    ".png",
    ".jpg",
    ".jp2",
    ".img",
    ".vrt",
    ".asc",
    ".nc",
    ".gpkg",
    ".shp",
    ".geojson",
)
ENDINGS += (
    ".gml",
    ".fgb",
    ".sqlite",
    ".csv",
    ".dbf",
    ".json",
    ".html",
    ".safetensors",
    ".zip",
    ".TIF",
    ".tif.gz",
)
SIDES = (".aux.xml", ".ovr", ".msk", ".qml")


def _inputs_of(place: Place) -> list:
    """The files that are read."""
    values = [value for value in place.settings.values() if isinstance(value, str)]
    return [value for value in values if value.startswith(str(place.inputs)) and os.path.isfile(value)]


def _an_input(place: Place) -> str:
    return place.random.choice(_inputs_of(place))


def _linked(link: Callable) -> Callable:
    def make(place: Place) -> str:
        path = place.outputs / f"link{Path(str(place.good)).suffix}"
        link(_an_input(place), path)
        return str(path)

    return make


def _side(ending: str) -> Callable:
    """A file beside an input that belongs to it."""

    def make(place: Place) -> str:
        path = _an_input(place)
        side = path + ending if ending != ".qml" else os.path.splitext(path)[0] + ending
        Path(side).write_text("<PAMDataset></PAMDataset>" if ending == ".aux.xml" else "<qgis/>")
        return side

    return make


def _behind(driver: str, ending: str, name: str) -> Callable:
    """The file that an input of another format is made of: ``name`` says which of them."""

    def make(place: Place) -> str:
        source = _an_input(place)
        if gdal.OpenEx(source, gdal.OF_RASTER) is None or gdal.OpenEx(source, gdal.OF_VECTOR) is not None:
            source = next((p for p in _inputs_of(place) if p.endswith(".tif")), source)
        parameter = next(key for key, value in place.settings.items() if value == source)
        path = str(place.inputs / f"behind{ending}")
        gdal.Translate(path, source, format=driver)
        place.settings[parameter] = name.format(path=path)
        return source if driver == "VRT" else path

    return make


def _shape_part(part: str) -> Callable:
    """A part of a shapefile that is read as mask or reference."""

    def make(place: Place) -> str:
        path = layer(str(place.inputs / "shape.shp"), boxes(), USUAL)
        layers = [key for key, value in place.settings.items() if str(value).endswith("places.gpkg")]
        if not layers:
            raise Skipped("a run without a layer of vectors has no parts of one to lose")
        place.settings[layers[0]] = path
        return str(place.inputs / f"shape.{part}")

    return make


def _another_output(change: Callable) -> Callable:
    """What belongs to another output of the run, or to the file that stands there."""

    def make(place: Place) -> str:
        others = [
            value
            for name, value in place.settings.items()
            if name.startswith("output") and name != place.name and isinstance(value, str) and value
        ]
        return change(place.random.choice(others or [str(place.good)]))

    return make


def _folder(place: Place) -> str:
    path = place.outputs / f"folder{Path(str(place.good)).suffix}"
    path.mkdir()
    (path / "mine.txt").write_text("mine")
    return str(path)


def _pipe(place: Place) -> str:
    os.mkfifo(place.outputs / "pipe.tif")
    return str(place.outputs / "pipe.tif")


def _socket(place: Place) -> str:
    path = str(place.outputs / "s")
    if len(path) < 100:
        socket.socket(socket.AF_UNIX).bind(path)
    return path


def _write_protected(place: Place) -> str:
    path = str(place.good)
    if not os.path.isdir(path):
        Path(path).write_bytes(b"mine, and not to be written to")
        os.chmod(path, 0o444)
        place.keep(path)
    return path


def _package(place: Place) -> str:
    """A GeoPackage of the user's that holds another layer."""
    path = layer(str(place.outputs / "package.gpkg"), boxes(), USUAL)

    def check() -> str:
        dataset = gdal.OpenEx(path, gdal.OF_VECTOR) if os.path.isfile(path) else None
        found = dataset and dataset.GetLayerByName("places")
        return "" if found and found.GetFeatureCount() == 4 else "lost: layer places of package.gpkg"

    place.checks.append(check)
    return path


def _beside(name: str, output: str, content: bytes = b"mine") -> Callable:
    """A file of the user's whose name makes it look like a part of the output."""

    def make(place: Place) -> str:
        (place.outputs / name).write_bytes(content)
        place.keep(str(place.outputs / name))
        return str(place.outputs / output)

    return make


def _named(name: str) -> Odd:
    return Odd(f"an output called {name[:30]!r}", lambda place: str(place.outputs / name))


def _ended(ending: str) -> Odd:
    return Odd(f"an output that ends in {ending!r}", lambda place: str(place.outputs / f"other{ending}"))


def _foreign(content: bytes) -> Callable:
    def make(place: Place) -> str:
        if not os.path.isdir(str(place.good)):
            Path(str(place.good)).write_bytes(content)
        return place.good

    return make


def _within_link(place: Place) -> str:
    """Another way to the folder of the inputs."""
    os.symlink(place.inputs, place.outputs / "way")
    return str(place.outputs / "way" / os.path.basename(_an_input(place)))


def _moved(place: Place) -> str:
    os.symlink(place.outputs / "gone.tif", place.outputs / "link.tif")
    return str(place.outputs / "link.tif")


def _copied(place: Place) -> str:
    """An old file that holds an input's content, but is none."""
    if not os.path.isdir(str(place.good)):
        shutil.copy(_an_input(place), str(place.good))
    return place.good


def outputs(spec) -> list:
    """Every odd output."""
    odd = [
        Odd("an input as output", _an_input),
        Odd("a hard link to an input as output", _linked(os.link)),
        Odd("a link to an input as output", _linked(os.symlink)),
        Odd("an input by another way as output", _within_link),
        Odd("the source of a VRT as output", _behind("VRT", ".vrt", "{path}")),
        Odd("the package of an input as output", _behind("GPKG", ".gpkg", "GPKG:{path}:behind")),
        Odd("the file of an input's image as output", _behind("GTiff", ".tif", "GTIFF_DIR:1:{path}")),
        Odd("the file of an input's part as output", _behind("GTiff", ".tif", "/vsisubfile/0,{path}")),
        Odd("another output", _another_output(lambda path: path)),
        Odd("another output's side file", _another_output(lambda path: path + ".aux.xml")),
        Odd("another output's overviews", _another_output(lambda path: path + ".ovr")),
        Odd("another output's style", _another_output(lambda path: os.path.splitext(path)[0] + ".qml")),
        Odd(
            "another output in other letters", _another_output(lambda path: path.replace("/out/", "/out/./"))
        ),
        Odd("a folder as output", _folder),
        Odd("a FIFO as output", _pipe),
        Odd("a socket as output", _socket),
        Odd("a write-protected output", _write_protected),
        Odd("a package with another layer as output", _package),
        Odd("a lone .dbf beside the output", _beside("lone.dbf", "lone.shp")),
        Odd("a lone .prj beside the output", _beside("lone.prj", "lone.shp")),
        Odd("a foreign text as output", _foreign(b"a letter to my aunt\n")),
        Odd("an empty file as output", _foreign(b"")),
        Odd("a copy of an input as output", _copied),
        Odd("a link to nothing as output", _moved),
        Odd("an output in a missing folder", lambda place: str(place.outputs / "no such" / "o.tif")),
        Odd("an output in a file", lambda place: f"{_an_input(place)}/o.tif"),
        Odd("the folder of the inputs", lambda place: str(place.inputs)),
    ]
    odd += [Odd(f"an input's {ending} as output", _side(ending)) for ending in SIDES]
    odd += [Odd(f"a mask's .{part} as output", _shape_part(part)) for part in ("dbf", "shx", "prj", "shp")]
    names = (
        "back\\slash.tif",
        "a b.tif",
        "土地.tif",
        "two\nlines.tif",
        "x" * 250 + ".tif",
        "x" * 300 + ".tif",
    )
    names += (
        "a'b\"c.tif",
        "a|layername=b.tif",
        ".tif",
        "..tif",
        "-o.tif",
        "100%s.tif",
        "sub/",
        "a.b.c.tif",
        "[a]*?.tif",
    )
    odd += [_named(name) for name in names] + [_ended(ending) for ending in ENDINGS]
    odd += [
        constant(f"the output {value!r}", value)
        for value in (
            "/dev/null",
            "/dev/full",
            "/proc/version",
            "/vsimem/o.tif",
            "/vsizip/o.zip/o.tif",
            "/vsicurl/http://127.0.0.1:9/o.tif",
            "http://127.0.0.1:9/o.tif",
            "PG:dbname=x",
            "",
            "a\0b.tif",
            "/",
            ".",
            "..",
        )
    ]
    return odd + [constant(f"the output {value!r}", value) for value in (7, [], {}, True, None)]
