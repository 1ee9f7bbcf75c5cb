"""Which PyTorch a computer gets: told by its system and GPU, here made up."""

from __future__ import annotations

import sys
from pathlib import PureWindowsPath

import pytest

from obic_plugin import builds, installer
from obic_plugin.builds import Gpu
from obic_plugin.engine.errors import DependencyError

NEW, TURING, PASCAL = Gpu("RTX 4090", 581.5, 8.9), Gpu("RTX 2060", 545.2, 7.5), Gpu("GTX 1080", 581.5, 6.1)
CPU, CU126, CU130 = ("https://download.pytorch.org/whl/" + name for name in ("cpu", "cu126", "cu130"))


@pytest.fixture
def system(monkeypatch):
    def pretend(platform: str, tag: str):
        monkeypatch.setattr(sys, "platform", platform)
        monkeypatch.setattr(builds, "platform_tag", lambda: tag)

    return pretend


@pytest.mark.skipif(sys.version_info < (3, 10), reason="an older Python has an older PyTorch")
@pytest.mark.parametrize(
    ("platform", "tag", "gpu", "name", "mark", "place"),
    [
        ("linux", "linux-x86_64", None, "cpu", "+cpu", CPU),
        ("linux", "linux-x86_64", NEW, "cu130", "", ""),  # what pip finds by itself there
        ("linux", "linux-x86_64", TURING, "cu126", "+cu126", CU126),  # its driver is too old for the other
        ("linux", "linux-x86_64", PASCAL, "cu126", "+cu126", CU126),  # the GPU is
        ("linux", "linux-x86_64", Gpu("GTX 680", 470.1), "cpu", "+cpu", CPU),
        ("linux", "linux-aarch64", NEW, "cpu", "+cpu", CPU),
        ("win32", "win-amd64", None, "cpu", "", ""),  # what pip finds by itself there
        ("win32", "win-amd64", NEW, "cu130", "+cu130", CU130),
        ("win32", "win-amd64", PASCAL, "cu126", "+cu126", CU126),
        ("darwin", "macosx-arm64", None, "cpu", "", ""),
    ],
)
def test_a_computer_gets_the_build_that_fits_its_gpu(system, platform, tag, gpu, name, mark, place):
    system(platform, tag)
    build = builds.fitting(gpu)
    assert (build.name, build.requirement, build.place) == (name, f"torch==2.13.0{mark}", place)
    assert 100 < build.sizes_mb[0] < build.sizes_mb[1] < (1000 if name == "cpu" else 6000)


def test_a_version_is_enough(system):
    system("linux", "linux-x86_64")
    cpu = builds.fitting(None)
    for text in ("2.9.1", "v2.9.1", "torch==2.9.1", " torch == 2.9.1 "):
        asked = builds.asked_for(text, cpu)
        assert (asked.requirement, asked.place) == ("torch==2.9.1+cpu", CPU)
    assert builds.asked_for("2.9.1+cu126", cpu).place == CU126
    assert builds.asked_for("", cpu) == builds.asked_for(cpu.requirement, cpu) == cpu
    for text in (
        "shelf/torch-2.9.1-cp311-cp311-linux_x86_64.whl",
        "torch>=2.1",
        "https://example.org/torch.whl",
    ):
        asked = builds.asked_for(text, cpu)
        assert (asked.requirement, asked.place) == (text, "")


def test_a_gpu_is_read_from_what_the_driver_says(tmp_path, monkeypatch):
    assert builds.read_gpu("") is builds.read_gpu("NVIDIA-SMI has failed\n") is None
    assert builds.read_gpu("Tesla T4, 470.82.01\n") == Gpu("Tesla T4", 470.82)
    program = tmp_path / "nvidia-smi"
    program.write_text(
        '#!/bin/sh\ncase "$1" in *compute_cap*) exit 6;; esac\necho "GTX 680, 470.1"\necho "Other, 470.1"\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert builds.found_gpu() == Gpu("GTX 680", 470.1)  # from a driver that does not know the third question
    program.write_text("#!/bin/sh\necho No devices were found\nexit 6\n")
    assert builds.found_gpu() is None
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert builds.found_gpu() is None


def test_the_longest_path_fits_windows():
    """pip unpacks below our folder of work, with folders of its own: the longest user name there has 20 letters."""
    data = PureWindowsPath(r"C:\Users") / ("u" * 20) / "AppData" / "Local"
    folder = data / "obic" / "packages" / "cp312-win-amd64"
    work = installer.workplace(folder)
    assert work == data / "obic" / "new"
    assert len(str(work)) + installer.LONGEST_IN_PIP + installer.LONGEST_IN_TORCH <= installer.LONGEST_PATH
    assert len(str(folder)) + 1 + installer.LONGEST_IN_TORCH <= installer.LONGEST_PATH


def test_a_path_that_would_be_too_long_is_refused_before_anything_is_done(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "win32")
    with pytest.raises(DependencyError, match=r"Windows takes 259: set OBIC_PACKAGES to a short folder"):
        installer._refuse_long_paths(tmp_path / ("long" * 20))


def test_no_name_in_our_pytorch_is_longer_than_thought():
    from importlib import metadata

    from obic_plugin import dependencies

    dependencies.activate()
    files = metadata.files("torch") or []
    if not any(str(file).endswith("duktape-1.8.0/LICENSE.txt") for file in files):
        pytest.skip("this PyTorch comes without its long names")
    assert max(len(str(file)) for file in files if ".." not in str(file)) <= installer.LONGEST_IN_TORCH
