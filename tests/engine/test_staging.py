"""Outputs appear whole or not at all, and what stood there before survives a failure."""

import os
from pathlib import Path

import pytest

from obic_plugin.engine.errors import OutputError
from obic_plugin.engine.staging import Staging, refuse_unwritable


def test_nothing_appears_before_commit_and_nothing_is_left(tmp_path):
    with Staging() as staging:
        path = staging.path(str(tmp_path / "a.txt"))
        scratch = staging.scratch("x", beside=str(tmp_path / "a.txt"))
        for name in (path, scratch):
            Path(name).write_text("x")
        assert not (tmp_path / "a.txt").exists()
        staging.commit()
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failed_run_leaves_the_old_output(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(RuntimeError), Staging() as staging:
        Path(staging.path(str(tmp_path / "a.txt"))).write_text("new")
        raise RuntimeError
    assert (tmp_path / "a.txt").read_text() == "old" and os.listdir(tmp_path) == ["a.txt"]


def test_sidecars_of_an_old_output_do_not_outlive_it(tmp_path):
    (tmp_path / "a.tif.aux.xml").write_text("old statistics")
    with Staging() as staging:
        Path(staging.path(str(tmp_path / "a.tif"))).write_text("new")
        staging.commit()
    assert os.listdir(tmp_path) == ["a.tif"]


def test_refusals(tmp_path):
    taken = str(tmp_path / "in.tif")
    Path(taken).write_text("x")
    with pytest.raises(OutputError, match="does not exist"):
        refuse_unwritable([str(tmp_path / "no" / "a.tif")], [])
    with pytest.raises(OutputError, match="also an input"):
        refuse_unwritable([taken], [taken])
    with pytest.raises(OutputError, match="two outputs"):
        refuse_unwritable([str(tmp_path / "a.tif")] * 2, [])
    with pytest.raises(OutputError, match="is a folder"):
        refuse_unwritable([str(tmp_path)], [])
