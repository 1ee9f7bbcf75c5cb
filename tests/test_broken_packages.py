"""Packages that are missing, or there and broken, are a sentence wherever the engine or the plugin is started."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from obic_plugin import dependencies
from obic_plugin.engine.methods import METHODS
from tests.scenes import quarters, write_raster

ROOT = Path(__file__).parents[1]
BROKEN = {
    "numpy": (
        "raise AttributeError('_ARRAY_API not found')",
        "numpy cannot be loaded (AttributeError: _ARRAY",
    ),
    "torch": ("raise OSError('c10.dll')", "torch cannot be loaded (OSError: c10.dll)"),
}


@pytest.fixture
def image(tmp_path):
    return write_raster(tmp_path / "image.tif", quarters(32, 32)[0])


def broken(tmp_path, name) -> dict:
    """An environment in which a package of that name comes first and does not load."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text(BROKEN[name][0])
    return {**os.environ, "PYTHONPATH": str(tmp_path)}


def engine(environment, *arguments):
    command = [sys.executable, "-m", "obic_plugin.engine", *map(str, arguments)]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", BROKEN)
def test_the_command_line_says_which_package_is_broken(name, image, tmp_path):
    answer = engine(broken(tmp_path, name), "superpixels", image, tmp_path / "out.tif")
    assert (answer.returncode, "Traceback" in answer.stderr) == (1, False)
    assert BROKEN[name][1] in answer.stderr and str(tmp_path) in answer.stderr
    assert not (tmp_path / "out.tif").exists()


@pytest.mark.skipif("torch" not in dependencies.missing_in_qgis(), reason="this Python brings PyTorch")
def test_the_command_line_says_which_package_is_missing(image, tmp_path):
    answer = engine(
        {**os.environ, "OBIC_PACKAGES": str(tmp_path)}, "superpixels", image, tmp_path / "out.tif"
    )
    assert (answer.returncode, "Traceback" in answer.stderr) == (1, False)
    assert "needed and not installed. Choose Plugins > OBIC > Install packages…" in answer.stderr


def test_a_broken_numpy_does_not_keep_the_methods_from_being_listed(tmp_path):
    answer = engine(broken(tmp_path, "numpy"), "--help")
    assert answer.returncode == 0 and all(method.name in answer.stdout for method in METHODS)
