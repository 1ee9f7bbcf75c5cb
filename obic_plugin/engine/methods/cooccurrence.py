"""Method 3, a look before training: which tags occur together.

Li, Zhang, Xiao 2023 report the matrix P(tag j | tag i) of their training sets; here it also says what to do about it.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..mapparams import SourceParams
from ..method import Method
from ..params import field, output_file, polygons


@dataclass(frozen=True)
class CooccurrenceParams(SourceParams):
    chips: str = polygons("Chips", "Chips with tags: polygons, as Chips makes them, or a table (CSV).")
    field: str = field(
        "Tag field", "Field that holds the tags, with ; between them. Without a choice: tags.", parent="chips"
    )
    output_html: str = output_file(
        "Report", "A page to read or print: the matrix in colors, and what to do.", extension="html"
    )
    output_csv: str = output_file(
        "Table",
        "For each tag the number of chips, of chips that have no other, and the shares that have each other tag.",
        extension="csv",
        optional=True,
    )


def run(params: CooccurrenceParams, progress, staging) -> dict:
    """Write page and table; returns how many chips and tags there are."""
    from ..chips.cooccurrence import Cooccurrence, advice, refusals
    from ..chips.layer import ChipLayer
    from ..chips.page import co_occurrence_page, write_table
    from ..errors import InputError
    from ..params import readable_settings
    from ..provenance import made_by
    from ..sources import LayerSource
    from ..writing import created

    chips = ChipLayer(params.chips, params.field).chips
    found = Cooccurrence.of(chip.tags for chip in chips.values())
    if not found.n_chips:
        raise InputError(f"{params.chips}: {refusals(found)[0]}")
    lines = advice(found)
    for line in lines:
        progress.say(line)
    title = f"{METHOD.title}: {LayerSource.parse(params.chips).file_name}"
    metadata = made_by(METHOD.name, params)
    with created(staging.path(params.output_html)) as file:
        file.write(co_occurrence_page(title, found, lines, readable_settings(params), metadata))
    if params.output_csv:
        with created(staging.path(params.output_csv)) as file:
            write_table(file, found)
    return {
        "chip_count": found.n_chips,
        "class_count": len(found.names),
        "single_count": int(found.alone.sum()),
    }


METHOD = Method(
    name="cooccurrence",
    title="Co-occurrence of tags",
    group="Tags",
    params=CooccurrenceParams,
    run=run,
    when="Before you train from tags: what these tags cannot tell, and what to tag to change that.",
    help="""<p>Classes that always occur together cannot be told apart by whoever knows the tags alone. This counts how
    often each tag comes with each other one, and says what would help: a few chips of one class alone, or smaller
    chips.</p>""",
    citation="Li, Zhang, Xiao: One model is enough: Toward multiclass weakly supervised remote sensing image semantic"
    " segmentation. IEEE Transactions on Geoscience and Remote Sensing 61, 2023.",
    tags=("tags", "image-level labels", "weak supervision", "statistics", "multilabel"),
    numbers={
        "chip_count": "Chips with tags",
        "class_count": "Number of classes",
        "single_count": "Chips of one class alone",
    },
)
