"""The installer against wheels made here: real pip, no network."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from obic_plugin import dependencies, distributions, installer, upkeep
from obic_plugin.builds import Build
from obic_plugin.engine.errors import DependencyError
from obic_plugin.engine.lock import Lock
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.installer import Order

ROOT = Path(__file__).parents[1]


class Record(Silent):
    """Progress that keeps what it is told, and cancels at the first line that matches."""

    def __init__(self, cancel_at: str | None = None):
        self.lines, self.fractions, self.cancel_at = [], [], cancel_at

    def at(self, fraction):
        self.fractions.append(fraction)
        if self.cancel_at and any(re.search(self.cancel_at, line) for line in self.lines):
            raise Cancelled

    def say(self, text):
        self.lines.append(text)


def wheel(folder: Path, name: str, version: str, source: str = "", needs: tuple[str, ...] = ()) -> Path:
    """A pure wheel with one module of the distribution's name."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": source,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + "".join(f"Requires-Dist: {need}\n" for need in needs),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return path


@pytest.fixture
def shelf(tmp_path, monkeypatch):
    """A folder of wheels, the only place where pip looks."""
    folder = tmp_path / "shelf"
    folder.mkdir()
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_NO_CACHE_DIR": "1"}
    for name, value in {**settings, "PIP_CONFIG_FILE": os.devnull}.items():
        monkeypatch.setenv(name, value)
    return folder


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """The packages folder of this test, not there yet, in place of the user's."""
    monkeypatch.setattr(sys, "path", dependencies.own_path())
    folder = tmp_path / "data" / "packages"
    monkeypatch.setenv("OBIC_PACKAGES", str(folder))
    return folder


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir()) if folder.parent.exists() else []


def test_folder_is_keyed_by_python_and_platform(monkeypatch):
    monkeypatch.delenv("OBIC_PACKAGES", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")
    name = f"cp{sys.version_info.major}{sys.version_info.minor}-"
    folder = dependencies.packages_folder()
    assert folder.name.startswith(name)
    if sys.platform == "linux":
        assert folder.parent == Path("/somewhere/obic/packages")
        assert folder.name.startswith(f"{name}linux-")


def test_folder_is_appended_once_and_never_in_front(packages):
    before = list(sys.path)
    assert dependencies.activate() == packages
    dependencies.activate()
    assert sys.path == [*before, str(packages)]
    assert dependencies.own_path() == before


def test_missing_is_found_out_without_importing(packages, monkeypatch):
    monkeypatch.setattr(dependencies, "EXTRAS", {})
    monkeypatch.setattr(dependencies, "PACKAGES", {"obic_absent": "obic-absent", "json": "json"})
    assert dependencies.missing() == ["obic-absent"]
    (packages / "obic_absent").mkdir(parents=True)
    assert dependencies.missing() == ["obic-absent"], "a bare folder is no package"
    (packages / "obic_absent" / "__init__.py").write_text("raise SystemExit('imported')")
    assert dependencies.missing() == []
    assert dependencies.missing_in_qgis() == ["obic-absent"]
    assert dependencies.explain() == ""


def test_explanation_names_what_is_missing_and_what_to_do(packages, monkeypatch):
    monkeypatch.setattr(dependencies, "PACKAGES", {"obic_absent": "obic-absent", "obic_too": "obic-too"})
    text = dependencies.explain()
    assert text.startswith("obic-absent and obic-too are needed")
    assert "Install packages" in text
    assert str(packages) in text


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


def test_constraints_hold_the_minor_version_of_qgis(tmp_path):
    for name, version in {"numpy": "1.24.2+debian", "GDAL": "3.6.2", "six": "1.0", "scipy": "0.dev"}.items():
        folder = tmp_path / f"{name}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    assert distributions.constraints([str(tmp_path)]) == ["gdal==3.6.*", "numpy==1.24.*"]


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


def test_packages_that_do_not_start_are_not_installed(shelf, packages):
    wheel(shelf, "safetensors", "1.0", "raise ImportError('DLL load failed')")
    own = [path for path in sys.path if not (Path(path) / "safetensors").exists()]
    with pytest.raises(DependencyError, match="DLL load failed"):
        installer.install(Order(("safetensors",)), packages, own, Silent())
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


def test_unwritable_folder_is_refused(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    with pytest.raises(DependencyError, match="OBIC_PACKAGES"):
        installer.install(Order(("obicprobe",)), tmp_path / "file" / "packages", sys.path, Silent())


def test_interpreter_is_a_python_of_this_version_even_where_qgis_hides_it(monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("true") or "")
    answer = subprocess.check_output(
        [installer.interpreter(), "-c", "import sys; print(sys.version_info[:2])"]
    )
    assert answer.decode().strip() == str(sys.version_info[:2])


def index_of(folder: Path, *wheels: Path) -> str:
    """The address of a package index in a folder, with these wheels."""
    for path in wheels:
        page = folder / path.name.partition("-")[0] / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<a href="{path.as_uri().replace("+", "%2B")}">{path.name}</a>')
    return folder.as_uri()


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
        DependencyError, match=r"3,000,000,000 MB are needed for a while, and the disk of .* has"
    ):
        upkeep.install(Order(("obicprobe",), sizes_mb=(1_000_000_000, 2_000_000_000)), progress)
    assert progress.lines == [] and beside(packages) == []


def test_bytes_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(installer, "INTERVAL_S", 0)
    (tmp_path / "half.whl").write_bytes(bytes(3 << 20))
    progress = Record()
    pip = installer.Pip("python", tmp_path, "", progress, Order((), sizes_mb=(4, 8)))
    pip._at()
    assert progress.lines == ["3 of about 12 MB"] and progress.fractions == [0.25]


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
