"""Which method goes on with a model file: read off its header, without PyTorch and at once."""

from __future__ import annotations

import json
import os

from .errors import ModelError
from .schema import MOST_CHARACTERS, SchemaError, parse

FORMAT, FIRST_FORMAT = "obic-model-2", "obic-model-1"
LENGTH_BYTES = 8  # of the number with which a file in safetensors begins


def method_for(path: str) -> str:
    """The name of the method that takes this model; raises `ModelError` for a file that is none of ours.

    Only what decides is looked at: the method that is named checks all of it before it uses any.
    """
    header = _header(path)
    state = header.get("state") if isinstance(header, dict) else None
    state = state if isinstance(state, dict) else {}
    if state.get("knows_change") is not None:
        return "detectchange" if state["knows_change"] else "trainchange"
    network = state.get("network")
    prototypes = isinstance(network, dict) and network.get("kind") == "PrototypeNetwork"
    return "clustermap" if prototypes else "applymodel"


def _header(path: str) -> dict:
    """What OBIC has written into the file about the model."""
    if not os.path.isfile(path):
        raise ModelError(f"There is no model file {path}. Choose a file that OBIC has saved as a model.")
    try:
        metadata = json.loads(_beginning(path))["__metadata__"]
        known = metadata["format"] in (FORMAT, FIRST_FORMAT)
    except (ValueError, KeyError, TypeError, RecursionError):
        known = False
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error.strerror}). Choose another file.") from error
    if not known:
        raise ModelError(f"{path} is not a model that OBIC has saved. Choose another file.")
    try:
        return parse(metadata.get("obic", ""))
    except (SchemaError, TypeError) as error:
        raise ModelError(f"The model {path} is damaged: {error}. Save the model again.") from error


def _beginning(path: str) -> bytes:
    """The JSON with which a file in safetensors begins; empty where there is none."""
    with open(path, "rb") as file:
        n_bytes = int.from_bytes(file.read(LENGTH_BYTES), "little")
        return file.read(n_bytes) if n_bytes <= 2 * MOST_CHARACTERS else b""
