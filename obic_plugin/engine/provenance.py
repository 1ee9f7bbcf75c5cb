"""How an output was made, for its metadata: enough to make it again."""

from __future__ import annotations

import json
import os
import platform
from datetime import datetime, timezone
from importlib import metadata

from osgeo import gdal

from ..resource import resource
from .params import Params, named_by
from .raster.reader import RasterReader
from .sources import LayerSource

SOURCES = "OBIC_SOURCES"  # the inputs, by the names of the parameters
START = "OBIC_START"  # of a pretrained encoder: what it has gone on from


def version() -> str:
    """OBIC's version, from metadata.txt."""
    for line in resource("metadata.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("version="):
            return line.partition("=")[2].strip()
    return "unknown"


def versions() -> dict:
    """{name: version} of what the result depends on."""
    found = {"OBIC": version(), "Python": platform.python_version(), "GDAL": gdal.VersionInfo("RELEASE_NAME")}
    for package in ("numpy", "torch", "scikit-image", "scikit-learn"):
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found


def provenance(method: str, params: Params, reader: RasterReader, device: str) -> dict:
    """{item: text} that says which method made an output from what, with which settings, where and when."""
    image = {"OBIC_INPUT": reader.source, "OBIC_BANDS": ",".join(map(str, reader.bands))}
    return made_by(method, params, image, {"OBIC_DEVICE": device})


def sources_of(path: str) -> dict:
    """{parameter: value} of the inputs that a map was made from, as far as its file says so."""
    try:
        found = json.loads(gdal.Open(path).GetMetadataItem(SOURCES) or "{}")
    except (ValueError, AttributeError, RuntimeError):
        return {}
    return found if isinstance(found, dict) else {}


def learned_from(path: str) -> tuple:
    """The names of the labels that a map was learned from."""
    return named_by(sources_of(path).get("labels"))


def is_same_layer(first: str, second: str) -> bool:
    """Whether two names are of one layer of one file; a name without a layer may mean any of it."""
    one, two = LayerSource.parse(first), LayerSource.parse(second)
    same_file = os.path.realpath(one.path) == os.path.realpath(two.path)
    return same_file and (one.layer == two.layer or not (one.layer and two.layer))


def of_one_model(first: str, second: str) -> bool:
    """Whether two maps say that the same model has made both."""
    models = [sources_of(path).get("model") for path in (first, second)]
    return bool(models[0]) and models[0] == models[1]


def made_by(method: str, params: Params, image: dict | None = None, device: dict | None = None) -> dict:
    """As `provenance`, of what is not made from an image."""
    return {
        "OBIC_METHOD": method,
        **(image or {}),
        "OBIC_SETTINGS": json.dumps(params.settings(), default=str),
        SOURCES: json.dumps(params.sources(), default=str),
        **(device or {}),
        "OBIC_VERSIONS": json.dumps(versions()),
        "OBIC_TIME": datetime.now(timezone.utc).isoformat(timespec="seconds"),
        "TIFFTAG_SOFTWARE": f"OBIC {version()}",
    }
