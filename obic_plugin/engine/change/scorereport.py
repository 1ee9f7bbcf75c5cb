"""The scores of a map of change as one HTML page, with what each means."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable
from typing import NamedTuple

from ..page import facts, foot, head, page, swatch, table, text, tiles, when
from ..wording import count
from ..writing import created
from .assessment import ChangeAssessment


class Score(NamedTuple):
    """What a score is called, what it says, and its formula."""

    label: str
    meaning: str
    of: Callable


MASK_SCORES = {
    "precision": Score("Precision of change", "TP / (TP + FP)", lambda m: m.precision),
    "recall": Score("Recall of change", "TP / (TP + FN)", lambda m: m.recall),
    "f1": Score("F1 of change", "2 TP / (2 TP + FP + FN)", lambda m: m.f1),
    "iou": Score("IoU of change", "TP / (TP + FP + FN)", lambda m: m.iou),
    "kappa": Score(
        "Kappa of change",
        "(p − e) / (1 − e): p the share of right pixels, e that expected by chance",
        lambda m: m.kappa,
    ),
}
SEMANTIC_SCORES = {
    "overall_accuracy": Score(
        "Overall accuracy", "share of right classes, both dates together", lambda s: s.overall_accuracy
    ),
    "miou": Score("Mean IoU", "of the classes that the reference has, both dates together", lambda s: s.miou),
    "mean_f1": Score("Mean F1", "of the same classes", lambda s: s.mean_f1),
    "transition_kappa": Score(
        "Kappa of transitions",
        "kappa of the table of unchanged and K × K transitions",
        lambda s: s.transition_kappa,
    ),
    "sek": Score(
        "SeK",
        "exp(IoU − 1) × kappa of that table without the pixels that are unchanged in both (Yang et al. 2022)",
        lambda s: s.sek,
    ),
    "f_scd": Score(
        "F_scd",
        "2 P R / (P + R): P the share of right classes of both dates where change is said, R where change is"
        " (Ding et al. 2022)",
        lambda s: s.f_scd,
    ),
    "miou_bc": Score("mIoU_bc", "mean of the IoU of changed and of unchanged", lambda s: s.miou_bc),
    "miou_sc": Score(
        "mIoU_sc",
        "mean IoU of the transitions that the reference has, over pixels that have changed",
        lambda s: s.miou_sc,
    ),
    "miou_nc": Score(
        "mIoU_nc",
        "mean IoU of the classes of both dates, over pixels that have not changed",
        lambda s: s.miou_nc,
    ),
    "inconsistent": Score(
        "Inconsistent area",
        "share of all pixels that are said to be changed and have one class at both dates",
        lambda s: s.inconsistent,
    ),
}


def numbers_of(found: ChangeAssessment) -> dict:
    """{key: number} of all scores; those that are not defined are left out."""
    numbers = {key: score.of(found.mask) for key, score in MASK_SCORES.items()}
    if found.semantic is not None:
        numbers.update({key: score.of(found.semantic) for key, score in SEMANTIC_SCORES.items()})
    numbers.update(compared_px=found.mask.total, unmapped_px=found.unmapped_px)
    return {key: value for key, value in numbers.items() if not math.isnan(value)}


def write_json(path: str, found: ChangeAssessment, metadata: dict) -> None:
    """Every score under a key of its own."""
    plain = {**numbers_of(found), **{name: getattr(found.mask, name) for name in ("tp", "fp", "fn", "tn")}}
    if found.semantic is not None:
        for item, iou, f1 in zip(found.classes, *found.semantic.classes):
            for name, value in (("iou", float(iou)), ("f1", float(f1))):
                plain[f"{item.name}_{name}"] = None if math.isnan(value) else value
    with created(path) as file:
        json.dump({**plain, **metadata}, file, indent=1, ensure_ascii=False, allow_nan=False)


def write_score_report(
    path: str, found: ChangeAssessment, source: str, settings: dict, metadata: dict
) -> None:
    """``source`` is the map, or the mask of change."""
    title = f"Accuracy of change: {os.path.basename(source)}"
    versions = json.loads(metadata.get("OBIC_VERSIONS", "{}"))
    parts = [
        head(title, [when(metadata)]),
        tiles(_cards(found)),
        _mask_table(found),
        _scores("Change", MASK_SCORES, found.mask),
        _scores("Classes and transitions", SEMANTIC_SCORES, found.semantic) if found.semantic else "",
        _classes(found),
        facts("How it was made", {**settings, **versions}),
        foot(metadata),
    ]
    with created(path) as file:
        file.write(page(title, parts))


def _cards(found: ChangeAssessment) -> dict:
    cards = {"F1 of change": f"{100 * found.mask.f1:.1f} %", "kappa of change": f"{found.mask.kappa:.3f}"}
    if found.semantic is not None:
        cards["SeK"] = _told(found.semantic.sek)
        cards["mean IoU"] = f"{100 * found.semantic.miou:.1f} %"
    cards["pixels compared"] = count(found.mask.total)
    if found.unmapped_px:
        cards["reference pixels without data on the map"] = count(found.unmapped_px)
    return cards


def _mask_table(found: ChangeAssessment) -> str:
    mask = found.mask
    rows = [
        ["changed", f"{count(mask.tp)} (TP)", f"{count(mask.fn)} (FN)"],
        ["unchanged", f"{count(mask.fp)} (FP)", f"{count(mask.tn)} (TN)"],
    ]
    heads = ("Reference (rows)", "said to be changed", "said to be unchanged")
    return f"<section><h2>Pixels</h2>{table(heads, rows)}</section>"


def _scores(title: str, scores: dict, of) -> str:
    rows = [[text(each.label), _told(each.of(of)), text(each.meaning)] for each in scores.values()]
    return f"<section><h2>{title}</h2>{table(('Measure', 'Value', 'What it is'), rows, (1,))}</section>"


def _classes(found: ChangeAssessment) -> str:
    if found.semantic is None:
        return ""
    rows = [
        [f"{swatch(item.color)}{text(item.name)}", _told(float(iou)), _told(float(f1))]
        for item, iou, f1 in zip(found.classes, *found.semantic.classes)
    ]
    return f"<section><h2>Each class, both dates together</h2>{table(('Class', 'IoU', 'F1'), rows)}</section>"


def _told(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.4f}"
