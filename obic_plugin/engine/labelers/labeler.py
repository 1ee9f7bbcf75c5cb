"""What gives the pixels of a raster their labels, tile by tile."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, Protocol

import numpy as np
import torch

from ..errors import ModelError
from ..raster.grid import Window
from ..workers import WORKERS


class Plane(NamedTuple):
    """One of the things that a labeler finds for each pixel: its name and data type.

    ``n_classes`` is how many classes a plane of labels can have (values 1 to n; 0 is no data); None for a
    plane that holds no classes. Numbers that only tell regions apart are ``scattered`` when they are written, so
    that neighbors look different.
    """

    name: str
    dtype: type
    n_classes: int | None = None
    scattered: bool = False


class Tile(NamedTuple):
    """What has been found for one window: ``planes`` is {name: (h, w) array}.

    The image's raw values under them come with it, ``values[band]`` (h, w) for each band that matters.
    """

    window: Window
    planes: dict
    values: Sequence


class State(NamedTuple):
    """All from which a labeler is made again, in a model file or another process: JSON, and {name: tensor}."""

    plain: dict
    tensors: dict


class Labeler(Protocol):
    """How to label any window of a raster. Law: a pixel's labels do not depend on the windows.

    ``planes`` says what its tiles hold, the one called "labels" among it. ``bytes_per_px`` is about what a pixel
    takes in memory until its tile is written, from which follows how large tiles may be; 0 where all is in memory
    already.
    """

    planes: tuple
    bytes_per_px: float

    def tiles(self, windows: list, pause: Callable) -> Iterator[Tile]:
        """A `Tile` for each of the windows, in order. ``pause()`` is called now and then; it may raise, to stop."""

    def state(self) -> State:
        """All from which its ``from_state`` makes it again."""


def labels_confidence_superpixels(n_classes: int) -> tuple:
    """The planes of a map: labels, how sure they are in percent (1 to 100), and superpixel numbers from 1."""
    return (
        Plane("labels", np.uint8, n_classes),
        Plane("confidence", np.uint8),
        Plane("superpixels", np.uint32, scattered=True),
    )


def held_bytes_per_px(worked_on: float, n_bands: int) -> float:
    """What a labeler holds: tiles that take ``worked_on`` a pixel, and two that wait to be written."""
    return WORKERS * worked_on + 2 * (4 * n_bands + 6)


class Decision(NamedTuple):
    """``labels`` (n,) uint8 from 1, and ``percent`` (n,) uint8: how sure they are."""

    labels: torch.Tensor
    percent: torch.Tensor


def decided(shares: torch.Tensor, n_classes: int) -> Decision:
    """The highest of the first ``n_classes`` shares (n, K)."""
    top, winner = shares[:, :n_classes].max(1)
    if not top.isfinite().all():
        raise ModelError(
            "The network's scores of this image are no numbers: its weights are damaged, or it was made for values"
            " of another range. Set Scaling to this scene's statistics, or make the model again."
        )
    return Decision((winner + 1).to(torch.uint8), (100 * top).round().clamp(1, 100).to(torch.uint8))


def painted(properties: list, ids: torch.Tensor) -> list:
    """(h, w) arrays of the values (n,) that each superpixel has, on its pixels; 0 where there is none (id -1)."""
    properties = [torch.cat([each, each.new_zeros(1)]) for each in properties]
    if ids.device.type == "cpu":
        return [np.take(each.numpy(), ids.numpy(), mode="wrap") for each in properties]
    return [each[ids.long()].cpu().numpy() for each in properties]
