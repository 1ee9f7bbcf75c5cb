"""How right a map of change is."""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ParameterError
from ..mapparams import SourceParams
from ..method import Method
from ..params import output_file, raster
from ..progress import Span
from ..wording import count

MASKS = (
    "In a mask 0 is unchanged and all else changed; or 1 is unchanged in a raster that declares 0 as no data, as masks"
    " and transitions of OBIC do. 255 and the declared no-data value are unlabeled."
)
NUMBERS = {
    "precision": "Precision of change",
    "recall": "Recall of change",
    "f1": "F1 of change",
    "iou": "IoU of change",
    "kappa": "Kappa of change",
    "overall_accuracy": "Overall accuracy of the classes",
    "miou": "Mean IoU of the classes",
    "mean_f1": "Mean F1 of the classes",
    "transition_kappa": "Kappa of transitions",
    "sek": "SeK",
    "f_scd": "F_scd",
    "miou_bc": "mIoU_bc",
    "miou_sc": "mIoU_sc",
    "miou_nc": "mIoU_nc",
    "inconsistent": "Inconsistent area (share)",
    "compared_px": "Compared pixels",
    "unmapped_px": "Reference pixels without data on the map",
}


@dataclass(frozen=True)
class ChangeAccuracyParams(SourceParams):
    input: str = raster(
        "Map of the first date, or mask of change",
        f"Classes of the first date; or, without a second map, a mask of change. {MASKS}",
    )
    input2: str = raster("Map of the second date", "Classes of the second date.", optional=True)
    change: str = raster(
        "Mask of change",
        "Where change is said, if not wherever both maps differ: a mask, or a raster of transitions.",
        optional=True,
    )
    reference: str = raster(
        "Reference of the first date, or mask of change",
        "True classes of the first date; or, without a second reference, a true mask of change.",
    )
    reference2: str = raster(
        "Reference of the second date", "True classes of the second date.", optional=True
    )
    output_html: str = output_file(
        "Report",
        "A page to read or print: every score with its formula.",
        extension="html",
        optional=True,
        proposed=True,
    )
    output_json: str = output_file(
        "Scores", "Every score under a key of its own, for scripts.", extension="json", optional=True
    )

    def check(self) -> None:
        if self.change and not self.input2:
            raise ParameterError(
                f"Map of the second date is missing: a mask of change, {self.change}, is given beside one map. Choose"
                " it; a mask alone belongs into the first field."
            )


def run(params: ChangeAccuracyParams, progress, staging) -> dict:
    """Compare; returns the scores."""
    from ..change.assessment import Dates, assess_change
    from ..change.scorereport import numbers_of, write_json, write_score_report
    from ..params import readable_settings
    from ..provenance import provenance
    from ..raster.labels import LabelReader

    first = LabelReader(params.input)
    grid = first.grid
    mapped = Dates.opened(params.input, params.input2, params.change, grid, progress)
    truth = Dates.opened(params.reference, params.reference2, None, grid, progress)
    progress.say(f"Comparing {grid.width} x {grid.height} px")
    found = assess_change(mapped, truth, grid, Span(progress, 0.0, 0.95))
    for line in [line for part in (mapped, truth) if part.mask for line in part.mask.doubt]:
        progress.say(line)
    metadata = provenance(METHOD.name, params, first, "cpu")
    metadata["OBIC_REFERENCE"] = params.reference
    progress.at(0.96)
    if params.output_html:
        path = staging.path(params.output_html)
        write_score_report(path, found, params.input, readable_settings(params), metadata)
    if params.output_json:
        write_json(staging.path(params.output_json), found, metadata)
    numbers = numbers_of(found)
    if not found.mask.tp + found.mask.fn:
        progress.say("Nothing has changed in the reference: precision and F1 are 0 there, whatever is said.")
    progress.say(
        f"F1 of change {found.mask.f1:.1%}, kappa {found.mask.kappa:.3f}, {count(found.mask.total)} px."
    )
    return {name: numbers[name] for name in NUMBERS if name in numbers}


METHOD = Method(
    name="changeaccuracy",
    title="Accuracy of change",
    group="Accuracy",
    params=ChangeAccuracyParams,
    run=run,
    when="How right is a map of change? Compare it with what you know of it.",
    help="""<p>Compares a mask of change, or classes of two dates, with a reference of the same kind, pixel by pixel
    where both are known. Gives precision, recall, F1, IoU and kappa of change; where classes of both dates are known,
    also overall accuracy, mean IoU and F1 of the classes, and the scores of from what to what: SeK, F_scd, kappa, mIoU
    of change, of transitions and of what has not changed, and the inconsistent area.</p>
    <p>F1 misleads where much has changed: a map on which everything has changed has a high one. Look at kappa
    too.</p>""",
    citation="Yang et al.: Asymmetric Siamese Networks for Semantic Change Detection in Aerial Images. IEEE TGRS 60,"
    " 2022. Ding et al.: Bi-Temporal Semantic Reasoning for the Semantic Change Detection in HR Remote Sensing Images."
    " IEEE TGRS 60, 2022.",
    tags=("change detection", "accuracy", "SeK", "F_scd", "kappa", "validation"),
    numbers=NUMBERS,
    loads=("scipy.sparse.csgraph",),
)
