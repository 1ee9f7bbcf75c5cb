"""The plugin as it is shipped: metadata, ZIP, a QGIS profile."""

from __future__ import annotations

import configparser
import importlib.util
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import checkpackage
import deploy
import package
import pytest

from obic_plugin.engine.methods import METHODS
from obic_plugin.resource import resource

ROOT = Path(__file__).parents[1]


def metadata() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(ROOT / "metadata.txt", encoding="utf-8")
    return parser["general"]


def test_metadata_has_what_qgis_and_its_repository_ask_for():
    general = metadata()
    for key in ("name", "qgisMinimumVersion", "description", "about", "version", "author", "email"):
        assert general[key], key
    assert general["qgisMinimumVersion"] == "3.22"
    assert general["qgisMaximumVersion"] == "4.99"
    assert general.getboolean("hasProcessingProvider")
    assert re.fullmatch(r"\d+\.\d+\.\d+", general["version"])
    assert resource(general["icon"]).is_file()


def test_only_metadata_holds_the_version():
    stated = re.compile(rf"version\W{{1,5}}{re.escape(metadata()['version'])}\b", re.IGNORECASE)
    files = [ROOT / "Makefile", ROOT / "pyproject.toml", *(ROOT / "obic_plugin").rglob("*.py")]
    assert [path for path in files if stated.search(path.read_text(encoding="utf-8"))] == []


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    return package.write_zip(tmp_path_factory.mktemp("zip"))


def test_zip_is_one_folder_with_everything_inside(archive):
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        assert opened.testzip() is None
    assert archive.name == f"obic_plugin-{metadata()['version']}.zip"
    assert {name.split("/")[0] for name in names} == {"obic_plugin"}
    assert len(set(names)) == len(names)
    for inside in (
        "__init__.py",
        "metadata.txt",
        "LICENSE",
        "plugin.py",
        "engine/errors.py",
        metadata()["icon"],
    ):
        assert f"obic_plugin/{inside}" in names
    sources = {path.relative_to(ROOT).as_posix() for path in (ROOT / "obic_plugin").rglob("*.py")}
    assert sources <= set(names)


NOT_DRAWN = ("cooccurrence",)  # makes a table


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_zip_has_a_small_help_picture_of_each_method(archive, method):
    name = f"obic_plugin/resources/help/{method.name}.jpg"
    with zipfile.ZipFile(archive) as opened:
        if method.name in NOT_DRAWN:
            assert name not in opened.namelist()  # else the list above is out of date
            return
        picture = opened.read(name)
    assert picture[:2] == b"\xff\xd8" and 2_000 < len(picture) < 50_000


def test_zip_has_no_binaries_and_fits_the_repository(archive):
    with zipfile.ZipFile(archive) as opened:
        suffixes = {Path(name).suffix for name in opened.namelist()}
    assert not suffixes & {".pyc", ".so", ".dll", ".pyd", ".exe", ".pt", ".safetensors"}
    assert archive.stat().st_size < 5e6


def test_the_zip_holds_the_rules_of_the_repository(archive):
    assert checkpackage.findings(archive) == []
    assert set(checkpackage.left_to_the_maintainer(archive)) <= {*checkpackage.OF_THE_MAINTAINER, "email"}


BAD = {
    "a binary": ({"lib/tool.so": b"x"}, "lib/tool.so is a binary"),
    "a binary under another name": ({"tool.txt": b"\x7fELF\0"}, "tool.txt is a binary"),
    "a hidden file": ({".env": b""}, ".env is hidden"),
    "a folder of a tool": ({"__pycache__/a.txt": b""}, "is hidden, or of a tool"),
    "a way out": ({"../other.py": b""}, "leads out of the folder"),
    "a key": ({"key.txt": b"-----BEGIN RSA " + b"PRIVATE KEY-----"}, "line 1, looks like a secret"),
    "a login": ({"a.py": b"url = 'https://me:pass" + b"word@host'"}, "looks like a secret"),
    "a field": ({"metadata.txt": b"[general]\nname=X\n"}, "metadata.txt lacks description"),
    "a percent sign": ({"metadata.txt": b"[general]\nabout=100 %\n"}, "metadata.txt cannot be read"),
    "no license": ({"LICENSE": None}, "LICENSE is missing"),
    "an address": (
        {"metadata.txt": b"[general]\nhomepage=here\n"},
        "homepage in metadata.txt must be a web address",
    ),
    "an icon": ({"metadata.txt": b"[general]\nicon=none.svg\n"}, "The icon none.svg is not in the ZIP"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_the_repository_would_refuse_is_found(archive, tmp_path, case):
    changed, expected = BAD[case]
    bad = tmp_path / "bad.zip"
    with zipfile.ZipFile(archive) as good, zipfile.ZipFile(bad, "w") as opened:
        for name in good.namelist():
            if name.partition("/")[2] not in changed:
                opened.writestr(name, good.read(name))
        for name, content in changed.items():
            if content is not None:
                opened.writestr(f"obic_plugin/{name}", content)
    assert any(expected in sentence for sentence in checkpackage.findings(bad))


def test_two_folders_and_too_many_bytes_are_found(archive, tmp_path, monkeypatch):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as opened:
        opened.writestr("a/__init__.py", "")
        opened.writestr("b-b/__init__.py", "")
    assert any("must hold one folder" in each for each in checkpackage.findings(tmp_path / "two.zip"))
    monkeypatch.setattr(checkpackage, "MOST_BYTES", 1000)
    assert any("at most 1,000 are allowed" in each for each in checkpackage.findings(archive))


def test_every_picture_of_the_tutorial_is_there_and_small(archive):
    """In each language the same ones; none is left over."""
    names = set(zipfile.ZipFile(archive).namelist())
    pages = [name for name in names if re.search(r"/docs/tutorial\.(\w+\.)?md$", name)]
    shown = {
        page: re.findall(r"\]\((.+?\.jpg)\)", (ROOT / page.partition("/")[2]).read_text("utf-8"))
        for page in pages
    }
    first = shown["obic_plugin/docs/tutorial.md"]
    assert len(pages) == 2 and all(pictures == first for pictures in shown.values())
    folder = ROOT / "docs" / "tutorial"
    assert {f"tutorial/{path.name}" for path in folder.iterdir()} == set(first)
    assert {f"obic_plugin/docs/{name}" for name in first} <= names
    assert sum(path.stat().st_size for path in folder.iterdir()) < 800_000


def test_same_files_give_the_same_zip(archive, tmp_path):
    assert package.write_zip(tmp_path).read_bytes() == archive.read_bytes()


def test_resources_are_found_in_a_checkout_and_in_the_installed_plugin(archive, tmp_path):
    assert resource("metadata.txt") == ROOT / "metadata.txt"
    zipfile.ZipFile(archive).extractall(tmp_path)
    installed = tmp_path / "obic_plugin"
    spec = importlib.util.spec_from_file_location("installed_resource", installed / "resource.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    for name in ("metadata.txt", "LICENSE", "resources", metadata()["icon"]):
        assert module.resource(name) == installed / name
    with pytest.raises(FileNotFoundError, match="no_such_file"):
        module.resource("no_such_file")


def test_staged_folder_mirrors_the_checkout_and_forgets_what_is_gone(tmp_path):
    folder = tmp_path / "obic_plugin"
    package.stage(folder)
    (folder / "stale.py").write_text("")
    package.stage(folder)
    assert {path.name for path in folder.iterdir()} == set(package.entries())
    assert (folder / "metadata.txt").read_bytes() == (ROOT / "metadata.txt").read_bytes()
    assert (folder / "engine" / "errors.py").samefile(ROOT / "obic_plugin" / "engine" / "errors.py")


def test_deploy_installs_over_an_older_one_and_leaves_the_rest_of_the_profile(tmp_path):
    plugins = tmp_path / "profiles" / "default" / "python" / "plugins"
    (plugins / "obic_plugin").mkdir(parents=True)
    (plugins / "obic_plugin" / "gone.py").write_text("old")
    (plugins / "another").mkdir()
    ini = tmp_path / "profiles" / "default" / "QGIS" / "QGIS3.ini"
    ini.parent.mkdir()
    ini.write_text(
        "[PythonPlugins]\nanother=true\nobic_plugin=false\n\n[qgis]\nname=\\x5f\n", encoding="utf-8"
    )
    command = [sys.executable, str(ROOT / "tools" / "deploy.py"), "--qgis-folder", str(tmp_path)]
    subprocess.run(command, check=True, capture_output=True)
    assert sorted(path.name for path in plugins.iterdir()) == ["another", "obic_plugin"]
    assert not (plugins / "obic_plugin" / "gone.py").exists()
    assert (plugins / "obic_plugin" / "metadata.txt").is_file()
    expected = "[PythonPlugins]\nobic_plugin=true\nanother=true\n\n[qgis]\nname=\\x5f\n"
    assert ini.read_text(encoding="utf-8") == expected
    answer = subprocess.run([*command, "--profile", "nobody"], check=False, capture_output=True, text=True)
    assert answer.returncode == 1
    assert "no profile nobody" in answer.stderr


@pytest.mark.parametrize(
    "before",
    ["", "[qgis]\na=1\n", "[PythonPlugins]\nb=true\n", "[PythonPlugins]\r\nb=true\r\n[x]\r\ny=1\r\n"],
)
def test_enabling_keeps_every_line_and_is_done_once(before):
    after = deploy.enabled(before)
    assert deploy.enabled(after) == after
    assert set(before.splitlines()) <= set(after.splitlines())
    assert after.count("obic_plugin=true") == 1
    assert ("\r\n" in after) == ("\r\n" in before)
    assert after.split("[PythonPlugins]")[1].split()[0] == "obic_plugin=true"


def test_make_lists_its_targets():
    listing = subprocess.run(["make"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    for target in (
        "setup",
        "demo",
        "test",
        "lint",
        "run",
        "engine",
        "bench",
        "gallery",
        "i18n",
        "package",
        "deploy",
        "clean",
    ):
        assert f"make {target}" in listing
