"""What a map tells of its classes, on scenes whose areas and means are known."""

from __future__ import annotations

import numpy as np
import pytest

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.classfacts import class_facts
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.raster.palette import distinct_colors
from obic_plugin.engine.raster.writer import RasterWriter
from tests.scenes import NORTH_UP, crs, write_raster


def map_of(path, labels, classes, source="", geotransform=NORTH_UP) -> str:
    grid = RasterGrid(*labels.shape, geotransform, crs() if geotransform else "")
    with RasterWriter(str(path), grid) as writer:
        writer.describe({"OBIC_INPUT": source, "OBIC_METHOD": "m", "OBIC_TIME": "t", "other": "x"}, classes)
        writer.write(grid.window, labels)
        writer.finish("NEAREST", Silent())
    return str(path)


TWO = ClassTable.of([(0, 0, 200), (0, 100, 0), (9, 9, 9)], ["water", "wood", "nowhere"])


def test_areas_and_spectra_are_those_of_the_scene(tmp_path):
    labels = np.ones((30, 40), np.uint8)
    labels[:, 10:] = 2
    labels[0] = 0
    image = np.stack([np.where(labels == 1, 10, 50), np.where(labels == 1, 20, 70)]).astype(np.uint16)
    source = write_raster(tmp_path / "image.tif", image)
    facts = class_facts(map_of(tmp_path / "map.tif", labels, TWO, source), Silent())
    assert facts.n_px == {1: 290, 2: 870} and facts.areas_m2 == {1: 29000.0, 2: 87000.0}
    assert facts.shares == {1: 0.25, 2: 0.75}
    assert facts.classes.names == ("water", "wood")  # a class that is nowhere has no row
    assert {value: means.tolist() for value, means in facts.spectra.items()} == {1: [10, 20], 2: [50, 70]}
    assert facts.made == {"OBIC_INPUT": source, "OBIC_METHOD": "m", "OBIC_TIME": "t"}


def test_without_an_image_and_a_crs_the_rest_is_known(tmp_path):
    labels = np.ones((5, 4), np.uint8)
    path = map_of(tmp_path / "map.tif", labels, TWO, str(tmp_path / "gone.tif"), None)
    facts = class_facts(path, Silent())
    assert facts.n_px == {1: 20} and facts.areas_m2 == {} and facts.spectra == {}


def test_an_image_of_another_size_is_not_looked_at(tmp_path):
    source = write_raster(tmp_path / "image.tif", np.ones((9, 9), np.uint8))
    path = map_of(tmp_path / "map.tif", np.ones((5, 4), np.uint8), TWO, source)
    assert class_facts(path, Silent()).spectra == {}


def test_a_raster_without_a_legend_gets_one(tmp_path):
    path = write_raster(tmp_path / "labels.tif", np.array([[0, 3], [3, 700]], np.uint16))
    facts = class_facts(path, Silent())
    assert facts.classes.values == (3, 700) and facts.classes.names == ("class 3", "class 700")
    assert len(set(facts.classes.colors)) == 2


def test_a_value_that_the_legend_lacks_has_a_row_too(tmp_path):
    labels = np.ones((5, 4), np.uint8)
    labels[0], labels[1] = 2, 7  # as many values as the legend has classes, and one of them is another
    first = distinct_colors(1)[0]
    classes = ClassTable.of([(0, 0, 200), first, (9, 9, 9)], ["water", "wood", "nowhere"])
    facts = class_facts(map_of(tmp_path / "map.tif", labels, classes), Silent())
    assert facts.classes.values == (1, 2, 7) and facts.classes.names == ("water", "wood", "class 7")
    assert len(set(facts.classes.colors)) == 3
    assert facts.n_px[7] == 4 and facts.areas_m2[7] == 400.0


def test_what_is_no_map_is_refused(tmp_path):
    with pytest.raises(InputError, match="has no class"):
        class_facts(write_raster(tmp_path / "empty.tif", np.zeros((4, 4), np.uint8)), Silent())
    with pytest.raises(InputError, match="labels from -3 to 2"):
        class_facts(write_raster(tmp_path / "below.tif", np.array([[-3, 2]], np.int16)), Silent())
    with pytest.raises(InputError, match="2 bands"):
        class_facts(write_raster(tmp_path / "image.tif", np.ones((2, 4, 4), np.uint8)), Silent())
