"""A trained labeler in a file: weights and a JSON header in safetensors; loading it runs no code.

What a header may hold is one schema: `HEADER`, and the ``STATE`` of the labeler that it names. All of it, and the
names, types and shapes of the weights, are checked before anything is made of them. Files of the first version, which
knew one kind of labeler, are read as if they were of this one.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from .errors import ModelError, shown
from .labelers.table import LABELERS, labeler_from, labeler_name
from .modelkind import FIRST_FORMAT, FORMAT
from .raster.scaling import MOST_BANDS, Scaling, refit_scaling
from .schema import Fields, ListOf, Mapped, OneOf, SchemaError, Text, Whole, agree, parse
from .wording import count
from .writing import created

if TYPE_CHECKING:
    import torch

MOST_BYTES = 1 << 30
CHECKSUM = "sha256"  # of the weights, beside the header; files of earlier versions have none
SAVED = {name: kind for name, kind in LABELERS.items() if hasattr(kind, "STATE")}
HEADER = {
    "labeler": OneOf(tuple(SAVED)),
    "bands": ListOf(Text(10_000, free=True), 1, MOST_BANDS),
    "classes": ListOf(
        Fields({"value": Whole(1, 254), "name": Text(1000), "color": ListOf(Whole(0, 255), 3, 3)}), 1, 254
    ),
    "history": Mapped(Text(1 << 20, free=True), 1000),
}
FIRST_FIELDS = "network", "options", "bands", "scaling", "classes", "recipe", "history"


@dataclass(frozen=True)
class ModelFile:
    """What a saved model knows.

    ``labeler`` is a name in `LABELERS`, ``state`` and ``tensors`` are what the ``state()`` of such a labeler gives.
    ``bands`` are the names of the bands it was trained on, ``classes`` is the JSON of a `ClassTable`: the first classes
    of the labeler are those of the table, in its order. ``history`` is the provenance.
    """

    labeler: str
    state: dict
    bands: list
    classes: list
    history: dict
    tensors: dict = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, labeler, bands: list, classes: list, history: dict) -> ModelFile:
        """The model of a labeler, with the names of its bands, the JSON of its classes, and its provenance."""
        state = labeler.state()
        return cls(labeler_name(labeler), state.plain, bands, classes, history, state.tensors)

    def labeler_on(self, reader, device):
        """The labeler on a raster."""
        return labeler_from(self.labeler, reader, device, self.state, self.tensors)

    def scaled_to(self, sample) -> ModelFile:
        """The same model, for the range of values of another scene's (B, n) ``sample``."""
        scaling = refit_scaling(Scaling.from_json(self.state["scaling"]), sample)
        return replace(self, state={**self.state, "scaling": scaling.to_json()})

    def image_features(self, path: str) -> torch.nn.Module:
        """The `ImageFeatures` with which its network sees; refuses a model, from the file ``path``, without any."""
        plain = self.state.get("network", {})
        if not plain.get("image", {}).get("encoder"):
            raise ModelError(
                f"{path} holds no image encoder that has learnt from images. Choose a model of Pretrain an encoder."
            )
        from . import nets

        return nets.from_json(plain, self.tensors).encoder

    def save(self, path: str) -> None:
        from safetensors.torch import save

        header = {name: value for name, value in vars(self).items() if name != "tensors"}
        tensors = {name: tensor.detach().cpu().contiguous() for name, tensor in self.tensors.items()}
        content = save(
            tensors, {"format": FORMAT, "obic": json.dumps(header), CHECKSUM: checksum_of(tensors)}
        )
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
                f"{path} has {count(os.path.getsize(path))} bytes, and a model at most {count(MOST_BYTES)}. Choose"
                " another file."
            )
        try:
            with safe_open(path, framework="pt") as file:
                metadata = file.metadata() or {}
                if metadata.get("format") not in (FORMAT, FIRST_FORMAT):
                    raise ModelError(
                        f"{path} was not written by this version of OBIC. Choose a model saved by it."
                    )
                header = parse(metadata.get("obic", ""))
                if metadata["format"] == FIRST_FORMAT:
                    header = of_first_version(header)
                check_header(header)
                weights = _weights(file, SAVED[header["labeler"]].untrained(header["state"]))
                if metadata.get(CHECKSUM, "") not in ("", checksum_of(weights)):
                    raise SchemaError("its weights are not those that were saved")
                return cls(**header, tensors=weights)
        except SchemaError as error:
            raise ModelError(f"The model {path} is damaged: {error}. Save the model again.") from error
        except (SafetensorError, OSError) as error:
            raise ModelError(
                f"{path} is not a whole model file ({error}). Choose another, or save it again."
            ) from error


def checksum_of(tensors: dict) -> str:
    """SHA-256 of named tensors: weights that a bad disk or a broken copy has changed may be numbers still."""
    found = hashlib.sha256()
    for name in sorted(tensors):
        found.update(name.encode())
        found.update(tensors[name].numpy().tobytes())
    return found.hexdigest()


def of_first_version(header) -> dict:
    """The header that this version would have written; raises `SchemaError`."""
    if not isinstance(header, dict) or set(header) != set(FIRST_FIELDS):
        raise SchemaError(f"its header must have {', '.join(FIRST_FIELDS)}")
    recipe = header["recipe"]
    if not isinstance(recipe, dict) or set(recipe) != {"superpixels"}:
        raise SchemaError(f"recipe must have superpixels, not {shown(recipe)}")
    options = header["options"]
    if not isinstance(options, dict):
        raise SchemaError(f"options must be named values, not {shown(options)}")
    state = {
        "network": {**options, "kind": header["network"]},
        "scaling": header["scaling"],
        "superpixels": recipe["superpixels"],
        "n_classes": len(header["classes"]) if isinstance(header["classes"], list) else 0,
    }
    return {
        "labeler": "cells",
        "state": state,
        **{name: header[name] for name in ("bands", "classes", "history")},
    }


def check_header(header) -> None:
    """Raises `SchemaError` unless ``header`` holds the fields of a `ModelFile`."""
    named = [*HEADER, "state"]
    if not isinstance(header, dict) or set(header) != set(named):
        raise SchemaError(f"its header must have {', '.join(named)}")
    for name, kind in HEADER.items():
        kind.check(header[name], name)
    state, labeler = header["state"], SAVED[header["labeler"]]
    labeler.STATE.check(state, "state")
    values = [row["value"] for row in header["classes"]]
    agree(
        {
            **labeler.agreements(state),
            "bands must be as many as scaling.n_bands": len(header["bands"]) == state["scaling"]["n_bands"],
            "classes must have different values in ascending order": values == sorted(set(values)),
            "classes must be as many as state.n_classes": len(values) == state["n_classes"],
        }
    )


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
