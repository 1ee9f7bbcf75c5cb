"""What a training of change detection tells: a page with its curve and what it has learned from."""

from __future__ import annotations

import os

import torch

from ..figures import curves
from ..page import cited, facts, foot, head, page, swatch, table, text, tiles, when
from ..params import readable_settings
from ..raster.classes import ClassTable
from ..wording import count, several
from ..writing import created


def write_training_report(
    path: str,
    params,
    citation: str,
    classes: ClassTable,
    parts: list,
    history: list,
    numbers: dict,
    metadata: dict,
) -> None:
    """A page with the training curve and what was learned from."""
    counts = sum(torch.stack([torch.bincount(t.flatten(), minlength=256) for t in p.targets]) for p in parts)
    rows = [
        [f"{swatch(item.color)}{text(item.name)}", *(count(int(counts[date, number])) for date in range(2))]
        for number, item in enumerate(classes)
    ]
    changed, still, f1 = int(counts[2, 1]), int(counts[2, 0]), numbers["training_f1"]
    title = f"Train change detection: {os.path.basename(params.output_model)}"
    shown = {
        "classes": len(classes),
        "threshold of change": f"{numbers['threshold']:.2f}",
        "F1 of change on what was learned from": f"{100 * f1:.1f} %" if f1 == f1 else "–",
        "changed": f"{100 * changed / max(changed + still, 1):.1f} %",
    }
    content = [
        head(title, [several(len(params.input), "pair"), when(metadata)]),
        tiles(shown),
        f"<section><h2>Labeled pixels</h2>{table(('Class', 'First date', 'Second date'), rows)}</section>",
        f"<section class='together'><h2>Training</h2>{curves(history)}</section>",
        facts("Settings", readable_settings(params)),
        cited(citation),
        foot(metadata),
    ]
    with created(path) as file:
        file.write(page(title, content))
