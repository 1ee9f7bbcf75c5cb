"""What pip installed in a folder, and what of it QGIS has already."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

# What QGIS has of these is found first, so what is fetched must fit it: compiled packages share memory, and
# PyTorch does not start with an old typing_extensions.
CONSTRAINED = {
    "numpy",
    "scipy",
    "gdal",
    "scikit-image",
    "scikit-learn",
    "pandas",
    "pillow",
    "typing-extensions",
}


def constraints(own_path: list[str]) -> list[str]:
    """Lines for pip that keep the packages of ``own_path`` at the minor version they have there.

    The minor version is what compiled code is built for; the last digits, often a distributor's own, may
    exist in no index.
    """
    lines = []
    for name, version in sorted(distributions(own_path).items()):
        release = re.match(r"(\d+)\.(\d+)", version)
        if name in CONSTRAINED and release:
            lines.append(f"{name}=={release[1]}.{release[2]}.*")
    return lines


def distributions(path: list[str]) -> dict[str, str]:
    """Normalized name -> version of each distribution on the path, the first that is found winning."""
    found: dict[str, str] = {}
    for item in metadata.distributions(path=path):
        name = item.metadata["Name"]
        if name:
            found.setdefault(_normalized(name), item.version or "0")
    return found


def _normalized(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def remove_duplicates(folder: Path, own_path: list[str]) -> list[str]:
    """Deletes from ``folder`` what ``own_path`` has: pip's --target brings it regardless."""
    own, removed = distributions(own_path), []
    for item in list(metadata.distributions(path=[str(folder)])):
        name = item.metadata["Name"]
        if _normalized(name) not in own:
            continue
        for file in item.files or ():
            path = Path(item.locate_file(file))
            if folder in path.resolve().parents and path.is_file():
                path.unlink()
        removed.append(name)
    for path in sorted(folder.rglob("*"), key=lambda path: len(path.parts), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    return removed
