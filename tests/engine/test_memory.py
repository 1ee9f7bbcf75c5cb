"""Memory that is reused during a run."""

from __future__ import annotations

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from obic_plugin.engine.memory import reused_memory

MEGABYTES = 100
ROOT = Path(__file__).parents[2]
# in a process of its own: what others have left in memory counts too
SCRIPT = f"""
import resource
import numpy as np
from obic_plugin.engine.memory import reused_memory

def faults():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones({MEGABYTES} << 17, np.float64)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

with reused_memory():
    faults()
    print(faults())
print(faults())
"""


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallopt"), reason="only glibc can be told to"
)
def test_what_was_freed_is_taken_again_and_given_back_at_the_end():
    """Counted are the pages that the system has to supply."""
    run = subprocess.run([sys.executable, "-c", SCRIPT], cwd=ROOT, capture_output=True, text=True, check=True)
    during, after = map(int, run.stdout.split())
    assert during < 100 and after > MEGABYTES / 2  # huge pages, at the most


def test_errors_pass_through():
    with pytest.raises(KeyError), reused_memory():
        raise KeyError
