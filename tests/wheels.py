"""Wheels made here, for pip to install: real pip, no network."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from obic_plugin.engine.progress import Cancelled, Silent


class Record(Silent):
    """Progress that keeps what it is told, and cancels at the first line that matches."""

    def __init__(self, cancel_at: str | None = None):
        self.lines, self.fractions, self.cancel_at = [], [], cancel_at

    def at(self, fraction):
        self.fractions.append(fraction)
        if self.cancel_at and any(re.search(self.cancel_at, line) for line in self.lines):
            raise Cancelled

    def say(self, text):
        self.lines.append(text)


def wheel(folder: Path, name: str, version: str, source: str = "", needs: tuple[str, ...] = ()) -> Path:
    """A pure wheel with one module of the distribution's name."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": source,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        + "".join(f"Requires-Dist: {need}\n" for need in needs),
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    files[f"{info}/RECORD"] = "".join(f"{path},,\n" for path in [*files, f"{info}/RECORD"])
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
    return path


def beside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir()) if folder.parent.exists() else []


def index_of(folder: Path, *wheels: Path) -> str:
    """The address of a package index in a folder, with these wheels."""
    for path in wheels:
        page = folder / path.name.partition("-")[0] / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(f'<a href="{path.as_uri().replace("+", "%2B")}">{path.name}</a>')
    return folder.as_uri()
