"""Labels that are found already, for a whole image in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..progress import no_pause
from ..raster.grid import Window
from .labeler import State, Tile


class Finished:
    """``found`` is {name: (h, w) array} of the window ``work``, for each of the planes; here it is cut into tiles."""

    bytes_per_px = 0.0

    def __init__(self, reader, work: Window, found: dict, planes: tuple):
        self._reader, self._work, self._found, self.planes = reader, work, found, planes

    def tiles(self, windows: list, pause: Callable = no_pause) -> Iterator[Tile]:
        for window in windows:
            here = window.within(self._work).slices
            planes = {plane.name: self._found[plane.name][here] for plane in self.planes}
            yield Tile(window, planes, self._reader.read(window).values)

    def state(self) -> State:
        raise TypeError("An image that is worked on in one piece is not shared among processes.")
