"""All that is said of a map: which label means which class, and every score that follows."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ..errors import ParameterError
from ..progress import Progress
from ..wording import count
from .assignment import agreeing_px, can_match, many_to_one, one_to_one
from .classes import ClassScores, class_scores
from .clusters import cluster_scores
from .comparison import Counts
from .contingency import Contingency
from .sample import AreaAdjusted, area_adjusted

MOST_CLASSES = 256  # what has more labels is a raster of objects, whose numbers mean nothing
UNNAMED = re.compile(r"\s*((class|cluster)\s*)?\d*\s*", re.IGNORECASE)
HOW = {
    "value": "Equal values of map and reference mean the same class.",
    "name": "Equal names in the legends of map and reference mean the same class.",
    "one_to_one": "Each class of the reference was given one class of the map, so that most pixels agree"
    " in all (Hungarian assignment); classes left over count as wrong.",
    "many_to_one": "Each class of the map was given the class of the reference that most of its pixels have.",
}


@dataclass(frozen=True)
class Legend:
    """{label: name} and {label: (red, green, blue)}, both possibly empty."""

    names: dict
    colors: dict

    def name(self, label: int) -> str:
        return self.names.get(label, str(label))


@dataclass(frozen=True)
class Assessment:
    """``assignment`` is {map label: reference label} by ``matching``; ``classes`` are the scores it gives.

    ``nothing`` is the label, of no class, that map labels without a counterpart have in ``classes``.
    ``one_to_one`` is None where there are too many labels for it.
    """

    counts: Counts
    reference: Legend
    mapped: Legend
    matching: str
    assignment: dict
    nothing: int
    clusters: dict
    classes: ClassScores
    one_to_one: dict | None
    many_to_one: dict
    adjusted: AreaAdjusted | None

    @cached_property
    def accuracy_one_to_one(self) -> float:
        if self.one_to_one is None:
            return math.nan
        return agreeing_px(self.counts.table, self.one_to_one) / self.counts.table.total

    @cached_property
    def accuracy_many_to_one(self) -> float:
        return agreeing_px(self.counts.table, self.many_to_one) / self.counts.table.total

    def numbers(self) -> dict:
        """{key: number} of the scores that are one number each; NaN left out."""
        classes = self.classes
        found = {
            "overall_accuracy": classes.overall_accuracy,
            "kappa": classes.kappa,
            "miou": classes.miou,
            "mean_f1": classes.mean_f1,
            **self.clusters,
            "accuracy_one_to_one": self.accuracy_one_to_one,
            "accuracy_many_to_one": self.accuracy_many_to_one,
            "compared_px": self.counts.table.total,
            "unmapped_px": self.counts.unmapped_px,
        }
        if self.adjusted is not None:
            found["adjusted_overall_accuracy"] = self.adjusted.overall_accuracy
            found["adjusted_overall_accuracy_ci"] = self.adjusted.overall_accuracy_ci
        return {key: value for key, value in found.items() if math.isfinite(value)}


def assess(
    counts: Counts, reference: Legend, mapped: Legend, matching: str, sample: bool, progress: Progress
) -> Assessment:
    """Match the labels and compute the scores; ``sample`` asks for area-adjusted estimates too."""
    table = counts.table
    progress.at(0.0)
    best = {"many_to_one": many_to_one(table)}
    progress.at(0.2)
    if can_match(table) or matching == "one_to_one":
        best["one_to_one"] = one_to_one(table)
    progress.at(0.4)
    matching, assignment = _matched(counts, reference, mapped, matching, best)
    nothing = min(int(table.reference[0]), int(counts.map_labels[0])) - 1
    joined = table.relabeled(assignment, nothing)
    progress.at(0.6)
    clusters = cluster_scores(table)
    progress.at(0.8)
    classes = class_scores(joined)
    progress.at(0.9)
    return Assessment(
        counts=counts,
        reference=reference,
        mapped=mapped,
        matching=matching,
        assignment=assignment,
        nothing=nothing,
        clusters=clusters,
        classes=classes,
        one_to_one=best.get("one_to_one"),
        many_to_one=best["many_to_one"],
        adjusted=_estimates(counts, joined, assignment, nothing) if sample else None,
    )


def _estimates(counts: Counts, joined: Contingency, assignment: dict, nothing: int) -> AreaAdjusted:
    area: dict = {}
    for label, part in zip(counts.map_labels.tolist(), counts.map_area.tolist()):
        own = assignment.get(label, nothing)
        area[own] = area.get(own, 0.0) + part
    n_classes = len(set(area) | set(joined.reference.tolist()))
    if n_classes > 4 * MOST_CLASSES:
        raise ParameterError(
            f"Estimates from a sample are for classes, and here are {count(n_classes)}. Untick that the reference is a"
            " sample, or choose another matching."
        )
    return area_adjusted(joined, area)


def _matched(counts: Counts, reference: Legend, mapped: Legend, matching: str, best: dict) -> tuple:
    by_name = _same_names(reference, mapped, counts)
    by_value = {label: label for label in counts.map_labels.tolist()}
    if matching == "auto":
        if by_name:
            matching = "name"
        elif _are_classes(counts, mapped):
            matching = "value"
        elif len(counts.table.mapped) > MOST_CLASSES:
            matching = "many_to_one"
        else:
            matching = "one_to_one"
    if matching == "name" and not by_name:
        raise ParameterError(
            "Map and reference have no class name in common: the map has"
            f" {_listed(mapped.names)}, the reference {_listed(reference.names)}. Choose another matching."
        )
    return matching, {"name": by_name, "value": by_value, **best}[matching]


def _same_names(reference: Legend, mapped: Legend, counts: Counts) -> dict:
    """{map label: reference label} of equal names, case ignored; numbered names mean nothing."""
    labels = {plain(reference.names[k]): k for k in counts.table.reference.tolist() if k in reference.names}
    found, present = {}, set(counts.map_labels.tolist()) if mapped.names else set()
    for label, name in mapped.names.items():
        if label in present and not UNNAMED.fullmatch(name) and plain(name) in labels:
            found[label] = labels[plain(name)]
    return dict(sorted(found.items()))


def _are_classes(counts: Counts, mapped: Legend) -> bool:
    """Whether the map's values seem to be the reference's classes: all occur there; not numbered clusters."""
    if len(counts.table.reference) > MOST_CLASSES:
        return False
    names = [mapped.names[k] for k in counts.map_labels.tolist() if k in mapped.names]
    numbered = bool(names) and all(UNNAMED.fullmatch(name) for name in names)
    return not numbered and bool(np.isin(counts.table.mapped, counts.table.reference).all())


def plain(name: str) -> str:
    """A class name as it is compared."""
    return name.strip().casefold()


def _listed(names: dict) -> str:
    return ", ".join(list(names.values())[:8]) or "none"
