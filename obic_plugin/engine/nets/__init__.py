"""The networks, by the names that model files and other processes use.

A network in this table has ``OPTIONS`` (the schema of its arguments, which it keeps in ``options``), ``POSITIVE``
(names of weights that something is divided by), ``stride_px`` and ``reach_px``: beyond that many pixels of its input
nothing matters to a score. It is called with values (N, C, h, w) and valid (N, h, w) bool, and gives scores
(N, K, h / stride, w / stride); one over pixels gives (N, K, h / score, w / score), ``score_px`` being the side of a
score, which divides the stride. ``options`` name ``n_classes``, and over pixels ``n_bands``.
"""

from __future__ import annotations

from ..schema import Variants
from .changenet import ChangeNetwork
from .densenet import DenseNetwork
from .fcn import PublishedNetwork
from .featurenet import FeatureNetwork
from .labelnet import LabelNetwork
from .mixturenet import MixtureNetwork
from .prototypes import PrototypeNetwork
from .superpixelnet import SuperpixelNetwork

ON_CELLS = {
    "FeatureNetwork": FeatureNetwork,
    "LabelNetwork": LabelNetwork,
    "MixtureNetwork": MixtureNetwork,
    "PrototypeNetwork": PrototypeNetwork,
    "SuperpixelNetwork": SuperpixelNetwork,
}
OVER_PIXELS = {
    "ChangeNetwork": ChangeNetwork,
    "DenseNetwork": DenseNetwork,
    "PublishedNetwork": PublishedNetwork,
}
NETWORKS = {**ON_CELLS, **OVER_PIXELS}
SCHEMA = Variants("kind", {name: kind.OPTIONS for name, kind in ON_CELLS.items()})
PIXEL_SCHEMA = Variants("kind", {name: kind.OPTIONS for name, kind in OVER_PIXELS.items()})


def to_json(network) -> dict:
    """Kind and options of a network, without its weights."""
    name = next(name for name, kind in NETWORKS.items() if type(network) is kind)
    return {"kind": name, **network.options}


def from_json(plain: dict, weights: dict | None = None):
    """What `to_json` has written, with some weights: ready to predict."""
    options = dict(plain)
    network = NETWORKS[options.pop("kind")](**options)
    if weights is not None:
        network.load_state_dict(weights)
    return network.eval()
