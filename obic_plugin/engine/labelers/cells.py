"""Superpixels, each labeled by a network that sees one vector for each of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import torch

from .. import nets
from ..progress import no_pause
from ..raster import scaling
from ..raster.grid import Window
from ..schema import Fields, Whole
from ..superpixels import kinds
from ..superpixels.cellreader import CellReader
from ..superpixels.features import feature_names, votes_of_regions
from ..threads import two_threads
from ..workers import worked_ahead
from .labeler import State, Tile, decided, held_bytes_per_px, labels_confidence_superpixels, painted


class CellLabeler:
    """Each superpixel gets the class of the network's highest score; the confidence is its share, in percent: the mean
    opinion of mixture, network and similar neighbors (see `nets.mixturenet`). Only the first ``n_classes`` of the
    network can win.

    Labels 1..K uint8 and confidence 1..100 uint8 (0: no data); superpixel numbers uint32 from 1 (0: none).
    """

    STATE = Fields(
        {
            "network": nets.SCHEMA,
            "scaling": scaling.SCHEMA,
            "superpixels": kinds.SCHEMA,
            "n_classes": Whole(1, 254),
        }
    )

    def __init__(self, cells: CellReader, network: torch.nn.Module, n_classes: int):
        self.cells, self.network, self._n_classes = cells, network.eval(), n_classes
        self.planes = labels_confidence_superpixels(n_classes)

    @property
    def bytes_per_px(self) -> float:
        return held_bytes_per_px(self.cells.bytes_per_px, self.cells.reader.n_bands)

    def tiles(self, windows: list, pause: Callable = no_pause) -> Iterator[Tile]:
        """Two tiles are worked on at a time."""
        return worked_ahead(self._tile, windows, self.cells.device, pause)

    def state(self) -> State:
        plain = {"network": nets.to_json(self.network), **self.cells.to_json(), "n_classes": self._n_classes}
        return State(plain, self.network.state_dict())

    @classmethod
    def from_state(cls, reader, device, plain: dict, tensors: dict) -> CellLabeler:
        network = nets.from_json(plain["network"], tensors).to(device)
        cells = CellReader.from_json(reader, plain, device, getattr(network, "encoder", None))
        return cls(cells, network, plain["n_classes"])

    @staticmethod
    def untrained(plain: dict) -> torch.nn.Module:
        """A network like the one whose weights belong to a state."""
        return nets.from_json(plain["network"])

    @staticmethod
    def agreements(plain: dict) -> dict:
        """{rule: whether it is kept} of what the parts of a state say about each other."""
        n_bands, components = len(plain["scaling"]["keep"]), plain["scaling"]["components"]
        network, n_channels = plain["network"], n_bands if components is None else len(components)
        image = network.get("image", {"n_channels": n_channels, "seen": []})
        return {
            **scaling.agreements(plain["scaling"]),
            "network.n_features must be 2 for each channel of the scaling, and 1": (
                network["n_features"] == len(feature_names(n_channels))
            ),
            "network.image must have as many channels as the scaling, and see some of them": (
                image["n_channels"] == n_channels > max(image["seen"], default=0)
            ),
            "network.image must have an encoder for prototypes": (
                network["kind"] != "PrototypeNetwork" or network["image"]["encoder"]
            ),
            "n_classes must not be more than network.n_classes": plain["n_classes"] <= network["n_classes"],
        }

    def _tile(self, core: Window, pause: Callable) -> Tile:
        kind, raster = self.cells.superpixels, self.cells.raster
        part = kind.origins(core, raster).grow(self.network.reach_px * kind.size_px) & raster
        window, raw = self.cells.read(part)
        values = raw.values[(slice(None), *core.within(window).slices)]
        if not raw.valid[core.within(window).slices].any():
            empty = {p.name: np.zeros((core.height, core.width), p.dtype) for p in self.planes}
            return Tile(core, empty, values)
        pause()
        superpixels, patch = self.cells.cells(self.cells.scaled(raw), part, pause)
        pause()
        with torch.inference_mode(), two_threads():
            shares = self.network(patch.values[None], patch.valid[None])[0].softmax(0)
        pause()
        votes = votes_of_regions(shares, patch, part, superpixels, kind.size_px)
        decision = decided(votes, self._n_classes)
        ids = superpixels.ids[core.within(superpixels.window).slices]
        found = painted([*decision, superpixels.numbers + 1], ids)
        planes = {plane.name: part.astype(plane.dtype) for plane, part in zip(self.planes, found)}
        return Tile(core, planes, values)
