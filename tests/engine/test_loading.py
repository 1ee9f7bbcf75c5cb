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


def test_what_is_loaded_is_never_looked_through_for_garbage():
    """A collection of all there is, at PyTorch's size, is a tenth of a second in which no thread goes on."""
    code = """
from obic_plugin import dependencies
dependencies.activate()
import gc, weakref
from obic_plugin.engine.loading import load
from obic_plugin.engine.progress import Silent
full = []
gc.callbacks.append(lambda phase, what: full.append(phase) if what["generation"] == 2 else None)
load(["torch"], Silent())
print(full, gc.isenabled(), gc.get_freeze_count() > 50_000 > 10 * len(gc.get_objects()))
class Ring: pass
ring = Ring(); ring.itself = ring; gone = weakref.ref(ring); del ring; gc.collect()
print(gone() is None)
kept = gc.get_freeze_count()
load(["torch"], Silent())
print(gc.get_freeze_count() == kept)
try:
    load(["no_such_module"], Silent())
except ImportError:
    print(gc.isenabled())
gc.disable()
load(["wave"], Silent())
print(gc.isenabled())
"""
    root = Path(__file__).parents[2]
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True
    )
    assert answer.stdout.splitlines() == ["[] True True", "True", "True", "True", "False"]
