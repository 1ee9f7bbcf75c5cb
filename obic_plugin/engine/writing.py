"""What cannot be written is told in one sentence, whoever has noticed: Python, GDAL or the disk."""

from __future__ import annotations

import errno
import os
import re
import shutil
from contextlib import contextmanager

from .commit import MARK
from .errors import OutputError

FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
FULL_BYTES = 1 << 16  # a disk with less is full: what failed did not fit
STAGED = re.compile(rf"{re.escape(MARK)}[^/\\]+[/\\](\d+[/\\]|scratch-[^/\\]*)")


@contextmanager
def writing(path: str):
    """Turn any failure of GDAL or of the disk inside the block, also one on closing a file, into an `OutputError`."""
    from osgeo import gdal

    failures = []

    def remember(level, number, message):
        if level >= gdal.CE_Failure:
            failures.append(message)

    gdal.PushErrorHandler(remember)
    try:
        yield
    except (RuntimeError, OSError) as error:
        raise failure(failures[0] if failures else error, path) from error
    finally:
        gdal.PopErrorHandler()
    if failures:
        raise failure(failures[0], path)


@contextmanager
def created(path: str, binary: bool = False):
    """A new file, of text in UTF-8 or ``binary``; on the disk when the block ends."""
    mode = {"mode": "wb"} if binary else {"mode": "w", "encoding": "utf-8", "newline": ""}
    with writing(path), open(path, **mode) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def final_name(path: str) -> str:
    """The name that a file will have, which is what a user knows it by; the folder of what will have none.

    >>> final_name(f"maps/{MARK}a1b2/0/wood.tif"), final_name(f"maps/{MARK}a1b2/scratch-labels.tif")
    ('maps/wood.tif', 'maps/')
    """
    return STAGED.sub("", path)


def failure(reason: Exception | str, path: str) -> OutputError:
    """The refusal for a file that cannot be written, under the name that it would have had."""
    path = final_name(path)
    folder = os.path.abspath(os.path.dirname(path))
    if _is_full(reason, folder):
        return OutputError(
            f"Cannot write {path}: the disk is full. Make room in {folder}, or choose a folder on another disk."
        )
    text = STAGED.sub("", getattr(reason, "strerror", None) or str(reason) or "unknown error")
    return OutputError(
        f"Cannot write {path}: {text.rstrip('.')}. Is the disk full, the file open in another program, or is it a name"
        " that this kind of file cannot have? Choose another name."
    )


def _is_full(reason: Exception | str, folder: str) -> bool:
    if getattr(reason, "errno", None) in FULL or os.strerror(errno.ENOSPC) in str(reason):
        return True
    try:
        return shutil.disk_usage(folder).free < FULL_BYTES
    except OSError:
        return False
