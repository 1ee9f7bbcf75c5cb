"""Which processor does the work, and how much memory it may take."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from threading import Thread

from .errors import DependencyError, DeviceError
from .progress import Progress


def load_torch(progress: Progress) -> None:
    """Import PyTorch, which takes two seconds the first time, so that the user can stop meanwhile."""
    thread = Thread(target=_import_torch, daemon=True)
    thread.start()
    while thread.is_alive():
        progress.at(0.0)
        thread.join(0.1)


def _import_torch() -> None:
    with suppress(ImportError):  # whoever needs it tells why it is not there
        import torch  # noqa: F401


def choose_device(name: str):
    """The `torch.device` of "auto", "cpu", "cuda", "cuda:N" or "mps"; refuses one that is absent."""
    try:
        import torch
    except ImportError as error:
        raise DependencyError(
            f"PyTorch cannot be loaded ({error}). Install it with Plugins > OBIC > Install packages, or make setup."
        ) from error
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "mps" if torch.backends.mps.is_available() else "cpu"
    kind, _, number = name.partition(":")
    if kind not in ("cpu", "cuda", "mps") or (number and not (kind == "cuda" and number.isdigit())):
        raise DeviceError(f"Device must be auto, cpu, cuda, cuda:N or mps, not {name!r}.")
    if kind == "cuda" and not torch.cuda.is_available():
        raise DeviceError(
            f"Device {name} was asked for, but PyTorch finds no CUDA GPU here. Choose auto or cpu."
        )
    if number and int(number) >= torch.cuda.device_count():
        raise DeviceError(
            f"Device {name} was asked for, but there are {torch.cuda.device_count()} GPUs (from 0)."
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


@contextmanager
def gdal_cache(megabytes: int):
    """GDAL's block cache, which may otherwise take 5 % of all memory, limited during a run."""
    from osgeo import gdal

    before = gdal.GetCacheMax()
    gdal.SetCacheMax(min(before, megabytes << 20))
    try:
        yield
    finally:
        gdal.SetCacheMax(before)


def is_out_of_memory(error: RuntimeError) -> bool:
    """Whether PyTorch failed for want of memory on its device."""
    import torch

    return isinstance(error, torch.cuda.OutOfMemoryError) or "out of memory" in str(error).lower()


def free_memory(device) -> None:
    """Give back what PyTorch holds in reserve on a GPU."""
    import torch

    if device.type == "cuda":
        torch.cuda.empty_cache()


@contextmanager
def reproducible(seed: int):
    """PyTorch's random numbers start from ``seed`` and cuDNN's sums keep their order; both as before afterwards.

    (PyTorch's own switch for deterministic algorithms loads its compiler, for seconds; nothing here needs it:
    what is summed in any order are whole numbers.)
    """
    import torch

    before = torch.backends.cudnn.deterministic
    torch.backends.cudnn.deterministic = True
    try:
        with torch.random.fork_rng():
            torch.manual_seed(seed)
            yield
    finally:
        torch.backends.cudnn.deterministic = before


@contextmanager
def two_threads():
    """PyTorch computes with two threads, however many there are; as before afterwards.

    The last bits of convolutions and gradients depend on how many threads have summed them, and a map should not
    depend on how many cores a computer has, or processes a run. More than two would gain little: our nets are small.
    """
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(2)
    try:
        yield
    finally:
        torch.set_num_threads(before)
