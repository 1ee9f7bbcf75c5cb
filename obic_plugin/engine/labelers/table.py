"""The ways to label a raster, by the names that model files and other processes use."""

from __future__ import annotations

from .cells import CellLabeler
from .centers import PixelCenters, SuperpixelCenters
from .changes import Changes
from .dense import Dense
from .labeler import Labeler
from .pair import DatedClasses

LABELERS = {
    "cells": CellLabeler,
    "changes": Changes,
    "dated classes": DatedClasses,
    "dense": Dense,
    "pixel centers": PixelCenters,
    "superpixel centers": SuperpixelCenters,
}


def labeler_name(labeler: Labeler) -> str:
    """The name of a labeler in `LABELERS`; empty for one that is of this process alone."""
    return next((name for name, kind in LABELERS.items() if type(labeler) is kind), "")


def labeler_from(name: str, reader, device, plain: dict, tensors: dict) -> Labeler:
    """The labeler ``name`` on a raster, from what its ``state`` has given."""
    return LABELERS[name].from_state(reader, device, plain, tensors)
