"""Which processor does the work."""

from __future__ import annotations

import re

from .errors import DeviceError, shown
from .wording import several

_NAME = re.compile(r"cpu|mps|cuda(:[0-9]{1,4})?")


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
    return f"cpu, {several(torch.get_num_threads(), 'thread')}" if device.type == "cpu" else str(device)
