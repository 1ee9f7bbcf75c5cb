"""An assessment as JSON with flat keys, and as a CSV table."""

from __future__ import annotations

import json
import math

import numpy as np

from ..progress import Progress
from ..sheet import Sheet
from ..writing import created
from .assessment import Assessment

MOST_LABELS = 4096  # beyond that labels are regions, not classes: no list of them helps anybody
PAIRS_AT_ONCE = 1 << 16  # lines of the table of pairs between two looks whether to stop
ORDER = "rows: reference, columns: map"


def write_json(path: str, assessment: Assessment, metadata: dict) -> None:
    """Every score under one flat key: ``ami``, ``miou``, ``class_3_iou``, ``one_to_one_7`` (map label 7) …"""
    plain = {key: _plain(value) for key, value in {**flat(assessment), **metadata}.items()}
    with created(path) as file:
        json.dump(plain, file, indent=1, ensure_ascii=False, allow_nan=False)


def flat(assessment: Assessment) -> dict:
    """{key: number, text or None}."""
    counts, table = assessment.counts, assessment.counts.table
    found = {
        **assessment.numbers(),
        "matching": assessment.matching,
        "n_reference_classes": len(table.reference),
        "n_map_classes": len(table.mapped),
        "map_px": int(counts.map_px.sum()),
        "area_unit": counts.area_unit,
    }
    found.setdefault("kappa", None)
    if len(table.reference) <= MOST_LABELS:
        for label in table.reference.tolist():
            found[f"reference_{label}_name"] = assessment.reference.name(label)
            if label in assessment.reference.colors:
                found[f"reference_{label}_color"] = "#{:02x}{:02x}{:02x}".format(
                    *assessment.reference.colors[label]
                )
        for key, value in _of_classes(assessment).items():
            found[key] = value
    if len(table.mapped) <= MOST_LABELS:
        for name in ("one_to_one", "many_to_one"):
            found.update({f"{name}_{label}": to for label, to in (getattr(assessment, name) or {}).items()})
    return found


def _of_classes(assessment: Assessment) -> dict:
    scores, found = assessment.classes, {}
    for index, label in enumerate(scores.labels.tolist()):
        if label == assessment.nothing:
            continue
        for name in ("reference_px", "mapped_px", "agreeing_px", "precision", "recall", "f1", "iou"):
            found[f"class_{label}_{name}"] = getattr(scores, name)[index]
    adjusted = assessment.adjusted
    if adjusted is not None:
        for index, label in enumerate(adjusted.labels.tolist()):
            if label == assessment.nothing:
                continue
            for name in (
                "precision",
                "precision_ci",
                "recall",
                "recall_ci",
                "area",
                "area_ci",
                "mapped_area",
            ):
                found[f"class_{label}_adjusted_{name}"] = getattr(adjusted, name)[index]
    return found


def write_csv(path: str, assessment: Assessment, progress: Progress) -> None:
    """The matrix of pixels, rows reference, columns map, with the scores of each reference class beside it.

    Map labels are in the second line by name, and last by the reference label they were matched with.
    """
    table, scores = assessment.counts.table, assessment.classes
    if len(table.reference) * len(table.mapped) > MOST_LABELS * 256:
        _write_pairs(path, assessment, progress)
        return
    labels = table.mapped.tolist()
    own = np.searchsorted(scores.labels, table.reference)
    measures = ("precision", "recall", "f1", "iou")
    with created(path) as file:
        writer = Sheet(file)
        writer.writerow([ORDER, "name", *labels, "total", *measures])
        writer.writerow(["name", "", *(assessment.mapped.name(k) for k in labels)])
        for label, row, px, place in zip(table.reference.tolist(), table.dense(), table.reference_px, own):
            shares = [_text(getattr(scores, name)[place]) for name in measures]
            writer.writerow([label, assessment.reference.name(label), *row.tolist(), int(px), *shares])
        writer.writerow(["total", "", *table.mapped_px.tolist(), table.total])
        for name in ("one_to_one", "many_to_one"):
            writer.writerow([name, "", *((getattr(assessment, name) or {}).get(k, "") for k in labels)])


def _write_pairs(path: str, assessment: Assessment, progress: Progress) -> None:
    table = assessment.counts.table
    n_pairs = len(table.count)
    with created(path) as file:
        writer = Sheet(file)
        writer.writerow(["reference", "map", "pixels"])
        for start in range(0, n_pairs, PAIRS_AT_ONCE):
            progress.at(start / n_pairs)
            part = slice(start, start + PAIRS_AT_ONCE)
            rows = table.reference[table.row[part]], table.mapped[table.col[part]], table.count[part]
            for row in zip(*(values.tolist() for values in rows)):
                writer.writerow(row)


def _text(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.6f}"


def _plain(value):
    if isinstance(value, (np.integer, np.floating)):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
