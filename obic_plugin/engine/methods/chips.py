"""Method 3, its first step: images cut into chips, each to be tagged with the classes that it shows.

Li, Zhang, Xiao: *Multiclass Land-Cover Mapping From Image-Level Tags* is what the tags are for; see trainfromtags. From
label chips the published code takes the tags of classes that cover a minimum area, and drops chips that show less of
any other class.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..mapparams import SourceParams
from ..method import Method
from ..params import field, flag, integer, layers, number, output_folder, output_vector, rasters, text
from ..wording import count


@dataclass(frozen=True)
class ChipsParams(SourceParams):
    input: tuple = rasters("Images", "One raster or several, each of which is cut into chips.")
    size: int = integer(
        256,
        "Size (pixels)",
        "Side of a chip. The smaller the chips, the fewer classes each shows, and the better they are told apart.",
        low=16,
        high=4096,
    )
    labels: tuple = layers(
        "Labels",
        """Without any, tags are empty, to be typed in the attribute table. With a label raster, or polygons with a
        class field, tags are the classes that cover enough of a chip. A table (CSV with columns file and tags) makes a
        chip of each file that it names, in its own folder.""",
        optional=True,
    )
    field: str = field(
        "Class field",
        "Field of the polygons that holds the class, or several with ; between them; of a table the tags.",
        parent="labels",
    )
    min_share: float = number(
        12.5,
        "Least share (%)",
        "A class that covers less of a chip is no tag of it. Published: 12.5 % (8192 pixels of 256 x 256).",
        low=0.0,
        high=100.0,
    )
    small: str = text(
        "", "Small classes", "Names of classes, with ; between them, for which a quarter of that is enough."
    )
    filtered: bool = flag(
        True,
        "Leave out doubtful chips",
        "Leave out chips that show less than that of a class, as published: their tags would not be all of the truth.",
        advanced=True,
    )
    count: int = integer(
        None,
        "Chips at most",
        "So many of them, by chance and all over the images, where you do not want to tag all.",
        low=1,
        high=1_000_000,
        optional=True,
    )
    output: str = output_vector(
        "Chips",
        """A polygon for each chip, with its tags in the field tags: several with ; between them, such as
        farmland;water. Name every class that covers a good part of the chip.""",
        style="chips",
    )
    output_files: str = output_folder(
        "Folder for chip files",
        "Each chip as a GeoTIFF of its own. Those of an earlier run in the folder are replaced.",
        pattern="chip_?????.*",
        optional=True,
    )


def run(params: ChipsParams, progress, staging) -> dict:
    """Write the chips; returns how many there are, and how many have tags."""
    from ..chips.making import files_of_table, is_table, tagged_grid, write_chips
    from ..progress import Span
    from ..raster.reader import RasterReader
    from .train import ground_truths

    readers = [RasterReader(source) for source in params.input]
    if params.labels and is_table(params.labels):
        made = files_of_table(params.labels[0], params.field)
    else:
        truths = ground_truths(params, readers, progress) if params.labels else [None] * len(readers)
        made = tagged_grid(params, readers, truths, Span(progress, 0.0, 0.7))
    write_chips(METHOD.name, params, made, staging, Span(progress, 0.7, 1.0))
    n_tagged = sum(bool(chip.tags) for chip in made)
    progress.say(f"Chips made: {count(len(made))}, with tags: {count(n_tagged)}.")
    return {"chip_count": len(made), "tagged_count": n_tagged}


METHOD = Method(
    name="chips",
    title="Chips",
    group="Tags",
    params=ChipsParams,
    run=run,
    when="To tag small parts of an image with a word or two each: a second where outlining takes ten minutes.",
    help="""<p>A grid of squares over the image. Open the attribute table, look at each, and type which classes it shows
    into the field tags: farmland;water. Twenty are a beginning. Chips without tags are left out of what follows.</p>
    <p>Then look at Co-occurrence of tags, which says what the tags cannot tell, and train with Train from tags.</p>""",
    citation="Li, Zhang, Xiao: One model is enough: Toward multiclass weakly supervised remote sensing image semantic"
    " segmentation. IEEE Transactions on Geoscience and Remote Sensing 61, 2023.",
    tags=("tags", "image-level labels", "weak supervision", "patches", "tiles", "grid", "scene labels"),
    numbers={"chip_count": "Number of chips", "tagged_count": "Chips with tags"},
)
