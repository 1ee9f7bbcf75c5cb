"""Label rasters to polygons as a method: its choices, its refusals; the drawing itself has tests of its own."""

from __future__ import annotations

import os

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.errors import InputError, OutputError, ParameterError
from obic_plugin.engine.methods.polygons import METHOD
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.raster.writer import RasterWriter
from tests.engine.raster.test_reference import box, write_features
from tests.progress import StopAt
from tests.scenes import NORTH_UP, crs, quarters, write_raster

GRID = RasterGrid(40, 60, NORTH_UP, crs())


@pytest.fixture
def labels(tmp_path):
    """Two classes in three patches, a speck of two pixels, and no data on the right."""
    values = np.ones((40, 60), np.uint8)
    values[:, 20:40] = 2
    values[:, 50:] = 0
    values[10, 10:12] = 2
    path = str(tmp_path / "labels.tif")
    with RasterWriter(path, GRID) as writer:
        writer.describe({}, ClassTable.of([(10, 120, 30), (200, 180, 40)], ["wood", "field"]))
        writer.write(GRID.window, values)
    return path


def run(tmp_path, path, progress=None, **settings):
    """(fields, geometry) of each polygon, and the numbers."""
    out = str(tmp_path / "polygons.gpkg")
    params = METHOD.params(**{"input": str(path), "output": out, **settings})
    numbers = METHOD.execute(params, progress or Silent())
    dataset = gdal.OpenEx(out, gdal.OF_VECTOR)
    return [(dict(f.items()), f.geometry().Clone()) for f in dataset.GetLayer(0)], numbers


def test_patches_of_classes(labels, tmp_path):
    found, numbers = run(tmp_path, labels)
    assert numbers == {"polygon_count": 4}
    rows = sorted((f["class"], f["name"], f["color"], f["area_m2"]) for f, _ in found)
    assert rows == [
        (1, "wood", "#0a781e", 40_000),
        (1, "wood", "#0a781e", 79_800),
        (2, "field", "#c8b428", 200),
        (2, "field", "#c8b428", 80_000),
    ]
    assert sum(g.Area() for _, g in found) == 200_000


def test_small_patches_go_and_a_mask_cuts(labels, tmp_path):
    assert run(tmp_path, labels, min_area=3)[1] == {"polygon_count": 3}
    mask = write_features(tmp_path / "mask.gpkg", [(1, box(20, 0, 20, 30))])
    found, _ = run(tmp_path, labels, mask=mask)
    assert sorted((f["class"], f["area_m2"]) for f, _ in found) == [(1, 40_000), (2, 20_000)]


def test_statistics_of_an_image(labels, tmp_path):
    image = np.arange(2 * 40 * 60, dtype=np.float32).reshape(2, 40, 60)
    path = write_raster(tmp_path / "image.tif", image)
    found, _ = run(tmp_path, labels, image=path, statistics="all", texture=True, shape=True)
    fields = next(f for f, _ in found if f["area_m2"] == 40_000)
    here = image[1, :, 40:50].astype(float)
    assert fields["mean_2"] == pytest.approx(here.mean()) and fields["std_2"] == pytest.approx(here.std())
    assert (fields["min_2"], fields["max_2"]) == (here.min(), here.max())
    assert fields["perimeter_m"] == pytest.approx(1000) and fields["texture"] > 0
    plain, _ = run(tmp_path, labels, image=path)
    assert "mean_1" in plain[0][0] and not {"std_1", "texture", "compactness"} & set(plain[0][0])


def test_smooth_outlines_share_their_borders(tmp_path):
    random = np.random.default_rng(0)
    values = random.integers(1, 4, (10, 15)).repeat(6, 0).repeat(6, 1).astype(np.uint8)
    path = write_raster(tmp_path / "a.tif", values)
    exact, _ = run(tmp_path, path)
    smooth, _ = run(tmp_path, path, tolerance=1.5, smoothing=2)
    assert len(smooth) == len(exact)
    union = smooth[0][1].Clone()
    for _, geometry in smooth[1:]:
        union = union.Union(geometry)
    total = sum(geometry.Area() for _, geometry in smooth)
    assert total == pytest.approx(60 * 90 * 100) and union.Area() == pytest.approx(total)
    assert any(a[1].Area() != pytest.approx(b[1].Area()) for a, b in zip(exact, smooth))


def test_without_a_legend_there_are_numbers(tmp_path):
    path = write_raster(tmp_path / "a.tif", np.arange(12, dtype=np.uint32).reshape(3, 4) + 70_000)
    found, _ = run(tmp_path, path)
    assert sorted(f["id"] for f, _ in found) == list(range(70_000, 70_012))


def test_refusals(labels, tmp_path):
    image = write_raster(tmp_path / "image.tif", quarters(40, 60)[0])
    other = write_raster(tmp_path / "other.tif", quarters(40, 50)[0])
    before = sorted(os.listdir(tmp_path))
    for settings, error, message in (
        ({"texture": True}, ParameterError, "Texture is that of an image"),
        ({"image": other}, InputError, "50 x 40 px, the labels 60 x 40"),
        ({"tolerance": -1}, ParameterError, "at least|between"),
        ({"smoothing": 9}, ParameterError, "between 0 and 5"),
        ({"output": str(tmp_path / "p.xyz")}, OutputError, "must end in"),
        ({"output": labels}, OutputError, "also an input"),
        ({"statistics": "median"}, ParameterError, "one of none"),
    ):
        with pytest.raises(error, match=message):
            run(tmp_path, labels, **settings)
    with pytest.raises(InputError, match="it is an image"):
        run(tmp_path, image)
    assert sorted(os.listdir(tmp_path)) == before


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.8])
def test_cancelled_runs_leave_nothing(fraction, labels, tmp_path):
    before = sorted(os.listdir(tmp_path))
    with pytest.raises(Cancelled):
        run(tmp_path, labels, StopAt(fraction), smoothing=1)
    assert sorted(os.listdir(tmp_path)) == before
    progress = StopAt(2)
    run(tmp_path, labels, progress)
    assert progress.seen == sorted(progress.seen) and progress.seen[-1] == 1


@pytest.mark.parametrize("nodata, n_polygons", [(None, 1), (9, 2)])
def test_zero_is_a_class_where_a_raster_declares_its_nodata_value_and_else_it_is_said_to_be_none(
    tmp_path, nodata, n_polygons
):
    path = write_raster(tmp_path / "plain.tif", np.array([[0, 1]], np.uint8), nodata=nodata)
    progress = Said()
    settings = METHOD.params(input=path, output=str(tmp_path / "plain.gpkg"))
    assert METHOD.execute(settings, progress)["polygon_count"] == n_polygons
    assert any("0 is no data, and gets no polygon" in text for text in progress.said) == (nodata is None)


class Said(Silent):
    def __init__(self):
        self.said = []

    def say(self, text: str) -> None:
        self.said.append(text)
