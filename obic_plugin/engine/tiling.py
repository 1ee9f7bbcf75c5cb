"""How large tiles may be, so that a run keeps its memory limit."""

from __future__ import annotations

import os
import sys

from .raster.writer import BLOCK_PX

DEFAULT_MEMORY_MB = 1000
RESIDENT_MB = 550  # QGIS, Python, torch and GDAL themselves, and what training leaves
MARGIN_PX = 400  # that a tile is read with, about, on both sides together
MOST_TILE_PX = 2048


def memory_limit_mb(wanted: int | None) -> int:
    """What the user wants, or 1 GB or a quarter of this computer's memory, whichever is less."""
    return wanted or min(DEFAULT_MEMORY_MB, physical_memory_mb() // 4)


def largest_tile_px(bytes_per_px: float, limit_mb: int) -> int:
    """Side of the largest tile, a multiple of the output's blocks, whose arrays fit a memory limit."""
    room = room_bytes(limit_mb)
    size = BLOCK_PX
    while size < MOST_TILE_PX and (size + BLOCK_PX + MARGIN_PX) ** 2 * bytes_per_px <= room:
        size += BLOCK_PX
    return size


def room_bytes(limit_mb: int) -> int:
    """What a memory limit leaves for arrays."""
    return max(limit_mb - RESIDENT_MB, 64) * 2**20


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
