"""The kinds of superpixels, by the names that parameters and model files use."""

from __future__ import annotations

from dataclasses import asdict
from typing import Union

from .felzenszwalb import Felzenszwalb
from .slic import Slic

Kind = Union[Slic, Felzenszwalb]
KINDS = {"slic": Slic, "felzenszwalb": Felzenszwalb}


def to_json(superpixels: Kind) -> dict:
    """Kind and settings, as a model file keeps them."""
    name = next(name for name, kind in KINDS.items() if isinstance(superpixels, kind))
    return {"kind": name, **asdict(superpixels)}


def from_json(plain: dict) -> Kind:
    """What `to_json` has written."""
    settings = dict(plain)
    return KINDS[settings.pop("kind")](**settings)
