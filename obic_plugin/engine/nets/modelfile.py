"""A trained network in a file: weights and a JSON header in safetensors; loading it runs no code.

What a header may hold is one table, `HEADER`. All of it, and the names, types and shapes of the weights, are checked
before anything is made of them.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field

from ..errors import ModelError
from ..schema import (
    Fields,
    ListOf,
    Mapped,
    Number,
    OneOf,
    Optional,
    SchemaError,
    Text,
    Variants,
    Whole,
    parse,
)
from ..writing import created

FORMAT = "obic-model-1"
MOST_BANDS = 65_535  # of any raster
MOST_CHANNELS = 8
MOST_BYTES = 1 << 30
_FLOAT = Number(-3e38, 3e38)  # what float32 holds
_BAND_VALUES = ListOf(_FLOAT, 1, MOST_BANDS)

OPTIONS = {
    "SuperpixelNetwork": Fields(
        {
            "n_features": Whole(3, 2 * MOST_CHANNELS + 1),
            "n_classes": Whole(1, 254),
            "n_factors": Whole(1, 2 * MOST_CHANNELS + 1),
            "width": Whole(1, 256),
        }
    )
}
HEADER = {
    "network": OneOf(tuple(OPTIONS)),
    "bands": ListOf(Text(10_000, free=True), 1, MOST_BANDS),
    "scaling": Fields(
        {
            "n_bands": Whole(1, MOST_BANDS),
            "keep": ListOf(Whole(0, MOST_BANDS - 1), 1, MOST_BANDS),
            "low": _BAND_VALUES,
            "high": _BAND_VALUES,
            "center": Optional(_BAND_VALUES),
            "components": Optional(ListOf(_BAND_VALUES, 1, MOST_CHANNELS)),
        }
    ),
    "classes": ListOf(
        Fields({"value": Whole(1, 254), "name": Text(1000), "color": ListOf(Whole(0, 255), 3, 3)}), 1, 254
    ),
    "recipe": Fields(
        {
            "superpixels": Variants(
                "kind",
                {
                    "slic": Fields(
                        {"size_px": Whole(1, 256), "compactness": Number(0, 100), "iterations": Whole(0, 10)}
                    ),
                    "felzenszwalb": Fields(
                        {
                            "size_px": Whole(1, 256),
                            "scale": Optional(Number(0, 1e300)),
                            "sigma": Number(0, 20),
                            "min_size": Optional(Whole(1, 1_000_000)),
                        }
                    ),
                },
            )
        }
    ),
    "history": Mapped(Text(1 << 20, free=True), 1000),
}


@dataclass(frozen=True)
class ModelFile:
    """What a saved model knows.

    ``network`` names its class, ``options`` its arguments, ``recipe`` what surrounds it (superpixels,
    reduction), ``bands`` the names of the bands it was trained on, ``scaling`` and ``classes`` are the
    JSON of `Scaling` and `ClassTable`: the first classes of the network are those of the table, in its order;
    further ones never won a superpixel and are not to. ``history`` is the provenance.
    """

    network: str
    options: dict
    bands: list
    scaling: dict
    classes: list
    recipe: dict
    history: dict
    weights: dict = field(default_factory=dict, repr=False)

    def network_on(self, device):
        """The network, with its weights, ready to predict."""
        network = _network(self.network, self.options)
        network.load_state_dict(self.weights)
        return network.eval().to(device)

    def save(self, path: str) -> None:
        from safetensors.torch import save

        header = {name: value for name, value in vars(self).items() if name != "weights"}
        weights = {name: tensor.detach().cpu().contiguous() for name, tensor in self.weights.items()}
        content = save(weights, {"format": FORMAT, "obic": json.dumps(header)})
        with created(path, binary=True) as file:
            file.write(content)

    @classmethod
    def load(cls, path: str) -> ModelFile:
        """Raises `ModelError` for a file that is missing, damaged, or not one of ours."""
        from safetensors import SafetensorError, safe_open

        if not os.path.isfile(path):
            raise ModelError(f"There is no model file {path}. Choose a file that OBIC has saved as a model.")
        if os.path.getsize(path) > MOST_BYTES:
            raise ModelError(
                f"{path} has {os.path.getsize(path):,} bytes, and a model at most {MOST_BYTES:,}. Choose another file."
            )
        try:
            with safe_open(path, framework="pt") as file:
                metadata = file.metadata() or {}
                if metadata.get("format") != FORMAT:
                    raise ModelError(
                        f"{path} was not written by this version of OBIC. Choose a model saved by it."
                    )
                header = checked_header(metadata.get("obic", ""))
                return cls(**header, weights=_weights(file, _network(header["network"], header["options"])))
        except SchemaError as error:
            raise ModelError(f"The model {path} is damaged: {error}. Save the model again.") from error
        except (SafetensorError, OSError) as error:
            raise ModelError(
                f"{path} is not a whole model file ({error}). Choose another, or save it again."
            ) from error


def checked_header(text: str) -> dict:
    """The header of a model as the fields of a `ModelFile`; raises `SchemaError`."""
    header = parse(text)
    named = {**HEADER, "options": OneOf(())}
    if not isinstance(header, dict) or set(header) != set(named):
        raise SchemaError(f"its header must have {', '.join(named)}")
    for name, kind in HEADER.items():
        kind.check(header[name], name)
    OPTIONS[header["network"]].check(header["options"], "options")
    for rule, kept in _agreements(header).items():
        if not kept:
            raise SchemaError(rule)
    return header


def _agreements(header: dict) -> dict:
    """{rule: whether it is kept} of what parts of a header say about each other."""
    scaling, options = header["scaling"], header["options"]
    keep, center, components = scaling["keep"], scaling["center"], scaling["components"]
    ranges = list(zip(scaling["low"], scaling["high"]))
    n_channels = len(keep) if components is None else len(components)
    values = [row["value"] for row in header["classes"]]
    return {
        "bands must be as many as scaling.n_bands": len(header["bands"]) == scaling["n_bands"],
        "scaling.keep must be different bands, from 0 to below scaling.n_bands": (
            len(set(keep)) == len(keep) and max(keep) < scaling["n_bands"]
        ),
        "scaling.low and scaling.high must have a value for each band in scaling.keep": (
            len(scaling["low"]) == len(scaling["high"]) == len(keep)
        ),
        "scaling.low must lie below scaling.high": all(high - low > 1e-37 for low, high in ranges),
        "scaling.center and scaling.components must have a value for each band in scaling.keep, or both be null": (
            center is components is None
            or (
                None not in (center, components)
                and all(len(row) == len(keep) for row in (center, *components))
            )
        ),
        "options.n_features must be 2 for each channel of the scaling, and 1": (
            options["n_features"] == 2 * n_channels + 1
        ),
        "classes must have the values 1, 2, 3 … in this order": values == list(range(1, len(values) + 1)),
        "classes must not be more than options.n_classes": len(values) <= options["n_classes"],
    }


def _network(name: str, options: dict):
    from .superpixelnet import SuperpixelNetwork

    kinds = {"SuperpixelNetwork": SuperpixelNetwork}
    return kinds[name](**options)


def _weights(file, network) -> dict:
    """{name: tensor} of an open file; raises `SchemaError` unless they are those of the network, and numbers."""
    wanted = network.state_dict()
    if set(file.keys()) != set(wanted):
        odd = sorted(set(file.keys()) ^ set(wanted))
        raise SchemaError(f"its weights are not those of its network: {', '.join(odd[:3])} …")
    for name, tensor in wanted.items():
        shape = file.get_slice(name).get_shape()  # which reads nothing
        if list(shape) != list(tensor.shape):
            raise SchemaError(f"the weights {name} must have the shape {list(tensor.shape)}, not {shape}")
    weights = {name: file.get_tensor(name) for name in wanted}
    for name, tensor in weights.items():
        if tensor.dtype != wanted[name].dtype:
            raise SchemaError(f"the weights {name} must be {wanted[name].dtype}, not {tensor.dtype}")
        if not tensor.isfinite().all():
            raise SchemaError(f"the weights {name} hold NaN or infinity")
        positive = name in network.POSITIVE or name.endswith("running_var")
        if positive and not (tensor >= 0 if name.endswith("running_var") else tensor > 0).all():
            raise SchemaError(f"the weights {name} must be positive")
    return weights
