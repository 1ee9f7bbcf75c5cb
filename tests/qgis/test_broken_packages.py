"""A QGIS whose packages are missing or broken: the plugin loads, lists everything, and running says the sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from obic_plugin import dependencies
from obic_plugin.engine.methods import METHODS
from tests.scenes import quarters, write_raster

ROOT = Path(__file__).parents[2]
RUN = """
import json, sys
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingException, QgsProcessingFeedback
application = QgsApplication([], False)
application.initQgis()
import obic_plugin
plugin = obic_plugin.classFactory(None)
plugin.initProcessing()
image, output = sys.argv[1:]
names = [algorithm.name() for algorithm in plugin.provider.algorithms()]
context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
algorithm = plugin.provider.algorithm("superpixels").create()
results, good = algorithm.run({"INPUT": image, "OUTPUT": output}, context, feedback)
print(json.dumps([names, good, feedback.textLog()]))
"""


def run(tmp_path, **environment):
    """Names of the algorithms, whether the run was good, and what it said, in a QGIS of its own."""
    image = write_raster(tmp_path / "image.tif", quarters(32, 32)[0])
    command = [sys.executable, "-c", RUN, image, str(tmp_path / "out.tif")]
    environment = {**os.environ, **environment}
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert "Traceback" not in answer.stderr, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


@pytest.mark.parametrize(
    "name, body",
    [
        ("numpy", "raise AttributeError('_ARRAY_API not found')"),
        ("numpy", "raise ImportError('numpy.core.multiarray failed to import')"),
        ("torch", "raise OSError('[WinError 126] c10.dll')"),
    ],
)
def test_a_broken_package_is_said_by_the_run_and_by_nothing_before(name, body, tmp_path):
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text(body)
    if name == "numpy" and _qgis_needs_numpy(tmp_path):
        pytest.skip("this QGIS does not start itself with such a numpy")
    names, good, said = run(tmp_path, PYTHONPATH=str(tmp_path))
    assert {method.name for method in METHODS} <= set(names)
    assert not good and f"{name} cannot be loaded" in said and str(tmp_path) in said


def _qgis_needs_numpy(broken: Path) -> bool:
    environment = {**os.environ, "PYTHONPATH": str(broken)}
    command = [sys.executable, "-c", "import qgis.core"]
    return bool(subprocess.run(command, env=environment, capture_output=True, check=False).returncode)


@pytest.mark.skipif("torch" not in dependencies.missing_in_qgis(), reason="this Python brings PyTorch")
def test_a_missing_package_is_said_where_nobody_asks_the_toolbox(tmp_path):
    names, good, said = run(tmp_path, OBIC_PACKAGES=str(tmp_path / "none"))
    assert {method.name for method in METHODS} <= set(names)
    assert not good and "torch and safetensors are needed and not installed." in said
