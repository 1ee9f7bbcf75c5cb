"""Images at another resolution, of which only valid pixels count."""

from __future__ import annotations

import torch
from torch.nn import functional


def resampled(values: torch.Tensor, valid: torch.Tensor, shape: tuple) -> tuple:
    """Values (C, h, w) and valid (h, w) at another resolution: means of the valid pixels, or between the nearest.

    The same of N images (N, C, h, w) and (N, h, w).
    """
    if valid.shape[-2:] == shape:
        return values, valid
    if valid.dim() == 2:
        values, valid = resampled(values[None], valid[None], shape)
        return values[0], valid[0]
    smaller = shape[0] < valid.shape[1]
    how = {"mode": "area"} if smaller else {"mode": "bilinear", "align_corners": False}
    known = valid[:, None].to(values.dtype)
    both = functional.interpolate(torch.cat([values * known, known], 1), size=shape, **how)
    share = both[:, -1:]
    return both[:, :-1] / share.clamp(min=1e-6), share[:, 0] >= 0.5
