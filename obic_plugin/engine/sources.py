"""Where data come from: files of this computer. Nothing is fetched, and nothing is read from bare memory.

A name that a project, a description of other files (a VRT) or a colleague holds must not make a run call anybody:
`refuse_foreign` looks at all inputs of a method before any work, `open_source` has GDAL open them with those drivers
only that stay on this computer, and within `quiet_gdal` GDAL has no way to a network at all.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from osgeo import gdal, ogr

from .errors import InputError
from .params import Params, named_by, specs
from .progress import Progress
from .values import INPUTS
from .wording import count

SWITCH = "allow_network"  # the parameter that opens the door
MOST_BYTES = 200_000_000  # of a description of other files
HEAD_BYTES = 4096

_ADDRESS = re.compile(
    r"/vsi(curl|s3|gs|az|adls|oss|swift|hdfs|webhdfs)(_streaming)?([/?]|$)"
    r"|(?<![\w.])(https?|ftps?|sftp|s3a?|gs|az|abfss?|adls?|oss|swift|hdfs|webhdfs|ecwps?|jpips?|wss?|postgres(ql)?"
    r"|mysql|mongodb(\+srv)?)://",
    re.IGNORECASE,
)
_SERVICE = re.compile(  # what GDAL takes for a server or a database when a name begins with it
    r"\s*(WMS|WMTS|WCS|WFS3?|OAPIF(_COLLECTION)?|OGCAPI|CSW|GeoRSS|PG|PostgreSQL|PGeo|MySQL|MSSQL|OCI|ODBC|GeoR|GeoRaster"
    r"|HANA|Ingres|SDE|DODS|DAAS|EEDAI?|PLMosaic|PLScenes|NGW|Carto(DB)?|AmigoCloud|CouchDB|Cloudant|ES|MongoDB(v3)?"
    r"|RDA|STACIT|STACTA|JPIP|GFT|ADBC|Snowflake|Rasdaman)\s*:|\s*rasdaman\s+",
    re.IGNORECASE,
)
_POINTER = re.compile(r"\b0x[0-9a-f]{6,},?", re.IGNORECASE)
_BARE = re.compile(r"\s*MEM:|/vsistdin", re.IGNORECASE)  # an address in memory; a pipe that may never end
_DESCRIPTION = re.compile(
    r"<(VRTDataset|OGRVRTDataSource|GDALTileIndexDataset|PAMDataset|MRF_META)[\s>]", re.IGNORECASE
)
_SERVER = re.compile(
    r"<(GDAL_WMS|GDAL_WMTS|WCS_GDAL|OGRWFSDataSource|OGRCSWDataSource|WMT_MS_Capabilities|TileMapService"
    r"|WMS_Tile_Service|(WMS_|\w+:)?Capabilities)[\s>/]",
    re.IGNORECASE,
)
_NAMES_A_FILE = {"sourcefilename", "sourcedataset", "srcdatasource", "indexdataset", "x_dataset", "y_dataset"}
_NAMES_A_FILE |= {"overview_file", "dempath", "rpc_dem", "source", "datafile"}
_SCHEME = re.compile(r"\s*vrt://([^?]*)", re.IGNORECASE)
_OF_A_NETWORK = """
    WMS WMTS WCS WFS OAPIF OGCAPI CSW HTTP GeoRSS DAAS DODS RDA EEDA EEDAI PLMOSAIC PLSCENES NGW Carto AmigoCloud
    CouchDB Cloudant Elasticsearch MongoDBv3 GFT PostgreSQL PostGISRaster MySQL MSSQLSpatial OCI ODBC GeoRaster HANA
    Ingres SDE STACIT STACTA JPIPKAK Rasdaman ADBC OGR_OGDI GPSBabel
"""
NETWORK_DRIVERS = frozenset(_OF_A_NETWORK.split())
# a proxy at which nobody answers stops whatever goes by HTTP; the second one names no ending of a file there is
_CLOSED = {
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTPS_PROXY": "127.0.0.1:9",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}",
    "GML_DOWNLOAD_SCHEMA": "NO",
}
_open_doors: list = []  # an entry for each run that may use a network


class LayerSource(NamedTuple):
    """What GDAL or OGR opens, and which of its layers is meant: the first where none is named.

    QGIS writes it as one text, perhaps with more options behind.

    >>> LayerSource.parse("land.gpkg|layername=woods|subset=age > 9")
    LayerSource(path='land.gpkg', layer='woods')
    >>> LayerSource("land.gpkg", "woods").text, LayerSource("land.gpkg").text
    ('land.gpkg|layername=woods', 'land.gpkg')
    """

    path: str
    layer: str = ""

    @classmethod
    def parse(cls, text: str) -> LayerSource:
        path, *options = text.split("|")
        names = (option.partition("=")[2] for option in options if option.startswith("layername="))
        return cls(path, next(names, ""))

    @property
    def text(self) -> str:
        return f"{self.path}|layername={self.layer}" if self.layer else self.path

    @property
    def file_name(self) -> str:
        """The name of the file without its folder; all of what has none."""
        return os.path.basename(self.path) or self.path

    def layer_of(self, dataset: gdal.Dataset) -> ogr.Layer | None:
        """The layer that is meant, of what has been opened; None where there is none such."""
        return dataset.GetLayerByName(self.layer) if self.layer else dataset.GetLayer(0)


@contextmanager
def quiet_gdal() -> Iterator:
    """GDAL's own error lines go nowhere (its failures are turned into `ObicError` by the caller), and, in this thread
    and unless a run was allowed to, nor do its calls leave this computer."""
    closed = {} if _open_doors else {key: gdal.GetThreadLocalConfigOption(key) for key in _CLOSED}
    for key in closed:
        gdal.SetThreadLocalConfigOption(key, _CLOSED[key])
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        yield
    finally:
        gdal.PopErrorHandler()
        for key, before in closed.items():
            gdal.SetThreadLocalConfigOption(key, before)


@contextmanager
def door(params: Params, progress: Progress) -> Iterator:
    """Refuse the inputs of a run that are not files of this computer; within the block none other can be opened."""
    allowed = bool(getattr(params, SWITCH, False))
    for spec in specs(type(params)):
        if spec.kind in INPUTS:
            for name in named_by(getattr(params, spec.name, None)):
                refuse_foreign(name, spec.label, allowed, progress)
    with network(allowed):
        yield


@contextmanager
def network(allowed: bool) -> Iterator:
    """Within the block GDAL may use a network, if that is ``allowed``."""
    if not allowed:
        yield
        return
    _open_doors.append(None)
    try:
        yield
    finally:
        _open_doors.pop()


def refuse_foreign(source: str, label: str, allowed: bool = False, progress: Progress | None = None) -> None:
    """Refuse what would be fetched unless that is ``allowed``, and what no file holds in any case.

    ``source`` is what GDAL or OGR opens, ``path|layername=name`` too; what a description of other files names is
    looked at as well, and what that names in turn.
    """
    waiting, seen = [LayerSource.parse(source).path], set()
    while waiting:
        if progress is not None:
            progress.at(0.0)
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        short = name if len(name) <= 200 else f"{name[:200]}…"
        what = f"{label} is {short}" if len(seen) == 1 else f"{label} ({source[:200]}) is made from {short}"
        if not allowed and _is_remote(name):
            raise InputError(
                f"{what}, which is not a file on this computer, and nothing is fetched from a network. Save it as a"
                " GeoTIFF or a GeoPackage and choose that, or tick Allow network among the advanced parameters."
            )
        if _BARE.search(name) or _is_pipe(name):
            raise InputError(f"{what}, which is no file. Choose a file.")
        waiting += named_in(name, what)


def open_source(source: str, flags: int, **options) -> gdal.Dataset | None:
    """What GDAL opens as raster or vector (``flags``) on this computer; None where it cannot."""
    with quiet_gdal():
        gdal.ErrorReset()
        try:
            return gdal.OpenEx(source, flags, allowed_drivers=_drivers(), **options)
        except RuntimeError:
            return None


def why_not(source: str) -> str:
    """Why `open_source` has failed, as the end of a sentence that begins with what was to be opened."""
    said = said_by_gdal()
    with quiet_gdal():
        found = gdal.VSIStatL(source)
    if found is None and not re.match(r"\s*[<{]|\s*[A-Za-z]\w+:", source):
        return "there is no such file. Check its name and its folder"
    if os.path.isfile(source) and not os.access(source, os.R_OK):
        return "you are not allowed to read it. Change its permissions, or choose a copy"
    if found is not None and found.IsDirectory():
        return "it is a folder that holds none as a whole. Choose a file in it"
    if found is not None and found.size == 0:
        return "it is empty (0 bytes). Get it anew"
    if open_source(source, gdal.OF_VECTOR) is not None:
        return "it holds features of a vector layer or a table. Choose a raster"
    if open_source(source, gdal.OF_RASTER) is not None:
        return "it is a raster. Choose a vector layer"
    return f"{said or 'it is damaged, or of a format that GDAL does not know'}. Choose another file, or get it anew"


def named_in(name: str, what: str) -> list:
    """The names in a description of other files (a mosaic is one), and in what GDAL keeps beside a file; none where it
    is neither. Read as text, so that nothing is fetched; ``what`` begins the refusal of one that is too long."""
    shorthand = _SCHEME.match(name)
    if shorthand:
        return [shorthand[1]]
    beside = f"{name}.aux.xml"
    found = _names(beside, "") if _DESCRIPTION.search(_head(beside)) else []
    if name.lstrip().startswith("<"):
        return _names_of_text(name, "")
    return found + (_names(name, what) if _DESCRIPTION.search(_head(name)) else [])


def said_by_gdal() -> str:
    """GDAL's words on what has failed last, as a part of a sentence; without addresses in memory."""
    return _POINTER.sub("", gdal.GetLastErrorMsg()).replace("\n", " ").strip(" .")


def _drivers() -> list:
    """Names of the drivers that stay on this computer, or of all where a network is allowed."""
    without = {"MEM"} if _open_doors else NETWORK_DRIVERS | {"MEM"}
    names = (gdal.GetDriver(index).ShortName for index in range(gdal.GetDriverCount()))
    return [name for name in names if name not in without]


def _is_remote(name: str) -> bool:
    if name.lstrip().startswith("<"):
        return bool(_SERVER.search(name[:HEAD_BYTES]))
    return bool(_ADDRESS.search(name) or _SERVICE.match(name) or _SERVER.search(_head(name)))


def _is_pipe(name: str) -> bool:
    """Whether a name is that of a pipe, a socket or a device: to open it may take forever."""
    try:
        mode = os.stat(name).st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _names(path: str, what: str) -> list:
    text = _read(path, MOST_BYTES + 1)
    if len(text) > MOST_BYTES:
        raise InputError(
            f"{what}, a description of other files of more than {count(MOST_BYTES)} bytes. Split it."
        )
    return _names_of_text(text, os.path.dirname(path))


def _names_of_text(text: str, folder: str) -> list:
    with quiet_gdal():
        try:
            tree = gdal.ParseXMLString(text.lstrip("\ufeff"))
        except RuntimeError:
            tree = None
    found, waiting = [], [tree or []]
    while waiting:
        node = waiting.pop()
        children = [child for child in node[2:] if isinstance(child, list)]
        waiting += children
        if len(node) < 2 or node[0] != gdal.CXT_Element:
            continue
        attributes = {child[1].lower(): child[2][1] for child in children if child[0] == gdal.CXT_Attribute}
        tag = (
            attributes.get("key", attributes.get("name", ""))
            if node[1].lower() in ("mdi", "option")
            else node[1]
        )
        if tag.lower() in _NAMES_A_FILE:
            value = "".join(child[1] for child in children if child[0] == gdal.CXT_Text).strip()
            relative = attributes.get("relativetovrt", "0") not in ("0", "")
            found.append(os.path.join(folder, value) if relative else value)
    return [name.partition(":::BASE:::")[2] or name for name in found if name]


def _head(name: str) -> str:
    """How a text of tags begins; empty for any other file, and where there is none."""
    if _ADDRESS.search(name) or _SERVICE.match(name) or _BARE.search(name) or _is_pipe(name):
        return ""
    head = _read(name, HEAD_BYTES)
    return head if head.lstrip("\ufeff \t\r\n").startswith("<") else ""


def _read(path: str, n_bytes: int) -> str:
    with quiet_gdal():
        try:
            file = gdal.VSIFOpenL(path, "rb")
            content = gdal.VSIFReadL(1, n_bytes, file) if file is not None else None
            if file is not None:
                gdal.VSIFCloseL(file)
        except RuntimeError:
            content = None
    return bytes(content or b"").decode("utf-8", "replace")
