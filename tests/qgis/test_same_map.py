"""The same settings make the same map in the engine alone and under qgis_process."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from obic_plugin.engine.__main__ import main
from tests.scenes import quarters, read_raster, write_raster

ROOT = Path(__file__).parents[2]
PROGRAM = os.environ.get("QGIS_PROCESS") or shutil.which("qgis_process")


@pytest.mark.skipif(not PROGRAM, reason="qgis_process is not there (tools/qgis_env.sh names it)")
@pytest.mark.parametrize("network", ["published", "features"])
def test_qgis_process_makes_the_map_of_the_engine(tmp_path, network):
    """qgis_process brings linear algebra of its own, which PyTorch must not take for its own (see `loading`)."""
    image = write_raster(tmp_path / "image.tif", quarters(96, 128)[0])
    settings = {"network": network, "effort": "draft"}
    options = [f"--{name}={value}" for name, value in settings.items()]
    engine = ["unsupervised", image, str(tmp_path / "engine.tif"), *options]
    assert main([*engine, f"--output-confidence={tmp_path / 'engine_percent.tif'}"]) == 0
    command = [PROGRAM, "run", "obic:unsupervisedsegmentation", f"--INPUT={image}"]
    command += [f"--{name.upper()}={value}" for name, value in settings.items()]
    command += [f"--OUTPUT={tmp_path / 'qgis.tif'}", f"--OUTPUT_CONFIDENCE={tmp_path / 'qgis_percent.tif'}"]
    environment = {
        **os.environ,
        "QGIS_CUSTOM_CONFIG_PATH": str(ROOT / "build" / "profile"),
    }  # with the plugin enabled
    answer = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert answer.returncode == 0, answer.stderr
    for name in ("", "_percent"):
        one, other = (read_raster(tmp_path / f"{program}{name}.tif") for program in ("engine", "qgis"))
        assert (one == other).all(), f"{(one != other).sum()} pixels of {name or 'the map'} differ"
