"""Chips: a grid of squares, their tags from labels or a table, and files of them."""

from __future__ import annotations

import numpy as np
import pytest
from osgeo import gdal, ogr

from obic_plugin.engine.chips.layer import ChipLayer
from obic_plugin.engine.chips.placed import placed
from obic_plugin.engine.errors import InputError, ParameterError
from obic_plugin.engine.methods import chips
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.reader import RasterReader, grid_of, open_raster
from tests.engine.raster.test_reference import box, write_features
from tests.scenes import ROTATED, quarters, read_raster, write_raster


def run(tmp_path, image, **changes) -> list:
    """[(number, tags, geometry)] of the chips."""
    output = str(tmp_path / "chips.gpkg")
    settings = {"input": image, "output": output, "size": 32, **changes}
    numbers = chips.METHOD.execute(chips.ChipsParams(**settings), Silent())
    dataset = gdal.OpenEx(output, gdal.OF_VECTOR)
    found = [(f["chip"], f["tags"], f.GetGeometryRef().Clone()) for f in dataset.GetLayer(0)]
    assert len(found) == numbers["chip_count"]
    assert sum(tags is not None for _, tags, _ in found) == numbers["tagged_count"]
    return found


def windows(tmp_path, image, field=None) -> dict:
    """{number: window} of the chips that were written, as training finds them."""
    layer = ChipLayer(str(tmp_path / "chips.gpkg"), field)
    return {chip.number: chip.window for chip in placed(layer, {image: grid_of(open_raster(image))})}


def names_raster(path, labels, names, **options) -> str:
    source = write_raster(path, labels, **options)
    dataset = gdal.Open(source, gdal.GA_Update)
    dataset.GetRasterBand(1).SetCategoryNames(list(names))
    del dataset
    return source


def test_a_grid_of_whole_chips_with_empty_tags(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters(96, 130)[0])
    found = run(tmp_path, image)
    assert [number for number, *_ in found] == list(range(1, 13))
    assert all(tags is None for _, tags, _ in found)
    assert all(abs(shape.GetArea() - 320**2) < 1e-6 for *_, shape in found)
    union = ogr.Geometry(ogr.wkbMultiPolygon)
    for *_, shape in found:
        union.AddGeometry(shape)
    assert union.UnionCascaded().GetEnvelope() == (500000, 501280, 5399040, 5400000)


def test_chips_lie_on_a_rotated_raster_where_they_were_cut(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters(64, 96)[0], ROTATED)
    labels = write_raster(tmp_path / "l.tif", np.ones((64, 96), np.uint8), ROTATED)
    run(tmp_path, image, labels=labels)
    assert windows(tmp_path, image) == {
        3 * row + col + 1: Window(32 * row, 32 * col, 32, 32) for row in range(2) for col in range(3)
    }


def test_tags_are_the_classes_that_cover_enough(tmp_path):
    labels = np.ones((32, 128), np.uint8)
    labels[:8, 32:64] = 2  # a quarter of the second chip
    labels[:1, 64:96] = 2  # a 32nd of the third
    labels[:, 96:] = 255  # nothing is known of the fourth
    image = write_raster(tmp_path / "a.tif", quarters(32, 128)[0])
    source = names_raster(tmp_path / "l.tif", labels, ["", "wood", "water"])
    assert [tags for _, tags, _ in run(tmp_path, image, labels=source)] == ["wood", "water;wood"]
    assert [tags for _, tags, _ in run(tmp_path, image, labels=source, filtered=False)] == [
        "wood",
        "water;wood",
        "wood",
    ]
    small = run(tmp_path, image, labels=source, small="water")
    assert [tags for _, tags, _ in small] == ["wood", "water;wood", "water;wood"]
    with pytest.raises(ParameterError, match=r"lake is in no chip\. The labels have water, wood"):
        run(tmp_path, image, labels=source, small="lake;water")
    assert [tags for _, tags, _ in run(tmp_path, image, labels=source, min_share=30, filtered=False)] == [
        "wood"
    ] * 3


def test_polygons_may_name_several_classes(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters(32, 64)[0])
    shapes = [("wood; water", box(0, 0, 32, 32)), ("wood", box(0, 32, 32, 32))]
    labels = write_features(tmp_path / "l.gpkg", shapes, ogr.OFTString)
    assert [tags for _, tags, _ in run(tmp_path, image, labels=labels, field="kind")] == [
        "water;wood",
        "wood",
    ]


def test_chips_without_data_are_left_out(tmp_path):
    values = quarters(64, 64)[0]
    values[:, :40, :40] = 0
    image = write_raster(tmp_path / "a.tif", values, nodata=0)
    assert len(run(tmp_path, image)) == 3


def test_so_many_at_most(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters(96, 128)[0])
    assert len(run(tmp_path, image, count=5)) == 5
    assert len(windows(tmp_path, image)) == 0  # none has a tag
    assert len(run(tmp_path, image, count=500)) == 12


def test_several_images_are_told_apart_where_nothing_places_them(tmp_path):
    images = tuple(write_raster(tmp_path / f"{n}.tif", quarters(32, 64)[0], None, "") for n in "ab")
    labels = tuple(
        write_raster(tmp_path / f"l{n}.tif", np.full((32, 64), n, np.uint8), None, "") for n in (1, 2)
    )
    found = run(tmp_path, images, labels=labels)
    assert [tags for _, tags, _ in found] == ["1", "1", "2", "2"]
    layer = ChipLayer(str(tmp_path / "chips.gpkg"), None)
    grids = {image: grid_of(open_raster(image)) for image in images}
    assert [(chip.source, chip.window.col) for chip in placed(layer, grids)] == [
        (images[0], 0),
        (images[0], 32),
        (images[1], 0),
        (images[1], 32),
    ]


def test_files_of_chips_are_the_pixels_under_them(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters(64, 96)[0])
    folder = tmp_path / "files"
    run(tmp_path, image, output_files=str(folder))
    assert sorted(path.name for path in folder.iterdir()) == [f"chip_{n:05d}.tif" for n in range(1, 7)]
    part = RasterReader(str(folder / "chip_00005.tif"))
    assert (read_raster(part.source) == read_raster(image)[:, 32:, 32:64]).all()
    assert part.grid.transform[0] == 500320


def table_of(tmp_path, rows: list) -> str:
    (tmp_path / "tags.csv").write_text("file,tags\n" + "".join(f'{name},"{tags}"\n' for name, tags in rows))
    return str(tmp_path / "tags.csv")


def test_a_table_of_files_with_tags(tmp_path):
    for name in ("one.tif", "two.tif"):
        write_raster(tmp_path / name, quarters(32, 32)[0], None, "")
    table = table_of(tmp_path, [("one.tif", "wood;water"), ("two.tif", "field")])
    found = run(tmp_path, str(tmp_path / "one.tif"), labels=table)
    assert [tags for _, tags, _ in found] == ["water;wood", "field"]
    layer = ChipLayer(str(tmp_path / "chips.gpkg"), None)
    own = placed(layer, {})
    assert [chip.source for chip in own] == [str(tmp_path / "one.tif"), str(tmp_path / "two.tif")]
    assert placed(ChipLayer(table, None), {}) == [chip._replace(number=n) for n, chip in zip((1, 2), own)]


@pytest.mark.parametrize(
    "head, between", [("File,Tags", ","), ("file;tags", ";"), ("\ufefffile\ttags", "\t")]
)
def test_tables_as_programs_write_them(tmp_path, head, between):
    image = write_raster(tmp_path / "one.tif", quarters(32, 32)[0])
    table = tmp_path / "tags.csv"
    table.write_text(f'{head}\none.tif{between}"a;b"\n', encoding="utf-8")
    assert [tags for _, tags, _ in run(tmp_path, image, labels=str(table))] == ["a;b"]


@pytest.mark.parametrize("between", [",", ";"])
def test_no_tag_is_lost_where_it_is_taken_for_a_cell(tmp_path, between):
    image, table = write_raster(tmp_path / "one.tif", quarters(32, 32)[0]), tmp_path / "t.csv"
    rows = between.join(["one.tif", "a", ""]) + "\n" + between.join(["one.tif", "a", "b"])
    table.write_text(f"file{between}tags\n{rows}\n")
    with pytest.raises(InputError, match=r"Row 2 of .*t.csv has more cells than the table has columns"):
        run(tmp_path, image, labels=str(table))


def test_bad_tables_are_refused(tmp_path):
    image = write_raster(tmp_path / "one.tif", quarters(32, 32)[0])
    (tmp_path / "latin.csv").write_bytes("file,tags\none.tif,Äcker\n".encode("latin-1"))
    with pytest.raises(
        InputError, match=r"Feature 1 of .*latin.csv holds letters that are not UTF-8 in its field tags"
    ):
        run(tmp_path, image, labels=str(tmp_path / "latin.csv"))
    write_raster(tmp_path / "two.tif", quarters(32, 40)[0])
    with pytest.raises(InputError, match=r"Files that .* names are not there: 1 of 2, first .*none.tif"):
        run(tmp_path, image, labels=table_of(tmp_path, [("one.tif", "a"), ("none.tif", "b")]))
    with pytest.raises(InputError, match=r"differ in size: .*32 x 32 px, and .*40 x 32"):
        run(tmp_path, image, labels=table_of(tmp_path, [("one.tif", "a"), ("two.tif", "b")]))
    with pytest.raises(
        InputError, match=r"names no file in its column file for 1 of its 2 chips, first in row"
    ):
        run(tmp_path, image, labels=table_of(tmp_path, [("", "a"), ("two.tif", "b")]))
    with pytest.raises(InputError, match=r"has no field 'kind'. Choose one of file, tags"):
        run(tmp_path, image, labels=table_of(tmp_path, [("one.tif", "a")]), field="kind")


def test_bad_grids_are_refused(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters(32, 64)[0])
    with pytest.raises(InputError, match=r"has 64 x 32 px, and a chip 48 x 48. Choose smaller"):
        run(tmp_path, image, size=48)
    labels = write_raster(tmp_path / "l.tif", (np.indices((32, 64)).sum(0) % 20).astype(np.uint8))
    with pytest.raises(InputError, match=r"give none of 2 chips a tag: in 2 a class covers too"):
        run(tmp_path, image, labels=labels)


def test_chips_that_lie_nowhere_or_differ_in_size_are_refused(tmp_path):
    image = write_raster(tmp_path / "a.tif", quarters(40, 60)[0])
    grids = {image: grid_of(open_raster(image))}
    far = write_features(
        tmp_path / "far.gpkg", [("a", box(0, 0, 8, 8)), ("b", box(900, 0, 8, 8))], ogr.OFTString
    )
    with pytest.raises(InputError, match=r"lie outside of all images: 1 of 2, first number 2"):
        placed(ChipLayer(far, "kind"), grids)
    odd = [("a", box(0, 0, 8, 8)), ("b", box(8, 0, 8, 9)), ("c", box(20, 20, 14, 8))]
    with pytest.raises(InputError, match=r"have 8 x 8 px, and number 3 has 8 x 14"):
        placed(ChipLayer(write_features(tmp_path / "odd.gpkg", odd, ogr.OFTString), "kind"), grids)
    nearly = placed(ChipLayer(write_features(tmp_path / "ok.gpkg", odd[:2], ogr.OFTString), "kind"), grids)
    assert len({(chip.window.height, chip.window.width) for chip in nearly}) == 1
