"""Another legend for a map: from a table, a file, another raster, a reference; and nothing else changed."""

from __future__ import annotations

import os

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine.errors import InputError, OutputError, ParameterError
from obic_plugin.engine.methods.editclasses import METHOD
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.raster.writer import RasterWriter
from tests.engine.raster.test_reference import box, write_features
from tests.progress import StopAt
from tests.scenes import NORTH_UP, crs, read_raster, write_raster

GRID = RasterGrid(40, 60, NORTH_UP, crs())
COLORS = [(10, 10, 200), (20, 150, 20), (200, 180, 90), (120, 120, 120)]


def stripes():
    """Classes 1 to 4 in stripes of 15 columns; no data in the first five rows."""
    values = np.repeat(np.arange(1, 5, dtype=np.uint8), 15)[None].repeat(40, 0)
    values[:5] = 0
    return values


def write_map(path, values=None, names=None):
    with RasterWriter(str(path), GRID) as writer:
        writer.describe({}, ClassTable.of(COLORS, names))
        writer.write(GRID.window, stripes() if values is None else values)
    return str(path)


@pytest.fixture
def clusters(tmp_path):
    return write_map(tmp_path / "clusters.tif")


class Heard(Silent):
    def __init__(self):
        self.texts = []

    def say(self, text):
        self.texts.append(text)


def run(tmp_path, path, progress=None, name="edited.tif", **settings):
    """Labels (h, w), {value: (name, color)}, numbers."""
    out = str(tmp_path / name)
    params = METHOD.params(**{"input": str(path), "output": out, **settings})
    numbers = METHOD.execute(params, progress or Silent())
    return (
        read_raster(out),
        {c.value: (c.name, c.color) for c in ClassTable.from_raster(out) if c.name},
        numbers,
    )


def test_names_and_colors_change_and_nothing_else(clusters, tmp_path):
    rows = [(1, "", "water", "#0000ff"), ("class 3", None, "field", ""), (4, "", "", "9, 8, 7")]
    labels, legend, numbers = run(tmp_path, clusters, classes=rows)
    assert np.array_equal(labels, stripes())
    assert legend == {
        1: ("water", (0, 0, 255)),
        2: ("class 2", COLORS[1]),
        3: ("field", COLORS[2]),
        4: ("class 4", (9, 8, 7)),
    }
    assert numbers == {"class_count": 4, "named_count": 0}
    dataset = gdal.Open(str(tmp_path / "edited.tif"))
    band = dataset.GetRasterBand(1)
    assert (dataset.GetGeoTransform(), band.DataType, band.GetNoDataValue()) == (NORTH_UP, gdal.GDT_Byte, 0)
    assert dataset.GetProjection() == gdal.Open(clusters).GetProjection()
    assert dataset.GetMetadataItem("OBIC_METHOD") == "editclasses"


def test_classes_are_merged_renumbered_and_removed(clusters, tmp_path):
    labels, legend, _ = run(tmp_path, clusters, classes=["1;3", 9, "wet", "", 4, 0, "", ""])
    expected = np.choose(stripes(), [0, 9, 2, 9, 0]).astype(np.uint8)
    assert np.array_equal(labels, expected)
    assert legend == {2: ("class 2", COLORS[1]), 9: ("wet", COLORS[0])}
    labels, legend, _ = run(tmp_path, clusters, classes=[("2-4", 1, "", "")])
    assert np.array_equal(labels, stripes() > 0) and legend == {1: ("class 1", COLORS[0])}


@pytest.mark.parametrize(
    "text",
    [
        "value,new value,name,color\n2,7,wood,#00ff00\n3,7,,\n",
        "\ufeffColor;Name;Value;New_Value\n#00ff00;wood;2;7\n;;3;7\n",
        "2\t7\twood\t0 255 0\n3\t7\t\t\n",
    ],
)
def test_a_file_tells_the_same(text, clusters, tmp_path):
    (tmp_path / "t.csv").write_text(text, encoding="utf-8")
    labels, legend, _ = run(tmp_path, clusters, table=str(tmp_path / "t.csv"))
    assert np.array_equal(labels, np.choose(stripes(), [0, 1, 7, 7, 4]))
    assert legend[7] == ("wood", (0, 255, 0))


def test_the_legend_of_another_raster(clusters, tmp_path):
    other = write_map(tmp_path / "other.tif", names=["water", "wood", "field", "town"])
    _, legend, _ = run(tmp_path, clusters, legend=other)
    assert legend == {i: (n, c) for i, n, c in zip(range(1, 5), ["water", "wood", "field", "town"], COLORS)}
    # the table counts more
    _, legend, _ = run(tmp_path, clusters, legend=other, classes=[(2, "", "forest", "")])
    assert legend[2] == ("forest", COLORS[1])


def test_a_few_polygons_name_the_clusters(clusters, tmp_path):
    shapes = [
        ("wood", box(10, 2, 4, 8)),
        ("water", box(10, 17, 4, 8)),
        ("wood", box(20, 32, 4, 12)),
        ("water", box(20, 45, 4, 1)),
    ]
    reference = write_features(tmp_path / "r.gpkg", shapes, ogr.OFTString)
    heard = Heard()
    labels, legend, numbers = run(tmp_path, clusters, heard, reference=reference, field="kind")
    # in alphabetical order: 1 water, 2 wood
    assert np.array_equal(labels, np.choose(stripes(), [0, 2, 1, 2, 1]))
    assert legend == {1: ("water", COLORS[1]), 2: ("wood", COLORS[0])}
    assert numbers == {"class_count": 2, "named_count": 4}
    assert "class 1: wood (100% of 32 px with a reference)" in heard.texts
    labels, legend, _ = run(tmp_path, clusters, reference=reference, field="kind", merge=False)
    assert np.array_equal(labels, stripes())
    assert [name for name, _ in legend.values()] == ["wood", "water", "wood", "water"]
    labels, legend, numbers = run(
        tmp_path, clusters, reference=reference, field="kind", matching="one_to_one"
    )
    assert numbers == {"class_count": 4, "named_count": 2}
    assert legend[2][0] == "wood" and legend[1][0] == "water"
    assert np.array_equal(labels, np.choose(stripes(), [0, 3, 1, 2, 4]))


def test_a_raster_names_with_its_values_and_colors(clusters, tmp_path):
    truth = np.choose(stripes(), [0, 3, 3, 1, 1]).astype(np.uint8)
    reference = write_map(tmp_path / "truth.tif", truth, ["town", "x", "water", "y"])
    labels, legend, _ = run(tmp_path, clusters, reference=reference)
    assert np.array_equal(labels, truth)
    assert legend == {1: ("town", COLORS[0]), 3: ("water", COLORS[2])}
    labels, legend, numbers = run(tmp_path, clusters, reference=reference, unlabelled="town")
    assert numbers == {"class_count": 3, "named_count": 2} and legend[3][0] == "water"


def test_other_types_and_nodata(tmp_path):
    values = stripes().astype(np.int16) - 1
    path = write_raster(tmp_path / "a.tif", values, nodata=-1)
    labels, legend, _ = run(tmp_path, path, classes=[(0, 5, "water", ""), (3, 1000, "town", "")])
    assert labels.dtype == np.uint16
    assert np.array_equal(labels, np.choose(stripes(), [0, 5, 1, 2, 1000]))
    assert legend[1000][0] == "town" and legend[1][0] == "class 1"
    own = write_raster(
        tmp_path / "b.tif", np.where(stripes() == 0, 255, stripes()).astype(np.uint8), nodata=255
    )
    labels, _, _ = run(tmp_path, own, classes=[(4, 0, "", "")])
    assert np.array_equal(labels, np.choose(stripes(), [255, 1, 2, 3, 255]))


def test_refusals(clusters, tmp_path):
    ids = np.arange(4800, dtype=np.uint32).reshape(80, 60)
    many = write_raster(tmp_path / "many.tif", ids)
    plain = write_raster(tmp_path / "plain.tif", stripes())
    image = write_raster(tmp_path / "image.tif", np.zeros((3, 40, 60), np.uint8))
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "long.csv").write_text("value,name\n1," + "x" * 200_000 + "\n")
    before = sorted(os.listdir(tmp_path))
    row = (1, "", "a", "")
    for path, settings, error, message in (
        (clusters, {}, ParameterError, "Nothing to change"),
        (
            clusters,
            {"classes": [("x", "", "a", "")]},
            ParameterError,
            "Row number 1 of Classes: the value must be",
        ),
        (clusters, {"classes": [("", "", "a", "")]}, ParameterError, "has no value"),
        (clusters, {"classes": [(1, 70000, "", "")]}, ParameterError, "0 .no data. to 65535, not '70000'"),
        (clusters, {"classes": [(1, "", "", "blue")]}, ParameterError, "#rrggbb .* not 'blue'"),
        (clusters, {"classes": [(1, "9" * 400, "", "")]}, ParameterError, "to 65535, not '999"),
        (clusters, {"classes": [(1, "inf", "", "")]}, ParameterError, "to 65535, not 'inf'"),
        (clusters, {"classes": [("9" * 5000, "", "a", "")]}, ParameterError, "the value must be a number"),
        (
            clusters,
            {"classes": [("1-" + "9" * 5000, "", "a", "")]},
            ParameterError,
            "the value must be a number",
        ),
        (clusters, {"classes": [(1, "", "", "1,2," + "9" * 5000)]}, ParameterError, "the color must be"),
        (
            clusters,
            {"classes": [(1, "", "x" * 100_000, "")]},
            ParameterError,
            "has 100\u202f000 characters. Change it",
        ),
        (clusters, {"classes": [(1, "", "a\x01b", "")]}, ParameterError, "has the character"),
        (clusters, {"table": str(tmp_path / "long.csv")}, InputError, "no table of classes: field larger"),
        (clusters, {"table": str(tmp_path / "empty.csv")}, InputError, "0 rows"),
        (clusters, {"table": str(tmp_path / "none.csv")}, InputError, "Cannot open the table"),
        (clusters, {"legend": plain}, InputError, "has no legend"),
        (clusters, {"classes": [row], "output": clusters}, OutputError, "also an input"),
        (many, {"classes": [row]}, InputError, "4\u202f800 different labels"),
        (image, {"classes": [row]}, InputError, "it is an image"),
    ):
        with pytest.raises(error, match=message):
            run(tmp_path, path, **settings)
    negative = write_raster(tmp_path / "negative.tif", stripes().astype(np.int16) - 2)
    with pytest.raises(InputError, match="keep the value -2"):
        run(tmp_path, negative, classes=[row])
    assert sorted(os.listdir(tmp_path)) == sorted([*before, "negative.tif"])


@pytest.mark.parametrize("fraction", [0.0, 0.3, 0.6])
def test_cancelled_runs_leave_nothing(fraction, clusters, tmp_path):
    before = sorted(os.listdir(tmp_path))
    settings = {"classes": [(1, "", "a", "")], "reference": clusters}
    with pytest.raises(Cancelled):
        run(tmp_path, clusters, StopAt(fraction), **settings)
    assert sorted(os.listdir(tmp_path)) == before
    progress = StopAt(2)
    run(tmp_path, clusters, progress, **settings)
    assert progress.seen == sorted(progress.seen) and progress.seen[-1] == 1


@pytest.mark.parametrize("name", ["a\\b", "\\1", "50 % <b>&amp;", "\u68ee\u6797", "'=1+1", "x" * 255])
def test_a_name_may_hold_any_sign(name, clusters, tmp_path):
    _, legend, _ = run(tmp_path, clusters, classes=[(1, "", name, "")])
    assert legend[1][0] == name
