"""Outputs appear whole or not at all: they are written beside their final names and moved at the end."""

from __future__ import annotations

import os
import shutil
import tempfile

from .errors import OutputError

MARK = ".obic-"
BESIDE = (".aux.xml", ".ovr", ".msk")  # GDAL appends these to a raster's name
PARTS = {  # of formats that are several files, in place of the ending
    ".shp": (".shx", ".dbf", ".prj", ".cpg"),
    ".gml": (".xsd", ".gfs"),
}


class Staging:
    """The unfinished files of one run.

    ``path(final)`` gives a name beside ``final`` to write to; ``commit`` moves all of them into place,
    and whatever has not been committed when the block ends is deleted. What stood under a final name
    before stays untouched until then.

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
        self._moves: dict = {}

    def __enter__(self) -> Staging:
        return self

    def __exit__(self, *_) -> None:
        for folder in self._folders.values():
            shutil.rmtree(folder, ignore_errors=True)

    def path(self, final: str) -> str:
        """A path of the same file name in a hidden folder beside ``final``; always the same for one run."""
        final = os.path.abspath(final)
        if final not in self._moves:
            self._moves[final] = os.path.join(self._folder(os.path.dirname(final)), os.path.basename(final))
        return self._moves[final]

    def scratch(self, name: str, beside: str) -> str:
        """A path that is never moved, on the disk of ``beside``."""
        return os.path.join(self._folder(os.path.dirname(os.path.abspath(beside))), f"scratch-{name}")

    def commit(self) -> None:
        """Move every staged file, with what GDAL wrote beside it, to its final name."""
        for final, staged in self._moves.items():
            try:
                for new, old in _companions(staged, final):
                    if os.path.exists(old):
                        os.remove(old)
                    if os.path.exists(new):
                        os.replace(new, old)
                os.replace(staged, final)
            except OSError as error:
                raise OutputError(
                    f"Cannot write {final}: {error.strerror}. Is it open in another program?"
                ) from error

    def _folder(self, parent: str) -> str:
        if parent not in self._folders:
            try:
                self._folders[parent] = tempfile.mkdtemp(prefix=MARK, dir=parent)
            except OSError as error:
                raise OutputError(
                    f"Cannot write to the folder {parent}: {error.strerror}. Choose another."
                ) from error
        return self._folders[parent]


def _companions(staged: str, final: str) -> list:
    """(staged, final) names of the files that belong to a file."""
    found = [(staged + extra, final + extra) for extra in BESIDE]
    (staged_stem, ending), (final_stem, _) = os.path.splitext(staged), os.path.splitext(final)
    return found + [(staged_stem + part, final_stem + part) for part in PARTS.get(ending.lower(), ())]


def refuse_unwritable(outputs: list, inputs: list) -> None:
    """Refuse, before any work, outputs that could not be written or would overwrite what is read."""
    read = {os.path.realpath(path) for path in inputs if path and os.path.exists(path)}
    seen = set()
    for output in outputs:
        folder = os.path.dirname(os.path.abspath(output))
        if not os.path.isdir(folder):
            raise OutputError(f"The folder {folder} does not exist. Create it or choose another.")
        if not os.access(folder, os.W_OK):
            raise OutputError(f"The folder {folder} cannot be written to. Choose another.")
        if os.path.isdir(output):
            raise OutputError(f"{output} is a folder. Give a file name.")
        if os.path.realpath(output) in read:
            raise OutputError(f"{output} is also an input. Choose another name for the output.")
        if os.path.realpath(output) in seen:
            raise OutputError(f"{output} is named for two outputs. Give each its own name.")
        seen.add(os.path.realpath(output))
