"""What a training of change detection learns from: pairs of images, and their labels."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from ..errors import InputError
from ..knownclasses import Limits, known_classes
from ..opening import even_sample, open_image, refuse_unlike_bands
from ..progress import Progress, Span
from ..raster.classes import ClassTable
from ..raster.groundtruth import GroundTruth
from ..raster.pair import StackedPair
from ..raster.palette import distinct_colors
from ..raster.sample import sample_windows
from ..training.datedcrops import DatedTruth
from ..training.targets import IGNORE
from .assessment import ChangeMask
from .transitions import MASK
from .unlabeled import looked_at, opened_pair

MOST_PX = 3000


class Pairs(NamedTuple):
    """The `StackedPair` of each pair of images, and ``samples`` (B, n) of both dates, of all of them."""

    pairs: list
    samples: list


class Truth(NamedTuple):
    """The ``classes`` with colors, and the `DatedTruth` of each pair."""

    classes: ClassTable
    truths: list


def opened(params, progress: Progress) -> Pairs:
    """The images of the parameters, all of one sensor."""
    pairs, samples = [], []
    seconds = params.input2 or params.input
    for number, (first, second) in enumerate(zip(params.input, seconds)):
        part = Span(progress, number / len(seconds), (number + 1) / len(seconds))
        image = open_image(
            replace(params, input=(first,)) if len(seconds) == 1 else alone(params, number),
            Span(part, 0.0, 0.4),
        )
        pair = opened_pair(image.reader, second, params.nodata, Span(part, 0.4, 0.4))
        if pairs:
            refuse_unlike_bands(first, image.reader.n_bands, params.input[0], pairs[0].n_bands // 2)
        windows = sample_windows(image.reader.work, 512, 8, params.seed, image.reader.content)
        look = looked_at(pair, windows, Span(part, 0.4, 1.0))
        pairs.append(StackedPair(look.pair))
        samples.append(look.samples)
    return Pairs(pairs, [even_sample(list(each)) for each in zip(*samples)])


def alone(params, number: int):
    """The parameters with one pair of several, of which extent and mask are those of the first."""
    own = {"extent": None, "mask": None} if number else {}
    inputs = {
        name: None if not given else (given[number if len(given) > 1 else 0],)
        for name in ("input", "input2", "labels", "labels2", "change")
        for given in (getattr(params, name),)
    }
    return replace(params, **inputs, **own)


def truth_of(params, pairs: list, progress: Progress) -> Truth:
    """What the labels of the parameters say of the pairs."""

    def layer_of(given: tuple | None, number: int) -> str | None:
        return None if not given else given[number if len(given) > 1 else 0]

    def truth(given, name, number, pair):
        source = layer_of(given, number)
        return None if source is None else GroundTruth(source, name, pair.grid, progress)

    firsts = [truth(params.labels, params.field, n, pair) for n, pair in enumerate(pairs)]
    seconds = [truth(params.labels2, params.field2, n, pair) for n, pair in enumerate(pairs)]
    masks = [layer_of(params.change, n) for n in range(len(pairs))]
    masks = [mask and ChangeMask(mask, pair.grid, progress) for mask, pair in zip(masks, pairs)]
    known = [each for each in (*firsts, *seconds) if each is not None]
    if not known:
        return Truth(MASK, [DatedTruth(None, None, mask, ({}, {})) for mask in masks])
    compare_classes(firsts[0], seconds[0], progress)
    readers = [
        pair.pair.reader
        for truths in (firsts, seconds)
        for pair, own in zip(pairs, truths)
        if own is not None
    ]
    classes, _, numbers = known_classes(known, readers, Limits(MOST_PX), params.seed, progress)
    colors = iter(distinct_colors(len(classes)))
    table = ClassTable(tuple(item._replace(color=item.color or next(colors)) for item in classes))
    of = {id(each): own for each, own in zip(known, numbers)}
    truths = [
        DatedTruth(one, two, mask, tuple(of.get(id(each), {}) for each in (one, two)))
        for one, two, mask in zip(firsts, seconds, masks)
    ]
    return Truth(MASK if params.learn == "change" else table, truths)


def compare_classes(first, second, progress: Progress) -> None:
    """Labels of both dates have to mean the same classes: none in common is refused, and what one lacks is said."""
    if first is None or second is None or not (first.names and second.names):
        return
    one, two = (set(truth.names.values()) for truth in (first, second))
    if not one & two:
        raise InputError(
            f"The labels {first.source} have the classes {', '.join(sorted(one)[:6])}, and {second.source}"
            f" {', '.join(sorted(two)[:6])}: none in common. Choose fields with the same classes."
        )
    if one != two:
        progress.say(
            f"Classes of one date alone: {', '.join(sorted(one ^ two)[:6])}. Check that both dates spell them alike."
        )


def refuse_unknown_change(parts: list) -> None:
    """Change is told where both dates are labeled, or by masks of it."""
    if not any((part.targets[2] != IGNORE).any() for part in parts):
        raise InputError(
            "No place is labeled at both dates, so what has changed is not known. Label the same places at both dates,"
            " give masks of change, or learn classes only."
        )
