"""Polygons to any vector format that OGR writes and that keeps them whole."""

from __future__ import annotations

import os
from collections.abc import Iterable

from osgeo import gdal, ogr

from ..errors import OutputError
from ..progress import Progress
from ..raster.crs import spatial_reference
from ..raster.writer import writing

DRIVERS = {
    ".gpkg": "GPKG",
    ".shp": "ESRI Shapefile",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".fgb": "FlatGeobuf",
    ".sqlite": "SQLite",
    ".gml": "GML",
}
BATCH = 2000
TRANSACTION = 5 * BATCH
_TYPES = {int: ogr.OFTInteger64, float: ogr.OFTReal, str: ogr.OFTString}


def driver_of(path: str) -> gdal.Driver:
    """The driver for a file name, or a refusal that lists the endings that can be written."""
    ending = os.path.splitext(path)[1].lower()
    driver = gdal.GetDriverByName(DRIVERS[ending]) if ending in DRIVERS else None
    if driver is None:
        known = ", ".join(e for e, name in DRIVERS.items() if gdal.GetDriverByName(name))
        raise OutputError(f"Cannot write polygons to {path}: its name must end in one of {known}.")
    return driver


class PolygonLayer:
    """A new layer of one file. ``fields`` is {name: int, float or str}; ``metadata`` {item: text}.

    Use it as a context manager: leaving the block closes the file, or deletes it if the block failed.
    """

    def __init__(self, path: str, crs_wkt: str, fields: dict, metadata: dict | None = None):
        self._path, self._driver, self._pending, self._dataset = path, driver_of(path), 0, None
        with writing(path):
            if os.path.exists(path):
                self._driver.Delete(path)
            self._dataset = self._driver.Create(path, 0, 0, 0, gdal.GDT_Unknown)
            if self._dataset is None:
                raise RuntimeError(gdal.GetLastErrorMsg())
            name = os.path.splitext(os.path.basename(path))[0]
            options = ["SPATIAL_INDEX=NO"] if self._driver.ShortName == "GPKG" else []
            self._layer = self._dataset.CreateLayer(name, spatial_reference(crs_wkt), ogr.wkbPolygon, options)
            for field, kind in fields.items():
                definition = ogr.FieldDefn(field, _TYPES[kind])
                if kind is int and self._driver.ShortName == "ESRI Shapefile":
                    definition.SetWidth(18)
                self._layer.CreateField(definition)
            self._index_as_written(name)
            self._layer.SetMetadata({key: str(value) for key, value in (metadata or {}).items()})
        self._transactions = bool(self._dataset.TestCapability(ogr.ODsCTransactions))

    def __enter__(self) -> PolygonLayer:
        return self

    def __exit__(self, kind, *_) -> None:
        if kind is None:
            with writing(self._path):
                self._commit()
                self._close()
            return
        gdal.PushErrorHandler("CPLQuietErrorHandler")
        try:
            if self._pending and self._transactions:
                self._dataset.RollbackTransaction()
            self._close()
            self._driver.Delete(self._path)
        except RuntimeError:
            pass  # what made the block fail is told instead
        finally:
            gdal.PopErrorHandler()

    def add(self, shapes: Iterable, rows: Iterable, progress: Progress) -> None:
        """Write features: WKB of each polygon, and the values of its fields in order (None: null)."""
        feature = ogr.Feature(self._layer.GetLayerDefn())
        pairs = list(zip(shapes, rows))
        for start in range(0, len(pairs), BATCH):
            progress.at(start / len(pairs))
            with writing(self._path):
                self._begin()
                for wkb, values in pairs[start : start + BATCH]:
                    feature.SetFID(-1)
                    feature.SetGeometryDirectly(ogr.CreateGeometryFromWkb(wkb))
                    for index, value in enumerate(values):
                        if value is None:
                            feature.SetFieldNull(index)
                        else:
                            feature.SetField(index, value)
                    if self._layer.CreateFeature(feature):
                        raise RuntimeError(gdal.GetLastErrorMsg() or "the format refuses a feature")
                self._pending += BATCH
                if self._pending >= TRANSACTION:
                    self._commit()

    def _index_as_written(self, name: str) -> None:
        """Have a GeoPackage's spatial index grow with the features: at the end it could not be stopped."""
        if self._driver.ShortName == "GPKG":
            quoted = name.replace("'", "''")
            column = self._layer.GetGeometryColumn()
            result = self._dataset.ExecuteSQL(f"SELECT CreateSpatialIndex('{quoted}', '{column}')")
            self._dataset.ReleaseResultSet(result)

    def _begin(self) -> None:
        if self._transactions and not self._pending:
            self._dataset.StartTransaction()

    def _commit(self) -> None:
        if self._transactions and self._pending:
            self._dataset.CommitTransaction()
        self._pending = 0

    def _close(self) -> None:
        if self._dataset is not None:
            self._layer = None
            self._dataset.FlushCache()
            self._dataset = None
