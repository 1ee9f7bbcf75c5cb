"""The objective of self-supervised clustering: two views of a place get the same prototypes, from a slow teacher.

Xu, Zhang, Yue, Wang: *SDCluster: A clustering based self-supervised pretraining method for semantic segmentation of
remote sensing images*, ISPRS Journal of Photogrammetry and Remote Sensing 223, 2025. What is different from the
published code, and why:

- Views have any number of bands, and are jittered and blurred band by band; theirs are pictures in three colors.
- Losses do not talk to other processes: what these have is handed in (see training/together.py). The teacher's momentum
  follows the training and not a counter of its own.
- Where a view has no data, nothing is learnt.
- The encoder is a small one with stages; what these and the means and contrasts of the channels know of a square of 16
  pixels is projected, since maps project what they know of a superpixel.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Iterator

import torch
from torch import nn
from torch.nn import functional

from ..nets.imagefeatures import ImageFeatures
from ..nets.prototypes import HIDDEN, SIZE, TEMPERATURE, Projector
from ..nets.resampling import at_stride
from .losses import balanced, info_nce, soft_cross_entropy
from .together import Alone
from .views import View, Views, aligned

TEACHER_TEMPERATURE = ATTENTION = 0.07
CONTRAST = 0.2  # temperature of the prototype constraint
FIRST_MOMENTUM = 0.99  # of the teacher; at the end 1
WEIGHT = 0.5  # of either term


class Clusterer(nn.Module):
    """Features and a projector: values (N, C, h, w), valid (N, h, w) to vectors (N, D, h / s, w / s) and cosines
    (N, K, h / s, w / s) to prototypes, s being the last stride of the features.

    ``settled``: the encoder keeps the statistics of its normalizations, which a few views would tell less well.
    """

    def __init__(self, features: ImageFeatures, projector: Projector, settled: bool):
        super().__init__()
        self.features, self.projector, self._settled = features, projector, settled

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> tuple:
        maps = zip(self.features(values, valid), self.features.strides)
        squares = [at_stride(each, stride, self.features.stride_px) for each, stride in maps]
        return self.projector(torch.cat(squares, 1))

    def train(self, mode: bool = True) -> Clusterer:
        super().train(mode)
        if self._settled:
            self.features.eval()
        return self


def predictor(random: torch.Generator) -> nn.Module:
    """What the student says of a prototype's features (n, D) before these are compared with the teacher's."""
    layers = nn.Sequential(
        nn.Linear(SIZE, HIDDEN), nn.BatchNorm1d(HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, SIZE)
    )
    for layer in (layers[0], layers[3]):
        bound = layer.in_features**-0.5
        with torch.no_grad():
            for parameter in layer.parameters():
                parameter.uniform_(-bound, bound, generator=random)
    return layers


class Prototypes:
    """Half semantic consistency, half prototype constraint; ``pace()`` is how much of the training has been done. Small
    views are only asked to be consistent with the one that they lie in.

    ``wins`` (K,) counts since `forget` how often each prototype was the teacher's first choice, and ``entropy`` is the
    mean entropy of its shares, from 0 to 1: all the same. ``pause`` is called between the parts of a step.
    """

    def __init__(
        self,
        student: Clusterer,
        ahead: nn.Module,
        pace: Callable,
        pause: Callable,
        together: Alone | None = None,
    ):
        self.student, self.ahead, self._pace, self._pause = student.train(), ahead.train(), pace, pause
        self._together = together or Alone()
        self.teacher = copy.deepcopy(student).train().requires_grad_(False)
        self.forget()

    def forget(self) -> None:
        """Start to count again."""
        self.wins = torch.zeros(len(self.student.projector.prototypes), dtype=torch.long)
        self._entropy, self._n = 0.0, 0

    @property
    def entropy(self) -> float:
        return self._entropy / max(self._n, 1) / math.log(len(self.wins))

    @property
    def live(self) -> int:
        """How many prototypes have won anything."""
        return int((self.wins > 0).sum())

    def loss(self, views: Views) -> dict:
        pair = views.pair
        told = [self._seen(self.student, view) for view in pair]
        with torch.no_grad():
            taught = [self._seen(self.teacher, view) for view in pair]
        there = [known(view, cosines) for view, (_, cosines) in zip(pair, told)]
        for (_, cosines), valid in zip(taught, there):
            self._count(cosines, valid)
        terms = [
            self._consistency(told[own][1], pair[own], taught[1 - own][1], pair[1 - own]) for own in (0, 1)
        ]
        for view, whole, boxes in views.local:
            cosines, around = self._seen(self.student, view)[1], pair[whole]._replace(boxes=boxes)
            terms.append(self._consistency(cosines, view, taught[whole][1], around))
        constraint = [self._constraint(told[i], there[i], taught[1 - i], there[1 - i]) for i in (0, 1)]
        self._pause()
        return {
            "semantic consistency": WEIGHT * sum(terms) / len(terms),
            "prototype constraint": WEIGHT * sum(constraint) / len(constraint),
        }

    def after_step(self, fraction: float) -> bool:
        momentum = teacher_momentum(self._pace())
        with torch.no_grad():
            for slow, fast in zip(self.teacher.parameters(), self.student.parameters()):
                slow.lerp_(fast, 1 - momentum)
        return self._pace() >= 1

    def parameters(self) -> Iterator:
        yield from self.student.parameters()
        yield from self.ahead.parameters()

    def _seen(self, network: Clusterer, view: View) -> tuple:
        self._pause()
        return network(view.values, view.valid)

    def _consistency(
        self, told: torch.Tensor, mine: View, taught: torch.Tensor, theirs: View
    ) -> torch.Tensor:
        """The student's shares in one view are to be the teacher's in another, made balanced, where both overlap."""
        side = told.shape[-1]
        there = torch.ones((), dtype=torch.bool, device=told.device)
        for view in (mine, theirs):
            there = there & (aligned(view.valid[:, None].to(told.dtype), view, side)[:, 0] > 0.5)
        mine = aligned(told, mine, side).movedim(1, -1)[there]
        theirs = aligned(taught, theirs, side).movedim(1, -1)[there]
        shares = balanced(theirs, TEACHER_TEMPERATURE, total=self._together.total)
        return soft_cross_entropy(mine / TEMPERATURE, shares) if len(mine) else told.sum() * 0

    def _constraint(
        self, told: tuple, valid: torch.Tensor, taught: tuple, valid_there: torch.Tensor
    ) -> torch.Tensor:
        """What the student attends to for a prototype is told from what the teacher does for any other, of all images;
        of prototypes that win a pixel in both views."""
        both = winners(told[1], valid) & winners(taught[1], valid_there)
        keys, first = self._together.gathered(attended(*taught, valid_there)[both])
        queries = attended(*told, valid)[both]
        if len(queries) < 2:  # a single one is told from nothing
            return told[0].sum() * 0
        own = torch.arange(first, first + len(queries), device=keys.device)
        return info_nce(self.ahead(queries), keys, own, CONTRAST)

    def _count(self, cosines: torch.Tensor, valid: torch.Tensor) -> None:
        cosines = cosines.movedim(1, -1)[valid]
        self.wins += torch.bincount(cosines.argmax(1), minlength=len(self.wins)).cpu()
        logs = (cosines / TEACHER_TEMPERATURE).log_softmax(1)
        self._entropy, self._n = self._entropy - float((logs.exp() * logs).sum()), self._n + len(cosines)


def teacher_momentum(fraction: float) -> float:
    """How much of the teacher stays after ``fraction`` of the training: a cosine from 0.99 to 1.

    >>> teacher_momentum(0), teacher_momentum(1)
    (0.99, 1.0)
    """
    return 1 - (1 - FIRST_MOMENTUM) * (1 + math.cos(math.pi * min(fraction, 1.0))) / 2


def winners(cosines: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """(N, K) bool: which prototypes are the first choice of any valid pixel (N, h, w) of an image."""
    first = functional.one_hot(cosines.argmax(1), cosines.shape[1]) * valid[..., None]
    return first.flatten(1, 2).sum(1) > 0


def attended(vectors: torch.Tensor, cosines: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """(N, K, D): for each image and prototype the mean of the vectors (N, D, h, w) of valid pixels, weighted by the
    prototype's share in each."""
    weights = ((cosines / ATTENTION).softmax(1) * valid[:, None]).flatten(2)
    weights = weights / weights.sum(2, keepdim=True).clamp(min=1e-12)
    return weights @ functional.normalize(vectors, dim=1).flatten(2).transpose(1, 2)


def known(view: View, cosines: torch.Tensor) -> torch.Tensor:
    """(N, rows, cols) bool: squares of a view, those of the cosines, of which at least half is valid."""
    share = functional.avg_pool2d(view.valid[:, None].float(), view.valid.shape[-1] // cosines.shape[-1])
    return share[:, 0] >= 0.5
