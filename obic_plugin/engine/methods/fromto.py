"""Two maps of one place: from what to what."""

from __future__ import annotations

from dataclasses import dataclass

from .. import changeparams as fields
from ..mapparams import SourceParams
from ..method import Method
from ..params import output_file, output_vector, raster
from ..progress import Span

NUMBERED = (
    "The classes of both maps are numbered, not named. Where each map was made without labels, class 1 of one is not"
    " class 1 of the other, and nothing of this means a change: name the classes first (Edit classes), or have one"
    " model make both maps (Apply model)."
)
ERRORS = (
    "What one of the two maps has wrong counts as a change: of two maps of which each is right in 85 % of all pixels,"
    " up to 30 % may differ where nothing has changed. One network for both dates (Train change detection) does better."
)


@dataclass(frozen=True)
class FromToParams(SourceParams):
    input: str = raster(
        "Map of the first date",
        "A label raster, of whatever origin: one band of whole numbers, of which 255 and the declared no-data value are"
        " unlabeled. The result lies on its grid.",
    )
    input2: str = raster(
        "Map of the second date",
        """The same classes: by name where both legends have names, else by value. It may have another grid and CRS: a
        pixel takes its nearest one.""",
    )
    output: str = fields.transitions()
    output_polygons: str = output_vector(
        "Polygons",
        "Patches of one transition, with from, to and area.",
        style="polygons",
        optional=True,
    )
    output_csv: str = fields.matrix()
    output_report: str = output_file(
        "Report",
        "A page to read or print: both maps and the transitions, a Sankey diagram, the matrix in ha.",
        extension="html",
        optional=True,
        proposed=True,
    )


def run(params: FromToParams, progress, staging) -> dict:
    """Write what changed; returns its area and share."""
    from ..accuracy.assessment import UNNAMED
    from ..change.comparison import Outputs, compare, write_comparison
    from ..change.kinds import refuse_unless_classes
    from ..params import readable_settings
    from ..provenance import of_one_model, provenance
    from ..raster.labels import LabelReader

    for source in (params.input, params.input2):  # before anything takes time
        refuse_unless_classes(source)
    first = LabelReader(params.input)
    progress.say(f"Comparing {first.grid.width} x {first.grid.height} px")
    compared = compare(params.input, params.input2, first.grid, Span(progress, 0.0, 0.5))
    names = compared.transitions.classes.names
    numbered = bool(compared.first.names) and all(UNNAMED.fullmatch(name) for name in names)
    numbered = numbered and not of_one_model(params.input, params.input2)
    if numbered:
        progress.say(NUMBERED)
    metadata = provenance(METHOD.name, params, first, "cpu")
    outputs = Outputs(params.output, params.output_polygons, params.output_csv, params.output_report)
    report = {
        "sources": (params.input, params.input2),
        "settings": readable_settings(params),
        "notes": [NUMBERED] * numbered + [ERRORS],
        "citation": METHOD.citation,
    }
    metadata = {**metadata, "OBIC_INPUT2": params.input2}
    write_comparison(compared, first.grid, outputs, staging, report, metadata, Span(progress, 0.5, 1.0))
    return told(compared.transitions, progress)


def told(transitions, progress) -> dict:
    """The numbers of a run, which are said."""
    from ..change.transitions import MOST_KINDS
    from ..wording import area_text

    unit, size = transitions.unit
    area = float(transitions.changes.sum()) / size
    kinds = transitions.largest()
    if len(kinds) > MOST_KINDS:
        progress.say(
            f"There are {len(kinds)} transitions, and a byte has room for {MOST_KINDS}: the smallest share one value."
        )
    much, share = f"{area_text(area, unit)} {unit}", f"{transitions.changed_share:.2%}"
    most = transitions.name(kinds[0]) if kinds else ""
    progress.say(f"{much} changed, {share}, most of it {most}." if kinds else f"{much} changed, {share}.")
    return {
        "changed_area": area,
        "changed_percent": 100 * transitions.changed_share,
        "transition_count": len(kinds),
    }


METHOD = Method(
    name="fromto",
    title="From what to what",
    group="Two dates",
    params=FromToParams,
    run=run,
    when="Two maps of one place that you have already: what became of what, and how much of it.",
    help="""<p>Compares two maps pixel by pixel. Classes are the same that have the same name, or the same value where
    there are no names.</p>
    <p>Maps are wrong in different places, and each such place is a change here: prefer Detect change where you can.
    Maps made without labels have classes of their own, and cannot be compared before they are named.</p>""",
    tags=(
        "change detection",
        "post-classification comparison",
        "transition matrix",
        "sankey",
        "land cover change",
    ),
    numbers={
        "changed_area": "Changed area (ha, or pixels without a CRS)",
        "changed_percent": "Changed area (percent)",
        "transition_count": "Number of transitions",
    },
    loads=("scipy.sparse.csgraph",),
)
