"""A trained network in a file: weights and a JSON header in safetensors; loading it runs no code."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

from ..errors import ModelError
from ..writing import created

FORMAT = "obic-model-1"


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
        from .superpixelnet import SuperpixelNetwork

        kinds = {"SuperpixelNetwork": SuperpixelNetwork}
        if self.network not in kinds:
            raise ModelError(
                f"The model's network, {self.network}, is not known to this version of OBIC. Update it."
            )
        network = kinds[self.network](**self.options)
        try:
            network.load_state_dict(self.weights)
        except RuntimeError as error:
            raise ModelError(
                f"The model's weights do not fit its network. Save the model again. ({error})"
            ) from error
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

        try:
            with safe_open(path, framework="pt") as file:
                header = file.metadata() or {}
                weights = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118, not a dict
        except FileNotFoundError:
            raise ModelError(f"There is no model file {path}.") from None
        except (SafetensorError, OSError) as error:
            raise ModelError(f"{path} is not a whole model file ({error}). Save the model again.") from error
        if header.get("format") != FORMAT:
            raise ModelError(f"{path} was not written by this version of OBIC. Choose a model saved by it.")
        try:
            return cls(**json.loads(header["obic"]), weights=weights)
        except (KeyError, TypeError, ValueError) as error:
            raise ModelError(f"The header of {path} is damaged ({error}). Save the model again.") from error
