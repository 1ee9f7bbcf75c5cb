"""Agreement of a map with a reference: scores, matrix, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass

from .. import wording
from ..mapparams import SourceParams
from ..method import Method
from ..params import choice, field, flag, layer, output_file, output_raster, raster, text
from ..progress import Span

NUMBERS = {
    "overall_accuracy": "Overall accuracy",
    "kappa": "Kappa",
    "miou": "Mean IoU",
    "mean_f1": "Mean F1",
    "ami": "Adjusted mutual information",
    "nmi": "Normalized mutual information",
    "ari": "Adjusted Rand index",
    "fmi": "Fowlkes-Mallows index",
    "are": "Adapted Rand error",
    "homogeneity": "Homogeneity",
    "completeness": "Completeness",
    "v_measure": "V-measure",
    "accuracy_one_to_one": "Accuracy of the best one-to-one assignment",
    "accuracy_many_to_one": "Accuracy of the best many-to-one assignment",
    "compared_px": "Compared pixels",
    "unmapped_px": "Reference pixels without data on the map",
    "adjusted_overall_accuracy": "Area-adjusted overall accuracy",
    "adjusted_overall_accuracy_ci": "Half width of its 95 % confidence interval",
}


@dataclass(frozen=True)
class AccuracyParams(SourceParams):
    input: str = raster("Map", "A label raster: classes, clusters or superpixels, one band of whole numbers.")
    reference: str = layer(
        "Reference",
        """What is known to be true: a label raster (on any grid and in any CRS; each pixel of the map takes
        its nearest pixel), or polygons or points with a class field.""",
    )
    field: str = field(
        "Class field",
        "Field of the polygons or points that holds the class: whole numbers or text.",
        parent="reference",
    )
    unlabelled: str = text(
        "",
        "Unlabeled values",
        """Classes of the reference to leave out, such as 0, 255 or a name. The reference's nodata is always
        left out.""",
    )
    matching: str = choice(
        "auto",
        "Matching",
        """Which class of the map means which of the reference. Best one-to-one: every class of the
        reference gets one of the map, so that most pixels agree in all. Best many-to-one: every class of the
        map is named by its majority. Automatic: by name where the legends share names, by value where all
        values of the map occur in the reference and are not just numbered clusters, by majority where the map
        has regions rather than classes, else best one-to-one.""",
        {
            "auto": "Automatic",
            "value": "Equal values",
            "name": "Equal names",
            "one_to_one": "Best one-to-one",
            "many_to_one": "Best many-to-one",
        },
    )
    sample: bool = flag(
        False,
        "The reference is a random sample",
        """Adds estimates for the whole map: area-adjusted accuracies and areas with 95 % confidence intervals
        (Olofsson et al. 2014). Points are always taken as a sample.""",
    )
    output_html: str = output_file(
        "Report",
        "A page to read or print: the scores, and the matrix as a picture (rows reference, columns map).",
        extension="html",
        optional=True,
        proposed=True,
    )
    output_json: str = output_file(
        "Scores", "Every score under a key of its own, for scripts.", extension="json", optional=True
    )
    output_csv: str = output_file(
        "Matrix",
        "The matrix of pixels as a table (rows reference, columns map).",
        extension="csv",
        optional=True,
    )
    output_agreement: str = output_raster(
        "Agreement",
        "1 where map and reference agree, after matching; 2 where they do not; 0 where either has no label.",
        style="classes",
        optional=True,
    )


def run(params: AccuracyParams, progress, staging) -> dict:
    """Compare; returns the scores."""
    from ..accuracy.assessment import Legend, assess
    from ..accuracy.comparison import count, parse_unlabelled, write_agreement
    from ..raster.labels import LabelReader
    from ..raster.reference import open_reference

    mapped = LabelReader(params.input)
    reference = open_reference(params.reference, params.field, mapped.grid, progress)
    unlabelled = parse_unlabelled(params.unlabelled or "", reference.names)
    progress.say(f"Comparing {mapped.grid.width} x {mapped.grid.height} px")
    counted = 0.5 if params.output_agreement else 0.8
    counts = count(mapped, reference, unlabelled, Span(progress, 0.0, counted))
    legends = Legend(reference.names, reference.colors), Legend(mapped.names, mapped.colors)
    is_sample = params.sample or reference.is_points
    result = assess(counts, *legends, params.matching, is_sample, Span(progress, counted, counted + 0.1))
    metadata = _metadata(params)
    if params.output_agreement:
        progress.say("Drawing the agreement")
        path, table = staging.path(params.output_agreement), counts.table
        write_agreement(
            path, mapped, reference, table, result.assignment, metadata, Span(progress, 0.6, 0.95)
        )
    notes = known_already(params, progress)
    _write_texts(params, result, staging, metadata, notes, Span(progress, 0.95, 1.0))
    numbers = result.numbers()
    for line in [_summary(result, numbers), *notes]:
        progress.say(line)
    return {name: numbers[name] for name in NUMBERS if name in numbers}


def _write_texts(params: AccuracyParams, result, staging, metadata: dict, notes: list, progress) -> None:
    """The report, the scores and the matrix."""
    from ..accuracy.accuracyreport import write_accuracy_report
    from ..accuracy.tables import write_csv, write_json
    from ..params import readable_settings

    progress.at(0.0)
    if params.output_html:
        sources, settings = (params.input, params.reference), readable_settings(params)
        write_accuracy_report(staging.path(params.output_html), result, sources, settings, metadata, notes)
    progress.at(0.3)
    if params.output_json:
        write_json(staging.path(params.output_json), result, metadata)
    progress.at(0.6)
    if params.output_csv:
        write_csv(staging.path(params.output_csv), result, Span(progress, 0.6, 1.0))


def _summary(result, numbers: dict) -> str:
    from ..accuracy.assessment import HOW

    accuracy, ami = numbers["overall_accuracy"], numbers["ami"]
    scores = (
        f"Overall accuracy {accuracy:.1%}, AMI {ami:.3f}, over {wording.count(numbers['compared_px'])} px."
    )
    return f"{HOW[result.matching]} {scores}"


def _metadata(params: AccuracyParams) -> dict:
    from ..provenance import made_by

    return made_by(METHOD.name, params, {"OBIC_INPUT": params.input, "OBIC_REFERENCE": params.reference})


def known_already(params: AccuracyParams, progress) -> list:
    """A line to warn of a reference that the map was learned from, be it in part, or a copy."""
    from .. import wording
    from ..provenance import is_same_layer, learned_from
    from ..vector.sharedfeatures import shared_features

    learned = learned_from(params.input)
    if any(is_same_layer(params.reference, labels) for labels in learned):
        return [
            f"The map was learned from these labels, {params.reference}: the scores say how well it repeats them, and"
            " it is less accurate elsewhere. Compare it with labels of other places."
        ]
    shared = shared_features(params.reference, learned, lambda: progress.at(0.95))
    if not shared.known:
        return []
    return [
        f"Of the {wording.several(shared.n, 'feature')} of {params.reference}, {wording.count(shared.known)} are among"
        " the labels that the map was learned from: there the scores say how well it repeats them, and it is less"
        " accurate elsewhere. Compare it with labels of other places."
    ]


METHOD = Method(
    name="accuracy",
    title="Accuracy",
    group="Accuracy",
    params=AccuracyParams,
    run=run,
    when="How good is a map, and which of its clusters is which class? Compare it with what you know.",
    help="""<p>Compares a map with a reference, pixel by pixel where both have a label. Gives the scores for
    classes (overall accuracy, kappa, precision, recall, F1, IoU) and those for clusters whose numbers mean
    nothing (AMI, NMI, ARI, FMI, adapted Rand error, homogeneity, completeness, V-measure), with the best
    assignment of clusters to classes. Edit classes can name the clusters by it.</p>
    <p>Rows of the matrix are the reference, columns the map. In the scores, recall is the producer's
    accuracy and precision the user's. Images larger than memory are fine.</p>""",
    citation="Vinh, Epps, Bailey: Information Theoretic Measures for Clusterings Comparison. Journal of"
    " Machine Learning Research 11, 2010. Olofsson et al.: Good practices for estimating area and assessing"
    " accuracy of land change. Remote Sensing of Environment 148, 2014.",
    tags=(
        "accuracy",
        "reference",
        "confusion matrix",
        "kappa",
        "iou",
        "ami",
        "validation",
        "agreement",
        "error matrix",
    ),
    numbers=NUMBERS,
    loads=("scipy.optimize", "scipy.sparse.csgraph"),
)
