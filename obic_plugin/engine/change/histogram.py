"""How the differences of two dates are distributed, and where change begins, as a picture."""

from __future__ import annotations

import numpy as np

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 1040, 220, 20, 184, 12


def histogram_svg(scores: np.ndarray, weights: np.ndarray, threshold: float) -> str:
    """SVG: how much of the area has each score from 1 to 100; what lies above the threshold is colored."""
    counts = np.bincount(np.clip(scores, 0, 100).astype(int), weights, 101)[1:]
    heights = np.sqrt(counts / max(counts.max(), 1e-12)) * (BOTTOM - TOP)  # little change is to be seen, too
    step = (WIDTH - 2 * LEFT) / 100
    parts = [f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="Distribution of the score">']
    for number, height in enumerate(heights.tolist()):
        color = "#c32f1c" if number + 1 > threshold else "#8fa3ad"
        place = f'x="{LEFT + number * step:.1f}" y="{BOTTOM - height:.1f}" width="{step - 1:.1f}"'
        parts.append(f'<rect {place} height="{height:.1f}" style="fill:{color}"/>')
    for tick in range(0, 101, 10):
        x = LEFT + tick * step
        parts.append(f'<text x="{x:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{tick}</text>')
    x = LEFT + threshold * step
    parts.append(f'<line class="phase" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{BOTTOM}"/>')
    parts.append(f'<text x="{WIDTH / 2}" y="{HEIGHT - 2}" text-anchor="middle">score</text></svg>')
    return "".join(parts)
