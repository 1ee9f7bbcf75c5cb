"""Two maps to what became of what: raster, polygons, table, report."""

from __future__ import annotations

import csv
import os

import numpy as np
import pytest
from osgeo import ogr

from obic_plugin.engine.errors import InputError
from obic_plugin.engine.methods.fromto import METHOD
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.raster.writer import RasterWriter
from tests.progress import StopAt
from tests.scenes import NORTH_UP, crs, read_raster, write_raster

NAMES = ("forest", "water", "building")


def maps():
    """20 x 30 px of 10 m: a quarter of the forest became building, two pixels of the water forest."""
    first = np.ones((20, 30), np.uint8)
    first[:, 20:] = 2
    second = first.copy()
    second[:10, :10] = 3
    second[5, 25:27] = 1
    return first, second


def named(path, labels, names=NAMES, transform=NORTH_UP):
    grid = RasterGrid(*labels.shape, transform, crs())
    with RasterWriter(str(path), grid) as writer:
        writer.describe({}, ClassTable.of([(20 + 60 * i, 130, 60) for i in range(len(names))], names))
        writer.write(grid.window, labels)
    return str(path)


def run(tmp_path, first, second, progress=None, **outputs):
    params = METHOD.params(input=str(first), input2=str(second), output=str(tmp_path / "out.tif"), **outputs)
    return METHOD.execute(params, progress or Silent())


def test_every_output_tells_the_same(tmp_path):
    first, second = maps()
    paths = {f"output_{name}": str(tmp_path / f"out.{name}") for name in ("csv",)}
    paths.update(output_report=str(tmp_path / "out.html"), output_polygons=str(tmp_path / "out.gpkg"))
    numbers = run(tmp_path, named(tmp_path / "1.tif", first), named(tmp_path / "2.tif", second), **paths)
    assert numbers == {"changed_area": 1.02, "changed_percent": pytest.approx(17), "transition_count": 2}
    values, legend = read_raster(tmp_path / "out.tif"), ClassTable.from_raster(str(tmp_path / "out.tif"))
    assert legend.names == ("unchanged", "forest → building", "water → forest")
    assert (values[:10, :10] == 2).all() and (values[5, 25:27] == 3).all() and (values == 1).sum() == 498
    with open(paths["output_csv"], encoding="utf-8-sig") as file:
        rows = list(csv.reader(file))
    assert rows[0][1:] == ["forest", "water", "building", "all"]
    assert [float(cell) for cell in rows[1][1:]] == [3, 0, 1, 4]
    assert [float(cell) for cell in rows[-1][1:]] == [3.02, 1.98, 1, 6]
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "forest → building" in page and "Transitions (ha)" in page and page.count("<svg") == 1
    layer = ogr.Open(paths["output_polygons"])
    found = {(f["from"], f["to"], f["area_m2"], f["class"]) for f in layer.GetLayer(0)}
    assert found == {("forest", "building", 10000.0, 2), ("water", "forest", 200.0, 3)}


def test_classes_are_the_same_by_name_and_without_names_by_value(tmp_path):
    first, second = maps()
    plain = np.array([0, 3, 1, 2], np.uint8)[second]
    other = named(tmp_path / "2.tif", plain, ("Water ", "BUILDING", "forest"))
    assert run(tmp_path, named(tmp_path / "1.tif", first), other)["changed_area"] == 1.02
    bare = [write_raster(tmp_path / f"bare{i}.tif", labels) for i, labels in enumerate((first, second))]
    assert run(tmp_path, *bare)["changed_area"] == 1.02
    assert run(tmp_path, named(tmp_path / "1.tif", first), bare[1])["changed_area"] == 1.02
    legend = ClassTable.from_raster(str(tmp_path / "out.tif"))
    assert legend.names[1] == "forest → building"


def test_255_and_no_data_are_unlabeled_and_0_may_be_a_class(tmp_path):
    first, second = maps()
    first, second = first - 1, second - 1
    first[0], second[1] = 255, 255
    paths = [write_raster(tmp_path / f"{i}.tif", labels) for i, labels in enumerate((first, second))]
    assert run(tmp_path, *paths)["changed_area"] == pytest.approx(0.82)
    values = read_raster(tmp_path / "out.tif")
    assert (values[:2] == 0).all() and (values[2:] > 0).all()


def test_the_second_map_may_lie_on_another_grid(tmp_path):
    first, second = maps()
    x, size, _, y, _, down = NORTH_UP
    fine = np.kron(second, np.ones((2, 2), np.uint8))
    other = named(tmp_path / "2.tif", fine, transform=(x, size / 2, 0, y, 0, down / 2))
    assert run(tmp_path, named(tmp_path / "1.tif", first), other)["changed_area"] == 1.02


def test_tiles_do_not_matter(tmp_path, monkeypatch):
    random = np.random.default_rng(0)
    paths = [named(tmp_path / f"{i}.tif", random.integers(1, 4, (60, 70)).astype(np.uint8)) for i in range(2)]
    whole, values = run(tmp_path, *paths), read_raster(tmp_path / "out.tif")
    for module in ("labels", "transitions", "comparison"):
        monkeypatch.setattr(f"obic_plugin.engine.change.{module}.TILE_PX", 17)
    assert run(tmp_path, *paths) == pytest.approx(whole)
    assert np.array_equal(read_raster(tmp_path / "out.tif"), values)


def test_very_many_kinds_share_a_value(tmp_path):
    random = np.random.default_rng(0)
    paths = [
        write_raster(tmp_path / f"{i}.tif", random.integers(0, 20, (80, 90)).astype(np.uint8))
        for i in range(2)
    ]
    assert run(tmp_path, *paths)["transition_count"] == 380
    legend = ClassTable.from_raster(str(tmp_path / "out.tif"))
    assert len(legend) == 254 and legend.names[-1] == "other transitions"


def test_equal_maps_have_no_change(tmp_path):
    first, _ = maps()
    path = named(tmp_path / "1.tif", first)
    numbers = run(
        tmp_path,
        path,
        path,
        output_report=str(tmp_path / "out.html"),
        output_polygons=str(tmp_path / "o.gpkg"),
    )
    assert numbers == {"changed_area": 0, "changed_percent": 0, "transition_count": 0}
    assert "Nothing changed." in (tmp_path / "out.html").read_text(encoding="utf-8")
    dataset = ogr.Open(str(tmp_path / "o.gpkg"))
    assert dataset.GetLayer(0).GetFeatureCount() == 0


def test_refusals(tmp_path):
    first, second = maps()
    path = named(tmp_path / "1.tif", first)
    far = named(tmp_path / "far.tif", second, transform=(0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
    with pytest.raises(InputError, match=r"far.tif has no label where it is worked on"):
        run(tmp_path, path, far)
    other = named(tmp_path / "2.tif", second, ("a", "b", "c"))
    with pytest.raises(InputError, match="have no class name in common: the first has"):
        run(tmp_path, path, other)
    many = write_raster(tmp_path / "many.tif", np.arange(600, dtype=np.uint16).reshape(20, 30))
    with pytest.raises(InputError, match="more than 254 different labels"):
        run(tmp_path, path, many)
    empty = write_raster(tmp_path / "empty.tif", np.full((20, 30), 255, np.uint8))
    with pytest.raises(InputError, match="has no label where it is worked on"):
        run(tmp_path, path, empty)
    with pytest.raises(InputError, match="it is an image"):
        run(tmp_path, path, write_raster(tmp_path / "rgb.tif", np.ones((3, 20, 30), np.uint8)))
    assert not (tmp_path / "out.tif").exists()


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.6, 1.0])
def test_cancelled_runs_leave_nothing(tmp_path, fraction):
    first, second = maps()
    paths = named(tmp_path / "1.tif", first), named(tmp_path / "2.tif", second)
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(Cancelled):
        run(tmp_path, *paths, StopAt(fraction), output_polygons=str(tmp_path / "out.gpkg"))
    assert sorted(os.listdir(tmp_path)) == before
