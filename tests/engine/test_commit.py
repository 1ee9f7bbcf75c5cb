"""All files of a run are found old or all are found new, however it ended, once another run has come by."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from obic_plugin.engine.commit import MARK, sweep
from obic_plugin.engine.lock import Lock
from obic_plugin.engine.staging import Staging
from tests.engine.test_staging import contents, put

ROOT = Path(__file__).parents[2]
STEPS = ("replace", "remove", "fsync", "unlink", "rmdir")
OLD = {"one/a.gml": "old", "one/a.xsd": "old", "two/b.qml": "old", "two/b.tif": "old"}
NEW = dict.fromkeys(OLD, "new")
DIES = """
import os, sys
from pathlib import Path
from obic_plugin.engine.staging import Staging

with Staging() as staging:
    for path in sys.argv[1:]:
        Path(staging.path(path)).write_text("new")
    os._exit(9)
"""


class Killed(BaseException):
    """What nothing catches, as nothing catches the end of a process."""


def run_killed_after(n_steps, folder, monkeypatch) -> int:
    """Two outputs of two files each over old ones, by a run that is gone after so many steps on the disk; returns how
    many it took."""
    for name, text in OLD.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    taken, staging = [], Staging()
    for first, second in (("one/a.gml", ".xsd"), ("two/b.tif", ".qml")):
        put(staging, folder / first).with_suffix(second).write_text("new")

    def dies(step):
        def counted(*arguments, **options):
            if len(taken) == n_steps:
                raise Killed
            taken.append(step)
            return step(*arguments, **options)

        return counted

    with monkeypatch.context() as patch, suppress(Killed):
        for name in STEPS:
            patch.setattr(os, name, dies(getattr(os, name)))
        staging.commit()
        staging.__exit__()
    for lock in staging._locks:
        lock.release()  # as the system does
    return len(taken)


def test_a_run_killed_at_any_step_is_found_all_old_or_all_new(tmp_path, monkeypatch):
    n_steps = run_killed_after(1 << 20, tmp_path, monkeypatch)
    assert contents(tmp_path) == NEW and n_steps > 12
    found = []
    for n in range(n_steps + 1):
        run_killed_after(n, tmp_path, monkeypatch)
        for folder in ("one", "two") if n % 2 else ("two", "one"):
            sweep(str(tmp_path / folder))
        found.append(contents(tmp_path))
        assert found[-1] in (OLD, NEW), f"after step {n}"
    assert found[0] == OLD and found[-1] == NEW


def test_the_lock_of_a_killed_process_is_let_go(tmp_path):
    answer = subprocess.run([sys.executable, "-c", DIES, str(tmp_path / "a.txt")], cwd=ROOT, check=False)
    assert answer.returncode == 9 and os.listdir(tmp_path) != []
    sweep(str(tmp_path))
    assert os.listdir(tmp_path) == []


def test_what_a_killed_process_has_left_in_other_folders_goes_with_the_first(tmp_path):
    parents = [tmp_path / name for name in ("one", "two\nlines", "one/inside")]
    for parent in parents:
        parent.mkdir()
    command = [sys.executable, "-c", DIES, *(str(parent / "a.txt") for parent in parents)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9
    assert all(any(name.startswith(MARK) for name in os.listdir(parent)) for parent in parents)
    sweep(str(tmp_path / "one"))
    assert [os.listdir(parent) for parent in parents] == [["inside"], [], []]


def test_a_run_that_lives_is_left_alone(tmp_path):
    with Staging() as staging:
        staged = put(staging, tmp_path / "a.txt")
        sweep(str(tmp_path))
        assert staged.exists()
        with Staging() as other:
            put(other, tmp_path / "b.txt")
            other.commit()
        staging.commit()
    assert sorted(os.listdir(tmp_path)) == ["a.txt", "b.txt"]


def test_what_a_dead_run_has_left_is_swept_by_the_next(tmp_path):
    left = tmp_path / f"{MARK}dead" / "0"
    left.mkdir(parents=True)
    (left / "a.tif").write_text("half")
    with Staging() as staging:
        put(staging, tmp_path / "a.txt")
        staging.commit()
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_lock_has_one_holder_until_it_lets_go(tmp_path):
    with Lock.take(str(tmp_path)):
        assert Lock.take(str(tmp_path)) is None
    assert Lock.take(str(tmp_path)) is not None
    assert Lock.take(str(tmp_path / "absent")) is None


@pytest.mark.parametrize("text", ["", "{", "[[], [["])
def test_a_journal_that_is_not_whole_does_not_stop_the_next_run(tmp_path, text):
    left = tmp_path / f"{MARK}dead"
    left.mkdir()
    (left / "journal").write_text(text)
    sweep(str(tmp_path))
    (tmp_path / "a.txt").write_text("the user's")
    sweep(str(tmp_path))
    assert (tmp_path / "a.txt").read_text() == "the user's"
