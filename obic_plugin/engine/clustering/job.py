"""From centers to the outputs of a map-making method."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from ..job import MapJob
from ..processes import by_centers


class ClusterJob(MapJob):
    """A `MapJob` whose ``make_map(centers, view, n_classes)`` takes centers and what is clustered."""

    def _tiles(self, centers: np.ndarray, view, n_classes: int, windows: list, pause: Callable) -> Iterator:
        return view.tiles(centers, windows, self._confident, pause)

    def _how(self, centers: np.ndarray, view, n_classes: int) -> dict:
        return by_centers(centers, view, self._confident)

    @property
    def _confident(self) -> bool:
        return bool(self.params.output_confidence)
