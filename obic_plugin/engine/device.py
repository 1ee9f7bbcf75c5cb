"""Which processor does the work, and how much memory it may take."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from importlib import import_module

from .errors import DeviceError, shown
from .progress import Progress, watched

_NAME = re.compile(r"cpu|mps|cuda(:[0-9]{1,4})?")
# What PyTorch says, in lower case, of a GPU and (on Linux and Windows) of the computer's own memory
_NO_MEMORY = (
    "out of memory",
    "can't allocate memory",
    "cannot allocate memory",
    "not enough memory",
    "bad_alloc",
    "bad allocation",
)


def load(modules: Iterable, progress: Progress) -> None:
    """Import what takes seconds the first time, as PyTorch does, so that the user can stop meanwhile."""

    def imports() -> None:
        for name in modules:
            import_module(name, __package__)

    watched(imports, lambda: progress.at(0.0))


def choose_device(name: str):
    """The `torch.device` of "auto", "cpu", "cuda", "cuda:N" or "mps"; refuses one that is absent."""
    import torch

    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    if not _NAME.fullmatch(name):
        raise DeviceError(f"Device must be auto, cpu, cuda, cuda:N or mps, not {shown(name)}.")
    kind, _, number = name.partition(":")
    if kind == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            f"Device {name} was asked for, but PyTorch finds no CUDA GPU here. Choose auto or cpu."
        )
    if number and int(number) >= torch.cuda.device_count():
        raise DeviceError(
            f"Device {name} was asked for, but here the last GPU is cuda:{torch.cuda.device_count() - 1} (the first"
            " is cuda:0). Choose another number, auto or cpu."
        )
    if kind == "mps" and not torch.backends.mps.is_available():
        raise DeviceError(
            "Device mps was asked for, but this is no Mac with a GPU that PyTorch can use. Choose auto."
        )
    return torch.device(name)


def describe(device) -> str:
    """'cpu, 2 threads' or 'cuda:0, NVIDIA H100'."""
    import torch

    if device.type == "cuda":
        return f"{device}, {torch.cuda.get_device_name(device)}"
    return f"cpu, {torch.get_num_threads()} threads" if device.type == "cpu" else str(device)


def physical_memory_mb() -> int:
    """Memory of this computer; 8 GB where it cannot be asked."""
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    if sys.platform == "win32":
        import ctypes

        kilobytes = ctypes.c_ulonglong()
        if ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes)):
            return kilobytes.value >> 10
    return 8192


def is_out_of_memory(error: BaseException) -> bool:
    """Whether Python, numpy or PyTorch, on whichever device, failed for want of memory."""
    words = str(error).lower()
    return isinstance(error, MemoryError) or (
        isinstance(error, RuntimeError) and any(part in words for part in _NO_MEMORY)
    )


def out_of_memory(error: BaseException) -> str:
    """What a user can do about it: closing programs does not help where it is a GPU's."""
    words = str(error).lower()
    gpu = next((name for name in ("cuda", "mps", "hip") if name in words), "")
    if gpu:
        return (
            f"The GPU ({gpu}) ran out of memory. Among the advanced parameters set Device to cpu or a lower memory"
            " limit, or close what else uses the GPU."
        )
    return (
        "Out of memory. Close other programs, or set a lower memory limit among the advanced parameters, or choose a"
        " smaller extent."
    )


def free_memory(device) -> None:
    """Give back what PyTorch holds in reserve on a GPU."""
    import torch

    if device.type == "cuda":
        torch.cuda.empty_cache()
