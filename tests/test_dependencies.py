"""The installer against wheels made here: real pip, no network."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

from obic_plugin import dependencies, distributions, installer
from obic_plugin.engine.errors import DependencyError
from obic_plugin.engine.progress import Cancelled, Silent

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
    for name, value in {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(folder), "PIP_NO_CACHE_DIR": "1"}.items():
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


def test_another_torch_can_be_asked_for(packages, monkeypatch):
    monkeypatch.setattr(dependencies, "EXTRAS", {})
    monkeypatch.setattr(dependencies, "PACKAGES", {"obic_torch": "torch", "obic_absent": "obic-absent"})
    assert dependencies.wanted() == [dependencies.torch_requirement(), "obic-absent"]
    assert dependencies.wanted("torch==2.4") == ["torch==2.4", "obic-absent"]
    monkeypatch.setattr(dependencies, "PACKAGES", {"json": "torch"})
    with pytest.raises(DependencyError, match="found first"):
        dependencies.wanted("torch==2.4")


def test_extras_come_along_and_are_not_needed(shelf, packages, monkeypatch):
    monkeypatch.setattr(dependencies, "PACKAGES", {"obicprobe": "obicprobe"})
    monkeypatch.setattr(dependencies, "EXTRAS", {"obicextra": "obicextra"})
    wheel(shelf, "obicprobe", "1.0")
    assert dependencies.wanted() == ["obicprobe", "obicextra"]
    progress = Record()
    dependencies.install(dependencies.wanted(), progress)
    assert dependencies.explain() == "" and dependencies.missing_extras() == ["obicextra"]
    assert any(line.startswith("Left out") and "obicextra" in line for line in progress.lines)
    before = (packages / "requirements.txt").stat().st_mtime_ns
    dependencies.install(dependencies.wanted(), Silent())
    assert (packages / "requirements.txt").stat().st_mtime_ns == before, "what is there is not fetched again"
    wheel(shelf, "obicextra", "1.0")
    dependencies.install(dependencies.wanted(), Silent())
    assert dependencies.missing() == dependencies.missing_extras() == []


def test_install_into_an_empty_folder(shelf, packages):
    wheel(shelf, "obicprobe", "1.0", "answer = 42", needs=("obicpart",))
    wheel(shelf, "obicpart", "2.0")
    progress = Record()
    assert dependencies.install(["obicprobe"], progress) == packages
    assert beside(packages) == ["packages"]
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
    dependencies.install(["obicprobe"], progress)
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
    dependencies.install(["obicprobe"], Silent())
    with pytest.raises(DependencyError, match=r"obicmissing(.|\n)*PIP_FIND_LINKS"):
        dependencies.install(["obicmissing"], Silent())
    assert sorted(distributions.distributions([str(packages)])) == ["obicprobe"]
    dependencies.install(["obicother"], Silent())
    assert sorted(distributions.distributions([str(packages)])) == ["obicother"]
    assert beside(packages) == ["packages"]


def test_conflict_with_qgis_is_told_before_anything_is_changed(shelf, packages):
    own = metadata.version("numpy").split(".")[0]
    wheel(shelf, "obicprobe", "1.0", needs=(f"numpy>={int(own) + 1}",))
    wheel(shelf, "numpy", f"{int(own) + 1}.0")
    with pytest.raises(DependencyError, match=r"obicprobe 1.0 depends on numpy>=(.|\n)*stay as they are"):
        dependencies.install(["obicprobe"], Silent())
    assert beside(packages) == []


def test_packages_that_do_not_start_are_not_installed(shelf, packages):
    wheel(shelf, "safetensors", "1.0", "raise ImportError('DLL load failed')")
    own = [path for path in sys.path if not (Path(path) / "safetensors").exists()]
    with pytest.raises(DependencyError, match="DLL load failed"):
        installer.install(["safetensors"], packages, own, Silent())
    assert beside(packages) == []


@pytest.mark.parametrize("moment", ["pip install", "Processing|Installing", "Checking"])
def test_cancel_leaves_nothing(shelf, packages, moment):
    wheel(shelf, "obicprobe", "1.0")
    start = time.monotonic()
    subprocess.run([sys.executable, "-m", "pip", "--version"], check=True, capture_output=True)
    start_of_pip = time.monotonic() - start
    start = time.monotonic()
    with pytest.raises(Cancelled):
        dependencies.install(["obicprobe"], Record(cancel_at=moment))
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
        dependencies.install(["obicprobe"], Silent())


def test_unwritable_folder_is_refused(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    with pytest.raises(DependencyError, match="OBIC_PACKAGES"):
        installer.install(["obicprobe"], tmp_path / "file" / "packages", sys.path, Silent())


def test_interpreter_is_a_python_of_this_version_even_where_qgis_hides_it(monkeypatch):
    monkeypatch.setattr(sys, "executable", shutil.which("true") or "")
    answer = subprocess.check_output(
        [installer.interpreter(), "-c", "import sys; print(sys.version_info[:2])"]
    )
    assert answer.decode().strip() == str(sys.version_info[:2])


@pytest.mark.skipif(
    "torch" not in dependencies.missing_in_qgis(), reason="this system brings a PyTorch of its own"
)
def test_command_line_tells_the_state_and_installs(shelf, packages):
    command = [sys.executable, "-m", "obic_plugin.dependencies"]
    check = subprocess.run([*command, "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (check.returncode, str(packages) in check.stdout) == (1, True)
    failed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "Traceback" not in failed.stderr
    for pip in [*dependencies.PACKAGES.values(), *dependencies.EXTRAS.values()]:
        wheel(shelf, pip.replace("-", "_"), "3.0")
    subprocess.run([*command, "--torch", "torch==3.0"], cwd=ROOT, capture_output=True, check=True)
    assert {"torch", "safetensors"} <= set(distributions.distributions([str(packages)]))
    again = subprocess.run(
        [*command, "--torch", "torch==3.0"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert again.stdout == ""
