"""Memory that is reused during a run."""

from __future__ import annotations

import ctypes
import sys

import numpy as np
import pytest

from obic_plugin.engine.memory import reused_memory

MEGABYTES = 100


def faults_of(action) -> int:
    """How many pages the system has to supply while it goes on."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    action()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def use_memory():
    np.ones(MEGABYTES << 17, np.float64)


@pytest.mark.skipif(
    sys.platform != "linux" or not hasattr(ctypes.CDLL(None), "mallopt"), reason="only glibc can be told to"
)
def test_what_was_freed_is_taken_again_and_given_back_at_the_end():
    with reused_memory():
        use_memory()
        assert faults_of(use_memory) < 100
    assert faults_of(use_memory) > MEGABYTES / 2  # huge pages, at the most


def test_errors_pass_through():
    with pytest.raises(KeyError), reused_memory():
        raise KeyError
