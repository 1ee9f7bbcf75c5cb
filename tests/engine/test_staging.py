"""Outputs appear whole or not at all, and what stood there before survives a failure."""

import errno
import os
from pathlib import Path

import pytest

from obic_plugin.engine.errors import OutputError
from obic_plugin.engine.progress import Cancelled
from obic_plugin.engine.staging import Staging


def put(staging, path, text="new") -> Path:
    """Stage a file of some text."""
    staged = Path(staging.path(str(path)))
    staged.write_text(text)
    return staged


def test_nothing_appears_before_commit_and_nothing_is_left(tmp_path):
    with Staging() as staging:
        put(staging, tmp_path / "a.txt")
        Path(staging.scratch("x", beside=str(tmp_path / "a.txt"))).write_text("x")
        assert not (tmp_path / "a.txt").exists()
        staging.commit()
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_failed_run_leaves_the_old_output(tmp_path):
    (tmp_path / "a.txt").write_text("old")
    with pytest.raises(RuntimeError), Staging() as staging:
        put(staging, tmp_path / "a.txt")
        raise RuntimeError
    assert (tmp_path / "a.txt").read_text() == "old" and os.listdir(tmp_path) == ["a.txt"]


def test_sidecars_of_an_old_output_do_not_outlive_it(tmp_path):
    (tmp_path / "a.tif.aux.xml").write_text("old statistics")
    with Staging() as staging:
        put(staging, tmp_path / "a.tif")
        staging.commit()
    assert os.listdir(tmp_path) == ["a.tif"]


def test_what_lies_beside_a_staged_file_comes_along(tmp_path):
    with Staging() as staging:
        put(staging, tmp_path / "a.tif").with_suffix(".qml").write_text("style")
        put(staging, tmp_path / "b.txt")
        staging.commit()
    assert sorted(os.listdir(tmp_path)) == ["a.qml", "a.tif", "b.txt"]


def test_a_file_of_another_layer_is_not_overwritten(tmp_path):
    (tmp_path / "a.dbf").write_text("a table of the user's")
    with pytest.raises(OutputError, match=r"a\.dbf belongs to another layer"), Staging() as staging:
        put(staging, tmp_path / "a.shp").with_suffix(".dbf").write_text("new")
        staging.commit()
    assert os.listdir(tmp_path) == ["a.dbf"]


def test_a_link_stays_and_what_it_points_to_is_written(tmp_path):
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "b.txt").write_text("old")
    (tmp_path / "a.txt").symlink_to(tmp_path / "there" / "b.txt")
    with Staging() as staging:
        put(staging, tmp_path / "a.txt")
        staging.commit()
    assert (tmp_path / "a.txt").is_symlink() and (tmp_path / "there" / "b.txt").read_text() == "new"


def test_the_files_of_an_output_are_known_before_it_is_there(tmp_path):
    (tmp_path / "old").mkdir()
    with Staging() as staging:
        one = put(staging, tmp_path / "a.tif")
        two = put(staging, tmp_path / "old" / "b.tif")
        os.mkdir(staging.path(str(tmp_path / "new")))
        three = Path(staging.path(str(tmp_path / "new")), "c.tif")
        three.write_text("x")
        for output, staged in (("a.tif", one), ("old", two), ("new", three)):
            assert staging.made(str(tmp_path / output)) == [str(staged)]


@pytest.mark.parametrize("failing", range(6))
def test_an_error_in_the_middle_leaves_everything_as_it_was(tmp_path, monkeypatch, failing):
    """Of the six steps of two outputs over two old ones with a style; the last two are never wanted."""
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        (folder / "a.tif").write_text("old")
        (folder / "a.qml").write_text("old style")
    before = contents(tmp_path)
    replace, steps = os.replace, []

    def fail_once(source, target):
        if str(tmp_path) in source and "journal" not in target and "home" not in target:
            steps.append(target)
            if len(steps) == failing + 1:
                raise OSError(errno.EACCES, "Permission denied", target)
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail_once)
    with pytest.raises(OutputError, match="Permission denied"), Staging() as staging:
        for folder in folders:
            put(staging, folder / "a.tif")
        staging.commit()
    assert contents(tmp_path) == before


def contents(folder) -> dict:
    """{path: text} of all files below a folder."""
    return {
        str(path.relative_to(folder)): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(
    ("error", "left"), [(Cancelled, []), (KeyboardInterrupt, []), (RuntimeError, ["a.txt.unfinished"])]
)
def test_what_a_killed_run_goes_on_from_goes_with_a_stop_and_stays_with_an_error(tmp_path, error, left):
    kept = tmp_path / "a.txt.unfinished"
    with pytest.raises(error), Staging() as staging:
        put(staging, tmp_path / "a.txt")
        staging.unfinished(str(kept))
        kept.write_text("half")
        raise error
    assert os.listdir(tmp_path) == left


def test_what_a_killed_run_goes_on_from_goes_when_the_outputs_appear(tmp_path):
    with Staging() as staging:
        put(staging, tmp_path / "a.txt")
        staging.unfinished(str(tmp_path / "a.txt.unfinished"))
        (tmp_path / "a.txt.unfinished").write_text("half")
        staging.commit()
    assert os.listdir(tmp_path) == ["a.txt"]
