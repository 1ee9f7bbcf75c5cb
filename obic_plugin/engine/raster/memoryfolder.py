"""A folder of GDAL's that lies in memory, for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import uuid4

from osgeo import gdal


@contextmanager
def memory_folder() -> Iterator[str]:
    """Its name; what is in it afterwards is given up. It is there once something is written into it."""
    folder = f"/vsimem/obic-{uuid4().hex}"
    try:
        yield folder
    finally:
        with suppress(RuntimeError):  # a folder that was never made by itself is missed, once it is empty
            gdal.RmdirRecursive(folder)
