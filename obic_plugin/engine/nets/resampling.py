"""Images, of which only valid pixels count, and maps of what was seen in them, at another resolution."""

from __future__ import annotations

import torch
from torch.nn import functional

STRIDE_PX = 4  # of scores


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


def at_stride(image: torch.Tensor, stride_px: int, wanted_px: int) -> torch.Tensor:
    """A map (N, C, h, w) of some stride at another: enlarged bilinearly, or the mean of the pixels that become one."""
    if stride_px == wanted_px:
        return image
    if stride_px < wanted_px:
        return functional.avg_pool2d(image, wanted_px // stride_px)
    return functional.interpolate(
        image, scale_factor=stride_px // wanted_px, mode="bilinear", align_corners=False
    )
