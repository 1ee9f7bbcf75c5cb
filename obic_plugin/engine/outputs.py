"""The one place that refuses outputs, before any work: what cannot be written, or would cost the user a file."""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterable
from typing import NamedTuple

from .commit import sweep
from .errors import OutputError
from .fileset import APPENDED, STYLE, any_same, files_read, identity, parts, settled, stem_of
from .params import Params, named_by, specs
from .progress import Progress
from .values import INPUTS, Spec

# what QGIS makes of "Save to GeoPackage…", "Save to Database Table…" and "Create temporary layer"
TABLE = re.compile(r"(ogr:dbname=|(postgres|postgis|spatialite|mssql|oracle|hana|memory):)", re.IGNORECASE)
FILE_ENDINGS = {"html": (".html", ".htm")}


class Output(NamedTuple):
    """An output as the user has named it, and every file that may be written with it."""

    spec: Spec
    path: str
    files: tuple


def refuse_bad_outputs(params: Params, kept: Iterable = ()) -> None:
    """Refuse what the parameters say about outputs, if it is not good; finish what runs that died have left. No more
    than the inputs may what is ``kept`` be written over."""
    declared = [(spec, getattr(params, spec.name)) for spec in specs(type(params))]
    chosen = [(spec, path) for spec, path in declared if spec.is_output and path]
    for spec, path in chosen:
        _refuse_tables(spec, path)
    chosen = [(spec, settled(path)) for spec, path in chosen]
    named = [str(name) for spec, value in declared if spec.kind in INPUTS for name in named_by(value)]
    read = _read([*named, *kept])
    for spec, path in chosen:
        _refuse_bad_place(spec, path)
        _refuse_inputs(Output(spec, path, (path,)), read)
    outputs = [Output(spec, path, _files_of(spec, path)) for spec, path in chosen]
    _refuse_twice(outputs)
    for output in outputs:
        _refuse_inputs(output, read)
        _refuse_others_files(output)


def stage_other_layers(params: Params, staging, progress: Progress) -> None:
    """Copy the GeoPackages in which a layer is to take its place among others."""
    from .vector.others import copy_database, other_layers

    for spec in specs(type(params)):
        path = getattr(params, spec.name)
        if spec.kind == "output_vector" and path and other_layers(settled(path)):
            progress.say(f"Keeping the other layers of {path}")
            copy_database(settled(path), staging.path(path), progress)


def refuse_bad_ending(spec: Spec, path: str) -> None:
    """Refuse the name of an output that ends as none of the formats does that hold what is written."""
    _refuse_tables(spec, path)
    _ENDINGS[spec.kind](spec, path)


def _refuse_tables(spec: Spec, path: str) -> None:
    if TABLE.match(path):
        raise OutputError(
            f"{spec.label} is to be {path}, a table of a database or of memory, and only files are written. Choose Save"
            " to File and a GeoPackage: its other layers stay, and the new one gets the name of the file."
        )


def _refuse_bad_place(spec: Spec, path: str) -> None:
    """Refuse folders that are not there, and what stands at the path if it is no file that may be replaced."""
    is_folder = spec.kind == "output_folder"
    folder = path if is_folder and os.path.isdir(path) else os.path.dirname(path)
    if not os.path.isdir(folder):
        raise OutputError(f"The folder {folder} does not exist. Create it or choose another.")
    if not os.access(folder, os.W_OK):
        raise OutputError(f"The folder {folder} cannot be written to. Choose another.")
    sweep(folder)
    if is_folder:
        if os.path.lexists(path) and not os.path.isdir(path):
            raise OutputError(f"{path} is a file. Give a folder for {spec.label}.")
        return
    if os.path.isdir(path):
        raise OutputError(f"{path} is a folder. Give a file name.")
    for each in parts(path):
        mode = os.stat(each).st_mode if os.path.exists(each) else stat.S_IFREG | stat.S_IWUSR
        if not stat.S_ISREG(mode):
            raise OutputError(f"{each} is a device or a connection, not a file. Choose another name.")
        if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(each, os.W_OK):
            raise OutputError(f"{each} is write-protected. Choose another name, or allow to write it.")


def _files_of(spec: Spec, path: str) -> tuple:
    """Every file that may be written with an output; refuses an ending that does not fit."""
    endings = _ENDINGS[spec.kind](spec, path)
    files = [path, *(stem_of(path) + ending for ending in endings)]
    if spec.kind == "output_raster":
        files += [path + ending for ending in APPENDED]
    if spec.style and spec.kind != "output_folder" and not _has_styles_inside(spec, path):
        files.append(stem_of(path) + STYLE)
    return tuple(dict.fromkeys(files))


def _raster_endings(spec: Spec, path: str) -> tuple:
    from .raster.formats import raster_format

    dtype = {"superpixels": "uint32"}.get(spec.style, "uint8")
    return raster_format(path, dtype, legend=spec.style in ("classes", "pseudo")).endings


def _vector_endings(spec: Spec, path: str) -> tuple:
    from .vector.formats import vector_format

    return vector_format(path).endings


def _file_endings(spec: Spec, path: str) -> tuple:
    wanted, ending = (
        FILE_ENDINGS.get(spec.extension, (f".{spec.extension}",)),
        os.path.splitext(path)[1].lower(),
    )
    if ending not in wanted:
        raise OutputError(f"{spec.label} is to be {path}, but its name must end in {' or '.join(wanted)}.")
    return (ending,)


_ENDINGS = {
    "output_raster": _raster_endings,
    "output_vector": _vector_endings,
    "output_file": _file_endings,
    "output_folder": lambda spec, path: (),
}


def _has_styles_inside(spec: Spec, path: str) -> bool:
    return spec.kind == "output_vector" and path.lower().endswith(".gpkg")


def _refuse_twice(outputs: list) -> None:
    """Refuse two outputs that are one file, or of which one would write a file of the other."""
    for number, output in enumerate(outputs):
        for other in outputs[:number]:
            clash = [path for path in output.files if any_same(path, other.files)]
            clash += [path for path in other.files if _is_made_in(output, path)]
            clash += [path for path in output.files if _is_made_in(other, path)]
            if clash:
                raise OutputError(
                    f"{clash[0]} would be written for two outputs, {other.spec.label} and {output.spec.label}."
                    " Give each its own name."
                )


def _read(sources: Iterable) -> dict:
    """{what a file that is read is known by: the source it is read with}, of those beside it too."""
    known = {}
    for source in sources:
        for path in files_read(source):
            for key in identity(path).union((path + ending).casefold() for ending in APPENDED):
                known.setdefault(key, source)
    return known


def _refuse_inputs(output: Output, read: dict) -> None:
    """Refuse to write what is read: an input, or a file that belongs to one, under whatever name."""
    from .sources import LayerSource  # which needs GDAL, the Toolbox's list does not

    clash = [read[key] for path in output.files for key in identity(path) if key in read]
    clash += [source for key, source in read.items() if isinstance(key, str) and _is_made_in(output, key)]
    if clash:
        same = any_same(output.path, [LayerSource.parse(clash[0]).path])
        what = "also an input" if same else f"a file that belongs to the input {clash[0]}"
        raise OutputError(f"{output.path} is {what}. Choose another name for the output.")


def _is_made_in(output: Output, path: str) -> bool:
    """Whether a path is that of a file that a method makes in the folder that is its output."""
    if output.spec.kind != "output_folder" or not fnmatch.fnmatch(
        os.path.basename(path), output.spec.pattern
    ):
        return False
    return os.path.dirname(path).casefold() == os.path.realpath(output.path).casefold()


def _refuse_others_files(output: Output) -> None:
    """Refuse to overwrite files of other layers beside the output, and other layers in its file."""
    from .vector.formats import vector_format
    from .vector.others import in_its_place, other_layers

    if output.spec.kind == "output_folder":
        return
    if output.spec.kind == "output_vector" and in_its_place(output.path):
        raise OutputError(
            f"{output.path} holds a raster or a view of the name that the layer would get, that of the file. Choose"
            " another name."
        )
    own = parts(output.path)
    for path in output.files:
        if os.path.lexists(path) and not any_same(path, own):
            raise OutputError(
                f"{path} belongs to another layer, and {output.path} would overwrite it. Choose another name."
            )
    others = other_layers(output.path)
    if others and not (output.spec.kind == "output_vector" and vector_format(output.path).several):
        raise OutputError(
            f"{output.path} holds other layers, {', '.join(others[:3])}, which would be lost. Choose another name."
        )
