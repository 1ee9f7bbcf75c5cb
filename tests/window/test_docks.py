"""The docks in a real QGIS window, and how that closes while a run is under way."""

from __future__ import annotations

from pathlib import Path

import pytest
import window
from osgeo import ogr

from obic_plugin.engine.raster.classes import ClassTable
from tests.scenes import quarters, write_raster

pytestmark = pytest.mark.skipif(bool(window.why_not()), reason=window.why_not())
HERE = Path(__file__).parent
LONGEST_S = 2.0  # that a window may not answer on a busy computer


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docks")
    write_raster(folder / "image.tif", quarters(240, 320)[0])
    return folder


@pytest.fixture(scope="module")
def docks(folder):
    outputs = {"OUTPUT": "map.tif", "OUTPUT_POLYGONS": "patches.gpkg"}
    told = {"folder": str(folder), "image": str(folder / "image.tif"), "outputs": outputs}
    return window.run(HERE / "drive_docks.py", told)


def test_a_run_is_watched_while_it_learns(docks):
    watched = docks["watched"]
    assert "Learning, step 1" in watched["seen"] and not any("Learning" in name for name in watched["left"])
    last = watched["losses"][-1][0]
    assert [step for step, _ in watched["steps"]] == [2**n for n in range(10) if 2**n <= last] and last >= 4
    assert watched["longest"] < LONGEST_S


def test_classes_are_named_by_a_click_each(docks, folder):
    named = docks["named"]
    assert named["clicks"] <= len(named["names"]) + 2 and len(set(named["names"])) == len(named["names"])
    assert named["names"][0] == "Water"
    assert ClassTable.from_raster(str(folder / "map.tif")).names == tuple(named["names"])
    source = ogr.Open(str(folder / "patches.gpkg"))
    layer = source.GetLayerByName("patches")
    assert {feature["name"] for feature in layer} == set(named["names"])


def test_superpixels_follow_the_keys(docks):
    found = docks["superpixels"]
    assert found["after"] < found["before"] / 2


def test_who_has_nothing_begins_with_the_sample_scene_and_who_draws_or_tags_with_a_dock(tmp_path):
    noted = window.run(HERE / "drive_start.py", {"folder": str(tmp_path)}, timeout_s=300)
    main = {"algorithm": "obic:unsupervisedsegmentation", "chosen": True, "name": "Sample scene"}
    assert noted["scene"] == {**main, "size": [1200, 1000, 4]} and noted["seen"]
    assert noted["switch"] and noted["changes"] == ["Change Parameters", False]
    assert noted["begun"] == {"labels": [True, True, ""], "tags": [True, True, "obic:chips"]}


def test_qgis_closes_cleanly_during_a_run(tmp_path_factory):
    folder = tmp_path_factory.mktemp("closing")
    image = write_raster(folder / "image.tif", quarters(1400, 1800)[0])
    (folder / "out").mkdir()
    told = {"image": image, "output": str(folder / "out" / "map.tif")}
    noted = window.run(HERE / "drive_close.py", told, timeout_s=300)
    assert noted["ended"] == 0 and noted["percent"] < 100
    assert list((folder / "out").iterdir()) == []
