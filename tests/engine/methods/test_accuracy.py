"""A map against its reference: files in, files out, and nothing else left behind."""

from __future__ import annotations

import csv
import json
import math
import os
from html.parser import HTMLParser

import numpy as np
import pytest
from sklearn import metrics

from obic_plugin.engine.errors import InputError, OutputError, ParameterError
from obic_plugin.engine.methods.accuracy import METHOD, NUMBERS
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.provenance import SOURCES, is_same_layer
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.raster.writer import RasterWriter
from tests.engine.raster.test_reference import box, write_features
from tests.progress import Record, StopAt
from tests.scenes import NORTH_UP, crs, read_raster, write_raster

GRID = RasterGrid(40, 60, NORTH_UP, crs())
WGS84 = (9.0, 0.25, 0.0, 60.0, 0.0, -0.25)


def pair(seed=0, n_reference=4, n_mapped=6):
    """A reference and a map that mostly agrees with it, numbered otherwise."""
    random = np.random.default_rng(seed)
    reference = random.integers(0, n_reference, (40, 60)).astype(np.uint8)
    mapped = np.where(
        random.random((40, 60)) < 0.7,
        reference * 3 % n_mapped + 1,
        random.integers(1, n_mapped + 1, (40, 60)),
    )
    return reference, mapped.astype(np.uint8)


def write_legend(path, labels, names):
    with RasterWriter(str(path), GRID) as writer:
        writer.describe({}, ClassTable.of([(40 * i, 90, 200 - 30 * i) for i in range(len(names))], names))
        writer.write(GRID.window, labels)
    return str(path)


def run(tmp_path, mapped, reference, progress=None, **settings):
    """The numbers, and the flat JSON."""
    paths = {"output_json": str(tmp_path / "scores.json"), **settings}
    params = METHOD.params(input=str(mapped), reference=str(reference), **paths)
    numbers = METHOD.execute(params, progress or Silent())
    with open(paths["output_json"], encoding="utf-8") as file:
        return numbers, json.load(file)


def test_all_outputs_agree_with_scikit_learn(tmp_path):
    reference, mapped = pair()
    reference[:3], mapped[:, :4] = 255, 0
    paths = {f"output_{k}": str(tmp_path / f"out.{k}") for k in ("html", "csv")}
    numbers, scores = run(
        tmp_path,
        write_raster(tmp_path / "map.tif", mapped, nodata=0),
        write_raster(tmp_path / "truth.tif", reference),
        unlabelled="255",
        matching="one_to_one",
        output_agreement=str(tmp_path / "agreement.tif"),
        **paths,
    )
    both = (reference != 255) & (mapped != 0)
    truth, found = reference[both], mapped[both]
    assert numbers["ami"] == scores["ami"] == pytest.approx(metrics.adjusted_mutual_info_score(truth, found))
    assert numbers["compared_px"] == both.sum()
    assert scores["unmapped_px"] == (reference[:, :4] != 255).sum()
    named = np.full(256, 99)
    for key, label in scores.items():
        if key.startswith("one_to_one_"):
            named[int(key[11:])] = label
    assert scores["overall_accuracy"] == pytest.approx(metrics.accuracy_score(truth, named[found]))
    assert scores["kappa"] == pytest.approx(metrics.cohen_kappa_score(truth, named[found]))
    assert scores["class_2_iou"] == pytest.approx(
        metrics.jaccard_score(truth, named[found], average=None, labels=[2])[0]
    )
    agreement = read_raster(tmp_path / "agreement.tif")
    assert np.array_equal(agreement, np.where(both, np.where(named[mapped] == reference, 1, 2), 0))
    with open(paths["output_csv"], encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    confusion = metrics.cluster.contingency_matrix(truth, found)
    assert rows[0][0] == "rows: reference, columns: map"
    assert [[int(cell) for cell in row[2:8]] for row in rows[2:6]] == confusion.tolist()
    assert set(numbers) <= set(NUMBERS)
    assert not [name for name in os.listdir(tmp_path) if name.startswith(".obic")]


class Tags(HTMLParser):
    """Checks that tags close in order; keeps text and attributes."""

    def __init__(self, page):
        super().__init__()
        self.open, self.text, self.links = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.links += [value for name, value in attributes if name in ("src", "href")]
        if tag not in ("meta", "rect", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag != "rect":
            assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)


def test_the_page_is_whole_and_says_who_is_who(tmp_path):
    reference, mapped = pair()
    run(
        tmp_path,
        write_raster(tmp_path / "map.tif", mapped),
        write_legend(tmp_path / "truth.tif", reference + 1, ["wood", "water <&>", "field", "town"]),
        sample=True,
        output_html=str(tmp_path / "page.html"),
    )
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    tags = Tags(page)
    assert not tags.open
    assert not tags.links
    text = " ".join(tags.text)
    assert "Reference (rows)" in text
    assert "Map (columns)" in text
    assert "water <&>" in text
    assert "Olofsson" in text
    assert page.count("<svg") == 1


def test_equal_values_equal_names_and_automatic(tmp_path):
    reference = pair()[0] + 1
    truth = write_legend(tmp_path / "truth.tif", reference, ["wood", "water", "field", "town"])
    same = write_raster(tmp_path / "same.tif", reference, nodata=0)
    assert run(tmp_path, same, truth)[1]["matching"] == "value"
    assert run(tmp_path, same, truth)[1]["overall_accuracy"] == 1
    swapped = np.array([0, 2, 1, 3, 4], np.uint8)[reference]
    named = write_legend(tmp_path / "named.tif", swapped, ["Water", "WOOD ", "field", "town"])
    assert run(tmp_path, named, truth)[1]["matching"] == "name"
    assert run(tmp_path, named, truth)[1]["overall_accuracy"] == 1
    assert run(tmp_path, named, truth, matching="value")[1]["overall_accuracy"] < 0.6
    numbered = write_legend(tmp_path / "numbered.tif", swapped, ["class 1", "class 2", "class 3", "class 4"])
    assert run(tmp_path, numbered, truth)[1]["matching"] == "one_to_one"
    with pytest.raises(ParameterError, match="no class name in common"):
        run(tmp_path, numbered, truth, matching="name")


def test_polygons_of_a_few_places_name_the_clusters(tmp_path):
    mapped = np.ones((40, 60), np.uint8)
    mapped[:, 20:40], mapped[:, 40:] = 2, 3
    shapes = [
        ("field", box(2, 2, 5, 10)),
        ("wood", box(2, 22, 5, 10)),
        ("field", box(2, 45, 5, 10)),
        ("?", box(30, 0, 9, 60)),
    ]
    source = write_features(tmp_path / "a.gpkg", shapes, 4)
    _, scores = run(
        tmp_path,
        write_raster(tmp_path / "map.tif", mapped),
        source,
        field="kind",
        unlabelled="?",
        matching="many_to_one",
    )
    assert scores["compared_px"] == 150
    assert scores["overall_accuracy"] == 1
    names = {key[10:-5]: name for key, name in scores.items() if key.startswith("reference_")}
    assert [names[str(scores[f"many_to_one_{k}"])] for k in (1, 2, 3)] == ["field", "wood", "field"]
    with pytest.raises(ParameterError, match=r"one of .*field, wood; not 'sea'"):
        run(tmp_path, tmp_path / "map.tif", source, field="kind", unlabelled="sea")


def test_points_give_areas_of_the_whole_map(tmp_path):
    mapped = np.ones((40, 60), np.uint8)
    mapped[:, 45:] = 2
    places = [(1, 5, 5), (1, 8, 20), (1, 30, 40), (2, 12, 30), (2, 5, 50), (2, 20, 55)]
    points = [(k, "POINT({} {})".format(*GRID.to_map(row + 0.5, col + 0.5))) for k, row, col in places]
    source = write_features(tmp_path / "a.gpkg", points)
    _, scores = run(tmp_path, write_raster(tmp_path / "map.tif", mapped), source, field="kind")
    total = 40 * 60 * 100.0
    assert scores["adjusted_overall_accuracy"] == pytest.approx(0.75 * 0.75 + 0.25)
    assert scores["class_2_adjusted_area"] == pytest.approx(total * (0.75 * 0.25 + 0.25))
    assert scores["class_1_adjusted_mapped_area"] == pytest.approx(0.75 * total)
    assert scores["class_2_adjusted_precision_ci"] == 0


def test_areas_in_degrees_are_those_on_the_ground(tmp_path):
    mapped = np.ones((120, 8), np.uint8)
    mapped[60:] = 2  # 45° to 30°, larger than 60° to 45°
    path = write_raster(tmp_path / "map.tif", mapped, WGS84, crs(4326))
    _, scores = run(tmp_path, path, path, sample=True)
    north, south = (scores[f"class_{k}_adjusted_mapped_area"] for k in (1, 2))
    sines = [math.sin(math.radians(degrees)) for degrees in (60, 45, 30)]
    assert south / north == pytest.approx((sines[1] - sines[2]) / (sines[0] - sines[1]), rel=0.01)
    assert north + south == pytest.approx(math.radians(2) * 6_371_000**2 * (sines[0] - sines[2]), rel=0.01)


def test_regions_as_a_map(tmp_path):
    reference = np.repeat(np.repeat(pair()[0], 4, 0), 4, 1)
    ids = (np.arange(160)[:, None] // 4 * 100_000 + np.arange(240)[None] // 4 + 1).astype(np.uint32)
    numbers, scores = run(
        tmp_path,
        write_raster(tmp_path / "ids.tif", ids),
        write_raster(tmp_path / "truth.tif", reference),
        output_html=str(tmp_path / "page.html"),
        output_agreement=str(tmp_path / "agreement.tif"),
    )
    assert scores["matching"] == "many_to_one"
    assert numbers["accuracy_many_to_one"] == 1
    assert numbers["homogeneity"] == pytest.approx(1)
    assert scores["n_map_classes"] == 2400
    assert (read_raster(tmp_path / "agreement.tif") == 1).all()
    assert os.path.getsize(tmp_path / "page.html") < 500_000
    with pytest.raises(ParameterError, match="Estimates from a sample"):
        run(tmp_path, tmp_path / "ids.tif", tmp_path / "truth.tif", sample=True, matching="value")


def test_refusals(tmp_path):
    reference, mapped = pair()
    truth = write_raster(tmp_path / "truth.tif", reference)
    path = write_raster(tmp_path / "map.tif", mapped)
    far = write_raster(tmp_path / "far.tif", reference, (0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
    with pytest.raises(InputError, match="no labeled pixel in common"):
        run(tmp_path, path, far)
    with pytest.raises(InputError, match="no labeled pixel in common"):
        run(tmp_path, path, truth, unlabelled="0,1,2,3")
    with pytest.raises(ParameterError, match="not 'nothing'"):
        run(tmp_path, path, truth, unlabelled="nothing")
    with pytest.raises(OutputError, match="also an input"):
        run(tmp_path, path, truth, output_agreement=truth)
    with pytest.raises(InputError, match="Cannot open"):
        run(tmp_path, tmp_path / "missing.tif", truth)
    assert sorted(os.listdir(tmp_path)) == ["far.tif", "map.tif", "truth.tif"]


@pytest.mark.parametrize("fraction", [0.0, 0.5, 0.8, 1.0])
def test_cancelled_runs_leave_nothing(tmp_path, fraction):
    reference, mapped = pair()
    truth, path = write_raster(tmp_path / "truth.tif", reference), write_raster(tmp_path / "map.tif", mapped)
    outputs = {f"output_{k}": str(tmp_path / f"out.{k}") for k in ("html", "csv")}
    with pytest.raises(Cancelled):
        run(tmp_path, path, truth, StopAt(fraction), output_agreement=str(tmp_path / "a.tif"), **outputs)
    assert sorted(os.listdir(tmp_path)) == ["map.tif", "truth.tif"]


def test_tiles_do_not_matter(tmp_path, monkeypatch):
    reference, mapped = pair()
    truth, path = write_raster(tmp_path / "truth.tif", reference), write_raster(tmp_path / "map.tif", mapped)
    whole = run(tmp_path, path, truth, output_agreement=str(tmp_path / "a.tif"))[0]
    before = read_raster(tmp_path / "a.tif")
    monkeypatch.setattr("obic_plugin.engine.accuracy.comparison.TILE_PX", 17)
    assert run(tmp_path, path, truth, output_agreement=str(tmp_path / "a.tif"))[0] == pytest.approx(whole)
    assert np.array_equal(read_raster(tmp_path / "a.tif"), before)


def test_a_reference_that_the_map_was_learned_from_is_told(tmp_path):
    reference, mapped = pair()
    known = write_raster(tmp_path / "reference.tif", reference)
    other = write_raster(tmp_path / "other.tif", reference)
    learned = str(tmp_path / "map.tif")
    with RasterWriter(learned, GRID) as writer:
        writer.describe({SOURCES: json.dumps({"labels": [known], "input": "image.tif"})}, ClassTable.of([]))
        writer.write(GRID.window, mapped)
    page = str(tmp_path / "page.html")
    told = {}
    for path in (known, other):
        lines = Record()
        run(tmp_path, learned, path, lines, output_html=page)
        text = (tmp_path / "page.html").read_text(encoding="utf-8")
        told[path] = ["was learned from these labels" in each for each in (" ".join(lines.lines), text)]
    assert told == {known: [True, True], other: [False, False]}


def test_a_copy_of_what_the_map_was_learned_from_is_told(tmp_path):
    """As QGIS makes of a scratch layer for each run, to which somebody may have added places."""
    _, mapped = pair()
    taught = [(1, box(2, 2, 5, 5)), (2, box(12, 2, 5, 5)), (3, box(22, 2, 5, 5))]
    new = [(kind, box(row, 30, 4, 4)) for kind, row in ((1, 2), (2, 12))]
    write_features(tmp_path / "taught.gpkg", taught)
    learned = str(tmp_path / "map.tif")
    with RasterWriter(learned, GRID) as writer:
        labels = [f"{tmp_path / 'taught.gpkg'}|layername=truth", str(tmp_path / "gone.gpkg")]
        writer.describe({SOURCES: json.dumps({"labels": labels})}, ClassTable.of([]))
        writer.write(GRID.window, mapped)
    page, told = str(tmp_path / "page.html"), {}
    for name, features in {"copy": taught, "grown": taught[:2] + new, "new": new}.items():
        lines = Record()
        reference = write_features(tmp_path / f"{name}.gpkg", features)
        run(tmp_path, learned, reference, lines, field="kind", output_html=page)
        said = [line for line in lines.lines if "that the map was learned from" in line]
        assert all(line in (tmp_path / "page.html").read_text(encoding="utf-8") for line in said)
        told[name] = [line.partition(" are among")[0] for line in said]
    copy, grown = (str(tmp_path / f"{name}.gpkg") for name in ("copy", "grown"))
    assert told == {
        "copy": [f"Of the 3 features of {copy}, 3"],
        "grown": [f"Of the 4 features of {grown}, 2"],
        "new": [],
    }


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("a.gpkg|layername=labels", "a.gpkg", True),
        ("./a.gpkg|layername=labels", f"{os.getcwd()}/a.gpkg|layername=labels", True),
        ("a.gpkg|layername=labels", "a.gpkg|layername=check", False),
        ("a.gpkg", "b.gpkg", False),
    ],
)
def test_names_of_one_layer(first, second, same):
    assert is_same_layer(first, second) == same
