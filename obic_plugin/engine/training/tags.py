"""The objectives of learning from tags: which pixels of a chip are of which of its classes.

Li, Zhang, Xiao: *One Model Is Enough: Toward Multiclass Weakly Supervised Remote Sensing Image Semantic Segmentation*,
IEEE TGRS 2023, with SEAM (Wang et al., CVPR 2020), is `Seam`; `MeanActivation` is it without what SEAM adds. Every
pixel belongs to a class: there is no background. What is different from the published code: no text is parsed for which
loss it is to be, and the last epoch is kept, not the worst (its comparison has the wrong sign).

`Candidates` is what has told classes apart best that often occur together: each pixel is one of its chip's tags, and
each tag is somewhere in the chip. A mean over a chip asks less: it is content when the chip as a whole looks like its
tags, and so finds of each class the parts that no other class comes with. What is in nearly every chip is never wrong
there, and would take all that comes with it: so classes compete by how much more a pixel looks like one than pixels do
on average.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch.nn import functional

from ..nets.activation import ActivationHead, PixelCorrelation, normalized

PRESENCE, DECAY = 0.3, 1e-3
HARDEST = 0.2  # of the pixels, by which SEAM's two views are compared


class SeenChips(NamedTuple):
    """Chips as an encoder has seen them, at the stride of activations: features (N, F, h, w), colors ``image``
    (N, C, h, w), valid (N, h, w)."""

    features: torch.Tensor
    image: torch.Tensor
    valid: torch.Tensor

    def __getitem__(self, index) -> SeenChips:
        return SeenChips(*(part[index] for part in tuple(self)))


class TaggedBatch(NamedTuple):
    """Chips, the same at half their size where that is asked for, and their tags (N, K) bool."""

    seen: SeenChips
    half: SeenChips | None
    tags: torch.Tensor


class Candidates:
    """Each valid pixel is of a class among the tags of its chip; and each tag has a share of the pixels."""

    two_scales = False

    def __init__(self, head: ActivationHead):
        self.head = head.train()

    def loss(self, batch: TaggedBatch) -> dict:
        valid, tags = batch.seen.valid, batch.tags
        logs = self.head(batch.seen.features).log_softmax(1)
        inside = logs.masked_fill(~tags[:, :, None, None], -torch.inf).logsumexp(1)
        shares = mean_over(logs.exp(), valid).clamp(min=1e-6)
        return {
            "within tags": -inside[valid].mean(),
            "each tag somewhere": -PRESENCE * shares.log()[tags].mean(),
            "decay": DECAY * self.head.weight.square().sum(),
        }

    def activation(self, seen: SeenChips, tags: torch.Tensor) -> torch.Tensor:
        """(N, K, h, w) from 0 to 1: the share of each tag in what a pixel may be."""
        return within(self.head(seen.features), tags).softmax(1)

    @torch.no_grad()
    def weigh(self, seen: SeenChips) -> None:
        """Have classes compete by how much more a pixel looks like one than the pixels of all chips do on average."""
        shares = self.head(seen.features).softmax(1).movedim(1, -1)[seen.valid]
        self.head.bias -= shares.mean(0).clamp(min=1e-6).log()

    def after_step(self, fraction: float) -> None:
        pass

    def parameters(self) -> Iterator:
        return self.head.parameters()


class MeanActivation(Candidates):
    """Class activation maps: the mean of a class over a chip says whether the chip has its tag."""

    def loss(self, batch: TaggedBatch) -> dict:
        scores = mean_over(self.head(batch.seen.features), batch.seen.valid)
        return {"tags": soft_margin(scores, batch.tags), "decay": DECAY * self.head.weight.square().sum()}

    def activation(self, seen: SeenChips, tags: torch.Tensor) -> torch.Tensor:
        return self.head(seen.features).relu() * tags[:, :, None, None]

    def weigh(self, seen: SeenChips) -> None:
        """Nothing: each class is told by itself whether it is there."""


class Seam(MeanActivation):
    """The same with what a chip and its smaller view are to agree in: activations (L_ER), and those that the pixel
    correlation module has refined with what the other view says (L_ECR)."""

    two_scales = True

    def __init__(self, head: ActivationHead, correlation: PixelCorrelation):
        super().__init__(head)
        self.correlation = correlation.train()

    def loss(self, batch: TaggedBatch) -> dict:
        tags, here = batch.tags, batch.tags[:, :, None, None]
        terms, cams, refined = [], [], []
        for seen in (batch.seen, batch.half):
            cam = self.head(seen.features)
            terms.append(soft_margin(mean_over(cam, seen.valid), tags))
            cams.append(cam)
            refined.append(self._refined(cam, seen))
        shape, valid = cams[1].shape[2:], batch.half.valid
        full = functional.adaptive_avg_pool2d(cams[0], shape)
        first, second = normalized(full, valid) * here, normalized(cams[1], valid) * here
        full_refined = functional.adaptive_avg_pool2d(refined[0], shape) * here
        half_refined = refined[1] * here
        crossed = hardest(one_hot(second) - full_refined) + hardest(one_hot(first) - half_refined)
        return {
            "tags": sum(terms) / 2 + least(full_refined) + least(half_refined),
            "equivariance": (first - second).abs().mean(),
            "cross refinement": crossed,
            "decay": DECAY * self.head.weight.square().sum(),
        }

    def activation(self, seen: SeenChips, tags: torch.Tensor) -> torch.Tensor:
        return self._refined(self.head(seen.features), seen) * tags[:, :, None, None]

    def parameters(self) -> Iterator:
        yield from self.head.parameters()
        yield from self.correlation.parameters()

    def _refined(self, cam: torch.Tensor, seen: SeenChips) -> torch.Tensor:
        return self.correlation(cam, seen.image, seen.features, seen.valid)


def mean_over(image: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
    """(N, K) means of (N, K, h, w) over the valid pixels."""
    known = valid[:, None].to(image.dtype)
    return (image * known).sum((2, 3)) / known.sum((2, 3)).clamp(min=1)


def soft_margin(scores: torch.Tensor, tags: torch.Tensor) -> torch.Tensor:
    """Multilabel soft-margin loss of scores (N, K) and tags (N, K) bool."""
    return functional.binary_cross_entropy_with_logits(scores, tags.to(scores.dtype))


def within(scores: torch.Tensor, tags: torch.Tensor) -> torch.Tensor:
    """Scores (N, K, h, w), impossible where a chip lacks the tag (N, K)."""
    return scores.masked_fill(~tags[:, :, None, None], -torch.inf)


def one_hot(cam: torch.Tensor) -> torch.Tensor:
    """The largest of the activations (N, K, h, w) of each pixel as it is, 0 for the others; a fixed target."""
    return (cam * (cam == cam.amax(1, keepdim=True))).detach()


def hardest(difference: torch.Tensor) -> torch.Tensor:
    """Mean of the largest absolute differences of each chip."""
    each = difference.abs().flatten(1)
    return each.topk(max(1, int(HARDEST * each.shape[1])), 1).values.mean()


def least(refined: torch.Tensor) -> torch.Tensor:
    """Adaptive minimum pooling: mean of the quarter of the pixels whose strongest activation is least."""
    strongest = refined.amax(1).flatten(1)
    return strongest.topk(max(1, strongest.shape[1] // 4), 1, largest=False).values.relu().mean()
