"""Features of a vector file, in the CRS of a grid."""

from __future__ import annotations

import math
from collections.abc import Iterator

from osgeo import gdal, ogr

from ..errors import InputError, shown
from ..sources import LayerSource, open_source, quiet_gdal, said_by_gdal, why_not
from .crs import transformation_to


class FeatureFile:
    """One layer of anything that OGR opens; ``path|layername=name`` picks one of several.

    ``role`` is what refusals call it, such as "mask".
    """

    def __init__(self, source: str, role: str):
        self.source, self.role = source, role
        meant = LayerSource.parse(source)
        path = meant.path
        self._dataset = open_source(path, gdal.OF_VECTOR)  # kept: a layer dies with it
        if self._dataset is None:
            raise InputError(f"Cannot open the {role} {path}: {why_not(path)}.")
        self.layer = meant.layer_of(self._dataset)
        if self.layer is None:
            count = self._dataset.GetLayerCount()
            names = ", ".join(self._dataset.GetLayer(i).GetName() for i in range(min(count, 20))) or "none"
            raise InputError(
                f"The {role} {path} has no layer {meant.layer or 'at all'}. Its layers: {names}. Choose another."
            )

    @property
    def is_table(self) -> bool:
        """Whether its features have no geometry at all."""
        return self.layer.GetGeomType() == ogr.wkbNone

    @property
    def field_names(self) -> list:
        """The names of the layer's fields."""
        definition = self.layer.GetLayerDefn()
        return [definition.GetFieldDefn(i).GetName() for i in range(definition.GetFieldCount())]

    def field_index(self, field: str | None) -> int:
        """The number of a field by its name; refuses one that is not there, and says which are."""
        names = self.field_names
        if field in names:
            return names.index(field)
        role, source, listed = self.role, self.source, ", ".join(names)
        if not names:
            raise InputError(f"The {role} {source} has no field at all. Choose another file.")
        if field:
            raise InputError(f"The {role} {source} has no field {shown(field)}. Choose one of {listed}.")
        raise InputError(f"The {role} {source} needs a class field. Choose one of {listed}.")

    def text(self, feature: ogr.Feature, index: int) -> str:
        """What a field of a feature says, empty where that is nothing; refuses letters of an unknown alphabet."""
        if not feature.IsFieldSetAndNotNull(index):
            return ""
        text = feature.GetFieldAsString(index)
        try:
            text.encode()
        except UnicodeEncodeError:
            raise InputError(
                f"Feature {feature.GetFID()} of the {self.role} {self.source} holds letters that are not UTF-8 in its"
                f" field {self.field_names[index]}. Save the file as UTF-8."
            ) from None
        return text

    def shapes(self, crs_wkt: str) -> Iterator:
        """(feature, geometry) of each feature that has one, the geometry transformed to ``crs_wkt``."""
        transformation = self._transformation(crs_wkt)
        for feature in self.features():
            geometry = feature.GetGeometryRef()
            if geometry is None or geometry.IsEmpty():
                continue
            geometry = geometry.Clone()
            with quiet_gdal():
                try:
                    failed = transformation is not None and geometry.Transform(transformation)
                except RuntimeError:
                    failed = True
            if failed or not all(map(math.isfinite, geometry.GetEnvelope())):
                raise InputError(
                    f"Feature {feature.GetFID()} of the {self.role} {self.source} lies outside of where the raster's"
                    " CRS is defined. Check the CRS of both, or clip it to the raster."
                )
            yield feature, geometry

    def features(self) -> Iterator:
        """All features. OGR tells in passing, or not at all, of those that it leaves out of a damaged file."""
        self.layer.ResetReading()
        feature = self._next()
        while feature is not None:
            yield feature
            feature = self._next()

    def _next(self) -> ogr.Feature | None:
        with quiet_gdal():
            gdal.ErrorReset()
            try:
                feature = self.layer.GetNextFeature()
            except RuntimeError:
                feature = None
        if gdal.GetLastErrorType() < gdal.CE_Failure:
            return feature
        raise InputError(
            f"Not all of the {self.role} {self.source} can be read: {said_by_gdal()}. Get it anew, or repair it and"
            " save it as a GeoPackage."
        )

    def _transformation(self, crs_wkt: str):
        with quiet_gdal():
            try:
                return transformation_to(crs_wkt, self.layer.GetSpatialRef())
            except RuntimeError:
                raise InputError(
                    f"There is no way from the CRS of the {self.role} {self.source} to the raster's. Reproject it."
                ) from None


def is_area(geometry: ogr.Geometry) -> bool:
    """Whether a geometry may hold polygons."""
    return ogr.GT_Flatten(geometry.GetGeometryType()) in _AREAS


_AREAS = (
    ogr.wkbPolygon,
    ogr.wkbMultiPolygon,
    ogr.wkbCurvePolygon,
    ogr.wkbMultiSurface,
    ogr.wkbGeometryCollection,
)
