"""The other layers of a file, which stay when one of them is replaced."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from osgeo import gdal

from ..progress import Progress
from ..sources import quiet_gdal
from ..writing import writing
from .formats import SEVERAL
from .layer import layer_name

PAGES = 2000  # copied between two looks whether to stop
STYLES = "layer_styles"  # QGIS's table


def other_layers(path: str) -> list:
    """What a file holds beside the one layer, of whatever name, of most formats; in a GeoPackage and the like beside
    the layer that bears the file's name."""
    if not os.path.isfile(path):
        return []
    with quiet_gdal():
        try:
            return _others(path)
        except RuntimeError:
            return []


def _others(path: str) -> list:
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR | gdal.OF_RASTER, open_options=["LIST_ALL_TABLES=YES"])
    if dataset is None:
        return []
    names = [dataset.GetLayer(number).GetName() for number in range(dataset.GetLayerCount())]
    pictures = [name for name, _ in dataset.GetSubDatasets()]
    if dataset.GetDriver().ShortName not in SEVERAL:
        return (names if len(names) > 1 else []) + (pictures if len(pictures) > 1 else [])
    names = [name for name in names if name.casefold() not in (layer_name(path).casefold(), STYLES)]
    return names + (pictures or ["a raster"] * bool(dataset.RasterCount))


def in_its_place(path: str) -> bool:
    """Whether a GeoPackage has a raster or a view under the name of the layer that we would write to it."""
    if not (os.path.isfile(path) and path.lower().endswith(".gpkg")):
        return False
    query = """
        SELECT 1 FROM gpkg_contents WHERE lower(table_name) = lower(:name)
            AND data_type NOT IN ('features', 'attributes', 'aspatial')
        UNION SELECT 1 FROM sqlite_master WHERE type = 'view' AND lower(name) = lower(:name)
    """
    try:
        with closing(sqlite3.connect(_address(path), uri=True)) as database:
            return database.execute(query, {"name": layer_name(path)}).fetchone() is not None
    except sqlite3.Error:  # no GeoPackage, which is said elsewhere
        return False


def _address(path: str) -> str:
    """That of a database which is only read."""
    return Path(os.path.abspath(path)).as_uri() + "?mode=ro"


def copy_database(source: str, path: str, progress: Progress) -> None:
    """Copy a GeoPackage or another SQLite file as it is at one moment, also while others work with it."""

    def told(status, remaining, total) -> None:
        progress.at(1 - remaining / max(total, 1))

    try:
        with (
            closing(sqlite3.connect(_address(source), uri=True)) as old,
            closing(sqlite3.connect(path)) as new,
        ):
            old.backup(new, pages=PAGES, progress=told)
    except sqlite3.Error as error:
        with writing(path):
            raise RuntimeError(str(error)) from error
