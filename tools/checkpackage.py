"""Whether the plugin's ZIP holds what the plugin repository asks for, and maps an image from a new profile.

    tools/checkpackage.py build/obic_plugin-VERSION.zip

The rules are those that plugins.qgis.org publishes and checks at an upload. Fields that only the maintainer can fill in
(metadata.txt has them, empty) are told and are no failure.
"""

from __future__ import annotations

import argparse
import configparser
import io
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MOST_BYTES = 25_000_000
REQUIRED = ("name", "description", "version", "qgisMinimumVersion", "author", "email", "about")
OF_THE_MAINTAINER = ("homepage", "tracker", "repository")
FLAGS = ("experimental", "deprecated", "server", "hasProcessingProvider")
NO_FOLDERS = ("__MACOSX", ".git", "__pycache__")
BINARIES = (
    ".pyc",
    ".so",
    ".dll",
    ".pyd",
    ".exe",
    ".dylib",
    ".whl",
    ".egg",
    ".pt",
    ".pth",
    ".onnx",
    ".safetensors",
    ".pkl",
)
STARTS = (
    b"\x7fELF",
    b"MZ",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"\xfe\xed\xfa",
)  # of programs and libraries
SECRETS = (
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
    r"\bAKIA[0-9A-Z]{16}\b",
    r"\b(ghp|gho|ghs|glpat|xox[bp]|sk)[-_][A-Za-z0-9_-]{16,}",
    r"://[^\s/:@\"'{}<>]+:[^\s/:@\"'{}<>]+@",
    r"(?i)\b(password|passwd|secret|token|api_?key)\s*=\s*[\"'][^\"'\s]{8,}[\"']",
)


def findings(archive: Path) -> list[str]:
    """What the repository would refuse or block, each a sentence."""
    with zipfile.ZipFile(archive) as opened:
        names = opened.namelist()
        found = [*_of_size(archive), *_of_names(opened), *_of_contents(opened)]
        top = names[0].partition("/")[0] if names else ""
        if f"{top}/metadata.txt" in names:
            return found + _of_metadata(
                opened.read(f"{top}/metadata.txt"), {name.partition("/")[2] for name in names}
            )
    return [*found, "There is no metadata.txt in the top folder."]


def _of_size(archive: Path) -> list[str]:
    size = archive.stat().st_size
    return [f"The ZIP has {size:,} bytes, at most {MOST_BYTES:,} are allowed."] if size > MOST_BYTES else []


def _of_names(opened: zipfile.ZipFile) -> list[str]:
    found, names = [], opened.namelist()
    tops = {name.partition("/")[0] for name in names}
    if len(tops) != 1 or not all(top.isidentifier() and top.isascii() for top in tops):
        found.append(
            f"The ZIP must hold one folder with a name as of a Python package, not {', '.join(sorted(tops))}."
        )
    top = min(tops, default="")
    found += [
        f"{inside} is missing." for inside in ("__init__.py", "LICENSE") if f"{top}/{inside}" not in names
    ]
    for entry in opened.infolist():
        parts = entry.filename.split("/")
        if ".." in entry.filename or entry.filename.startswith("/") or "\\" in entry.filename:
            found.append(f"{entry.filename} leads out of the folder.")
        if any(part in NO_FOLDERS or part.startswith(".") for part in parts):
            found.append(f"{entry.filename} is hidden, or of a tool.")
        if (entry.external_attr >> 16) & 0o170000 == 0o120000:
            found.append(f"{entry.filename} is a link.")
    return found


def _of_contents(opened: zipfile.ZipFile) -> list[str]:
    found = []
    for name in opened.namelist():
        content = opened.read(name)
        if name.lower().endswith(BINARIES) or content.startswith(STARTS):
            found.append(f"{name} is a binary, which is not allowed.")
        text = content.decode("utf-8", errors="ignore") if b"\0" not in content else ""
        for number, line in enumerate(text.splitlines(), 1):
            if any(re.search(pattern, line) for pattern in SECRETS):
                found.append(f"{name}, line {number}, looks like a secret: {line.strip()[:60]}")
    return found


def _of_metadata(content: bytes, names: set) -> list[str]:
    try:
        parser = (
            configparser.ConfigParser()
        )  # with interpolation, as the repository reads it: % has a meaning there
        parser.optionxform = str
        parser.read_file(io.StringIO(content.decode("utf-8")))
        general = dict(parser.items("general"))
    except (configparser.Error, UnicodeDecodeError) as error:
        return [f"metadata.txt cannot be read: {error}"]
    found = [f"metadata.txt lacks {field}." for field in REQUIRED if not general.get(field, "").strip()]
    found += [f"metadata.txt has no line for {field}." for field in OF_THE_MAINTAINER if field not in general]
    found += [
        f"{field} in metadata.txt must be a web address, not {general[field]}."
        for field in OF_THE_MAINTAINER
        if general.get(field) and not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", general[field])
    ]
    found += [
        f"{flag} in metadata.txt must be True or False, not {general[flag]}."
        for flag in FLAGS
        if general.get(flag, "True").lower() not in ("true", "false", "yes", "no", "1", "0")
    ]
    if not re.fullmatch(r"\d+(\.\d+)+", general.get("version", "")):
        found.append(f"The version must be numbers with dots, not {general.get('version')}.")
    if "plugin" in general.get("name", "").lower():
        found.append("The name of a plugin is not to say that it is one.")
    if "/" in general.get("author", ""):
        found.append("The author's name must not hold a slash.")
    if general.get("icon") not in names:
        found.append(f"The icon {general.get('icon')} is not in the ZIP.")
    return found


def left_to_the_maintainer(archive: Path) -> list[str]:
    """The fields of metadata.txt that nobody else can fill in, and that are empty yet."""
    with zipfile.ZipFile(archive) as opened:
        name = next(
            name for name in opened.namelist() if name.endswith("/metadata.txt") and name.count("/") == 1
        )
        parser = configparser.ConfigParser(interpolation=None)
        parser.read_file(io.StringIO(opened.read(name).decode("utf-8")))
    general = parser["general"]
    empty = [field for field in OF_THE_MAINTAINER if not general.get(field)]
    return empty + ["email"] * general.get("email", "").endswith("example.org")


def bandit(archive: Path, folder: Path) -> list[str]:
    """What the security check of the repository finds in the code."""
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)
    command = [sys.executable, "-m", "bandit", "-q", "-r", str(folder), "-f", "custom"]
    command += ["--msg-template", "{relpath}:{line}: {test_id} {msg}"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    if answer.returncode and not answer.stdout.strip():
        return [f"Bandit did not run: {answer.stderr.strip()[-300:]}"]
    return [f"Bandit: {line}" for line in answer.stdout.splitlines() if line.strip()]


def try_it(archive: Path, folder: Path) -> list[str]:
    """Installs the ZIP into a profile that has nothing else, enables it, and maps an image."""
    program = (
        os.environ.get("QGIS_PROCESS") or shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    )
    if program is None:
        return ["QGIS is not there to try the ZIP in (make setup)."]
    plugins = folder / "qgis" / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(plugins)
    image, output = folder / "scene.tif", folder / "map.tif"
    sys.path.insert(0, str(ROOT))
    from obic_plugin.engine.samplescene import write_sample_scene

    write_sample_scene(image, folder / "truth.tif", 0, (200, 260))
    environment = {
        name: value for name, value in os.environ.items() if name not in ("QGIS_PLUGINPATH", "PYTHONPATH")
    }
    environment.update(QGIS_CUSTOM_CONFIG_PATH=str(folder / "qgis"))
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    run = ["run", "obic:unsupervisedsegmentation", f"--INPUT={image}", f"--OUTPUT={output}", "--EFFORT=draft"]
    for arguments in (["plugins", "enable", "obic_plugin"], run):
        answer = subprocess.run(
            [program, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        if answer.returncode:
            return [
                f"qgis_process {' '.join(arguments[:2])} failed: {(answer.stderr or answer.stdout).strip()[-400:]}"
            ]
    return [] if output.exists() else ["The run ended without a map."]


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("archive", type=Path)
    archive = parser.parse_args(arguments).archive
    found = findings(archive)
    for check in (bandit, try_it):
        folder = Path(tempfile.mkdtemp(prefix="obic-package-"))
        try:
            found += check(archive, folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    for each in found:
        print(each)
    lacking = left_to_the_maintainer(archive)
    if lacking:
        print(f"Before an upload the maintainer has to fill in {', '.join(lacking)} in metadata.txt.")
    if not found:
        print(f"{archive.name} holds the repository's rules, and maps an image from a new profile.")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
