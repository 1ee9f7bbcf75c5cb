"""The classes of two dates and where they have changed, by one network, such that all agree.

Where nothing has changed both dates have one class, the best of the sum of their scores; where something has, two
different ones, the best such pair.
"""

from __future__ import annotations

import torch

from .. import nets
from ..errors import ModelError
from ..raster import scaling
from ..raster.pair import StackedPair
from ..raster.scaling import Scaling
from ..schema import Fields, Number, Switch, Whole
from .dense import Dense
from .labeler import Plane, State

ODDS = 1e-3  # thresholds of a chance nearer to 0 or 1 are taken as this


class DatedClasses(Dense):
    """Planes "labels" and "second", 1..K uint8, the classes of both dates; "probability" of change in percent, 1 to
    100; 0 is no data in all. What the network gives a chance above the ``threshold`` has changed, and the odds are told
    as seen from there: more than 50 % is change.

    ``reader`` is a `StackedPair`, or None for a model file. A network that has only learned where change is knows no
    classes (``knows_classes``): its class 1 is unchanged then and class 2 changed; one that has only learned classes
    does not know change yet (``knows_change``).
    """

    STATE = Fields(
        {
            "network": nets.PIXEL_SCHEMA,
            "scaling": scaling.SCHEMA,
            "threshold": Number(0, 1),
            "knows_classes": Switch(),
            "knows_change": Switch(),
            "n_classes": Whole(1, 254),
        }
    )

    def __init__(
        self,
        reader: StackedPair | None,
        scaling: Scaling,
        network,
        n_classes: int,
        threshold: float,
        device=None,
        knows_classes: bool = True,
        knows_change: bool = True,
    ):
        self.reader, self.scaling, self.superpixels, self.votes = reader, scaling, None, False
        self.device = device or torch.device("cpu")
        self.network = network.eval().to(self.device, memory_format=torch.channels_last)
        self.n_classes, self.threshold = n_classes, threshold
        self.knows_classes, self.knows_change = knows_classes, knows_change
        self.raster = None if reader is None else reader.grid.window
        self.planes = (
            Plane("labels", "uint8", n_classes),
            Plane("second", "uint8", n_classes),
            Plane("probability", "uint8"),
        )

    def state(self) -> State:
        plain = {
            "network": nets.to_json(self.network),
            "scaling": self.scaling.to_json(),
            "threshold": self.threshold,
            "knows_classes": self.knows_classes,
            "knows_change": self.knows_change,
            "n_classes": self.n_classes,
        }
        return State(plain, self.network.state_dict())

    @classmethod
    def from_state(cls, reader, device, plain: dict, tensors: dict) -> DatedClasses:
        if not isinstance(reader, StackedPair):
            raise ModelError(
                "This model tells what changed between two images: choose Detect change, and give it both."
            )
        network, scaled = nets.from_json(plain["network"], tensors), Scaling.from_json(plain["scaling"])
        known = plain["n_classes"], plain["threshold"], device, plain["knows_classes"], plain["knows_change"]
        return cls(reader, scaled, network, *known)

    @staticmethod
    def agreements(plain: dict) -> dict:
        """{rule: whether it is kept} of what the parts of a state say about each other."""
        components, network = plain["scaling"]["components"], plain["network"]
        n_bands = len(plain["scaling"]["keep"])
        return {
            **scaling.agreements(plain["scaling"]),
            "network.kind must be ChangeNetwork": network["kind"] == "ChangeNetwork",
            "network.n_bands must be the bands of the scaling, of both dates": (
                components is None and network["n_bands"] == n_bands == 2 * (n_bands // 2)
            ),
            "network.seen must be bands of one date": max(network.get("seen", [0])) < n_bands // 2,
            "n_classes must not be more than network.n_classes": plain["n_classes"] <= network["n_classes"],
        }

    def decide(self, scores: torch.Tensor) -> tuple:
        """(n,) uint8 labels of both dates from 1, and percent of change, of scores (n, 2 K + 1)."""
        n = (scores.shape[1] - 1) // 2
        chance = (scores[:, -1] - torch.logit(torch.tensor(self.threshold), ODDS)).sigmoid()
        if not chance.isfinite().all():
            raise ModelError(
                "The network's scores of these images are no numbers: its weights are damaged. Make the model again."
            )
        percent, changed = (100 * chance).round(), chance > 0.5
        percent = torch.where(changed, percent.clamp(51, 100), percent.clamp(1, 50)).to(torch.uint8)
        if not self.knows_classes:
            return torch.ones_like(percent), 1 + changed.to(torch.uint8), percent
        first, second = (
            part[:, : self.n_classes].log_softmax(1) for part in (scores[:, :n], scores[:, n:-1])
        )
        same = (first + second).argmax(1)
        one, two = best_pair(first, second)
        labels = (torch.where(changed, each, same) + 1 for each in (one, two))
        return *(each.to(torch.uint8) for each in labels), percent


def best_pair(first: torch.Tensor, second: torch.Tensor) -> tuple:
    """(n,) the two different classes whose scores (n, K) of both dates sum up to most; one class alone is no pair."""
    if first.shape[1] < 2:
        return first.argmax(1), second.argmax(1)
    (a, i), (b, j) = (each.topk(2, 1) for each in (first, second))
    differ = i[:, 0] != j[:, 0]
    other_first = a[:, 1] + b[:, 0] > a[:, 0] + b[:, 1]
    one = torch.where(differ | ~other_first, i[:, 0], i[:, 1])
    two = torch.where(differ | other_first, j[:, 0], j[:, 1])
    return one, two
