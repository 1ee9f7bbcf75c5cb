"""Installs the plugin of this checkout into a QGIS profile of the user and enables it there.

python3 tools/deploy.py --profile default
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import package


def qgis_folder(major: int) -> Path:
    """Where QGIS 3 or 4 keeps the profiles of this user."""
    name = f"QGIS{major}"
    if sys.platform == "win32":
        return Path(os.environ["APPDATA"]) / "QGIS" / name
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "QGIS" / name
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "QGIS" / name


def install(profile: Path) -> Path:
    """Copies the plugin into the profile in place of an older one, which stays until the new one is whole."""
    target = profile / "python" / "plugins" / package.PLUGIN
    fresh, old = target.with_name(f".{target.name}.new"), target.with_name(f".{target.name}.old")
    package.remove(fresh)
    for inside, path in package.files().items():
        (fresh / inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, fresh / inside)
    package.remove(old)
    if target.exists() or target.is_symlink():
        target.rename(old)
    fresh.rename(target)
    package.remove(old)
    return target


def enabled(text: str) -> str:
    """The text of a QGIS ini file with the plugin enabled, every other line as it was.

    >>> enabled("[qgis]\\na=1\\n")
    '[qgis]\\na=1\\n\\n[PythonPlugins]\\nobic_plugin=true\\n'
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = text.rstrip().split(newline) if text.strip() else []
    lines = [line for line in lines if line.split("=")[0].strip() != package.PLUGIN]
    header = next((n for n, line in enumerate(lines) if line.strip() == "[PythonPlugins]"), None)
    if header is None:
        lines += ["", "[PythonPlugins]"] if lines else ["[PythonPlugins]"]
        header = len(lines) - 1
    lines.insert(header + 1, f"{package.PLUGIN}=true")
    return newline.join(lines) + newline


def enable(ini: Path) -> None:
    """Enables the plugin in the settings file; a running QGIS may write the file again when it ends."""
    ini.parent.mkdir(parents=True, exist_ok=True)
    before = ini.read_bytes().decode("utf-8") if ini.exists() else ""
    after = enabled(before)
    if after != before:
        partial = ini.with_name(ini.name + ".obic")
        partial.write_bytes(after.encode("utf-8"))
        os.replace(partial, ini)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--profile", default="default", help="name of the QGIS profile")
    parser.add_argument("--qgis-folder", type=Path, help="folder that holds profiles/, if not the usual one")
    options = parser.parse_args()
    folder = options.qgis_folder
    majors = [major for major in (3, 4) if (qgis_folder(major) / "profiles").exists()] or [3]
    for place, major in [(folder, 3)] if folder else [(qgis_folder(major), major) for major in majors]:
        profile = place / "profiles" / options.profile
        if not profile.exists() and options.profile != "default":
            names = sorted(path.name for path in (place / "profiles").glob("*") if path.is_dir())
            print(f"{place} has no profile {options.profile}; it has: {', '.join(names)}", file=sys.stderr)
            return 1
        target = install(profile)
        enable(profile / "QGIS" / f"QGIS{major}.ini")
        print(f"{package.version()} is in {target} and enabled; restart QGIS if it is running.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
