"""Many files get their final names together: a journal on the disk says what a run that died has still to do."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from typing import NamedTuple

from .lock import Lock

MARK = ".obic-"
JOURNAL, HOME, ELSEWHERE = "journal", "home", "elsewhere"


class Move(NamedTuple):
    """A file to be moved; what has been moved already is no longer at ``source``."""

    source: str
    target: str


class Commit(NamedTuple):
    """What a run moves: files that stood there before out of the way, then its own to their places.

    Either list may be gone through again from any point, so that whoever comes later can finish it.
    """

    old: list
    new: list

    def forward(self) -> None:
        for move in self.old:
            if os.path.lexists(move.source) and not os.path.lexists(move.target):
                os.replace(*move)
        for move in self.new:
            if os.path.lexists(move.source):
                os.replace(*move)

    def backward(self) -> None:
        for source, target in reversed(self.new):
            if os.path.lexists(target) and not os.path.lexists(source):
                os.replace(target, source)
        for source, target in reversed(self.old):
            if os.path.lexists(target):
                os.replace(target, source)

    def run(self, folders: list) -> None:
        """Move all files, or on an error none; ``folders`` are the run's hidden ones, the first its home.

        A single file needs no journal: to replace it is one step.
        """
        if not self.new:
            return
        if len(self.new) == 1 and {move.source for move in self.old} <= {self.new[0].target}:
            os.replace(*self.new[0])
            return
        for folder in folders[1:]:
            _write(os.path.join(folder, HOME), folders[0])
        _write(os.path.join(folders[0], JOURNAL), json.dumps([self.old, self.new]))
        self._forward_or_back()
        os.remove(os.path.join(folders[0], JOURNAL))

    @classmethod
    def finish(cls, home: str) -> None:
        """Do what the journal of a run that died says; nothing where it has none: then nothing was moved."""
        try:
            with open(os.path.join(home, JOURNAL), encoding="utf-8") as file:
                old, new = json.load(file)
        except (FileNotFoundError, NotADirectoryError):
            return
        cls([Move(*move) for move in old], [Move(*move) for move in new])._forward_or_back()
        os.remove(os.path.join(home, JOURNAL))  # before any of the folders goes that it speaks of

    def _forward_or_back(self) -> None:
        try:
            self.forward()
        except OSError:
            self.backward()
            raise


def note_elsewhere(home: str, parent: str) -> None:
    """Have whoever sweeps ``home`` sweep ``parent`` too, where the run is about to have another hidden folder."""
    with open(os.path.join(home, ELSEWHERE), "a", encoding="utf-8") as file:
        file.write(json.dumps(parent) + "\n")


def sweep(parent: str, swept: tuple = ()) -> None:
    """Finish and remove what runs that died have left in a folder, and elsewhere; those that live are left alone.

    ``swept`` are the folders that are being swept already.
    """
    for folder in _hidden(parent):
        lock = Lock.take(folder)
        if lock is not None:
            with lock, suppress(OSError, ValueError):  # what cannot be finished now waits for the next run
                _finish(folder)
                lock.release()
                for other in _elsewhere(folder):
                    if other not in (parent, *swept):
                        sweep(other, (parent, *swept))
                shutil.rmtree(folder, ignore_errors=True)


def _elsewhere(home: str) -> list:
    try:
        with open(os.path.join(home, ELSEWHERE), encoding="utf-8") as file:
            return [json.loads(line) for line in file if line.endswith("\n")]
    except FileNotFoundError:
        return []


def _finish(folder: str) -> None:
    """Finish the commit that the hidden folder of a dead run takes part in."""
    try:
        with open(os.path.join(folder, HOME), encoding="utf-8") as file:
            home = file.read()
    except FileNotFoundError:
        Commit.finish(folder)
        return
    os.listdir(os.path.dirname(home))  # an error where its disk is away: that may come back
    if os.path.isdir(home):
        lock = Lock.take(home)
        if lock is None:
            raise OSError(f"{home} is being finished by another run.")
        with lock:
            Commit.finish(home)


def _hidden(parent: str) -> list:
    try:
        return [entry.path for entry in os.scandir(parent) if entry.name.startswith(MARK) and entry.is_dir()]
    except OSError:
        return []


def _write(path: str, text: str) -> None:
    """A file that is whole, and on the disk, once it has its name."""
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(path + ".part", path)
