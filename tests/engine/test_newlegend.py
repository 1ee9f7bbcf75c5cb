"""Another legend for a map that stays as it is."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.errors import OutputError
from obic_plugin.engine.newlegend import drawn_from, give_legend, give_names
from obic_plugin.engine.polygonize import write_polygons
from obic_plugin.engine.progress import Cancelled, no_pause
from obic_plugin.engine.raster.classes import ClassTable
from tests.engine.raster.test_classfacts import TWO, map_of
from tests.scenes import read_raster

NAMED = ClassTable.of([(20, 90, 210), (10, 80, 20)], ["sea", "forest"])
LABELS = np.repeat(np.array([[1, 2, 1]], np.uint8), 6, 0)


def polygons(tmp_path, name="patches.gpkg", metadata=None) -> str:
    path = str(tmp_path / name)
    write_polygons(map_of(tmp_path / "map.tif", LABELS, TWO), path, TWO, metadata=metadata)
    return path


@pytest.mark.parametrize("ending", ["tif", "img"])
def test_a_map_has_its_new_legend_and_the_same_pixels(tmp_path, ending):
    path = map_of(tmp_path / f"map.{ending}", LABELS, TWO)
    give_legend(path, NAMED)
    assert ClassTable.from_raster(path).names[:2] == ("sea", "forest")
    assert ClassTable.from_raster(path).colors[:2] == NAMED.colors
    assert (read_raster(path) == LABELS).all()


def test_what_is_not_there_is_refused(tmp_path):
    with pytest.raises(OutputError, match=r"none\.tif"):
        give_legend(str(tmp_path / "none.tif"), NAMED)


def test_a_format_that_keeps_its_colors_is_told(tmp_path):
    with pytest.raises(OutputError, match=r"map\.png"):
        give_legend(map_of(tmp_path / "map.png", LABELS, TWO), NAMED)


@pytest.mark.parametrize("ending", ["gpkg", "shp", "geojson"])
def test_polygons_have_the_new_names_and_keep_the_rest(tmp_path, ending):
    path = polygons(tmp_path, f"patches.{ending}")
    looks = {item.value: (item.name, item.color) for item in NAMED}
    assert give_names(path, looks, no_pause) == 3
    assert give_names(path, looks, no_pause) == 0
    layer = gdal.OpenEx(path, gdal.OF_VECTOR)
    rows = sorted((f["class"], f["name"], f["color"]) for f in layer.GetLayer(0))
    assert rows == [(1, "sea", "#145ad2"), (1, "sea", "#145ad2"), (2, "forest", "#0a5014")]


def test_only_the_layer_that_is_named_gets_the_new_names(tmp_path):
    path, looks = polygons(tmp_path), {1: ("sea", (1, 2, 3))}
    copy = shutil.copy(path, tmp_path / "copy.gpkg")
    gdal.VectorTranslate(path, str(copy), accessMode="update", layerName="other")
    assert give_names(f"{path}|layername=other", looks, no_pause) == 2
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    names = {name: {f["name"] for f in dataset.GetLayerByName(name)} for name in ("patches", "other")}
    assert names == {"patches": {"water", "wood"}, "other": {"sea", "wood"}}
    with pytest.raises(OutputError, match="has no layer third"):
        give_names(f"{path}|layername=third", looks, no_pause)


def test_a_stop_leaves_polygons_as_they_were(tmp_path):
    path, calls = polygons(tmp_path), []

    def stop():
        calls.append(True)
        if len(calls) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        give_names(path, {1: ("sea", (1, 2, 3))}, stop)
    assert give_names(path, {1: ("water", (0, 0, 200)), 2: ("wood", (0, 100, 0))}, no_pause) == 0


def test_polygons_of_the_same_run_are_known_by_what_it_says(tmp_path):
    made = {"OBIC_TIME": "now", "OBIC_INPUT": "a.tif", "OBIC_METHOD": "m"}
    path = polygons(tmp_path, metadata=made)
    assert drawn_from(path, made) and drawn_from(f"{path}|layername=patches", made)
    assert not drawn_from(path, {**made, "OBIC_TIME": "then"}) and not drawn_from(path, {})
