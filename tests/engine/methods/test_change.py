"""Two images to a mask of change: found where it is, in any tiling, and nothing where nothing is."""

from __future__ import annotations

import copy
import os
import re

import numpy as np
import pytest
import torch
from osgeo import ogr

from obic_plugin.engine.change import unlabeled
from obic_plugin.engine.errors import InputError
from obic_plugin.engine.methods.change import METHOD
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.display import Display
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.pair import ImagePair
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.sample import Sample
from obic_plugin.engine.superpixels.cellpair import CellPair
from tests.progress import Record, StopAt
from tests.scenes import NORTH_UP, read_raster, write_raster

CHANGED = slice(24, 56), slice(40, 80)


def texture(height, width, side, seed):
    """Patches of different brightness."""
    random = np.random.default_rng(seed)
    rough = random.random((-(-height // side), -(-width // side)))
    return np.kron(rough, np.ones((side, side)))[:height, :width]


def dates(height=96, width=128, seed=0):
    """Two images (3, h, w) of one scene in other light; a part of it became something else."""
    random = np.random.default_rng(seed)
    bands = [texture(height, width, 16, seed) * weight for weight in (90, 120, 60)]
    scene = np.stack(bands) + 60 + 20 * texture(height, width, 4, seed + 1)
    first, second = (scene + random.normal(0, 2, scene.shape) for _ in range(2))
    second = 0.7 * second + np.array([20, 10, 30])[:, None, None]
    rows, cols = (part.stop - part.start for part in CHANGED)
    new = texture(rows, cols, 4, seed + 2) * np.array([200, -60, 120])[:, None, None] + 60
    second[(slice(None), *CHANGED)] = new
    return tuple(np.clip(each, 0, 255).astype(np.uint8) for each in (first, second))


def written(tmp_path, first, second, transform=NORTH_UP, **options):
    paths = str(tmp_path / "1.tif"), str(tmp_path / "2.tif")
    return write_raster(paths[0], first, **options), write_raster(paths[1], second, transform, **options)


def run(tmp_path, paths, progress=None, **settings):
    params = METHOD.params(
        input=paths[0], input2=paths[1], output=str(tmp_path / "mask.tif"), device="cpu", **settings
    )
    return METHOD.execute(params, progress or Silent())


def test_what_changed_is_found_with_all_its_companions(tmp_path):
    paths = written(tmp_path, *dates())
    outputs = {
        f"output_{name}": str(tmp_path / f"out.{end}") for name, end in (("score", "tif"), ("report", "html"))
    }
    numbers = run(tmp_path, paths, min_area=0, output_polygons=str(tmp_path / "out.gpkg"), **outputs)
    mask, score = read_raster(tmp_path / "mask.tif"), read_raster(tmp_path / "out.tif")
    truth = np.zeros(mask.shape, bool)
    truth[CHANGED] = True
    said = mask == 2
    assert (mask > 0).all() and np.array_equal(said, score > 50)
    assert (said & truth).sum() / (said | truth).sum() > 0.75
    assert numbers["changed_percent"] == pytest.approx(100 * said.mean())
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    for told in (
        "Made from 1.tif and 2.tif",
        "Distribution of the score",
        "Second date",
        "lies on the first",
    ):
        assert told in page
    told = re.search(r"<th[^>]*>Mean score</th>.*?<td class=\"number\">(.*?)</td>", page, re.DOTALL)
    assert told[1].isdigit()  # no percentage
    dataset = ogr.Open(str(tmp_path / "out.gpkg"))  # kept in a name: a layer dies with it
    features = [(feature["name"], feature["score"]) for feature in dataset.GetLayer(0)]
    assert {name for name, _ in features} == {"changed"} and all(score > 50 for _, score in features)


def test_of_an_image_and_itself_it_is_said_that_nothing_differs(tmp_path):
    paths, progress = written(tmp_path, *dates()), Record()
    numbers = run(tmp_path, paths[:1] * 2, progress)
    assert numbers["changed_percent"] == 0
    said = " ".join(progress.lines)
    assert "Both dates are the same image" in said and "Nothing differs" in said
    assert "Change begins" not in said and "Little changed" not in said


def test_polygons_have_their_score_whether_or_not_it_is_an_output(tmp_path):
    paths, told = written(tmp_path, *dates()), []
    for score in (None, str(tmp_path / "score.tif")):
        run(tmp_path, paths, output_polygons=str(tmp_path / "out.gpkg"), output_score=score)
        dataset = ogr.Open(str(tmp_path / "out.gpkg"))
        told.append([(feature["area_m2"], feature["score"]) for feature in dataset.GetLayer(0)])
        del dataset
        (tmp_path / "out.gpkg").unlink()
    assert told[0] == told[1] and told[0]
    assert sorted(os.listdir(tmp_path)) == ["1.tif", "2.tif", "mask.tif", "mask.tif.aux.xml", "score.tif"]


def test_the_second_date_may_be_shifted(tmp_path):
    first, second = dates()
    moved = np.roll(second, (2, 2), (1, 2))
    run(tmp_path, written(tmp_path, first, second))
    before = read_raster(tmp_path / "mask.tif") == 2
    run(tmp_path, written(tmp_path, first, moved))
    after = read_raster(tmp_path / "mask.tif")
    assert (before & (after == 2)).sum() / (before | (after == 2))[:90, :120].sum() > 0.7
    assert (after[-2:] == 0).all()  # of which the second date knows nothing


def test_equal_and_noisy_dates_have_little_change_and_it_is_said(tmp_path):
    first, _ = dates()
    noisy = np.clip(first + np.random.default_rng(5).normal(0, 3, first.shape), 0, 255).astype(np.uint8)
    for second, expected in ((first, "Nothing differs"), (noisy, "Little changed")):
        said = []
        progress = Silent()
        progress.say = said.append
        numbers = run(tmp_path, written(tmp_path, first, second), progress)
        assert numbers["changed_percent"] <= 2 and any(expected in line for line in said)


@pytest.mark.parametrize(("remembered", "n_windows"), [(True, 1), (False, 1), (True, 99)])
def test_tiles_do_not_matter_nor_does_what_is_remembered_of_them(
    tmp_path, monkeypatch, remembered, n_windows
):
    monkeypatch.setattr(unlabeled, "WINDOW_PX", 64)
    monkeypatch.setattr(unlabeled, "N_WINDOWS", n_windows)
    reader = RasterReader(written(tmp_path, *dates(150, 170))[0])
    pair = ImagePair(reader, str(tmp_path / "2.tif"))
    labeler = unlabeled.learn(pair, Display.of(reader, None), torch.device("cpu"), 0, Silent()).labeler
    plain = copy.copy(labeler)
    plain._known = []
    whole = next(plain.tiles([reader.work])).planes
    for tile_px in (32, 64, 100):
        for tile in (labeler if remembered else plain).tiles(list(reader.work.tiles(tile_px))):
            for name, found in tile.planes.items():
                there = whole[name][tile.window.slices].astype(int)
                assert (found == there).mean() > 0.999 and np.abs(found - there).max() <= 1


def test_what_is_known_of_a_pair_is_not_computed_again(tmp_path, monkeypatch):
    seen = []
    described = CellPair.described
    monkeypatch.setattr(CellPair, "described", lambda *args: seen.append(args[1]) or described(*args))
    run(tmp_path, written(tmp_path, *dates()))
    assert len(seen) == 1


def test_no_data_of_either_date_is_no_data(tmp_path):
    first, second = dates()
    first[:, :20], second[:, :, :30] = 0, 0
    run(tmp_path, written(tmp_path, first, second, nodata=0))
    mask = read_raster(tmp_path / "mask.tif")
    assert not mask[:20].any() and not mask[:, :30].any() and mask[20:, 30:].all()


def test_other_grids_bands_and_types(tmp_path):
    first, second = dates()
    fine = np.kron(second, np.ones((1, 2, 2))).astype(np.uint16) * 100
    x, size, _, y, _, down = NORTH_UP
    write_raster(tmp_path / "1.tif", first)
    write_raster(tmp_path / "2.tif", fine, (x, size / 2, 0, y, 0, down / 2))
    run(tmp_path, (str(tmp_path / "1.tif"), str(tmp_path / "2.tif")), bands=(1, 3))
    said = read_raster(tmp_path / "mask.tif") == 2
    truth = np.zeros(said.shape, bool)
    truth[CHANGED] = True
    assert (said & truth).sum() / (said | truth).sum() > 0.4


def test_refusals(tmp_path):
    first, second = dates()
    paths = written(tmp_path, first, second[:2])
    with pytest.raises(InputError, match="Change is told from the same bands of one sensor"):
        run(tmp_path, paths)
    paths = written(tmp_path, first, np.zeros_like(second), nodata=0)
    with pytest.raises(InputError, match="no pixel that is valid in both"):
        run(tmp_path, paths)
    with pytest.raises(InputError, match=r"2\.tif has the same values everywhere"):
        run(tmp_path, written(tmp_path, first, np.full_like(second, 7)))
    with pytest.raises(InputError, match=r"1\.tif and .*2\.tif have the same values everywhere"):
        run(tmp_path, written(tmp_path, np.full_like(first, 9), np.full_like(second, 7)))
    paths = written(tmp_path, first, second, (0.0, 10.0, 0.0, 0.0, 0.0, -10.0))
    with pytest.raises(InputError, match="do not overlap"):
        run(tmp_path, paths)
    assert sorted(os.listdir(tmp_path)) == ["1.tif", "2.tif"]


def test_what_fills_the_second_date_alone_is_found_and_said(tmp_path):
    first, second = (each.astype(np.int16) for each in dates(200, 300))
    hole = np.s_[:, 60:130, 150:290]
    second[hole] = -32768
    found, said, progress = {}, [], Silent()
    progress.say = said.append
    for name, options in (("declared", {"nodata": -32768}), ("not", {})):
        paths = write_raster(tmp_path / "1.tif", first), write_raster(tmp_path / "2.tif", second, **options)
        run(tmp_path, paths, progress, output_score=str(tmp_path / "score.tif"))
        found[name] = read_raster(tmp_path / "score.tif")
    assert np.array_equal(*found.values()) and not found["not"][hole[1:]].any()
    assert len([line for line in said if "Taken for nodata" in line and "2.tif" in line]) == 1


def test_a_fill_that_no_sample_met_is_found_where_both_are_looked_at(tmp_path, monkeypatch):
    first, second = (each.astype(np.int16) for each in dates())
    second[:, 60:90, 10:40] = -9999
    monkeypatch.setattr(unlabeled, "read_sample", lambda *_: Sample(first.reshape(3, -1), 1.0))
    said, progress = [], Silent()
    progress.say = said.append
    run(tmp_path, written(tmp_path, first, second), progress)
    mask = read_raster(tmp_path / "mask.tif")
    assert not mask[60:90, 10:40].any() and mask[:60].all()
    assert len([line for line in said if "Taken for nodata" in line]) == 1


def test_what_fills_the_second_date_within_the_extent_is_looked_for_there(tmp_path, monkeypatch):
    monkeypatch.setattr(unlabeled, "_windows", lambda *_: [Window(72, 0, 56, 128)])  # which lie beside it
    first, second = (np.tile(each, (1, 25, 25)).astype(np.int16) for each in dates())
    second[:, 40:70, 40:90] = -9999
    x, size, _, y, *_ = NORTH_UP
    extent = (x, y - 128 * size, x + 128 * size, y)
    run(tmp_path, written(tmp_path, first, second), extent=extent)
    mask = read_raster(tmp_path / "mask.tif")
    assert not mask[40:70, 40:90].any() and mask[:40, :128].all()


@pytest.mark.parametrize(("background", "found"), [("declared", 0.5), ("not", 0.2)])
def test_where_little_holds_anything_that_is_looked_at(tmp_path, monkeypatch, background, found):
    monkeypatch.setattr(unlabeled, "WINDOW_PX", 128)
    monkeypatch.setattr(unlabeled, "N_WINDOWS", 2)
    whole = [np.zeros((3, 640, 1280), np.uint8) for _ in range(2)]
    for image, date in zip(whole, dates(96, 128)):
        image[:, 300:396, 1100:1228] = np.maximum(date, 1)
    monkeypatch.setattr(unlabeled, "_windows", lambda *_: [Window(0, 0, 128, 128), Window(512, 0, 128, 128)])
    options = {"nodata": 0} if background == "declared" else {}
    run(tmp_path, written(tmp_path, *whole, **options))
    mask = read_raster(tmp_path / "mask.tif")
    truth = np.zeros(mask.shape, bool)
    truth[300:396, 1100:1228][CHANGED] = True
    assert ((mask == 2) & truth).sum() / ((mask == 2) | truth).sum() > found
    assert (mask[:200] == (0 if background == "declared" else 1)).all()


def test_a_handful_of_superpixels_is_called_that(tmp_path):
    said, progress = [], Silent()
    progress.say = said.append
    run(tmp_path, written(tmp_path, *(each[:, 10:38, 20:50] for each in dates())), progress)
    assert any("cannot be told from so few" in line for line in said)


@pytest.mark.parametrize("fraction", [0.0, 0.2, 0.9])
def test_cancelled_runs_leave_nothing(tmp_path, fraction):
    paths = written(tmp_path, *dates())
    with pytest.raises(Cancelled):
        run(tmp_path, paths, StopAt(fraction))
    assert sorted(os.listdir(tmp_path)) == ["1.tif", "2.tif"]


@pytest.mark.parametrize("step", ["fit_differences", "found_threshold"])
def test_a_stop_while_it_learns_waits_for_no_tile(tmp_path, monkeypatch, step):
    work, lines, asked = getattr(unlabeled, step), [], []

    class Watched(Silent):
        def at(self, fraction):
            if asked:
                raise Cancelled

        def say(self, text):
            lines.append(text)

    def meanwhile(*arguments):
        asked.append(True)
        return work(*arguments)

    monkeypatch.setattr(unlabeled, step, meanwhile)
    with pytest.raises(Cancelled):
        run(tmp_path, written(tmp_path, *dates()), Watched())
    assert lines and not any(line.startswith(("Change begins", "Mapping")) for line in lines)
