"""The objective of segmentation by backpropagation: the network's own answers, made equal within superpixels.

Kanezaki, *Unsupervised Image Segmentation by Backpropagation*, ICASSP 2018.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import nn
from torch.nn import functional

from ..nets.backpropagation import WholeImageNetwork
from ..progress import Progress
from .votes import IGNORE, Vote, agreement


class Scene(NamedTuple):
    """A whole image: values (B, h, w) float32, 0 where there is no region; regions (h, w) int64 0..n-1, or -1;
    ``numbers`` (n,) uint32 from 1 are what the regions are called in outputs."""

    values: torch.Tensor
    regions: torch.Tensor
    numbers: torch.Tensor

    @property
    def index(self) -> torch.Tensor | None:
        """Flat positions of the pixels that have a region; None if all have."""
        inside = self.regions.flatten() >= 0
        return None if bool(inside.all()) else inside.nonzero().flatten()


class SelfVote:
    """Cross-entropy of each pixel's scores to the label that most pixels of its superpixel have now.

    The result of a step, ``labels`` (h, w) int64, is what each pixel ``said``, or if ``voted`` what its superpixel
    has voted for. Training ends when at most ``min_classes`` labels are left. ``kept`` are the results (h, w)
    uint8 of steps 1, 2, 4, 8 … if ``keep`` is set, counted from 1; 0 outside of superpixels.
    """

    def __init__(
        self,
        network: WholeImageNetwork,
        scene: Scene,
        voted: bool,
        min_classes: int,
        progress: Progress,
        keep: bool = False,
    ):
        self.network, self._voted, self._min_classes = network.train(), voted, min_classes
        self._scene, self._index, self._keep = scene, scene.index, keep
        self._vote = Vote(scene.regions, len(scene.numbers), network.layers[-1].num_features)
        self.said = self.labels = scene.regions
        self.n_steps, self.n_classes, self.kept = 0, 0, {}
        self._progress, self._fraction = progress, 0.0
        for layer in network.layers:
            if isinstance(layer, nn.ReLU):
                layer.register_forward_hook(self._pause)

    def loss(self, scene: Scene) -> dict:
        scores = self.network(scene.values[None], self._index)
        self.said = scores.detach()[0].argmax(0)
        target = self._vote(self.said)
        self.labels = target if self._voted else self.said
        return {"cross-entropy": functional.cross_entropy(scores, target[None], ignore_index=IGNORE)}

    def after_step(self, fraction: float) -> bool:
        self._fraction = fraction
        self.n_steps += 1
        self.n_classes = len(self.labels[self._scene.regions >= 0].unique())
        enough = self.n_classes <= self._min_classes
        if self._keep and (self.n_steps & (self.n_steps - 1) == 0 or enough or fraction == 1):
            self.kept[self.n_steps] = self.result()
        return enough

    def parameters(self) -> Iterator:
        return self.network.parameters()

    def result(self) -> torch.Tensor:
        """The labels (h, w) uint8 of the last step on the CPU, counted from 1; 0 outside of superpixels."""
        return torch.where(self._scene.regions >= 0, self.labels + 1, 0).to(torch.uint8).cpu()

    def confidence(self) -> torch.Tensor:
        """Percent (h, w) uint8 of each pixel's superpixel that said its label at the last step; 0 outside."""
        scene = self._scene
        labels = torch.where(scene.regions >= 0, self.labels, 0)
        percent = (100 * agreement(labels, self.said, scene.regions, len(scene.numbers))).round()
        return torch.where(scene.regions >= 0, percent.clamp(1, 100), 0).to(torch.uint8).cpu()

    def _pause(self, layer: nn.Module, inputs: tuple, output: torch.Tensor) -> None:
        """A step on a large image takes long: look for a cancel at every layer, on the way there and back."""
        self._progress.at(self._fraction)
        if output.requires_grad:
            output.register_hook(lambda gradient: self._progress.at(self._fraction))
