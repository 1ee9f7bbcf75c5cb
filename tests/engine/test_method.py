"""How a method is run, and what becomes of its failures."""

import importlib
import sys

import numpy as np
import pytest

from obic_plugin import dependencies
from obic_plugin.engine import method
from obic_plugin.engine.errors import DependencyError, DeviceError
from obic_plugin.engine.mapparams import ComputeParams
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.params import Params
from obic_plugin.engine.progress import Silent


@pytest.mark.parametrize("each", METHODS, ids=lambda each: each.name)
def test_pytorch_is_loaded_first_and_only_where_it_is_needed(each, monkeypatch):
    calls = []
    monkeypatch.setattr(method, "load", lambda modules, progress: calls.append("torch" in modules))
    params = object.__new__(each.params)  # what is in it does not matter
    quick = method.Method("x", "X", "", each.params, lambda *_: calls.append("run"), "", "")
    assert quick.execute(params, Silent()) == {}
    assert calls == [issubclass(each.params, ComputeParams), "run"]


def execute(run):
    return method.Method("x", "X", "", Params, run, "", "").execute(Params(), Silent())


def failing(error):
    def run(params, progress, staging):
        raise error

    return run


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        np.core._exceptions._ArrayMemoryError((10**12,), np.dtype(float))
        if hasattr(np, "core")
        else MemoryError("Unable to allocate"),
        RuntimeError(
            "[enforce fail at alloc_cpu.cpp:117] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to"
            " allocate 4000000000000 bytes. Error code 12 (Cannot allocate memory)"
        ),
        RuntimeError("DefaultCPUAllocator: not enough memory: you tried to allocate 400 bytes."),
        RuntimeError("std::bad_alloc"),
    ],
)
def test_want_of_memory_is_one_sentence_in_whosever_words(error):
    with pytest.raises(
        DeviceError, match=r"^Out of memory. Close other programs, or set a lower memory limit"
    ):
        execute(failing(error))


def test_pytorch_itself_says_what_is_expected_of_it():
    import torch

    with pytest.raises(DeviceError, match=r"^Out of memory"):
        execute(lambda *_: torch.empty(1 << 55, dtype=torch.uint8))


def test_want_of_memory_on_a_gpu_names_the_gpu():
    with pytest.raises(DeviceError, match=r"The GPU \(cuda\) .* set Device to cpu"):
        execute(failing(RuntimeError("CUDA out of memory. Tried to allocate 2.00 GiB")))


@pytest.mark.parametrize("error", [ValueError("a mistake of ours"), RuntimeError("index out of range")])
def test_mistakes_of_ours_stay_what_they_are(error):
    with pytest.raises(type(error), match=str(error)):
        execute(failing(error))


@pytest.mark.parametrize(
    "body, reason",
    [
        ("raise OSError('[WinError 126] c10.dll')", "OSError: .WinError 126. c10.dll"),
        ("import math; math.none", "AttributeError: module 'math' has no attribute 'none'"),
        ("raise ImportError('numpy.core.multiarray failed to import')", "failed to import"),
        ("import obic_absent", "ModuleNotFoundError: No module named 'obic_absent'"),
        (
            "def f(): raise RuntimeError('compiled against another numpy')\nf()",
            "compiled against another numpy",
        ),
    ],
)
def test_a_package_that_does_not_load_is_named_with_its_place(body, reason, tmp_path, monkeypatch):
    (tmp_path / "obic_broken").mkdir()
    (tmp_path / "obic_broken" / "__init__.py").write_text(body)
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(DependencyError, match=f"^obic_broken cannot be loaded .*{reason}") as refusal:
        execute(lambda *_: importlib.import_module("obic_broken"))
    assert f"Found: obic_broken in {tmp_path} and numpy in /" in str(refusal.value)


def test_a_package_that_is_missing_is_told_as_the_toolbox_does(monkeypatch):
    monkeypatch.setattr(dependencies, "PACKAGES", {"obic_absent": "obic-absent"})
    with pytest.raises(DependencyError) as refusal:
        execute(failing(ValueError("never reached")))
    assert str(refusal.value) == dependencies.explain()


def test_a_module_of_ours_that_is_missing_is_a_mistake_of_ours():
    with pytest.raises(ModuleNotFoundError):
        execute(lambda *_: importlib.import_module("obic_plugin.engine.absent"))


def test_pytorch_that_fails_in_its_thread_is_told_too(tmp_path, monkeypatch):
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text(
        "raise OSError('libc10.so: cannot open shared object file')"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    params = object.__new__(ComputeParams)
    with pytest.raises(DependencyError, match=r"^torch cannot be loaded .OSError: libc10.so"):
        method.Method("x", "X", "", ComputeParams, failing(ValueError()), "", "").execute(params, Silent())
