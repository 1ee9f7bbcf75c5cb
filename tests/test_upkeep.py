"""Packages are ordered, installed, repaired and removed: real pip with wheels made here, no network."""

from __future__ import annotations

import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

from obic_plugin import dependencies, distributions, installer, upkeep
from obic_plugin.builds import Build
from obic_plugin.engine.errors import DependencyError
from obic_plugin.engine.lock import Lock
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.installer import Order
from tests.wheels import Record, beside, index_of, wheel

ROOT = Path(__file__).parents[1]
CPU = Build("cpu", "torch==3.0+cpu", "https://example.org/cpu")


def test_another_torch_can_be_asked_for(packages, monkeypatch):
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)
    monkeypatch.setattr(dependencies, "EXTRAS", {})
    monkeypatch.setattr(dependencies, "PACKAGES", {"obic_torch": "torch", "obic_absent": "obic-absent"})
    monkeypatch.setattr(upkeep, "usual_build", lambda: CPU)
    usual = upkeep.wanted()
    assert (usual.elsewhere, usual.requirements) == (("torch==3.0+cpu",), ("obic-absent",))
    assert usual.place == CPU.place and usual.sizes_mb == CPU.sizes_mb
    assert upkeep.wanted("2.4").elsewhere == ("torch==2.4+cpu",)
    assert upkeep.wanted("a/torch.whl").requirements == ("a/torch.whl", "obic-absent")
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # a folder of wheels has one build, and that is the one
    assert upkeep.wanted().all == ["torch==3.0", "obic-absent"]
    monkeypatch.setattr(dependencies, "PACKAGES", {"json": "torch"})
    with pytest.raises(DependencyError, match="found first"):
        upkeep.wanted("2.4")


def test_extras_come_along_and_are_not_needed(shelf, packages, monkeypatch):
    monkeypatch.setattr(dependencies, "PACKAGES", {"obicprobe": "obicprobe"})
    monkeypatch.setattr(dependencies, "EXTRAS", {"obicextra": "obicextra"})
    wheel(shelf, "obicprobe", "1.0")
    assert upkeep.wanted().all == ["obicprobe", "obicextra"]
    progress = Record()
    upkeep.install(upkeep.wanted(), progress)
    assert dependencies.explain() == "" and dependencies.missing_extras() == ["obicextra"]
    assert any(line.startswith("Left out") and "obicextra" in line for line in progress.lines)
    before = (packages / "requirements.txt").stat().st_mtime_ns
    upkeep.install(upkeep.wanted(), Silent())
    assert (packages / "requirements.txt").stat().st_mtime_ns == before, "what is there is not fetched again"
    wheel(shelf, "obicextra", "1.0")
    upkeep.install(upkeep.wanted(), Silent())
    assert dependencies.missing() == dependencies.missing_extras() == []


def test_install_into_an_empty_folder(shelf, packages):
    wheel(shelf, "obicprobe", "1.0", "answer = 42", needs=("obicpart",))
    wheel(shelf, "obicpart", "2.0")
    progress = Record()
    assert upkeep.install(Order(("obicprobe",)), progress) == packages
    assert beside(packages) == ["packages", "packages.sound"]
    code = (
        f"import sys; sys.path.append({str(packages)!r}); import obicprobe, obicpart; print(obicprobe.answer)"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "42"
    assert dependencies.installed_requirements() == ["obicprobe"]
    assert progress.fractions == sorted(progress.fractions)
    assert progress.fractions[-1] == 1.0


def test_what_qgis_has_is_neither_replaced_nor_doubled(shelf, packages):
    """pip brings numpy along, the numpy of QGIS stays the only one; a tool of the same folder survives."""
    own = metadata.version("numpy")
    release = ".".join(own.split(".")[:2])
    wheel(shelf, "numpy", f"{release}.99", "raise ImportError('the wrong numpy')")
    wheel(shelf, "numpy", "99.0", "raise ImportError('the wrong numpy')")
    wheel(shelf, "obicprobe", "1.0", "import numpy", needs=("numpy",))
    progress = Record()
    upkeep.install(Order(("obicprobe",)), progress)
    assert sorted(distributions.distributions([str(packages)])) == ["obicprobe"]
    assert not (packages / "numpy").exists()
    assert any("numpy is left out" in line for line in progress.lines)


def test_the_folder_changes_whole_or_not_at_all(shelf, packages):
    wheel(shelf, "obicprobe", "1.0")
    wheel(shelf, "obicother", "1.0")
    upkeep.install(Order(("obicprobe",)), Silent())
    with pytest.raises(DependencyError, match=r"obicmissing(.|\n)*lacks a wheel"):
        upkeep.install(Order(("obicmissing",)), Silent())
    assert sorted(distributions.distributions([str(packages)])) == ["obicprobe"]
    upkeep.install(Order(("obicother",)), Silent())
    assert sorted(distributions.distributions([str(packages)])) == ["obicother"]
    assert beside(packages) == ["packages", "packages.sound"]


def test_conflict_with_qgis_is_told_before_anything_is_changed(shelf, packages):
    own = metadata.version("numpy").split(".")[0]
    wheel(shelf, "obicprobe", "1.0", needs=(f"numpy>={int(own) + 1}",))
    wheel(shelf, "numpy", f"{int(own) + 1}.0")
    with pytest.raises(DependencyError, match=r"obicprobe 1.0 depends on numpy>=(.|\n)*stay as they are"):
        upkeep.install(Order(("obicprobe",)), Silent())
    assert beside(packages) == []


@pytest.mark.parametrize("moment", ["pip install", "Processing|Installing", "Checking"])
def test_cancel_leaves_nothing(shelf, packages, moment):
    wheel(shelf, "obicprobe", "1.0")
    start = time.monotonic()
    subprocess.run([sys.executable, "-m", "pip", "--version"], check=True, capture_output=True)
    start_of_pip = time.monotonic() - start
    start = time.monotonic()
    with pytest.raises(Cancelled):
        upkeep.install(Order(("obicprobe",)), Record(cancel_at=moment))
    assert time.monotonic() - start < max(30, 20 * start_of_pip)
    assert beside(packages) == []


def test_no_network_is_explained(packages, monkeypatch):
    """A closed port of this computer stands for an index that is out of reach."""
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    for name, value in {
        "PIP_CONFIG_FILE": "/dev/null",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "1",
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(
        DependencyError, match=r"does not reach the package index(.|\n)*pip download obicprobe"
    ):
        upkeep.install(Order(("obicprobe",)), Silent())


def test_what_is_elsewhere_is_taken_from_there_and_nothing_else_is(tmp_path, packages, monkeypatch):
    for name in ("PIP_NO_INDEX", "PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    usual, place = tmp_path / "usual", tmp_path / "place"
    usual.mkdir(), place.mkdir()
    big = wheel(usual, "obicprobe", "1.0", "build = 'large'", needs=("obicpart",))
    small = wheel(place, "obicprobe", "1.0+cpu", "build = 'small'", needs=("obicpart",))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", index_of(usual / "simple", big, wheel(usual, "obicpart", "1.0")))
    there = index_of(place / "simple", small, wheel(place, "obicpart", "9.0", "raise ImportError"))
    upkeep.install(Order((), ("obicprobe==1.0+cpu",), there), Silent())
    found = distributions.distributions([str(packages)])
    assert found == {"obicprobe": "1.0+cpu", "obicpart": "1.0"}
    assert dependencies.installed_requirements() == ["obicprobe==1.0+cpu"]


def test_one_installation_at_a_time_and_what_nobody_owns_is_swept(shelf, packages):
    wheel(shelf, "obicprobe", "1.0")
    work = installer.workplace(packages)
    (work / "packages" / "torch").mkdir(parents=True)
    (work / "half.whl").write_text("")
    with Lock.take(str(work)):
        with pytest.raises(DependencyError, match="Another QGIS is installing"):
            upkeep.install(Order(("obicprobe",)), Silent())
        with pytest.raises(DependencyError, match="in use"):
            upkeep.remove()
        assert (work / "half.whl").exists()
    upkeep.install(Order(("obicprobe",)), Silent())
    assert beside(packages) == ["packages", "packages.sound"]


def test_no_space_is_told_before_anything_is_fetched(shelf, packages):
    progress = Record()
    with pytest.raises(
        DependencyError,
        match=r"3\u202f000\u202f000\u202f000 MB are needed for a while, and the disk of .* has",
    ):
        upkeep.install(Order(("obicprobe",), sizes_mb=(1_000_000_000, 2_000_000_000)), progress)
    assert progress.lines == [] and beside(packages) == []


def test_removing_leaves_nothing(shelf, packages):
    wheel(shelf, "obicprobe", "1.0")
    upkeep.install(Order(("obicprobe",)), Silent())
    upkeep.remove()
    assert not packages.exists() and not installer.workplace(packages).exists()
    upkeep.remove()


def test_states_say_what_is_there_and_where(shelf, packages, monkeypatch):
    monkeypatch.setattr(dependencies, "PACKAGES", {"obicprobe": "obicprobe", "numpy": "numpy"})
    monkeypatch.setattr(dependencies, "EXTRAS", {"obicextra": "obicextra"})
    wheel(shelf, "obicprobe", "1.5")
    upkeep.install(Order(("obicprobe",)), Silent())
    probe, numpy, extra = upkeep.states()
    assert (probe.version, probe.home) == ("1.5", str(packages))
    assert numpy.version == metadata.version("numpy") and numpy.home != str(packages)
    assert (extra.version, extra.essential) == ("", False)


@pytest.mark.skipif(
    "torch" not in dependencies.missing_in_qgis(), reason="this system brings a PyTorch of its own"
)
def test_command_line_tells_the_state_and_installs(shelf, packages):
    command = [sys.executable, "-m", "obic_plugin.dependencies"]

    def call(*options):
        return subprocess.run([*command, *options], cwd=ROOT, capture_output=True, text=True, check=False)

    check = call("--check")
    assert (check.returncode, str(packages) in check.stdout) == (1, True)
    failed = call()
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    for pip in [*dependencies.PACKAGES.values(), *dependencies.EXTRAS.values()]:
        wheel(shelf, pip.replace("-", "_"), "3.0")
    done = call("--torch", "3.0")
    assert done.returncode == 0, done.stderr
    assert {"torch", "safetensors"} <= set(distributions.distributions([str(packages)]))
    assert call("--torch", "3.0").stdout == ""
    assert "pip install" in call("--torch", "3.0", "--repair").stdout
    assert call("--remove").returncode == 0 and not packages.exists()
