"""The gallery: every algorithm is in it, and its pictures show what they are to show."""

import sys
from pathlib import Path

import numpy as np
import pytest
from qgis.PyQt.QtGui import QImage

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import gallery
import sheet

from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.raster.classes import ClassTable
from obic_plugin.engine.samplescene import write_sample_scene
from tests.scenes import read_raster


def test_every_algorithm_is_run_and_told_in_the_readme(tmp_path):
    runs = gallery.runs(tmp_path)
    assert {run.method for run in runs} == {method.name for method in METHODS}
    table = gallery.README.read_text(encoding="utf-8").split(gallery.MARK)[1]
    assert [line.split(" | ")[0] for line in table.splitlines() if line][2:] == [
        f"| {run.title}" for run in runs
    ]


def test_the_table_takes_the_place_of_the_last_one_and_nothing_else_changes(tmp_path, monkeypatch):
    readme = tmp_path / "README.md"
    readme.write_text(f"before\n{gallery.MARK}\nold\n{gallery.MARK}\nafter\n", encoding="utf-8")
    monkeypatch.setattr(gallery, "README", readme)
    rows = [
        {"title": "A", "seconds": 1.26, "ami": 0.5, "note": "x"},
        {"title": "B", "seconds": 2, "ami": None, "note": ""},
    ]
    for _ in range(2):
        gallery.write_table(rows)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{gallery.MARK}\n\n|") and text.endswith(f"\n\n{gallery.MARK}\nafter\n")
    assert "| A | 1.3 s | 0.500 | x |\n| B | 2.0 s |  |  |\n" in text and "old" not in text
    readme.write_text("no marks", encoding="utf-8")
    with pytest.raises(SystemExit, match="twice"):
        gallery.write_table(rows)


def test_known_places_are_true_and_of_each_class(tmp_path):
    write_sample_scene(tmp_path / "scene.tif", tmp_path / "truth.tif", 0, (300, 360))
    gallery.write_known_places(tmp_path / "truth.tif", tmp_path / "known.tif")
    truth, known = read_raster(tmp_path / "truth.tif"), read_raster(tmp_path / "known.tif")
    assert (known[known > 0] == truth[known > 0]).all()
    assert (np.unique(known[known > 0]) == np.unique(truth[truth > 0])).all()
    assert 0 < (known > 0).sum() <= 25 * gallery.N_KNOWN
    assert "Water" in ClassTable.from_raster(str(tmp_path / "known.tif")).names


def test_borders_are_where_ids_differ():
    pixels = np.full((4, 6, 4), 200, np.uint8)
    ids = np.repeat([[1, 2]], 4, 0).repeat(3, 1)
    changed = (sheet.with_borders(pixels, ids) != pixels).any(-1)
    assert changed[:, 3].all() and changed.sum() == 4
    assert sheet.enlarged(ids, 2).shape == (8, 12)


def test_pictures_have_their_size_whatever_their_parts(tmp_path):
    color = np.array([200, 30, 30, 255], np.uint8)
    pixels = np.broadcast_to(color, (50, 90, 4)).copy()
    sheet.draw_pair(pixels, pixels[:, :20], tmp_path / "pair.jpg")
    pair = QImage(str(tmp_path / "pair.jpg"))
    assert (pair.width(), pair.height()) == sheet.PAIR_PX
    for x in (5, 100, 130, 225):
        assert np.abs(np.subtract(pair.pixelColor(x, 75).getRgb(), color)).max() < 12
    cells = [sheet.Cell("title", "note", pixels)] * 5
    sheet.draw_sheet(cells, ClassTable.of([(0, 0, 255)], ["water"]), "of it", tmp_path / "sheet.jpg")
    page = QImage(str(tmp_path / "sheet.jpg"))
    assert page.width() > 1000 and page.height() > 2 * sheet.PANEL_PX[1]
