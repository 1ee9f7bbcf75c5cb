"""Polygons to any vector format that OGR writes and that keeps them whole."""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from osgeo import gdal, ogr

from ..progress import Progress
from ..raster.crs import spatial_reference
from ..sources import quiet_gdal
from ..writing import writing
from .formats import create_layer, vector_format

BATCH = 2000
TRANSACTION = 5 * BATCH
SIGNS = "`~!@#$%^&*()+-={}|[]\\:\";'<>?,./"  # with which no name in a GeoPackage begins


class PolygonLayer:
    """A new layer of one file. ``fields`` is {name: int, float or str}; ``metadata`` {item: text}.

    Its name is that of the file. In a file that holds several, it takes the place of the one of that name.
    Use it as a context manager: leaving the block closes the file, or deletes it if the block failed.
    """

    def __init__(self, path: str, crs_wkt: str, fields: dict, metadata: dict | None = None):
        self._path, self._pending, self._dataset, self._n = path, 0, None, 0
        driver, _, several = vector_format(path)
        self._driver = gdal.GetDriverByName(driver)
        with writing(path):
            self._name = layer_name(path)
            self._dataset = self._opened() if several and os.path.exists(path) else self._created()
            self._layer = create_layer(self._dataset, self._name, spatial_reference(crs_wkt), fields)
            self._index_as_written(self._name)
            self._layer.SetMetadata({key: str(value) for key, value in (metadata or {}).items()})
        self._transactions = bool(self._dataset.TestCapability(ogr.ODsCTransactions))

    def __enter__(self) -> PolygonLayer:
        return self

    def __exit__(self, kind, *_) -> None:
        if kind is None:
            self.close()
            return
        with quiet_gdal(), suppress(RuntimeError):  # what made the block fail is told instead
            if self._pending and self._transactions:
                self._dataset.RollbackTransaction()
            self._layer = self._dataset = None
            self._driver.Delete(self._path)

    def close(self) -> None:
        """Close the file; once more does nothing."""
        with writing(self._path):
            self._commit()
            self._layer = None
            if self._dataset is not None:
                self._dataset.FlushCache()
                self._dataset = None

    def finish(self, progress: Progress) -> None:
        """Close the file and count what it holds: not every format notices that the disk was full."""
        self.close()
        with writing(self._path):
            dataset = gdal.OpenEx(self._path, gdal.OF_VECTOR)
            layer = dataset and (dataset.GetLayerByName(self._name) or dataset.GetLayer(0))
            count = 0
            for feature in layer or ():
                count += 1
                if feature.GetGeometryRef() is None:
                    raise RuntimeError("a polygon is not whole")
                if count % BATCH == 0:
                    progress.at(min(count / self._n, 1.0))
            if count != self._n:
                raise RuntimeError(f"it holds {count} of {self._n} polygons")

    def _opened(self) -> gdal.Dataset:
        """What stands there, without a layer of this name."""
        dataset = gdal.OpenEx(self._path, gdal.OF_VECTOR | gdal.OF_UPDATE)
        for number in reversed(range(dataset.GetLayerCount())):
            if dataset.GetLayer(number).GetName().casefold() == self._name.casefold():
                dataset.DeleteLayer(number)
        return dataset

    def _created(self) -> gdal.Dataset:
        if os.path.exists(self._path):
            self._driver.Delete(self._path)
        dataset = self._driver.Create(self._path, 0, 0, 0, gdal.GDT_Unknown)
        if dataset is None:
            raise RuntimeError(gdal.GetLastErrorMsg())
        return dataset

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
                    self._n += 1
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


def layer_name(path: str) -> str:
    """The name of the layer that we write to a file: the file's, as far as a GeoPackage takes it.

    >>> layer_name("a/map.gpkg"), layer_name("-map.gpkg"), layer_name("gpkg.gpkg"), layer_name("-map.shp")
    ('map', 'layer-map', 'layer-gpkg', '-map')
    """
    name, ending = os.path.splitext(os.path.basename(path))
    if ending.lower() != ".gpkg" or not (name[0] in SIGNS or name.lower().startswith("gpkg")):
        return name
    return f"layer-{name.lstrip(SIGNS)}"
