"""Method 4: a model on two images of one place."""

from __future__ import annotations

from dataclasses import dataclass

from .. import changeparams as fields
from ..errors import ModelError, ParameterError
from ..mapparams import ComputeParams
from ..method import Method
from ..params import choice, file, output_file, output_raster, output_vector
from .fromto import told


@dataclass(frozen=True)
class DetectChangeParams(ComputeParams):
    model: str = file("Model", "A model of Train change detection.", extension="safetensors")
    input2: str = fields.second_image()
    scaling: str = choice(
        "scene",
        "Scaling",
        """These images: the values of each date are scaled by its own statistics, right where light, season or sensor
        differ. Model: by those that the model was trained with, right for calibrated reflectance.""",
        {"scene": "By the statistics of these images", "model": "By the model's statistics"},
    )
    output: str = fields.transitions()
    output_classes: str = output_raster(
        "Classes of the first date", "They agree with those of the second.", style="classes", optional=True
    )
    output_classes2: str = output_raster(
        "Classes of the second date",
        "One class where nothing has changed, another one where something has.",
        style="classes",
        optional=True,
    )
    output_probability: str = output_raster(
        "Probability of change",
        """In percent, 1 to 100: more than 50 is change, by the threshold that was found in training; 0 is no data.""",
        style="score",
        optional=True,
    )
    output_polygons: str = output_vector(
        "Polygons",
        "Patches of one transition, with from, to, area and mean probability of change (confidence).",
        style="polygons",
        optional=True,
    )
    output_csv: str = fields.matrix()
    output_report: str = output_file(
        "Report",
        "A page to read or print: images and maps side by side, a Sankey diagram, the matrix in ha.",
        extension="html",
        optional=True,
        proposed=True,
    )


def run(params: DetectChangeParams, progress, staging) -> dict:
    """Map what changed; returns its area and share."""
    from ..change.acquisition import remarks
    from ..change.comparison import Outputs, compare, write_comparison
    from ..change.mapping import map_dates
    from ..change.unlabeled import looked_at, opened_pair
    from ..device import choose_device, describe
    from ..modelfile import ModelFile
    from ..opening import open_image, refuse_bands_unlike_model
    from ..params import readable_settings
    from ..progress import Span
    from ..provenance import provenance
    from ..raster.classes import ClassTable
    from ..raster.pair import StackedPair
    from ..raster.sample import sample_windows

    device, model = choose_device(params.device), ModelFile.load(params.model)
    refuse_other_models(model, params)
    image = open_image(params, Span(progress, 0.0, 0.03))
    pair = opened_pair(image.reader, params.input2, params.nodata, Span(progress, 0.03, 0.03))
    refuse_bands_unlike_model(params.input, image.reader.n_bands, len(model.bands) // 2)
    windows = sample_windows(image.reader.work, 512, 8, 0, image.reader.content)
    shift, pair, samples, _ = looked_at(pair, windows, Span(progress, 0.03, 0.05))
    notes = [*remarks(params.input, params.input2), *shift.told]
    for line in notes:
        progress.say(line)
    if params.scaling == "scene":
        import numpy as np

        model = model.scaled_to(np.concatenate(samples))
    labeler = model.labeler_on(StackedPair(pair), device)
    classes = ClassTable.from_json(model.classes)
    metadata = provenance(METHOD.name, params, image.reader, describe(device))
    metadata["OBIC_INPUT2"] = params.input2
    paths = map_dates(labeler, classes, params, staging, metadata, Span(progress, 0.05, 0.7))
    grid = image.reader.grid
    compared = compare(paths["labels"], paths["second"], grid, Span(progress, 0.7, 0.8))
    outputs = Outputs(
        params.output, params.output_polygons, params.output_csv, params.output_report, paths["probability"]
    )
    report = {
        "sources": (params.input, params.input2),
        "settings": readable_settings(params),
        "notes": notes,
        "images": pictures(params, pair) if params.output_report else [],
        "citation": METHOD.citation,
    }
    write_comparison(compared, grid, outputs, staging, report, metadata, Span(progress, 0.8, 1.0))
    return told(compared.transitions, progress)


def refuse_other_models(model, params: DetectChangeParams) -> None:
    """Refuse models that do not tell change, and outputs of classes that a model does not know."""
    if model.labeler != "dated classes":
        raise ModelError(f"{params.model} was not made by Train change detection. Choose a model that was.")
    if not model.state["knows_change"]:
        raise ModelError(
            f"{params.model} has learned classes only. Train it further with pairs of images (Start from) first."
        )
    for path in (params.output_classes, params.output_classes2):
        if path and not model.state["knows_classes"]:
            raise ParameterError(
                f"No classes can be written to {path}: {params.model} has only learned where change is. Leave it out."
            )


def pictures(params: DetectChangeParams, pair) -> list:
    """Figures of both images."""
    import numpy as np

    from ..figures import figure, image_picture, thumbnail
    from ..progress import Silent
    from ..raster.reader import RasterReader

    found = []
    for source, name in ((pair.reader.source, "First date"), (pair.second.source, "Second date")):
        reader = RasterReader(source, pair.bands)
        shape = thumbnail(source, pair.bands[0], reader.work, False, Silent()).shape
        found.append(figure(image_picture(reader, np.ones(shape, bool), None, Silent()), name))
    return found


METHOD = Method(
    name="detectchange",
    title="Detect change",
    group="Two dates",
    params=DetectChangeParams,
    run=run,
    when="What changed between two images, and from what to what, with a model of Train change detection.",
    help="""<p>Classes of both dates and where they changed, by one network that sees both. The maps agree: where
    nothing has changed both dates have one class, where something has, two different ones.</p>
    <p>A shift of both images against each other is looked for, told, and undone where it is clear.</p>""",
    citation="Tang et al.: ClearSCD: The ClearSCD model: Comprehensively leveraging semantics and change relationships"
    " for semantic change detection in high spatial resolution remote sensing imagery. ISPRS Journal of Photogrammetry"
    " and Remote Sensing 211, 2024.",
    tags=("change detection", "semantic change detection", "from-to", "deep learning", "inference"),
    numbers={
        "changed_area": "Changed area (ha, or pixels without a CRS)",
        "changed_percent": "Changed area (percent)",
        "transition_count": "Number of transitions",
    },
    loads=("scipy.sparse.csgraph",),
)
