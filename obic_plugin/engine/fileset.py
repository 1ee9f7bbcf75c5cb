"""Which files a data set is made of: those that GDAL lists, those its name tells, and what it refers to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

APPENDED = (".aux.xml", ".ovr", ".msk", ".ovr.aux.xml", ".msk.ovr")  # GDAL's, after a raster's name
DATABASE = ("-wal", "-shm", "-journal")  # SQLite's, after a GeoPackage's
PARTS = {".gml": (".xsd", ".gfs")}  # that GDAL does not list, in place of the ending
STYLE = ".qml"  # QGIS's, in place of the ending
MOST_NAME, MOST_BORDERS = 4096, 64  # of a text that may name a file
MOST_OPENED = 500  # sources of a mosaic; of further ones the names alone count
# of one file, which takes long to open
SINGLE = ("GeoJSON", "GeoJSONSeq", "TopoJSON", "CSV", "KML", "LIBKML", "FlatGeobuf", "GPKG", "SQLite")
_BORDERS = re.compile(r"""[:,;"'<>{}()|?=]|/vsi\w+/|/""")


def parts(path: str) -> list:
    """The files that belong to the data set at ``path`` and to nothing else; none where there is no such file.

    Those that GDAL lists count if they bear its name: the sources of a mosaic are their owner's.
    """
    named = [path + ending for ending in ("", *APPENDED, *DATABASE)]
    if not os.path.isfile(path):
        return [each for each in named if os.path.lexists(each)]
    stem = os.path.normcase(os.path.splitext(os.path.abspath(path))[0] + ".")
    listed = [each for each in _listed(path) if os.path.normcase(os.path.abspath(each)).startswith(stem)]
    beside = (STYLE, *PARTS.get(os.path.splitext(path)[1].lower(), ()))
    named += [*(stem_of(path) + ending for ending in beside), *listed]
    return [each for each in dict.fromkeys(named) if os.path.lexists(each)]


def settled(path: str) -> str:
    """Where a path leads: a link stays, and what it points to is written."""
    path = os.path.abspath(path)
    return os.path.realpath(path) if os.path.islink(path) else path


def stem_of(path: str) -> str:
    """A path without the ending of its name."""
    return os.path.splitext(path)[0]


def files_read(source: str) -> list:
    """All files that are read with a source of GDAL or OGR: itself, the sources of a mosaic and theirs, the archive
    or GeoPackage that it lies in, and what belongs to each."""
    from .sources import LayerSource

    found, waiting = {}, files_named(LayerSource.parse(source).path)
    listed: list = []
    while waiting:
        path = os.path.realpath(waiting.pop())
        if path not in found:
            found[path] = True
            waiting += [name for other in _described(path) for name in files_named(other)]
            listed += [] if len(found) > MOST_OPENED else _listed(path)
    beside = [path + ending for path in found for ending in (*APPENDED, *DATABASE)]
    return list(dict.fromkeys([*found, *listed, *filter(os.path.lexists, beside)]))


def files_named(text: str) -> list:
    """Every file whose path stands in a text such as ``GPKG:/a/b.gpkg:table`` or ``/vsizip//a/b.zip/c.tif``.

    >>> import tempfile
    >>> with tempfile.NamedTemporaryFile() as file:
    ...     files_named(f"GTIFF_DIR:2:{file.name}") == [file.name]
    True
    """
    if os.path.isfile(text):
        return [text]
    if len(text) > MOST_NAME:
        return []
    borders = list(_BORDERS.finditer(text))
    if len(borders) > MOST_BORDERS:
        return []
    starts = [0, *(m.end() for m in borders), *(m.start() for m in borders if m[0] == "/")]
    ends = [*(m.start() for m in borders), *(m.end() for m in borders), len(text)]
    spans = {(a, b) for a in starts for b in ends if a < b}
    found = {text[a:b] for a, b in spans if not text[a:b].endswith("/")}
    return sorted(each for each in found if os.path.isfile(each))


def any_same(path: str, others: Iterable) -> bool:
    """Whether a path leads to one of the others: by its name, its case ignored, or by device and inode."""
    others, mine = list(others), identity(path)
    return bool(mine & set().union(*(identity(other) for other in others)))


def identity(path: str) -> set:
    """What two paths have in common if they are one file: the name, whatever its case, or the place on the disk."""
    real = os.path.realpath(path)
    found = {real.casefold()}
    try:
        status = os.stat(real)
    except OSError:
        return found
    return found | ({(status.st_dev, status.st_ino)} if status.st_ino else set())


def _listed(path: str) -> list:
    """The files that GDAL lists for one; nothing where it does not know it."""
    from osgeo import gdal

    from .sources import quiet_gdal

    with quiet_gdal():
        try:
            driver = gdal.IdentifyDriverEx(path, gdal.OF_RASTER | gdal.OF_VECTOR)
            if driver is None or driver.ShortName in SINGLE:
                return []
            dataset = gdal.OpenEx(path, gdal.OF_RASTER | gdal.OF_VECTOR)
            return [] if dataset is None else dataset.GetFileList() or []
        except RuntimeError:
            return []


def _described(path: str) -> list:
    """The files that a description of other files names, by their full names and by those beside it."""
    from .sources import named_in

    beside = os.path.dirname(path)
    return [each for name in named_in(path, path) for each in (name, os.path.join(beside, name))]
