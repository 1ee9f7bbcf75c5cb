"""Loading what is heavy does not keep a user who wants to stop."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_a_run_can_be_stopped_while_torch_loads():
    code = """
from obic_plugin import dependencies
dependencies.activate()
import sys
from obic_plugin.engine.loading import load
from tests.progress import CancelAfter
told = CancelAfter()
load(["torch"], told)
print("torch" in sys.modules, told.count > 3)
"""
    root = Path(__file__).parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert answer.stdout.split() == ["True", "True"]
