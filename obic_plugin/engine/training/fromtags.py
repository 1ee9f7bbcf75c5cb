"""Learning from tags, step by step: activations of classes, pseudo labels of pixels, a network that learns these."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import torch
from torch import nn

from ..nets.activation import ActivationHead, PixelCorrelation, normalized
from ..nets.convolution import generator
from ..nets.densenet import DenseNetwork
from ..progress import Progress, Span, Steps, unwatched
from ..superpixels.kinds import segmented_alone
from ..superpixels.overlaps import Overlaps
from ..superpixels.slic import Slic
from .loop import fit
from .pseudolabels import POWERS, PseudoLabels, pseudo_labels, unrefined
from .taggedchips import TaggedChips
from .tags import Candidates, MeanActivation, Seam, within
from .targets import Targets

SCALES = {"one": (1.0,), "two": (1.0, 2.0), "published": (0.5, 1.0, 1.5, 2.0)}
USUAL_PX, LEAST_CHIPS = 224 * 224, 2  # a chip; of smaller ones more are seen at once, as many pixels
N_CHIPS, N_STEPS, RATE = 32, 300, 0.01  # of activations
N_LABELED, N_LABELED_STEPS, LABELED_RATE = 8, 150, 2e-3  # of the network that learns pseudo labels


@dataclass(frozen=True)
class TagSettings:
    """What the parts of the method are; ``superpixels`` refine, None: nothing does."""

    activation: str = "candidates"
    scales: str = "auto"
    superpixels: Slic | None = None
    weighted: bool = False
    iterations: int = 1
    seed: int = 0
    told: bool = False  # how unsure pseudo labels are, also where that does not count


class LearnedFromTags(NamedTuple):
    """The network; of the chips, at the stride of scores, the activations (n, K, h, w) and the `PseudoLabels` that it
    has learned last; and the history of all trainings."""

    network: DenseNetwork
    activations: torch.Tensor
    pseudo: PseudoLabels
    history: list


class OnStages(nn.Module):
    """The part of a network that sees what its encoder has seen already."""

    def __init__(self, network: DenseNetwork):
        super().__init__()
        self.decoder, self.head = network.decoder, network.head

    def scores(self, stages: list, valid: torch.Tensor | None) -> torch.Tensor:
        return self.head(self.decoder(stages))


def learn(
    chips: TaggedChips, settings: TagSettings, progress: Progress, watch: Callable = unwatched
) -> LearnedFromTags:
    """Train the chips' network, all but its encoder; the classes are the columns of their tags. ``watch`` looks on
    while it learns pseudo labels, see `fit`."""
    objective_of = OBJECTIVES[settings.activation]
    two_scales = settings.activation == "seam"
    chips.look(two_scales, Span(progress, 0.0, 0.3))
    seen = chips.seen(slice(None))
    head = ActivationHead(seen.features.shape[1], chips.tags.shape[1])
    head.settle(seen.features, seen.valid)
    objective = objective_of(head, seen, settings.seed)
    batches = chips.batches(at_once(chips, N_CHIPS), settings.seed)
    history = fit(objective, batches, N_STEPS, RATE, Span(progress, 0.3, 0.45))
    objective.weigh(seen)
    with torch.inference_mode():
        activations = activations_of(chips, objective, settings.scales, Span(progress, 0.45, 0.55))
    refine = refinements(chips, settings.superpixels, Span(progress, 0.55, 0.6))
    return taught(chips, activations, refine, settings, history, Span(progress, 0.6, 1.0), watch)


def at_once(chips: TaggedChips, n_usual: int) -> int:
    """How many chips have as many pixels as ``n_usual`` of the usual size."""
    return min(len(chips), max(LEAST_CHIPS, round(n_usual * USUAL_PX / chips.seen_px)))


def taught(
    chips: TaggedChips,
    activations: torch.Tensor,
    refine: list,
    settings: TagSettings,
    history: list,
    progress: Progress,
    watch: Callable = unwatched,
) -> LearnedFromTags:
    """Train the network on pseudo labels, and again on what it then says within the tags."""
    network, found = OnStages(chips.network), activations
    for turn in range(settings.iterations):
        part = Span(progress, turn / settings.iterations, (turn + 1) / settings.iterations)
        pseudo = labels_of(chips, found, refine, settings, Span(part, 0.0, 0.1))
        batches = chips.labeled_batches(
            Chosen(pseudo), at_once(chips, N_LABELED), settings.weighted, settings.seed + turn
        )
        history = history + fit(
            Targets(network),
            batches,
            N_LABELED_STEPS,
            LABELED_RATE,
            Span(part, 0.1, 0.95),
            watch=watch,
            n_before=turn * N_LABELED_STEPS,
        )
        network.eval()
        if turn + 1 < settings.iterations:
            with torch.inference_mode():
                found = told_by(chips, network, Span(part, 0.95, 1.0))
    return LearnedFromTags(chips.network.eval(), activations, pseudo, history)


class Chosen:
    """`PseudoLabels` of which some are taken."""

    def __init__(self, pseudo: PseudoLabels):
        self._pseudo = pseudo

    def __getitem__(self, index) -> PseudoLabels:
        return PseudoLabels(*(part[index] for part in self._pseudo))


def activations_of(chips: TaggedChips, objective, scales: str, progress: Progress) -> torch.Tensor:
    """(n, K, h, w) float16 from 0 to 1, 0 for classes that a chip lacks; of several scales, each also mirrored, the
    sum. ``scales`` are those of `SCALES`; "auto" one of small chips, which maps are not the better for, else two."""
    steps, found = Steps(progress, len(chips)), []
    if scales == "auto":
        scales = "one" if chips.are_small else "two"
    views = [(scale, flipped) for scale in SCALES[scales] for flipped in (False, True)]
    for numbers in chips.numbers():
        tags = chips.tags[numbers]
        if len(views) == 2:
            total = chips.at_scores(objective.activation(chips.seen(numbers), tags), False)
        else:
            total = 0
            for scale, flipped in views:
                cam = objective.activation(chips.view(numbers, scale, flipped), tags)
                total = total + chips.at_scores(cam.flip(-1) if flipped else cam, True)
                steps.pause()
        found.append(in_shares(total, tags, chips.valid[numbers], objective).half())
        for _ in numbers:
            steps.next()
    return torch.cat(found)


def in_shares(total: torch.Tensor, tags: torch.Tensor, valid: torch.Tensor, objective) -> torch.Tensor:
    """Activations from 0 to 1: shares of what a pixel may be, or, as published, each class between its least and its
    largest in the chip."""
    if type(objective) is Candidates:
        return total / total.sum(1, keepdim=True).clamp(min=1e-6)
    return normalized(total, valid) * tags[:, :, None, None]


def refinements(chips: TaggedChips, superpixels: Slic | None, progress: Progress) -> list:
    """For each chip what refines its activations (K, h, w): their means over superpixels, or nothing."""
    if superpixels is None:
        return [unrefined] * len(chips)
    steps, found, unit = Steps(progress, len(chips)), [], chips.network.score_px
    for number in range(len(chips)):
        segmented = segmented_alone(superpixels, chips.patch(number), steps.pause)
        found.append(over_superpixels(segmented.ids[unit // 2 :: unit, unit // 2 :: unit], segmented.count))
        steps.next()
    return found


def over_superpixels(ids: torch.Tensor, count: int) -> Callable:
    """What gives each pixel the mean over its superpixel, ids (h, w); those of none stay as they are."""
    overlaps, index = Overlaps(ids.cpu().numpy(), count, 1), ids.long().cpu()

    def refine(activation: torch.Tensor) -> torch.Tensor:
        means = torch.from_numpy(overlaps.means(activation.float()))
        return torch.where(index >= 0, means[index].movedim(-1, 0), activation.float())

    return refine


def labels_of(
    chips: TaggedChips, activations: torch.Tensor, refine: list, settings: TagSettings, progress: Progress
) -> PseudoLabels:
    """The `PseudoLabels` of all chips."""
    steps, found = Steps(progress, len(chips)), []
    powers = POWERS if settings.weighted or settings.told else ()
    for activation, tags, valid, how in zip(activations, chips.tags, chips.valid, refine):
        found.append(pseudo_labels(activation.float(), tags, valid, how, powers))
        steps.next()
    return PseudoLabels(*map(torch.stack, zip(*found)))


def told_by(chips: TaggedChips, network: OnStages, progress: Progress) -> torch.Tensor:
    """(n, K, h, w) float16: the network's shares of the classes among the tags of each chip."""
    steps, found = Steps(progress, len(chips)), []
    for numbers in chips.numbers():
        scores = chips.inside(network.scores(chips.stages(numbers), None), chips.network.score_px)
        found.append(within(scores, chips.tags[numbers]).softmax(1).half())
        for _ in numbers:
            steps.next()
    return torch.cat(found)


def _seam(head: ActivationHead, seen, seed: int) -> Seam:
    correlation = PixelCorrelation(seen.image.shape[1], seen.features.shape[1], generator(seed))
    return Seam(head, correlation)


OBJECTIVES = {
    "candidates": lambda head, seen, seed: Candidates(head),
    "mean": lambda head, seen, seed: MeanActivation(head),
    "seam": _seam,
}
