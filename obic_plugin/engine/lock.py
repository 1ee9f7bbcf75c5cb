"""Whether a run still lives: it holds a lock on a file in its hidden folder, which the system lets go when it dies."""

from __future__ import annotations

import os
from contextlib import suppress

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None
    import msvcrt

NAME = "lock"


class Lock:
    """The lock on a folder, from `take` to `release` or to the end of the process, however it ends."""

    def __init__(self, file):
        self._file = file

    @classmethod
    def take(cls, folder: str) -> Lock | None:
        """The lock, or None where another run has it, the folder is gone, or the disk knows no locks."""
        path = os.path.join(folder, NAME)
        try:
            file = open(path, "a+b")  # noqa: SIM115 - held open as long as the lock
        except OSError:
            return None
        try:
            if fcntl:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            else:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            if os.path.samestat(os.fstat(file.fileno()), os.stat(path)):  # else it was swept meanwhile
                return cls(file)
        except OSError:
            pass
        file.close()
        return None

    def __enter__(self) -> Lock:
        return self

    def __exit__(self, *_) -> None:
        self.release()

    def release(self) -> None:
        """Let go; once more does nothing."""
        with suppress(OSError):
            self._file.close()
