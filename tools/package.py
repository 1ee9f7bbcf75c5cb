"""The plugin folder as QGIS wants it: code, metadata.txt, LICENSE, resources/ and i18n/ in one folder.

python3 tools/package.py stage    build/plugins/obic_plugin, links to this checkout (for tests and demo)
python3 tools/package.py zip      build/obic_plugin-VERSION.zip
"""

from __future__ import annotations

import configparser
import os
import shutil
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLUGIN = "obic_plugin"
BESIDE = ("metadata.txt", "LICENSE", "CHANGELOG.md", "resources", "i18n", "docs")
LEFT_OUT = {"__pycache__", ".DS_Store", "gallery.jpg"}
SUFFIXES_LEFT_OUT = {".pyc", ".ts"}


def version() -> str:
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(ROOT / "metadata.txt", encoding="utf-8")
    return metadata["general"]["version"]


def entries() -> dict[str, Path]:
    """What the plugin folder holds at its top: name -> path in the checkout."""
    found = {path.name: path for path in sorted((ROOT / PLUGIN).iterdir())}
    found.update({name: ROOT / name for name in BESIDE if (ROOT / name).exists()})
    return {name: path for name, path in found.items() if name not in LEFT_OUT}


def files() -> dict[str, Path]:
    """Every file to ship: POSIX path inside the plugin folder -> path in the checkout."""
    found = {}
    for name, top in entries().items():
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            inside = Path(name) / path.relative_to(top) if path != top else Path(name)
            shipped = not LEFT_OUT.intersection(inside.parts) and path.suffix not in SUFFIXES_LEFT_OUT
            if path.is_file() and shipped:
                found[inside.as_posix()] = path
    return found


def stage(folder: Path = ROOT / "build" / "plugins" / PLUGIN) -> Path:
    """Links (copies where links are not allowed) to the checkout; does nothing where they stand already."""
    wanted = entries()
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.iterdir():
        if not path.is_symlink() or path.name not in wanted or not path.exists():
            remove(path)
    for name, source in wanted.items():
        if not (folder / name).is_symlink():
            try:
                (folder / name).symlink_to(source, target_is_directory=source.is_dir())
            except FileExistsError:  # another run beside this one was quicker
                continue
            except OSError:
                copy = shutil.copytree if source.is_dir() else shutil.copy2
                copy(source, folder / name)
    return folder


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    elif path.is_symlink() or path.exists():
        path.unlink()


def write_zip(folder: Path = ROOT / "build") -> Path:
    """The ZIP that "Install from ZIP" and the plugin repository take; the same bytes for the same files."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{PLUGIN}-{version()}.zip"
    partial = target.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as archive:
        for inside, path in files().items():
            entry = zipfile.ZipInfo(f"{PLUGIN}/{inside}", date_time=(2020, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    os.replace(partial, target)
    return target


def main(arguments: list[str]) -> int:
    if arguments == ["stage"]:
        stage()
    elif arguments == ["zip"]:
        target = write_zip()
        print(f"{target.relative_to(ROOT)}: {len(files())} files, {target.stat().st_size / 1e6:.2f} MB")
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
