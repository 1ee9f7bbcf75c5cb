"""From centers to the outputs of a map-making method."""

from __future__ import annotations

import numpy as np

from ..job import MapJob
from ..production import Production
from ..raster.classes import ClassTable


class ClusterJob(MapJob):
    """A `MapJob` whose ``make_map(centers, view, n_classes)`` takes centers and what is clustered."""

    def _make_map(self, centers: np.ndarray, view, n_classes: int, names, tile_px: int) -> ClassTable:
        tiles = list(self.reader.work.tiles(tile_px))
        self.start(f"Mapping {self.reader.work.size / 1e6:.2f} Mpx in {len(tiles)} tiles of {tile_px} px")
        confident = bool(self.params.output_confidence or self.params.output_polygons)
        n_done = 0

        def pause() -> None:
            self._mapping.at(n_done / len(tiles))

        with Production(self.params, self.reader, self.display, n_classes, self.staging) as production:
            for tile in view.tiles(centers, tile_px, confident, pause):
                pause()
                production.add(tile)
                n_done += 1
            self.start("Writing the map")
            self.table, self.area, self.order = production.finish(self.metadata, self._finishing, names)
        return self.table
