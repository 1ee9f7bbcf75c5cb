"""What ties the two dates of a pair together in training, beside their labels: correlation and contrast.

Tang et al., *ClearSCD*, ISPRS Journal 211, 2024. Features (N, C, h, w) are those of the decoder of either date; labels
(N, h, w) int64 are at their stride; unknown ones are none of the classes.
"""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional

from ..nets.convolution import Convolution

MARGIN = 2.0  # that features of what has changed are to differ by
HIDDEN, TEMPERATURE, MOST_PX = 32, 0.1, 1024
QUEUE, ENQUEUED = 512, 64


def correlation(
    first: torch.Tensor,
    second: torch.Tensor,
    chance: torch.Tensor,
    changed: torch.Tensor,
    valid: torch.Tensor,
) -> torch.Tensor:
    """Bi-temporal semantic correlation: features of what is unchanged are to be equal, others to differ by the margin,
    weighted by the probability of change, ``chance`` (N, h, w); ``changed`` and ``valid`` (N, h, w) bool."""
    apart = (first - second).abs()
    still, moved = valid & ~changed, valid & changed
    near = (1 - chance) * apart.square().mean(1)
    far = chance * (MARGIN - apart).clamp(min=0).square().mean(1)
    parts = [(each * there).sum() / there.sum().clamp(min=1) for each, there in ((near, still), (far, moved))]
    return 0.5 * sum(parts)


class Projection(nn.Sequential):
    """1x1 convolutions of features to others of as many channels."""

    def __init__(self, channels: int, random: torch.Generator):
        super().__init__(
            Convolution(channels, HIDDEN, 1, random),
            nn.BatchNorm2d(HIDDEN),
            nn.ReLU(),
            Convolution(HIDDEN, channels, 1, random),
        )


def pixels_of(features: torch.Tensor, labels: torch.Tensor, label: int, most: int, random) -> torch.Tensor:
    """(n, C) features of at most so many pixels of a class, drawn at random."""
    found = features.permute(0, 2, 3, 1)[labels == label]
    if len(found) > most:
        found = found[torch.randperm(len(found), generator=random)[:most].to(found.device)]
    return found


def local_contrast(projected: tuple, features: tuple, labels: tuple, n_classes: int, random) -> torch.Tensor:
    """Pixels of a class, of both dates, are to be nearer to the mean of its projected pixels than those of others.

    Each argument has one tensor a date. The anchor of a class is the mean direction of its projected pixels; positives
    are its pixels, unprojected, negatives those of all other classes: InfoNCE.
    """
    anchors, pixels, owners = [], [], []
    for label in range(n_classes):
        own = [
            pixels_of(torch.cat([p, f], 1), t, label, MOST_PX, random)
            for p, f, t in zip(projected, features, labels)
        ]
        own = torch.cat(own)
        if not len(own):
            continue
        one, other = own.chunk(2, 1)
        anchors.append(functional.normalize(functional.normalize(one, dim=1).mean(0), dim=0))
        pixels.append(functional.normalize(other, dim=1))
        owners.append(torch.full((len(own),), len(anchors) - 1, device=own.device))
    if len(anchors) < 2:
        return features[0].sum() * 0
    similar = torch.cat(pixels) @ torch.stack(anchors).T / TEMPERATURE  # (pixels, anchors)
    owners = torch.cat(owners)
    losses = []
    for number in range(len(anchors)):
        column, own = similar[:, number], owners == number
        others = torch.logsumexp(column[~own], 0)
        losses.append((torch.logaddexp(column[own], others) - column[own]).mean())
    return torch.stack(losses).mean()


class Queues:
    """The last pixel features of each class and date: (2, K, `QUEUE`, C), and how many of them there are (2, K)."""

    def __init__(self, n_classes: int, channels: int):
        self.features = torch.zeros(2, n_classes, QUEUE, channels)
        self.count = torch.zeros(2, n_classes, dtype=torch.int64)
        self._next = torch.zeros(2, n_classes, dtype=torch.int64)

    def add(self, features: tuple, labels: tuple, random) -> None:
        """Take at most `ENQUEUED` pixels of each class and date; a class with few pixels enters with those."""
        for date, (own, known) in enumerate(zip(features, labels)):
            for label in range(self.features.shape[1]):
                new = functional.normalize(
                    pixels_of(own.detach(), known, label, ENQUEUED, random), dim=1
                ).cpu()
                place = (int(self._next[date, label]) + torch.arange(len(new))) % QUEUE
                self.features[date, label, place] = new
                self._next[date, label] = (self._next[date, label] + len(new)) % QUEUE
                self.count[date, label] = min(int(self.count[date, label]) + len(new), QUEUE)

    def of(self, label: int) -> torch.Tensor:
        """(n, C) of both dates."""
        return torch.cat([self.features[date, label, : self.count[date, label]] for date in range(2)])


def global_contrast(features: tuple, shares: tuple, labels: tuple, queues: Queues) -> torch.Tensor:
    """The mean of a class in a batch, in which its unsure pixels count more, is to be like what the queues hold of that
    class, of both dates, and unlike what they hold of others. ``shares`` (N, K, h, w) are the predicted ones."""
    losses, n_classes = [], queues.features.shape[1]
    held = [queues.of(label).to(features[0].device) for label in range(n_classes)]
    for own, share, known in zip(features, shares, labels):
        for label in range(n_classes):
            there = known == label
            if not there.any() or not len(held[label]):
                continue
            weight = 1 - share[:, label].detach()[there]
            pixels = functional.normalize(own.permute(0, 2, 3, 1)[there], dim=1)
            query = functional.normalize(
                (pixels * weight[:, None]).sum(0) / weight.sum().clamp(min=1e-6), dim=0
            )
            others = [held[other] for other in range(n_classes) if other != label and len(held[other])]
            loss = (1 - held[label] @ query).mean() / 2
            if others:
                loss = loss + (1 + torch.cat(others) @ query).mean() / 2
            losses.append(loss)
    return torch.stack(losses).mean() if losses else features[0].sum() * 0


def at_stride_of(labels: torch.Tensor, stride_px: int) -> torch.Tensor:
    """Labels (N, h, w) in the middles of squares of so many pixels."""
    return labels[:, stride_px // 2 :: stride_px, stride_px // 2 :: stride_px]
