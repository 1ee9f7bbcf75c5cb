"""What is clear and what is wrong after a run: the words, the outputs, and the user's files."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from pathlib import Path

from osgeo import gdal

from obic_plugin.engine.params import specs
from obic_plugin.engine.sources import LayerSource
from obic_plugin.engine.training.checkpoint import ENDING as UNFINISHED

from .child import Ending
from .runs import METHOD

MOST_CHARACTERS = 700  # of a refusal without the paths that it names
MARK = ".obic-"
SHORT = 3  # characters, up to which a name may be part of anything
VAGUE = (
    (r"Traceback|\n\s+File \"", "a traceback"),
    (r"\b[A-Za-z_.]+(Error|Exception)\b", "the name of an exception"),
    (r"<(class|function|module|[\w.]+ object)\b|\b0x[0-9a-f]{6,}", "an object of Python"),
    (r"\n", "more than one line"),
    (re.escape(MARK), "a file of ours that the user does not know"),
    (r"(?i)\bunknown error\b", "'unknown error'"),
)
NOISE = (r"Traceback \(most recent", r"Exception ignored", r"\b(Runtime|User|Future|Resource)Warning:")


def snapshot(folder: str) -> dict:
    """{path within the folder: what is there, to the bit} of all files, links, folders and other things."""
    found = {}
    for parent, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(parent, name)
            found[os.path.relpath(path, folder)] = _state(path)
    return found


def _state(path: str) -> tuple:
    info = os.lstat(path)
    kind = stat.S_IFMT(info.st_mode)
    if stat.S_ISLNK(info.st_mode):
        return kind, os.readlink(path)
    if stat.S_ISREG(info.st_mode):
        with open(path, "rb") as file:
            return kind, info.st_mode, hashlib.sha1(file.read()).hexdigest()  # noqa: S324, no secret
    return kind, info.st_mode


def unclear(text: str, names: list) -> str:
    """What a refusal lacks: it is one line in whole sentences, without Python's words, and names one of ``names``."""
    if not text.strip():
        return "no text"
    plain = text
    for name in sorted(filter(None, names), key=len, reverse=True):
        if len(name) > SHORT:
            plain = plain.replace(name, "x")
        else:  # a word by itself
            plain = re.sub(rf"(?<![\w/]){re.escape(name)}(?![\w/])", "x", plain)
    for pattern, what in VAGUE:
        if re.search(pattern, plain):
            return f"the text has {what}"
    if len(plain) > MOST_CHARACTERS:
        return f"the text has {len(plain)} characters"
    if not re.search(r"[.?!)]$", plain.strip()):
        return "the text is no whole sentence"
    if plain == text and not re.search(r"\d", text):
        return "the text names neither file, parameter nor value"
    return ""


def noisy(stderr: str, done: bool) -> str:
    """What should not have been printed: errors of GDAL in a run that succeeds, warnings of Python in any."""
    patterns = (*NOISE, r"^ERROR \d") if done else NOISE
    lines = [line for line in stderr.splitlines() if any(re.search(p, line) for p in patterns)]
    return f"it prints: {lines[0].strip()}" if lines else ""


def not_whole(spec, path: str) -> str:
    """Why an output is not what it should be; '' where it can be read to its end."""
    if not os.path.exists(path):
        return f"{spec.name} is not there"
    gdal.ErrorReset()
    gdal.PushErrorHandler("CPLQuietErrorHandler")
    try:
        reason = _READERS[spec.kind](path)
    except (RuntimeError, ValueError, OSError) as error:
        reason = str(error)
    finally:
        gdal.PopErrorHandler()
    return f"{spec.name} is not whole: {reason}" if reason else ""


def _raster(path: str) -> str:
    dataset = gdal.OpenEx(path, gdal.OF_RASTER)
    if dataset is None:
        return "GDAL does not open it as a raster"
    whole = all(
        dataset.GetRasterBand(number).ReadRaster() is not None for number in range(1, dataset.RasterCount + 1)
    )
    return "" if whole and gdal.GetLastErrorType() < gdal.CE_Failure else gdal.GetLastErrorMsg()


def _vector(path: str) -> str:
    dataset = gdal.OpenEx(path, gdal.OF_VECTOR)
    if dataset is None or not dataset.GetLayerCount():
        return "OGR does not open it"
    for index in range(dataset.GetLayerCount()):
        layer = dataset.GetLayer(index)
        n_read = sum(feature.GetGeometryRef() is not None for feature in layer)
        if n_read != layer.GetFeatureCount():
            return f"{n_read} of {layer.GetFeatureCount()} features"
    return "" if gdal.GetLastErrorType() < gdal.CE_Failure else gdal.GetLastErrorMsg()


def _file(path: str) -> str:
    content, ending = Path(path).read_bytes(), os.path.splitext(path)[1].lower()
    if not content:
        return "it is empty"
    if ending == ".json":
        json.loads(content)
    if ending == ".html" and not content.rstrip().endswith(b"</html>"):
        return "it has no end"
    if ending == ".safetensors":
        from safetensors import safe_open

        with safe_open(path, framework="np") as file:
            list(file.keys())
    return ""


def _folder(path: str) -> str:
    return "" if os.path.isdir(path) and os.listdir(path) else "it is empty"


_READERS = {
    "output_raster": _raster,
    "output_vector": _vector,
    "output_file": _file,
    "output_folder": _folder,
}


def stem(path: str) -> str:
    """The name of a file and of its side files up to the first dot."""
    return os.path.basename(path).split(".")[0]


def harmed(before: dict, after: dict, outputs: list) -> str:
    """Which file was left behind, changed or lost, though it is neither one of the outputs nor beside them.

    ``outputs`` are paths within the folder; side files are those of the same name up to its first dot.
    """
    allowed = {(os.path.dirname(path), stem(path)) for path in outputs}
    for path in sorted(before.keys() | after.keys()):
        if before.get(path) == after.get(path):
            continue
        inside = any(path.startswith(output + os.sep) for output in outputs)
        if not inside and (os.path.dirname(path), stem(path)) not in allowed:
            what = "left" if path not in before else "lost" if path not in after else "changed"
            return f"{what}: {path}"
        if MARK in path:
            return f"left: {path}"
    return ""


def verdict(
    name: str,
    settings: dict,
    ending: Ending,
    before: dict,
    after: dict,
    folder: str,
    targets: list,
    methods=METHOD,
) -> str:
    """What is wrong with a run in a folder, '' where all is clear; ``targets`` are the paths it may write to."""
    if ending.fault:
        return f"{ending.fault}: {_last(ending.stderr or ending.fault)}"
    outcome = ending.value
    if outcome.kind == "traceback":
        return f"traceback: {_last(outcome.text)}"
    outputs = {}
    for spec in specs(methods[name].params):
        if spec.is_output and isinstance(settings.get(spec.name), str) and settings[spec.name]:
            outputs[spec] = settings[spec.name]
    done = outcome.kind == "done"
    inside = [os.path.relpath(path, folder) for path in targets if _is_output(path, folder)] if done else []
    reasons = [noisy(ending.stderr, done), harmed(before, after, inside)]
    if outcome.kind == "refused":
        labels = [spec.label for spec in specs(methods[name].params)]
        reasons.append(unclear(outcome.text, _names(settings, folder) + labels))
    if done:
        reasons += [not_whole(spec, path) for spec, path in outputs.items()]
    found = "; ".join(filter(None, reasons))
    return f"{found} [{outcome.text}]" if found and outcome.text else found


def _is_output(path: str, folder: str) -> bool:
    """Whether a target may be written to: inputs may not, whatever an output is called."""
    return os.path.relpath(path, folder).split(os.sep)[0] == "out"


def _names(settings: dict, folder: str) -> list:
    """What a refusal may name: the values as they were given, and the files of the folder."""
    values = [f"{value}" for value in settings.values() if value not in (None, "")]
    values += [f"{value!r}" for value in settings.values() if value not in (None, "")]
    values += [
        part
        for value in values
        for part in (LayerSource.parse(value).path, os.path.abspath(value), os.path.dirname(value))
    ]
    files = [os.path.join(parent, name) for parent, f, g in os.walk(folder) for name in f + g]
    return [name for name in {*values, *files, folder} if name]


def _last(text: str) -> str:
    """The telling line of a traceback or of a crash."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    ours = [line for line in lines if "obic_plugin" in line]
    told = next(
        (line for line in reversed(lines) if re.match(r"[\w.]+(Error|Exception|Warning)\b", line)), ""
    )
    where = (
        re.sub(r'.*obic_plugin/(.*?)", line (\d+).*', r"\1:\2", ours[-1] if "Traceback" in text else ours[0])
        if ours
        else ""
    )
    return f"{told or (lines[0] if lines else '')} {where}".strip()[:400]


def old_or_new(before: dict, after: dict, specs_paths: dict, folder: str) -> str:
    """Why a set of outputs is a mixture: it must be all as it was, or all new and whole."""
    changed = {}
    for spec, path in specs_paths.items():
        parts = _parts(path, folder)
        old = {p: before[p] for p in before if _belongs(p, parts)}
        new = {p: after[p] for p in after if _belongs(p, parts)}
        if old != new:
            reason = not_whole(spec, path)
            if reason:
                return reason
            changed[path] = [p for p in old if new.get(p) == old[p] and not p.endswith((".prj", ".cpg"))]
    if changed and len(changed) < len(specs_paths):
        same = sorted(set(specs_paths.values()) - set(changed))
        return f"new: {_bases(changed)}; old: {_bases(same)}"
    return ""


def _parts(path: str, folder: str) -> tuple:
    relative = os.path.relpath(path, folder)
    return os.path.dirname(relative), stem(path), relative


def _belongs(path: str, parts: tuple) -> bool:
    """Whether a file is part of an output; what a killed training has reached waits beside it, and is none."""
    parent, name, whole = parts
    if path.endswith(UNFINISHED):
        return False
    return path.startswith(whole + os.sep) or (os.path.dirname(path) == parent and stem(path) == name)


def _bases(paths) -> str:
    return ", ".join(os.path.basename(path) for path in paths)
