"""Labels from a network over pixels: tile + reach, scores, perhaps their mean in each superpixel, painted.

**Why the labels do not depend on the tiling.** What the network sees starts on a multiple of its stride from the
corner of the raster and has a margin of all that it can see, or ends at the raster's own edge, where it is continued
with nothing up to a whole number of strides: there too the same numbers meet. One thread computes a tile, since how
several share a sum depends on its size; with one, tiles of any size gave the same bits.

So a tile need not be seen in one piece: the network sees it block by block, which is all the memory that it takes, and
what a computer's caches hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch.nn import functional

from .. import nets
from ..nets.resampling import at_stride
from ..progress import no_pause
from ..raster import scaling
from ..raster.grid import Window
from ..raster.patch import Patch
from ..raster.scaling import Scaling
from ..schema import Fields, Optional, Switch, Whole
from ..superpixels import kinds
from ..superpixels.overlaps import Overlaps
from ..superpixels.regions import Superpixels
from ..threads import threads
from ..workers import worked_ahead
from .labeler import (
    Decision,
    State,
    Tile,
    decided,
    held_bytes_per_px,
    labels_confidence_superpixels,
    painted,
)

if TYPE_CHECKING:
    from ..raster.reader import RasterReader

REACHES = 8  # a block is so many times as large as what the network reaches, within limits:
LEAST_BLOCK_PX, MOST_BLOCK_PX = 128, 1024


class Dense:
    """Labels 1..K by a network over pixels, and the share of the winner in percent (1 to 100); 0: no data.

    Where it ``votes``, those of each of the ``superpixels``: the class whose mean score in it is highest. Otherwise of
    each pixel by itself, and superpixels, if there are any, are drawn beside that. Only the first ``n_classes`` of the
    network can win.
    """

    STATE = Fields(
        {
            "network": nets.PIXEL_SCHEMA,
            "scaling": scaling.SCHEMA,
            "superpixels": Optional(kinds.SCHEMA),
            "votes": Switch(),
            "n_classes": Whole(1, 254),
        }
    )

    def __init__(
        self,
        reader: RasterReader,
        scaling: Scaling,
        network,
        n_classes: int,
        superpixels=None,
        device=None,
        votes: bool = True,
    ):
        self.reader, self.scaling, self.superpixels = reader, scaling, superpixels
        self.device, self.votes = device or torch.device("cpu"), votes and superpixels is not None
        self.network = network.eval().to(self.device, memory_format=torch.channels_last)
        self.n_classes, self.raster = n_classes, reader.grid.window
        self.planes = labels_confidence_superpixels(n_classes)[: 2 if superpixels is None else 3]

    @property
    def bytes_per_px(self) -> float:
        reading = self.scaling.bytes_per_px(self.reader.n_bands)
        scores = 4 * self.n_classes / self.network.score_px**2 if self.votes else 0
        drawing = 0 if self.superpixels is None else 16
        return held_bytes_per_px(reading + scores + drawing, self.reader.n_bands)

    def tiles(self, windows: list, pause: Callable = no_pause) -> Iterator[Tile]:
        """A `Tile` for each of the windows, in order; two are worked on at a time."""
        return worked_ahead(self._tile, windows, self.device, pause)

    def state(self) -> State:
        plain = {
            "network": nets.to_json(self.network),
            "scaling": self.scaling.to_json(),
            "superpixels": None if self.superpixels is None else kinds.to_json(self.superpixels),
            "votes": self.votes,
            "n_classes": self.n_classes,
        }
        return State(plain, self.network.state_dict())

    @classmethod
    def from_state(cls, reader, device, plain: dict, tensors: dict) -> Dense:
        superpixels = None if plain["superpixels"] is None else kinds.from_json(plain["superpixels"])
        network, scaled = nets.from_json(plain["network"], tensors), Scaling.from_json(plain["scaling"])
        return cls(reader, scaled, network, plain["n_classes"], superpixels, device, plain["votes"])

    @staticmethod
    def untrained(plain: dict) -> torch.nn.Module:
        """A network like the one whose weights belong to a state."""
        return nets.from_json(plain["network"])

    @staticmethod
    def agreements(plain: dict) -> dict:
        """{rule: whether it is kept} of what the parts of a state say about each other."""
        components, network = plain["scaling"]["components"], plain["network"]
        n_channels = len(plain["scaling"]["keep"] if components is None else components)
        return {
            **scaling.agreements(plain["scaling"]),
            "network.n_bands must be the channels of the scaling": network["n_bands"] == n_channels,
            "network.seen must be channels of the scaling": max(network.get("seen", [0])) < n_channels,
            "n_classes must not be more than network.n_classes": plain["n_classes"] <= network["n_classes"],
            "votes must be false without superpixels": plain["superpixels"] is not None or not plain["votes"],
        }

    def decide(self, scores: torch.Tensor) -> tuple:
        """(n,) of each of the first planes, from the scores (n, K) of pixels."""
        return decided(scores.softmax(1), self.n_classes)

    def _tile(self, core: Window, pause: Callable) -> Tile:
        voting = self.superpixels.voting(core, self.raster) if self.votes else self._fine(core)
        window = self._seen(voting) & self.raster
        if self.superpixels is not None:
            window = window.around(self.superpixels.reading(core, self.raster))
        raw = self.reader.read(window)
        here = core.within(window).slices
        values = raw.values[(slice(None), *here)]
        planes = {plane.name: np.zeros((core.height, core.width), plane.dtype) for plane in self.planes}
        if not raw.valid[here].any():
            return Tile(core, planes, values)
        scaled = self.scaling(raw)
        patch = Patch(torch.from_numpy(scaled.values), torch.from_numpy(scaled.valid))
        found = None
        if self.superpixels is not None:
            found = kinds.segmented(self.superpixels, patch, window, core, self.raster, pause)
        if self.votes:
            properties = dict(zip(planes, [*self._voted(patch, window, found, pause), found.numbers + 1]))
        else:
            self._paint_pixels(planes, patch, core, window, pause)
            properties = {} if found is None else {"superpixels": found.numbers + 1}
        if properties:
            parts = painted(list(properties.values()), found.ids[core.within(found.window).slices])
            planes.update((name, part.astype(planes[name].dtype)) for name, part in zip(properties, parts))
        return Tile(core, planes, values)

    def _voted(self, patch: Patch, window: Window, found: Superpixels, pause: Callable) -> Decision:
        """The decision of each superpixel."""
        unit = self.network.score_px
        whole = found.window.align(unit)
        scores = None
        for block in found.window.tiles(self._block_px):
            pause()
            part, here = self._scores(patch, window, block), block.align(unit).within(whole)
            if scores is None:
                scores = torch.empty((len(part), whole.height // unit, whole.width // unit))
            scores[(slice(None), *Window(*(n // unit for n in here)).slices)] = part
        place = found.window.within(whole)
        ids = np.pad(found.ids.cpu().numpy(), ((place.row, 0), (place.col, 0)), constant_values=-1)
        means = Overlaps(ids, found.count, unit).means(scores)
        return decided(torch.from_numpy(means).softmax(1), self.n_classes)

    def _paint_pixels(
        self, planes: dict, patch: Patch, core: Window, window: Window, pause: Callable
    ) -> None:
        """Write the planes of the pixels of a tile."""
        for block in core.tiles(self._block_px):
            pause()
            valid = patch.valid[block.within(window).slices]
            if not valid.any():
                continue
            found = self.decide(self._pixel_scores(patch, window, block))
            for name, each in zip(planes, found):
                planes[name][block.within(core).slices] = (each.view(valid.shape) * valid).numpy()

    def _pixel_scores(self, patch: Patch, window: Window, block: Window) -> torch.Tensor:
        """(n, K) of the pixels of a block, between those of a larger stride."""
        fine = self._fine(block)
        scores = at_stride(self._scores(patch, window, fine)[None], self.network.score_px, 1)[0]
        here = block.within(fine.align(self.network.score_px)).slices
        return scores[(slice(None), *here)].permute(1, 2, 0).flatten(0, 1)

    def _scores(self, patch: Patch, window: Window, part: Window) -> torch.Tensor:
        """(K, rows, cols) on the CPU, of all that touch ``part``; ``patch`` is that of ``window``."""
        seeing, unit = self._seen(part), self.network.score_px
        there = (seeing & self.raster).within(window).slices
        values, valid = patch.values[(slice(None), *there)], patch.valid[there]
        beyond = (0, seeing.width - valid.shape[1], 0, seeing.height - valid.shape[0])
        values, valid = functional.pad(values, beyond), functional.pad(valid, beyond)
        with torch.inference_mode(), threads(1):
            scores = self.network(values[None].to(self.device), valid[None].to(self.device))[0]
        rows, cols = (Window(*(n // unit for n in part.align(unit).within(seeing)))).slices
        return scores[:, rows, cols].float().cpu()

    def _seen(self, part: Window) -> Window:
        """The window that the network has to see for the scores of ``part``, on multiples of its stride; it may end
        beyond the raster."""
        return seen(part, self.network, self.raster)

    def _fine(self, part: Window) -> Window:
        """The window of the scores between which those of the pixels of ``part`` lie."""
        return part if self.network.score_px == 1 else part.grow(self.network.score_px) & self.raster

    @property
    def _block_px(self) -> int:
        wanted = min(max(LEAST_BLOCK_PX, REACHES * self.network.reach_px), MOST_BLOCK_PX)
        return -(-wanted // self.network.stride_px) * self.network.stride_px


def seen(part: Window, network, raster: Window) -> Window:
    """The window that a network has to see for the scores of ``part``; see `Dense`."""
    return part.grow(network.reach_px).align(network.stride_px) & raster.align(network.stride_px)
