"""What a report tells of how well classes are known that were learned from labels."""

from __future__ import annotations

from html import escape

from .accuracy.resampling import GroupedScores


def scores_of_classes(found: GroupedScores | None, names: tuple) -> str:
    """HTML: scores of each class, and which ones are taken for which; empty where none are known."""
    if found is None:
        return ""
    overall, miou = _interval(found.overall_accuracy), _interval(found.miou)
    heads = ["Class", "F1 (%)", "IoU (%)", *(f"→ {name}" for name in names)]
    rows = []
    for index, name in enumerate(names):
        total = max(int(found.table[index].sum()), 1)
        cells = [_interval(found.f1[index]), _interval(found.iou[index])]
        cells += [f"{100 * n / total:.0f} %" if n else "" for n in found.table[index].tolist()]
        rows.append(
            f"<tr><td>{escape(name)}</td>{''.join(f'<td class=number>{cell}</td>' for cell in cells)}</tr>"
        )
    head = "".join(f"<th{' class=number' if i else ''}>{escape(text)}</th>" for i, text in enumerate(heads))
    return (
        "<section><h2>Accuracy on labels that were left out</h2>"
        f"<p>Overall accuracy {overall} %, mean IoU {miou} %. In parentheses 95 % confidence intervals.</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
        "<p>A row for each class: what its labeled pixels were taken for (→), by classifiers that had not seen any"
        " pixel of the same polygon. The map itself is made by one that has seen them all. Classes count as much as"
        " they are thought to cover of the image.</p></section>"
    )


def _interval(score) -> str:
    """87.1 (80.2 to 91.5) in percent."""
    if score.value != score.value:
        return "–"
    return f"{100 * score.value:.1f} ({100 * score.low:.1f} to {100 * score.high:.1f})"
