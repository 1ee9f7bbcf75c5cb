"""From a few labels to a map: classes known by construction, and everything that labels can be."""

from __future__ import annotations

import re

import numpy as np
import pytest
from osgeo import ogr

from obic_plugin.engine.errors import InputError, ParameterError
from obic_plugin.engine.methods import applymodel, train
from obic_plugin.engine.methods.applymodel import ApplyModelParams
from obic_plugin.engine.methods.train import TrainParams
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.provenance import learned_from
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.raster.grid import RasterGrid
from obic_plugin.engine.training import finetuning
from tests.engine.raster.test_reference import box, write_features
from tests.progress import Record
from tests.scenes import NORTH_UP, crs, quarters, read_raster, write_raster

GRID = RasterGrid(96, 128, NORTH_UP, crs())
# two squares in each quarter: (row, col)
PLACES = [(8, 8), (30, 40), (8, 80), (30, 110), (60, 8), (80, 40), (60, 80), (80, 110)]
NAMES = ["water", "wood", "field", "town"]


@pytest.fixture
def image(tmp_path):
    return write_raster(tmp_path / "image.tif", quarters()[0])


def squares(names=NAMES):
    return [(names[index // 2], box(*place, 8, 8, GRID)) for index, place in enumerate(PLACES)]


def label_raster(path, values=(0, 1, 2, 3), unlabeled=255, **options):
    labels = np.full((96, 128), unlabeled, np.uint8)
    for index, (row, col) in enumerate(PLACES):
        labels[row : row + 8, col : col + 8] = values[index // 2]
    return write_raster(path, labels, **options)


def run(tmp_path, image, labels, **changes):
    """The map, what was returned, and what was said."""
    settings = {"encoder": "none", "output": str(tmp_path / "map.tif"), **changes}
    told = Record()
    numbers = train.METHOD.execute(TrainParams(input=image, labels=labels, **settings), told)
    return read_raster(settings["output"]), numbers, "\n".join(told.lines)


def right(found, values=(1, 2, 3, 4)):
    """Share of the pixels that have the class of their quarter."""
    return (found == np.array(values)[quarters()[1]]).mean()


def test_polygons_with_names_make_a_map_with_these_names(tmp_path, image):
    labels = write_features(tmp_path / "a.gpkg", squares(), ogr.OFTString)
    found, numbers, said = run(tmp_path, image, labels, field="kind")
    table = ClassTable.from_raster(str(tmp_path / "map.tif"))
    assert table.names == tuple(sorted(NAMES)) and table.values == (1, 2, 3, 4)
    assert right(found, [sorted(NAMES).index(name) + 1 for name in NAMES]) > 0.9
    assert numbers["class_count"] == 4 and numbers["overall_accuracy"] > 0.9
    assert "Overall accuracy" in said
    assert learned_from(str(tmp_path / "map.tif")) == (labels,)


@pytest.mark.parametrize(
    ("values", "mapped"),
    [((0, 1, 2, 3), (1, 2, 3, 4)), ((10, 20, 30, 200), (10, 20, 30, 200)), ((0, 4, 7, 9), (1, 5, 8, 10))],
)
def test_label_rasters_keep_their_numbers_and_zero_may_be_a_class(tmp_path, image, values, mapped):
    found, _, _ = run(tmp_path, image, label_raster(tmp_path / "l.tif", values))
    table = ClassTable.from_raster(str(tmp_path / "map.tif"))
    names = [name for name in table.names if name]
    assert names == [str(value) for value in values] and right(found, mapped) > 0.9


def test_declared_nodata_is_unlabeled(tmp_path, image):
    labels = label_raster(tmp_path / "l.tif", (1, 2, 3, 4), unlabeled=0, nodata=0)
    found, numbers, _ = run(tmp_path, image, labels)
    assert numbers["class_count"] == 4 and right(found) > 0.9


@pytest.mark.parametrize("shape", ["LINESTRING({} {}, {} {})", "POINT({} {})"])
def test_lines_and_points_are_labels_too(tmp_path, image, shape):
    features = []
    for index, (row, col) in enumerate(PLACES):
        ends = (*GRID.to_map(row, col), *GRID.to_map(row + 9, col + 9))
        features.append((index // 2 + 1, shape.format(*ends)))
    found, numbers, _ = run(tmp_path, image, write_features(tmp_path / "a.gpkg", features), field="kind")
    assert right(found) > 0.9 and numbers["class_count"] == 4


def test_points_fill_their_superpixels(tmp_path, image):
    points = [(name, box(row + 4, col + 4, 1, 1, GRID)) for name, (row, col) in zip(NAMES, PLACES[::2])]
    labels = write_features(tmp_path / "a.gpkg", points, ogr.OFTString)
    found, _, said = run(tmp_path, image, labels, field="kind", spread=True, superpixel_size=8)
    n_px = int(re.search(r"from ([\d,]+) labeled pixels", said)[1].replace(",", ""))
    assert n_px > 100 and right(found, [sorted(NAMES).index(name) + 1 for name in NAMES]) > 0.9


def test_labels_in_another_crs(tmp_path, image):
    from obic_plugin.engine.raster.crs import spatial_reference, transformation_to

    there = transformation_to(crs(4326), spatial_reference(crs()))
    features = []
    for kind, wkt in squares([1, 2, 3, 4]):
        geometry = ogr.CreateGeometryFromWkt(wkt)
        geometry.Transform(there)
        features.append((kind, geometry.ExportToWkt()))
    found, _, _ = run(tmp_path, image, write_features(tmp_path / "a.gpkg", features, code=4326), field="kind")
    assert right(found) > 0.9


def test_pixels_in_polygons_of_two_classes_are_left_out_and_said(tmp_path, image):
    wrong = [(2, box(8, 8, 8, 8, GRID))]  # on the first square, which is of class 1
    features = squares([1, 2, 3, 4])
    for order in (features + wrong, wrong + features):
        labels = write_features(tmp_path / f"{len(order)}{order[0][0]}.gpkg", order)
        found, _, said = run(tmp_path, image, labels, field="kind")
        assert "Left out: 64 pixels that lie in features of both" in said
        assert right(found) > 0.9


def test_the_same_seed_makes_the_same_map_whatever_the_memory(tmp_path):
    image, labels = quarters(600, 700)
    image = write_raster(tmp_path / "a.tif", image)
    drawn = np.where(np.random.default_rng(0).random(labels.shape) < 0.01, labels, 255).astype(np.uint8)
    drawn = write_raster(tmp_path / "l.tif", drawn)
    first, *_ = run(tmp_path, image, drawn)
    again, *_ = run(tmp_path, image, drawn, memory_mb=256)
    assert (first == again).all()


def test_the_model_makes_the_same_map(tmp_path, image):
    labels = label_raster(tmp_path / "l.tif", (10, 20, 30, 200))
    found, _, _ = run(tmp_path, image, labels, output_model=str(tmp_path / "m.safetensors"))
    again = str(tmp_path / "again.tif")
    settings = {"input": image, "model": str(tmp_path / "m.safetensors"), "output": again}
    applymodel.METHOD.execute(ApplyModelParams(scaling="model", **settings), Silent())
    assert (read_raster(again) == found).all()
    assert ClassTable.from_raster(again) == ClassTable.from_raster(str(tmp_path / "map.tif"))


def test_a_second_image_teaches_what_the_first_does_not_show(tmp_path):
    values, _ = quarters()
    first, second = (
        write_raster(tmp_path / f"{i}.tif", part) for i, part in enumerate((values[:, :, :64], values))
    )
    some = np.full((96, 64), 255, np.uint8)
    some[8:16, 8:16], some[60:68, 8:16] = 0, 2
    labels = [write_raster(tmp_path / "s.tif", some), label_raster(tmp_path / "l.tif")]
    found, numbers, _ = run(tmp_path, [second, first], labels[::-1])
    assert numbers["class_count"] == 4 and right(found) > 0.9
    alone, numbers, _ = run(tmp_path, [first, second], labels)
    assert alone.shape == (96, 64) and numbers["class_count"] == 4


def test_an_image_without_a_label_has_no_part_in_learning_which_is_said(tmp_path, image):
    labels = write_features(tmp_path / "a.gpkg", squares(), ogr.OFTString)
    far = write_raster(tmp_path / "b.tif", quarters()[0], (9e5, 10, 0, 9e6, 0, -10))
    found, _, said = run(tmp_path, [image, far], labels, field="kind")
    assert "b.tif has no part in learning. None of the labels" in said
    alone, _, _ = run(tmp_path, image, labels, field="kind")
    assert len(np.unique(found)) == len(np.unique(alone)) == 4


def test_a_band_that_the_encoder_does_not_see_counts(tmp_path):
    random = np.random.default_rng(0)
    values = random.integers(90, 110, (5, 96, 128)).astype(np.uint8)
    values[4, :, 64:] += 100
    labels = np.full((96, 128), 255, np.uint8)
    for row in range(4, 90, 20):
        labels[row : row + 8, 8:16] = labels[row : row + 8, 36:44] = 0
        labels[row : row + 8, 80:88] = labels[row : row + 8, 108:116] = 1
    image = write_raster(tmp_path / "a.tif", values)
    found, _, _ = run(tmp_path, image, write_raster(tmp_path / "l.tif", labels), encoder="imagenet")
    assert (found == np.where(np.arange(128) < 64, 1, 2)).mean() > 0.9


def test_features_that_teach_nothing_are_said(tmp_path, image):
    beyond = [
        ("moor", box(5000, 5000, 9, 9, GRID)),
        ("", box(40, 40, 9, 9, GRID)),
        ("wood", box(50, 0, 9, 9, GRID)),
    ]
    features = [*squares(NAMES), *beyond]
    labels = write_features(tmp_path / "a.gpkg", features, ogr.OFTString)
    _, numbers, said = run(tmp_path, image, labels, field="kind")
    assert numbers["class_count"] == 4
    assert "Left out: class 'moor', which has no labeled pixel where an image holds data." in said
    assert f"Left out: features of {labels} without a class, 1 in all." in said
    assert "class 'wood'" not in said


def test_classes_with_too_few_pixels_are_left_out_and_said(tmp_path, image):
    labels = label_raster(tmp_path / "l.tif")
    whole = read_raster(labels)
    whole[0, :5] = 9
    labels = write_raster(tmp_path / "m.tif", whole)
    found, numbers, said = run(tmp_path, image, labels, min_pixels=6)
    assert "Left out: class 9, which has 5 labeled pixels, fewer than 6" in said
    assert numbers["class_count"] == 4 and right(found) > 0.9
    assert ClassTable.from_raster(str(tmp_path / "map.tif")).values[-1] == 4
    with pytest.raises(InputError, match="Every class has fewer than 1000 labeled pixels"):
        run(tmp_path, image, labels, min_pixels=1000)


def test_labels_on_nodata_do_not_count(tmp_path):
    """A class that lies there alone is no class."""
    values, _ = quarters()
    values[:, :8] = 0
    labels = read_raster(label_raster(tmp_path / "l.tif"))
    labels[0, :10] = 200
    image = write_raster(tmp_path / "a.tif", values, nodata=0)
    _, numbers, _ = run(tmp_path, image, write_raster(tmp_path / "m.tif", labels))
    assert numbers["class_count"] == 4


def test_one_polygon_of_a_class_is_learned_from_and_said(tmp_path, image):
    labels = write_features(tmp_path / "a.gpkg", squares(NAMES)[:-1], ogr.OFTString)
    _, numbers, said = run(tmp_path, image, labels, field="kind")
    assert "town is labeled at one place alone" in said and numbers["class_count"] == 4


def test_no_class_has_two_polygons(tmp_path, image):
    labels = write_features(tmp_path / "a.gpkg", squares(NAMES)[::2], ogr.OFTString)
    found, numbers, _ = run(tmp_path, image, labels, field="kind")
    assert "overall_accuracy" not in numbers and len(np.unique(found)) == 4


def test_polygons_close_to_each_other_are_known_too_well_which_is_said(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters(300, 300)[0])
    grid = RasterGrid(300, 300, NORTH_UP, crs())
    places = {"water": [(9, 9), (9, 20), (20, 9)], "town": [(280, 280), (160, 160)], "wood": [(9, 280)]}
    squares = [(name, box(*place, 8, 8, grid)) for name, own in places.items() for place in own]
    labels = write_features(tmp_path / "a.gpkg", squares, ogr.OFTString)
    _, numbers, said = run(tmp_path, image, labels, field="kind")
    assert "All labels of water lie close together" in said and "overall_accuracy" in numbers
    assert "wood is labeled at one place alone" in said and "town" not in said.replace("Learning", "")


def test_a_label_that_is_wrong_is_named_with_its_place(tmp_path, image):
    wrong = ("water", box(40, 110, 8, 6, GRID))  # among wood
    labels = write_features(tmp_path / "a.gpkg", [*squares(), wrong], ogr.OFTString)
    run(tmp_path, image, labels, field="kind", output_report=str(tmp_path / "r.html"))
    told = (tmp_path / "r.html").read_text(encoding="utf-8")
    x, y = GRID.to_map(44, 113)
    rows = re.findall(
        r"<td>(\w+)</td><td>(\w+)</td><td class=number>\d+%</td><td>([-\d.]+, [-\d.]+)</td>", told
    )
    assert [(label, place) for label, _, place in rows] == [("water", f"{x:.10g}, {y:.10g}")]
    assert rows[0][1] != "water"


def test_accuracy_is_that_on_polygons_that_were_left_out(tmp_path, image):
    """Every polygon has a class of chance: what is said of those left out is then chance, too."""
    random, truth = np.random.default_rng(3), np.full((96, 128), 255, np.uint8)
    for row in range(0, 96, 6):
        for col in range(0, 128, 6):
            truth[row : row + 4, col : col + 4] = random.integers(2)
    _, numbers, _ = run(tmp_path, image, write_raster(tmp_path / "l.tif", truth))
    assert 0.35 < numbers["overall_accuracy"] < 0.65


@pytest.mark.parametrize(
    ("features", "field", "why"),
    [
        ([("a", box(8, 8, 8, 8, GRID))], "kind", "All labels are of one class, 'a'"),
        ([("a", box(800, 8, 8, 8, GRID)), ("b", box(900, 8, 8, 8, GRID))], "kind", "lies on the image"),
        ([(None, box(8, 8, 8, 8, GRID))], "kind", "no feature with a class"),
        ([("a", box(8, 8, 8, 8, GRID))], "sort", "has no field 'sort'. Choose one of kind"),
        ([("a", box(8, 8, 8, 8, GRID))], None, "needs a class field"),
    ],
)
def test_labels_that_teach_nothing_are_refused(tmp_path, image, features, field, why):
    labels = write_features(tmp_path / "a.gpkg", features, ogr.OFTString)
    with pytest.raises(InputError, match=why):
        run(tmp_path, image, labels, field=field)


def test_images_and_labels_that_do_not_fit_are_refused(tmp_path, image):
    other = write_raster(tmp_path / "b.tif", quarters(n_bands=2)[0])
    labels = label_raster(tmp_path / "l.tif")
    with pytest.raises(InputError, match=r"number of bands \(2\) than .* \(3\)"):
        run(tmp_path, [image, other], labels)
    with pytest.raises(ParameterError, match="Labels are 2 and images 1"):
        run(tmp_path, image, [labels, labels])


def test_labels_where_the_image_has_no_data_are_refused(tmp_path):
    values, _ = quarters()
    values[:, :40] = 0
    image, labels = write_raster(tmp_path / "a.tif", values, nodata=0), np.full((96, 128), 255, np.uint8)
    labels[8:16, 8:16], labels[8:16, 80:88] = 0, 1
    with pytest.raises(InputError, match=r"All labels of .* lie where the image has no data"):
        run(tmp_path, image, write_raster(tmp_path / "l.tif", labels))


def test_a_fine_tuned_network_makes_the_map_that_its_model_makes(tmp_path, image, monkeypatch):
    monkeypatch.setattr(finetuning, "CROP_PX", 64)
    monkeypatch.setattr(finetuning, "N_STEPS", 30)
    labels, model = label_raster(tmp_path / "l.tif"), str(tmp_path / "m.safetensors")
    settings = {"encoder": "imagenet", "head": "finetuned", "output_report": str(tmp_path / "r.html")}
    found, numbers, said = run(tmp_path, image, labels, output_model=model, **settings)
    assert right(found) > 0.5 and 0 <= numbers["overall_accuracy"] <= 1 and "Overall accuracy" in said
    assert "cross-entropy" in (tmp_path / "r.html").read_text()
    again = str(tmp_path / "again.tif")
    applymodel.METHOD.execute(ApplyModelParams(input=image, model=model, output=again), Silent())
    assert (read_raster(again) == found).all()


def test_an_image_is_mapped_in_all_mirrorings_and_so_it_is_by_its_model(tmp_path, image):
    labels, model = label_raster(tmp_path / "l.tif"), str(tmp_path / "m.safetensors")
    sure, sure_again = str(tmp_path / "sure.tif"), str(tmp_path / "again_sure.tif")
    found, _, _ = run(tmp_path, image, labels, encoder="imagenet", output_model=model, output_confidence=sure)
    again = str(tmp_path / "again.tif")
    params = ApplyModelParams(input=image, model=model, output=again, output_confidence=sure_again)
    applymodel.METHOD.execute(params, Silent())
    assert (read_raster(again) == found).all() and (read_raster(sure_again) == read_raster(sure)).all()
    assert ModelFile.load(model).state["network"]["image"]["views"] == 4


def test_a_fine_tuned_network_has_something_to_start_from(tmp_path, image):
    with pytest.raises(ParameterError, match="there is nothing to go on from"):
        run(tmp_path, image, label_raster(tmp_path / "l.tif"), encoder="none", head="finetuned")
