"""An assessment as one HTML page: nothing outside of it is needed, and it prints as it looks."""

from __future__ import annotations

import json
import math
from html import escape

from ..page import foot, head, page, swatch, table, tiles, when
from ..sources import LayerSource
from ..wording import PIXEL, THIN_SPACE, area_unit, count, number, value_text
from ..writing import created
from .assessment import HOW, Assessment
from .matrix import heading, matrix_svg

CARDS = {
    "overall_accuracy": ("overall accuracy", True),
    "kappa": ("kappa", False),
    "miou": ("mean IoU", True),
    "ami": ("AMI", False),
}
CLUSTER_SCORES = {
    "ami": ("Adjusted mutual information (AMI)", "1 the same partition, 0 no better than chance"),
    "nmi": (
        "Normalized mutual information (NMI)",
        "not corrected for chance: grows with their number",
    ),
    "ari": ("Adjusted Rand index (ARI)", "agreement on pairs of pixels, corrected for chance"),
    "fmi": ("Fowlkes–Mallows index (FMI)", "geometric mean of pair precision and recall"),
    "are": ("Adapted Rand error (ARE)", "0 is perfect: one minus the F-score of pairs"),
    "are_precision": ("… its precision", "low where the map unites what the reference divides"),
    "are_recall": ("… its recall", "low where the map divides what the reference unites"),
    "homogeneity": ("Homogeneity", "each cluster holds pixels of one class only"),
    "completeness": ("Completeness", "all pixels of a class are in one cluster"),
    "v_measure": ("V-measure", "harmonic mean of the two"),
    "accuracy_one_to_one": ("Accuracy, best one-to-one", "each class has one cluster at most"),
    "accuracy_many_to_one": ("Accuracy, best many-to-one", "each cluster named by its majority"),
}
MOST_ROWS = 300


def write_accuracy_report(
    path: str, assessment: Assessment, sources: tuple, settings: dict, metadata: dict, notes: list = ()
) -> None:
    """``sources`` are names of map and reference, ``settings`` {label: value}, ``metadata`` {item: text}; ``notes`` are
    sentences that a reader should know before the scores."""
    parts = [
        *_head(assessment, sources, metadata),
        *(f"<p><b>{escape(note)}</b></p>" for note in notes),
        "<section class='together'><h2>What the reference says of each class of the map</h2>",
        f"<p>{HOW[assessment.matching]} {heading(assessment)}</p>{matrix_svg(assessment)}",
        "<p>Percent of each class of the reference (a row). The frame marks what was matched.</p></section>",
        *_classes(assessment),
        *_estimates(assessment),
        *_clusters(assessment),
        *_assignments(assessment),
        *_origin(settings, metadata),
        foot(metadata),
    ]
    with created(path) as file:
        file.write(page(f"Accuracy of {LayerSource.parse(sources[0]).file_name}", parts))


def _head(assessment: Assessment, sources: tuple, metadata: dict) -> list:
    numbers, counted = assessment.numbers(), assessment.counts.table
    cards = {label: _score(numbers.get(key), percent) for key, (label, percent) in CARDS.items()}
    cards["pixels compared"] = count(counted.total)
    if assessment.counts.unmapped_px:
        cards["reference pixels without data on the map"] = count(assessment.counts.unmapped_px)
    names = [LayerSource.parse(source).file_name for source in sources]
    lines = [f"compared with {names[1]}", when(metadata)]
    return [head(f"Accuracy of {names[0]}", lines), tiles(cards)]


def _classes(assessment: Assessment) -> list:
    scores = assessment.classes
    measures = scores.recall, scores.precision, scores.f1, scores.iou
    rows = []
    for index in _shown(scores.reference_px):
        label = int(scores.labels[index])
        if label == assessment.nothing:
            continue
        cells = [count(int(scores.reference_px[index])), count(int(scores.mapped_px[index]))]
        rows.append([_class_name(assessment, label), *cells, *(_score(m[index]) for m in measures)])
    names = ("Class", "Reference px", "Map px", "Recall (producer’s)", "Precision (user’s)", "F1", "IoU")
    return [
        "<section><h2>Classes</h2>",
        table(names, rows),
        "<p>Recall: of the reference’s pixels of a class, the share mapped as such (producer’s accuracy)."
        " Precision: of the pixels mapped as a class, the share the reference confirms (user’s accuracy)."
        " IoU: agreeing pixels over all that either has. Means are over the classes of the reference.</p>",
        "</section>",
    ]


def _estimates(assessment: Assessment) -> list:
    adjusted = assessment.adjusted
    if adjusted is None:
        return []
    unit, size = PIXEL
    if assessment.counts.area_unit == "m²":
        unit, size = area_unit(float(adjusted.mapped_area.sum()))
    rows = []
    for index, label in enumerate(adjusted.labels.tolist()):
        if label == assessment.nothing:
            continue
        pairs = (adjusted.recall, adjusted.recall_ci), (adjusted.precision, adjusted.precision_ci)
        cells = [count(int(adjusted.n[index]))]
        cells += [_interval(100 * value[index], 100 * ci[index]) for value, ci in pairs]
        cells.append(number(adjusted.mapped_area[index] / size, 4))
        cells.append(_interval(adjusted.area[index] / size, adjusted.area_ci[index] / size))
        rows.append([_class_name(assessment, label), *cells])
    names = (
        "Class",
        "Sample",
        "Recall (%)",
        "Precision (%)",
        f"Mapped area ({unit})",
        f"Estimated area ({unit})",
    )
    overall = _interval(100 * adjusted.overall_accuracy, 100 * adjusted.overall_accuracy_ci)
    left = adjusted.unsampled_area / size
    without = f" {number(left)} {unit} of classes without a sample are left out." if left > 0 else ""
    return [
        "<section><h2>Estimates for the whole map</h2>",
        f"<p>Overall accuracy {overall} %, with 95 % confidence intervals.{without}</p>",
        table(names, rows),
        "<p>The reference is taken as a random sample, stratified by the classes of the map, in which each"
        " pixel is a unit of its own: pixels of one polygon resemble each other, and intervals are then too"
        " narrow.</p><p>Olofsson et al.: Good practices for estimating area and assessing accuracy of land change."
        " Remote Sensing of Environment 148, 2014.</p></section>",
    ]


def _clusters(assessment: Assessment) -> list:
    numbers = assessment.numbers()
    rows = [
        [label, f"{numbers[key]:.4f}", meaning]
        for key, (label, meaning) in CLUSTER_SCORES.items()
        if key in numbers
    ]
    scores = table(("Measure", "Value", "Meaning"), rows, numeric=(1,))
    return [f"<section class='together'><h2>As clusters, whatever their names</h2>{scores}</section>"]


def _assignments(assessment: Assessment) -> list:
    counted = assessment.counts.table
    rows = []
    for index in _shown(counted.mapped_px):
        label = int(counted.mapped[index])
        pairs = [
            _class_name(assessment, found[label]) if label in found else "–"
            for found in (assessment.one_to_one or {}, assessment.many_to_one)
        ]
        name = f"{swatch(assessment.mapped.colors.get(label))}{escape(assessment.mapped.name(label))}"
        rows.append([name, count(int(counted.mapped_px[index])), *pairs])
    names = ("Class of the map", "Pixels", "Best one-to-one", "Best many-to-one")
    return [
        "<section><h2>What each class of the map most likely is</h2>",
        table(names, rows, (1,)),
        "</section>",
    ]


def _origin(settings: dict, metadata: dict) -> list:
    rows = {**settings, **json.loads(metadata.get("OBIC_VERSIONS", "{}"))}
    shown = [
        [escape(key), escape(value_text(value))] for key, value in rows.items() if value not in ("", None)
    ]
    return ["<section><h2>How it was made</h2>", table((), shown, ()), "</section>"]


def _shown(px) -> list:
    """Indices in their order, of the largest only if there are very many."""
    return sorted((-px).argsort(kind="stable")[:MOST_ROWS].tolist())


def _class_name(assessment: Assessment, label: int) -> str:
    color = swatch(assessment.reference.colors.get(label))
    return f"{color}{escape(assessment.reference.name(label))}"


def _score(value: float | None, percent: bool = True) -> str:
    if value is None or math.isnan(value):
        return "–"
    return f"{100 * value:.1f} %" if percent else f"{value:.3f}"


def _interval(value: float, half: float) -> str:
    """'84.3 ± 2.1', with as many decimals as two digits of the half width take."""
    if math.isnan(value):
        return "–"
    if math.isnan(half) or half == 0:
        return number(value)
    decimals = min(max(0, 1 - math.floor(math.log10(half))), 6)
    return f"{value:,.{decimals}f} ± {half:,.{decimals}f}".replace(",", THIN_SPACE)
