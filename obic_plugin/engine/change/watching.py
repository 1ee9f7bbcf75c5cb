"""What is seen of a network for two dates while it learns: what changed, or the classes where it learns those alone."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ..labelers.pair import DatedClasses
from ..livemap import LiveMap
from ..progress import Progress
from ..raster.classes import ClassTable
from ..raster.pair import StackedPair
from ..raster.scaling import Scaling
from .transitions import CHANGED, MASK, UNCHANGED

THRESHOLD = 0.5  # of the chance of change, as long as none has been found


def watch_on(
    pair: StackedPair,
    network,
    scaling: Scaling,
    classes: ClassTable,
    knows: tuple,
    device,
    progress: Progress,
) -> Callable:
    """What `fit` calls after each step; ``knows`` says whether the network learns classes, and change."""

    def labeler_of(network) -> DatedClasses:
        return DatedClasses(pair, scaling, network, len(classes), THRESHOLD, device, *knows)

    live = LiveMap(pair.pair.reader, None, progress, MASK if knows[1] else classes)
    return live.watching(network, labeler_of, changes if knows[1] else None)


def changes(planes: dict) -> np.ndarray:
    """(h, w) uint8 unchanged or changed, 0 for no data, from the classes of both dates."""
    first, second = planes["labels"], planes["second"]
    return np.where(first > 0, np.where(first != second, CHANGED, UNCHANGED), 0).astype(np.uint8)
