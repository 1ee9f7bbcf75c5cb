"""What is missing and where it would be; the installer against wheels made here."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from obic_plugin import dependencies, distributions, installer
from obic_plugin.engine.errors import DependencyError
from obic_plugin.engine.progress import Silent
from obic_plugin.installer import Order
from tests.wheels import Record, beside, wheel


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


def test_constraints_hold_the_minor_version_of_qgis(tmp_path):
    for name, version in {"numpy": "1.24.2+debian", "GDAL": "3.6.2", "six": "1.0", "scipy": "0.dev"}.items():
        folder = tmp_path / f"{name}-{version}.dist-info"
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
    assert distributions.constraints([str(tmp_path)]) == ["gdal==3.6.*", "numpy==1.24.*"]


def test_packages_that_do_not_start_are_not_installed(shelf, packages):
    wheel(shelf, "safetensors", "1.0", "raise ImportError('DLL load failed')")
    own = [path for path in sys.path if not (Path(path) / "safetensors").exists()]
    with pytest.raises(DependencyError, match="DLL load failed"):
        installer.install(Order(("safetensors",)), packages, own, Silent())
    assert beside(packages) == []


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


def test_bytes_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(installer, "INTERVAL_S", 0)
    (tmp_path / "half.whl").write_bytes(bytes(3 << 20))
    progress = Record()
    pip = installer.Pip("python", tmp_path, "", progress, Order((), sizes_mb=(4, 8)))
    pip._at()
    assert progress.lines == ["3 of about 12 MB"] and progress.fractions == [0.25]
