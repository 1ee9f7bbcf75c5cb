"""Which build of PyTorch fits this computer: for its processor alone, or with CUDA for its NVIDIA GPU.

PyTorch publishes one build where pip looks by itself, and the others in places of their own. On Linux the former
carries CUDA, several gigabytes that a computer without a GPU has no use for; on Windows it knows no GPU.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess  # nosec B404 # asks the driver's own program which GPU there is
import sys
from dataclasses import dataclass
from pathlib import Path

from .dependencies import platform_tag

PLACES = "https://download.pytorch.org/whl/{}"
# What each build needs: the oldest driver, and the oldest GPU (compute capability). As PyTorch 2.13 publishes them:
# CUDA 13.0 is for Turing and later, 12.6 is kept for what is older. Newest first.
CUDA = {"cu130": (580.0, 7.5), "cu126": (528.0, 5.0)}
# About (to download, on the disk) in MB; measured for the processor on Linux.
SIZES_MB = {"cpu": (195, 790), "cu130": (2600, 4800), "cu126": (2900, 5300)}
SIZES_WINDOWS_MB = {"cpu": (130, 650), "cu130": (1900, 3600), "cu126": (2500, 4600)}


@dataclass(frozen=True)
class Gpu:
    """An NVIDIA GPU as its driver names it; ``capability`` is 0 where the driver is too old to tell."""

    name: str
    driver: float
    capability: float = 0.0


@dataclass(frozen=True)
class Build:
    """One PyTorch: what pip is asked for and, where it is not where pip looks by itself, the place to look."""

    name: str
    requirement: str
    place: str = ""

    @property
    def sizes_mb(self) -> tuple:
        """(to download, on the disk), about."""
        return (SIZES_WINDOWS_MB if sys.platform == "win32" else SIZES_MB)[self.name]


def version() -> str:
    """The PyTorch that OBIC is tested with, or the last one built for this Python or computer."""
    if sys.platform == "darwin" and platform_tag().endswith("x86_64"):
        return "2.2.2"
    return "2.8.0" if sys.version_info < (3, 10) else "2.13.0"


def builds() -> list[Build]:
    """What there is for this computer's system: the one for the processor alone first."""
    found = [_build("cpu")]
    if sys.platform == "win32" or platform_tag() == "linux-x86_64":
        found += [_build(name) for name in CUDA if name != "cu130" or sys.version_info >= (3, 10)]
    return found


def _build(name: str, wanted: str = "") -> Build:
    """A build by its name, of another version than the usual one where that is wanted."""
    plain = "cu130" if sys.platform == "linux" else "cpu"  # what pip finds by itself
    if name == plain and not wanted:
        return Build(name, f"torch=={version()}")
    if sys.platform == "darwin":
        return Build(name, f"torch=={wanted}")
    return Build(name, f"torch=={wanted or version()}+{name}", PLACES.format(name))


def asked_for(text: str, usual: Build) -> Build:
    """What a user means who types a version, a requirement of pip, or a wheel file; the usual build for nothing.

    A version says nothing of CUDA, so it is that of the usual build; one with a mark, as in 2.9.1+cu126, is that one.

    >>> asked_for("somewhere/torch.whl", builds()[0]).requirement
    'somewhere/torch.whl'
    """
    text = text.strip()
    number = re.fullmatch(r"(?:torch\s*==\s*)?v?(\d[\w.]*)(?:\+(\w+))?", text)
    if number is None:
        return Build(usual.name, text) if text else usual
    return _build(number[2] or usual.name, number[1]) if text != usual.requirement else usual


def fitting(gpu: Gpu | None) -> Build:
    """The build for a computer with this GPU, the best one that its driver and age allow."""
    there = {build.name: build for build in builds()}
    if gpu is not None:
        for name, (driver, capability) in CUDA.items():
            old = gpu.capability < capability if gpu.capability else name == "cu130"
            if name in there and gpu.driver >= driver and not old:
                return there[name]
    return there["cpu"]


def found_gpu() -> Gpu | None:
    """The GPU that the NVIDIA driver of this computer tells of, the first of several; None where there is none."""
    program = shutil.which("nvidia-smi")
    if program is None and sys.platform == "win32":  # where the driver puts it, on the PATH or not
        program = str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32" / "nvidia-smi.exe")
    if program is None or not Path(program).is_file():
        return None
    for query in (
        "name,driver_version,compute_cap",
        "name,driver_version",
    ):  # drivers before 2021 lack the third
        try:
            answer = subprocess.run(  # nosec B603 # a list of arguments, the program is the driver's
                [program, f"--query-gpu={query}", "--format=csv,noheader"],
                capture_output=True,
                text=True,
                errors="replace",
                timeout=20,
                check=False,
                stdin=subprocess.DEVNULL,
                **no_window(),
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
        gpu = read_gpu(answer.stdout) if answer.returncode == 0 else None
        if gpu is not None:
            return gpu
    return None


def read_gpu(text: str) -> Gpu | None:
    """From the driver's answer.

    >>> read_gpu("NVIDIA GeForce RTX 3060, 581.57, 8.6")
    Gpu(name='NVIDIA GeForce RTX 3060', driver=581.57, capability=8.6)
    """
    for line in text.splitlines():
        name, *numbers = (part.strip() for part in line.split(","))
        digits = [re.match(r"\d+(\.\d+)?", number) for number in numbers]
        if name and digits and all(digits):
            return Gpu(name, *(float(found[0]) for found in digits[:2]))
    return None


def no_window() -> dict:
    """Keeps Windows from flashing a console for each subprocess."""
    return {"creationflags": subprocess.CREATE_NO_WINDOW} if sys.platform == "win32" else {}
