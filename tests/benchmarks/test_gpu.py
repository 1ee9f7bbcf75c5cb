"""The GPU benchmark runs where there is nothing but PyTorch, numpy and SciPy; here, on the CPU."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

# what a bare GPU machine does not have
BARE = """
import runpy, sys

class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("osgeo", "gdal", "qgis", "sklearn", "safetensors"):
            raise ImportError(f"No module named {name}")

sys.meta_path.insert(0, Absent())
runpy.run_module("benchmarks.gpu", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("network", "planes", "n_stages"),
    [("features", ["labels", "superpixels"], 5), ("published", ["labels"], 4)],
)
def test_it_needs_no_gdal_and_tells_all(network, planes, n_stages):
    options = ["--device=cpu", "--size=330x270", "--tile=256", "--repeat=1", "--effort=draft"]
    options.append(f"--network={network}")
    command = [sys.executable, "-c", BARE, *options]
    result = subprocess.run(
        command, capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True
    )
    assert sorted(re.findall(r"same (\w+) 100.0000%", result.stdout)) == planes
    assert int(re.search(r"(\d+) classes$", result.stdout, re.MULTILINE)[1]) >= 4
    best, stages = re.search(r"Best of 1: ([\d.]+) s", result.stdout), result.stdout.partition("Stages")[2]
    seconds = [float(text) for text in re.findall(r"([\d.]+) s  ", stages.partition("Parts")[0])]
    assert abs(sum(seconds) - float(best[1])) < 0.01 and len(seconds) == n_stages
