"""Features of a vector file: those of the layer that is meant."""

from __future__ import annotations

import pytest
from osgeo import gdal

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.raster.features import FeatureFile
from obic_plugin.engine.raster.mask import PolygonMask
from obic_plugin.engine.sources import LayerSource
from tests.engine.raster.test_reference import GRID, box, write_features


@pytest.fixture
def two_layers(tmp_path) -> str:
    """A GeoPackage: the layer truth has a polygon of class 1, and fields one of class 2 and one of class 3."""
    path = write_features(tmp_path / "a.gpkg", [(1, box(0, 0, 5, 5))])
    other = write_features(tmp_path / "b.gpkg", [(2, box(10, 10, 4, 4)), (3, box(0, 10, 2, 2))])
    gdal.VectorTranslate(path, other, accessMode="update", layerName="fields")
    return path


@pytest.mark.parametrize(
    ("meant", "kinds"), [("", [1]), ("|layername=truth", [1]), ("|layername=fields", [2, 3])]
)
def test_the_named_layer_of_two_is_read_and_the_first_where_none_is_named(two_layers, meant, kinds):
    file = FeatureFile(two_layers + meant, "mask")
    assert [feature["kind"] for feature in file.features()] == kinds


def test_a_mask_is_burned_from_the_named_layer(two_layers):
    mask = PolygonMask(f"{two_layers}|layername=fields|subset=kind > 1", GRID).read(GRID)
    assert mask[10:14, 10:14].all() and mask[:2, 10:12].all() and mask.sum() == 20


def test_a_layer_that_is_not_there_is_refused_with_those_that_are(two_layers):
    with pytest.raises(InputError, match=r"has no layer third\. Its layers: truth, fields\."):
        FeatureFile(f"{two_layers}|layername=third", "mask")


@pytest.mark.parametrize(
    ("text", "source", "again"),
    [
        ("a.gpkg", LayerSource("a.gpkg"), "a.gpkg"),
        ("/x/a.gpkg|layername=b=c", LayerSource("/x/a.gpkg", "b=c"), "/x/a.gpkg|layername=b=c"),
        ("a.gpkg|layerid=0|layername=b", LayerSource("a.gpkg", "b"), "a.gpkg|layername=b"),
    ],
)
def test_a_source_is_a_path_and_the_name_of_a_layer(text, source, again):
    assert LayerSource.parse(text) == source and source.text == again
    assert LayerSource.parse(again) == source and source.file_name == "a.gpkg"
