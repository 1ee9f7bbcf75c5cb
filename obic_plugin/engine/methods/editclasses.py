"""Another legend for a map: names, colors, merged classes; told in a table or found by a reference."""

from __future__ import annotations

from dataclasses import dataclass

from .. import wording
from ..classedits import COLUMNS
from ..errors import ParameterError
from ..mapparams import SourceParams
from ..method import Method
from ..params import choice, field, file, flag, layer, matrix, output_raster, raster, text
from ..progress import Span

TILE_PX = 2048
MOST_CLASSES = 4096  # what has more labels is a raster of objects


@dataclass(frozen=True)
class EditClassesParams(SourceParams):
    input: str = raster("Map", "A label raster: one band of whole numbers.")
    classes: tuple = matrix(
        "Classes",
        """A row for each change. Value: of the map; several such as 2;5-7, or the name of a class. New value: the
        same one for several classes merges them, 0 makes no data of them. Color: #rrggbb. An empty cell changes
        nothing. What is said here counts more than all below.""",
        COLUMNS,
    )
    table: str = file(
        "Table",
        "The same as a CSV file, with the headings value, new value, name, color.",
        extension="csv",
        optional=True,
    )
    legend: str = raster(
        "Legend of", "A label raster whose names and colors are taken over, value by value.", optional=True
    )
    reference: str = layer(
        "Reference",
        """What is known to be true in a few places: polygons or points with a class field, or a label raster. Each
        class of the map takes the name of the class that it means.""",
        optional=True,
    )
    field: str = field(
        "Class field",
        "Field of the reference's polygons or points that holds the class: whole numbers or text.",
        parent="reference",
    )
    unlabelled: str = text(
        "", "Unlabeled values", "Classes of the reference to leave out, such as 0, 255 or a name."
    )
    matching: str = choice(
        "many_to_one",
        "Matching",
        """By majority: each class of the map is named by what most of its pixels are in the reference, so that
        several may get one name. One to one: each class of the reference names one class of the map, so that most
        pixels agree in all.""",
        {"many_to_one": "By majority", "one_to_one": "One to one"},
    )
    merge: bool = flag(
        True,
        "Merge classes of the same reference class",
        "They become one class, with the reference's value where possible. Otherwise they share a name only.",
    )
    output: str = output_raster(
        "Edited map",
        "The map with its new legend. Grid, nodata and everything that was not edited stay as they are.",
        style="classes",
    )

    def check(self) -> None:
        if not (self.classes or self.table or self.legend or self.reference):
            raise ParameterError(
                "Nothing to change was given: fill in Classes, Table, Legend of or Reference."
            )


def run(params: EditClassesParams, progress, staging) -> dict:
    """Write the map with its new legend; returns how many classes it has, and how many the reference has named."""
    from ..classedits import edited
    from ..raster.labels import LabelReader

    reader = LabelReader(params.input)
    counts = _occurring(reader, Span(progress, 0.0, 0.3))
    values = sorted(counts)
    edits, n_named = _edits(params, reader, values, Span(progress, 0.3, 0.6))
    known = {v: n for v, n in reader.names.items() if v in counts}
    new_value, table = edited(values, counts, known, reader.colors, edits)
    _write(params, reader, new_value, table, staging, Span(progress, 0.6, 1.0))
    progress.say(f"{len(values)} classes became {len(table)}.")
    return {"class_count": len(table), "named_count": n_named}


def _occurring(reader, progress) -> dict:
    """{label: pixels} of the whole map; refuses what is no map of classes."""
    import numpy as np

    from ..accuracy import PairCounter
    from ..errors import InputError

    counter, tiles = PairCounter(), reader.grid.window.tiles(TILE_PX)
    for index, window in enumerate(tiles):
        progress.at(index / len(tiles))
        labels, valid = reader.labels(window)
        counter.add(np.zeros(labels.shape, np.uint8), labels, valid)
    table = counter.table()
    if not len(table.mapped):
        raise InputError(f"{reader.source} has no label: all of it is nodata.")
    if len(table.mapped) > MOST_CLASSES:
        raise InputError(
            f"{reader.source} has {wording.count(len(table.mapped))} different labels: objects, such as superpixels,"
            f" rather than classes, of which there may be {MOST_CLASSES}. Choose a map of classes."
        )
    return dict(zip(table.mapped.tolist(), table.mapped_px.tolist()))


def _edits(params: EditClassesParams, reader, values: list, progress) -> tuple:
    """All changes that the parameters tell, those that count most last; and how many the reference has named."""
    from ..classedits import edits_of_file, edits_of_legend, edits_of_rows
    from ..errors import InputError
    from ..raster.labels import LabelReader

    edits, n_named = [], 0
    if params.reference:
        edits, n_named = _named_by_reference(params, reader, values, progress)
    if params.legend:
        legend = LabelReader(params.legend)
        if not legend.names and not legend.colors:
            raise InputError(
                f"{params.legend} has no legend: neither names nor colors. Choose another raster."
            )
        names = legend.names or dict.fromkeys(set(values) & set(legend.colors))
        edits += edits_of_legend(names, legend.colors)
    told = edits_of_file(params.table, values, reader.names) if params.table else []
    if params.classes:
        told += edits_of_rows(params.classes, values, reader.names, "Classes")
    unknown = sorted({edit.value for edit in told} - set(values))
    if unknown:
        progress.say(f"Not on the map, hence without effect: value {', '.join(map(str, unknown[:20]))}.")
    return edits + told, n_named


def _named_by_reference(params: EditClassesParams, reader, values: list, progress) -> tuple:
    from ..accuracy import many_to_one, one_to_one
    from ..accuracy.comparison import count, parse_unlabelled
    from ..classedits import edits_of_assignment
    from ..raster.reference import open_reference

    reference = open_reference(params.reference, params.field, reader.grid, progress)
    unlabelled = parse_unlabelled(params.unlabelled or "", reference.names)
    table = count(reader, reference, unlabelled, progress).table
    assignment = {"many_to_one": many_to_one, "one_to_one": one_to_one}[params.matching](table)
    _tell(assignment, table, reader.names, reference.names, progress)
    edits = edits_of_assignment(assignment, values, reference.names, reference.colors, params.merge)
    return edits, len(assignment)


def _tell(assignment: dict, table, names: dict, reference_names: dict, progress) -> None:
    """Say which class was given which name, and how much of it that name is right for."""
    mapped, reference, pairs = table.mapped.tolist(), table.reference.tolist(), {}
    for row, col, px in zip(table.row.tolist(), table.col.tolist(), table.count.tolist()):
        pairs[mapped[col], reference[row]] = px
    total = dict(zip(mapped, table.mapped_px.tolist()))
    for value, label in list(assignment.items())[:100]:
        share, name = pairs[value, label] / total[value], reference_names.get(label, str(label))
        progress.say(
            f"{names.get(value, value)}: {name} ({share:.0%} of {wording.count(total[value])} px with a reference)"
        )


def _write(params: EditClassesParams, reader, new_value: dict, table, staging, progress) -> None:
    import numpy as np

    from ..provenance import provenance
    from ..raster.writer import RasterWriter

    dtype = _data_type(reader, new_value)
    nodata = reader.dataset.GetRasterBand(1).GetNoDataValue()
    if nodata is None or not 0 <= nodata <= np.iinfo(dtype).max or nodata in table.values:
        nodata = 0
    nodata = int(nodata)
    if new_value.get(0) == 0:
        progress.say("Value 0 has no entry in a legend. If it is a class of the map, give it a new value.")
    values = np.array(sorted(new_value))
    results = np.array([new_value[value] or nodata for value in values.tolist()], dtype)
    tiles = reader.grid.window.tiles(TILE_PX)
    with RasterWriter(staging.path(params.output), reader.grid, dtype, nodata) as writer:
        writer.describe(provenance(METHOD.name, params, reader, "cpu"), table)
        for index, window in enumerate(tiles):
            progress.at(0.7 * index / len(tiles))
            labels, valid = reader.labels(window)
            place = np.searchsorted(values, np.where(valid, labels, values[0]))
            writer.write(window, np.where(valid, results[place], dtype.type(nodata)))
        writer.finish("NEAREST", Span(progress, 0.7, 1.0))


def _data_type(reader, new_value: dict):
    """The map's own type where that carries a legend, else the smallest that does."""
    import numpy as np

    from ..classedits import MOST_VALUE
    from ..errors import InputError

    highest, lowest = max(new_value.values()), min(new_value.values())
    if lowest < 0 or highest > MOST_VALUE:
        offender = lowest if lowest < 0 else highest
        raise InputError(
            f"The map would keep the value {offender}, and a legend goes from 1 to {MOST_VALUE}. Give it a new value."
        )
    small = np.dtype(np.uint8) if highest <= 255 else np.dtype(np.uint16)
    return max(small, reader.dtype) if reader.dtype in (np.uint8, np.uint16) else small


METHOD = Method(
    name="editclasses",
    title="Edit classes",
    group="Classes and polygons",
    params=EditClassesParams,
    run=run,
    when="Give the numbered classes of a map names and colors, and merge those that mean the same.",
    help="""<p>Changes come from a table, from a CSV file, from the legend of another raster, or from a reference:
    draw a polygon or two in each kind of land cover, write what it is in a field, and the classes of the map are
    named by them.</p>
    <p>The result is a new raster that carries its legend; its grid, its nodata and what was not edited are those of
    the map.</p>""",
    tags=("classes", "legend", "rename", "recolor", "merge", "reclassify", "label", "names"),
    numbers={"class_count": "Number of classes", "named_count": "Classes named by the reference"},
    loads=("scipy.optimize", "scipy.sparse.csgraph"),
)
