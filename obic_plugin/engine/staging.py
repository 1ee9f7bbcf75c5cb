"""Outputs appear whole or not at all: they are written in hidden folders and moved to their names at the end."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress

from .commit import MARK, Commit, Move, note_elsewhere, sweep
from .errors import OutputError
from .fileset import any_same, parts, settled
from .lock import Lock
from .progress import Cancelled
from .writing import failure, writing

MOST_TRIES = 5


class Staging:
    """The unfinished files of one run.

    ``path(final)`` gives a name to write to; ``commit`` moves all of them into place, and whatever has not been
    committed when the block ends is deleted. What stood under a final name before stays untouched until then.
    What lies beside a staged file by then is part of it: the other files of a shapefile, statistics, a style.

    >>> import tempfile
    >>> from pathlib import Path
    >>> target = os.path.join(tempfile.mkdtemp(), "note.txt")
    >>> with Staging() as staging:
    ...     _ = Path(staging.path(target)).write_text("whole")
    ...     before = os.path.exists(target)
    ...     staging.commit()
    >>> before, Path(target).read_text()
    (False, 'whole')
    """

    def __init__(self):
        self._folders: dict = {}
        self._locks: list = []
        self._staged: dict = {}
        self._retired: list = []
        self._unfinished: list = []

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, kind: type | None = None, *_) -> None:
        if kind is not None and issubclass(kind, (Cancelled, KeyboardInterrupt)):
            for path in self._unfinished:
                with suppress(OSError):
                    os.remove(path)
        for lock in self._locks:
            lock.release()
        for folder in reversed(self._folders.values()):  # the first one last: it has the journal
            shutil.rmtree(folder, ignore_errors=True)

    def path(self, final: str) -> str:
        """A path of the same file name in a folder of its own; always the same for one run."""
        final = settled(final)
        if final not in self._staged:
            folder = os.path.join(self._folder(os.path.dirname(final)), str(len(self._staged)))
            with writing(final):
                os.mkdir(folder)
            self._staged[final] = os.path.join(folder, os.path.basename(final))
        return self._staged[final]

    def scratch(self, name: str, beside: str) -> str:
        """A path that is never moved, on the disk of ``beside``."""
        return os.path.join(self._folder(os.path.dirname(settled(beside))), f"scratch-{name}")

    def made(self, output: str) -> list:
        """The staged files of an output: one, or those in a folder."""
        output = settled(output)
        staged = self._staged.get(output)
        if staged is None:
            return [path for final, path in self._staged.items() if os.path.dirname(final) == output]
        return (
            [os.path.join(staged, name) for name in sorted(os.listdir(staged))]
            if os.path.isdir(staged)
            else [staged]
        )

    def retire(self, path: str) -> None:
        """Have a file of an earlier run removed when this one's appear."""
        self._retired.append(os.path.abspath(path))

    def unfinished(self, path: str) -> None:
        """Have a file from which a run that was killed goes on removed when the outputs appear, and when the user stops
        this run, at whatever moment."""
        self.retire(path)
        self._unfinished.append(os.path.abspath(path))

    def commit(self) -> None:
        """Move every staged file, with what lies beside it, to its final name: all of them or none."""
        new = [move for final, staged in self._staged.items() for move in _moves(final, staged)]
        targets = [move.target for move in new]
        leaving = [path for final in self._staged for path in parts(final)]
        foreign = [path for path in targets if os.path.lexists(path) and not any_same(path, leaving)]
        if foreign:
            raise OutputError(f"{foreign[0]} belongs to another layer. Choose another name for the output.")
        leaving += [path for path in self._retired if os.path.lexists(path)]
        try:
            for move in new:
                _to_disk(move.source)
            Commit(self._out_of_the_way(leaving), new).run(list(self._folders.values()))
        except OSError as error:
            raise failure(error, error.filename2 or error.filename or "the outputs") from error

    def _out_of_the_way(self, paths: list) -> list:
        """The moves of files into the hidden folder beside them."""
        moves = []
        for number, path in enumerate(dict.fromkeys(paths)):
            kept = f"old-{number}-{os.path.basename(path)}"
            moves.append(Move(path, os.path.join(self._folder(os.path.dirname(path)), kept)))
        return moves

    def _folder(self, parent: str) -> str:
        """The hidden folder in ``parent``, locked as long as this run lives."""
        if parent not in self._folders:
            sweep(parent)
            with writing(os.path.join(parent, "")):
                if self._folders:
                    note_elsewhere(next(iter(self._folders.values())), parent)
                for _ in range(MOST_TRIES):  # another run may have swept the folder before it was locked
                    self._folders[parent] = tempfile.mkdtemp(prefix=MARK, dir=parent)
                    lock = Lock.take(self._folders[parent])
                    if lock is not None:
                        self._locks.append(lock)
                        break
                    shutil.rmtree(self._folders[parent], ignore_errors=True)
                else:  # a disk that knows no locks: nobody will sweep it
                    self._folders[parent] = tempfile.mkdtemp(prefix=MARK, dir=parent)
        return self._folders[parent]


def _moves(final: str, staged: str) -> list:
    """A `Move` of a staged file and of each that lies beside it; itself last."""
    folder, name = os.path.split(staged)
    beside = sorted(os.listdir(folder), key=lambda other: (other == name, other))
    return [
        Move(os.path.join(folder, other), os.path.join(os.path.dirname(final), other)) for other in beside
    ]


def _to_disk(path: str) -> None:
    """Wait until a file, or all in a folder, would outlive a power cut; an error where the disk has no room."""
    if os.path.isdir(path):
        for name in os.listdir(path):
            _to_disk(os.path.join(path, name))
        return
    with open(path, "r+b") as file:
        os.fsync(file.fileno())
