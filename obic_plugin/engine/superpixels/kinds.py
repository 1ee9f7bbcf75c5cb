"""The kinds of superpixels, by the names that parameters and model files use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Union

from ..progress import no_pause
from ..raster.grid import Window
from ..raster.patch import Patch
from ..schema import Fields, Number, Optional, Variants, Whole
from .felzenszwalb import Felzenszwalb
from .regions import Superpixels
from .slic import Slic

Kind = Union[Slic, Felzenszwalb]
KINDS = {"slic": Slic, "felzenszwalb": Felzenszwalb}
SCHEMA = Variants(
    "kind",
    {
        "slic": Fields({"size_px": Whole(1, 256), "compactness": Number(0, 100), "iterations": Whole(0, 10)}),
        "felzenszwalb": Fields(
            {
                "size_px": Whole(1, 256),
                "scale": Optional(Number(0, 1e300)),
                "sigma": Number(0, 20),
                "min_size": Optional(Whole(1, 1_000_000)),
            }
        ),
    },
)


def superpixels_by(
    kind: str,
    size_px: int,
    compactness: float,
    scale: float | None = None,
    sigma: float = 0.5,
    min_size: int | None = None,
) -> Kind:
    """Superpixels of a kind (a name in `KINDS`), with those of the settings that matter to it."""
    return Slic(size_px, compactness) if kind == "slic" else Felzenszwalb(size_px, scale, sigma, min_size)


def segmented(
    kind: Kind, pixels: Patch, window: Window, part: Window, raster: Window, pause: Callable = no_pause
) -> Superpixels:
    """The superpixels that touch a part of a raster.

    ``pixels``, scaled, as tensors, are those of ``window``, in which lies all that has to be read for that.
    """
    here = kind.reading(part, raster).within(window).slices
    return kind.segment(pixels.values[(slice(None), *here)], pixels.valid[here], part, raster, pause)


def segmented_alone(kind: Kind, pixels: Patch, pause: Callable = no_pause) -> Superpixels:
    """The superpixels of a patch by itself, as if it were a raster."""
    whole = Window(0, 0, *pixels.valid.shape)
    return kind.segment(pixels.values, pixels.valid, whole, whole, pause)


def to_json(superpixels: Kind) -> dict:
    """Kind and settings, as a model file keeps them."""
    name = next(name for name, kind in KINDS.items() if isinstance(superpixels, kind))
    return {"kind": name, **asdict(superpixels)}


def from_json(plain: dict) -> Kind:
    """What `to_json` has written."""
    settings = dict(plain)
    return KINDS[settings.pop("kind")](**settings)
