"""Masks and classes of two dates against their reference: files in, scores out."""

from __future__ import annotations

import json

import numpy as np
import pytest
from osgeo import gdal

from obic_plugin.engine.change.scorereport import MASK_SCORES, SEMANTIC_SCORES
from obic_plugin.engine.errors import InputError, ParameterError
from obic_plugin.engine.methods.changeaccuracy import METHOD, NUMBERS
from obic_plugin.engine.progress import Silent
from tests.engine.change.test_scores import scene, scored
from tests.scenes import write_raster

SHAPE = 50, 80


def written(tmp_path, **arrays):
    return {
        name: write_raster(tmp_path / f"{name}.tif", part.reshape(SHAPE).astype(np.uint8))
        for name, part in arrays.items()
    }


def run(paths, **more):
    return METHOD.execute(METHOD.params(**paths, **more), Silent())


def test_classes_of_both_dates(tmp_path):
    t1, t2, p1, p2, said = scene()
    paths = written(tmp_path, input=p1, input2=p2, change=said, reference=t1, reference2=t2)
    html, plain = str(tmp_path / "out.html"), str(tmp_path / "out.json")
    numbers = run(paths, output_html=html, output_json=plain)
    expected = scored(t1, t2, p1, p2, said)
    assert numbers["sek"] == pytest.approx(expected.sek) and numbers["f_scd"] == pytest.approx(expected.f_scd)
    assert numbers["f1"] == pytest.approx(expected.mask.f1) and numbers["compared_px"] == t1.size
    assert set(numbers) == set(NUMBERS)
    page = (tmp_path / "out.html").read_text(encoding="utf-8")
    for score in (*MASK_SCORES.values(), *SEMANTIC_SCORES.values()):
        assert score.label in page
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["1_iou"] == pytest.approx(
        expected.classes.iou[1]
    )


def test_without_a_mask_classes_that_differ_have_changed(tmp_path):
    t1, t2, p1, p2, _ = scene()
    numbers = run(written(tmp_path, input=p1, input2=p2, reference=t1, reference2=t2))
    assert numbers["f1"] == pytest.approx(scored(t1, t2, p1, p2, p1 != p2).mask.f1)
    assert numbers["inconsistent"] == 0


def test_masks_of_both_kinds(tmp_path):
    t1, t2, _, _, said = scene()
    truth = (t1 != t2).astype(np.uint8)
    truth[:80] = 255
    paths = written(tmp_path, reference=truth)
    paths["input"] = write_raster(tmp_path / "ours.tif", said.reshape(SHAPE).astype(np.uint8) + 1, nodata=0)
    numbers, known = run(paths), slice(80, None)
    tp = (said & (t1 != t2))[known].sum()
    assert numbers["precision"] == pytest.approx(tp / said[known].sum())
    assert numbers["compared_px"] == t1.size - 80 and "sek" not in numbers
    assert run({**paths, **written(tmp_path, input=said)}) == pytest.approx(numbers)


def test_a_mask_with_a_legend_is_read_as_one_without(tmp_path):
    """All masks and transitions of OBIC have colors, in which 1 is unchanged all the same."""
    t1, t2, _, _, said = scene()
    paths = written(tmp_path, reference=t1 != t2)
    paths["input"] = write_raster(tmp_path / "ours.tif", said.reshape(SHAPE).astype(np.uint8) + 1, nodata=0)
    plain, table = run(paths), gdal.ColorTable()
    table.SetColorEntry(2, (255, 0, 0))
    dataset = gdal.Open(paths["input"], gdal.GA_Update)
    dataset.GetRasterBand(1).SetColorTable(table)
    del dataset
    assert run(paths) == plain and 0 < plain["kappa"] < 1


def test_classes_against_a_mask(tmp_path):
    t1, t2, p1, p2, _ = scene()
    numbers = run(written(tmp_path, input=p1, input2=p2, reference=t1 != t2))
    assert numbers["f1"] == pytest.approx(scored(t1, t2, p1, p2, p1 != p2).mask.f1) and "sek" not in numbers


def test_what_the_map_lacks_is_told(tmp_path):
    t1, t2, p1, p2, _ = scene()
    p1 = p1.copy()
    p1[:30] = 255
    numbers = run(written(tmp_path, input=p1, input2=p2, reference=t1, reference2=t2))
    assert numbers["unmapped_px"] == 30 and numbers["compared_px"] == t1.size - 30


def test_tiles_do_not_matter(tmp_path, monkeypatch):
    t1, t2, p1, p2, said = scene()
    paths = written(tmp_path, input=p1, input2=p2, change=said, reference=t1, reference2=t2)
    whole = run(paths)
    for module in ("labels", "assessment"):
        monkeypatch.setattr(f"obic_plugin.engine.change.{module}.TILE_PX", 17)
    assert run(paths) == pytest.approx(whole)


def test_refusals(tmp_path):
    t1, t2, p1, _, said = scene()
    paths = written(tmp_path, input=p1, change=said, reference=t1, reference2=t2)
    with pytest.raises(ParameterError, match="beside one map"):
        run(paths)
    masks = written(tmp_path, input=said, reference=np.full(t1.size, 255))
    with pytest.raises(InputError, match="no pixel in common"):
        run(masks)
