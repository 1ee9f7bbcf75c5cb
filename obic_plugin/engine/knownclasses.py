"""The classes that the labels of one image or several name: values on the map, names and colors."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import NamedTuple

import numpy as np

from . import wording
from .errors import InputError, shown
from .progress import Progress, Span
from .raster.classes import ClassTable, LandClass
from .raster.groundtruth import GroundTruth, LabeledPixels, Unlabeled

LARGEST_VALUE = 254  # of a class on a map of bytes, in which 0 is no data
MOST_TOLD = 20  # pairs of classes that contradict each other


class KnownClasses(NamedTuple):
    """The legend, and for each image its `LabeledPixels`, whose labels are indices into the legend, and {label: index}
    of what its labels mean."""

    classes: ClassTable
    pixels: list
    numbers: list = ()


class Limits(NamedTuple):
    """How many labeled pixels of a class are drawn in each image, ``most_px``, and how many it must have in all of
    them to count."""

    most_px: int
    least_px: int = 1


def known_classes(
    truths: list, readers: list, limits: Limits, seed: int, progress: Progress, shown_as: dict | None = None
) -> KnownClasses:
    """Of the `GroundTruth` of each image, where it holds data; what is left out is said.

    Where the labels are ``shown_as`` {class as text: (name, color)}, the legend follows that.
    """
    found: list = []
    unlabeled: list = []
    for number, (truth, reader) in enumerate(zip(truths, readers)):
        share = Span(progress, number / len(truths), (number + 1) / len(truths))
        try:
            found.append(truth.pixels(reader.work, limits.most_px, seed, share, partial(_has_data, reader)))
        except Unlabeled as why:
            found.append(LabeledPixels.none())
            unlabeled.append((reader.source, why))
        for pair, n_px in truth.contradicted.most_common(MOST_TOLD):
            one, other = (shown(_key(truth, label)) for label in pair)
            progress.say(
                f"Left out: {wording.count(n_px)} pixels that lie in features of both {one} and {other}."
            )
    if len(unlabeled) == len(truths):
        raise unlabeled[0][1]
    for source, why in unlabeled:
        progress.say(f"{source} has no part in learning. {why}")
    for source, n in {truth.source: truth.n_unclassed for truth in truths if truth.n_unclassed}.items():
        progress.say(f"Left out: features of {source} without a class, {wording.count(n)} in all.")
    if len({truth.has_text for truth in truths}) > 1:
        raise InputError(
            "Some labels are names and others numbers. Choose labels of one kind for all images."
        )
    keys = _enough(_counts(truths, found), limits.least_px, progress)
    if len(keys) < 2:
        raise InputError(
            f"All labels are of one class, {shown(keys[0])}, and a map needs two or more. Label something else too."
        )
    if len(keys) > LARGEST_VALUE:
        raise InputError(
            f"The labels have {wording.count(len(keys))} classes, and a map at most {LARGEST_VALUE}. Choose another"
            " class field."
        )
    index = {key: number for number, key in enumerate(keys)}
    legend = [
        LandClass(value, *_looks(truths, key, shown_as or {})) for key, value in zip(keys, values_of(keys))
    ]
    pixels, numbers = [], []
    for truth, own in zip(truths, found):
        there, which = np.unique(own.labels, return_inverse=True)
        labels = np.array([index.get(_key(truth, int(n)), -1) for n in there], np.int64)
        numbers.append({int(n): int(number) for n, number in zip(there, labels) if number >= 0})
        pixels.append(own._replace(labels=labels[which])[labels[which] >= 0])
    return KnownClasses(ClassTable(tuple(legend)), pixels, numbers)


def values_of(keys: list) -> list:
    """The values of classes on a map of bytes in which 0 is no data: the labels themselves if they fit, or one more
    each if 0 is among them; else, and for names, 1, 2, 3 …

    >>> values_of([10, 20]), values_of([0, 4]), values_of([7, 1000]), values_of(["field", "wood"])
    ([10, 20], [1, 5], [1, 2], [1, 2])
    """
    if all(isinstance(key, int) for key in keys):
        for more in (0, 1):
            if keys[0] + more >= 1 and keys[-1] + more <= LARGEST_VALUE:
                return [key + more for key in keys]
    return list(range(1, len(keys) + 1))


def _has_data(reader, window) -> np.ndarray:
    return reader.read(window).valid


def _counts(truths: list, found: list) -> Counter:
    """How many labeled pixels each class has, those too of which there are only features somewhere else."""
    counts = Counter({_key(truth, label): 0 for truth in truths for label in truth.given})
    for truth, pixels in zip(truths, found):
        for label, count in zip(*np.unique(pixels.labels, return_counts=True)):
            counts[_key(truth, int(label))] += int(count)
    return counts


def _enough(counts: Counter, least_px: int, progress: Progress) -> list:
    """The classes that have enough pixels, in order; all others are said."""
    for key in sorted(key for key, count in counts.items() if count < least_px):
        if counts[key]:
            why = f"which has {counts[key]} labeled pixels, fewer than {least_px}"
        else:
            why = "which has no labeled pixel where an image holds data"
        progress.say(f"Left out: class {shown(key)}, {why}.")
    keys = sorted(key for key, count in counts.items() if count >= least_px)
    if not keys:
        raise InputError(
            f"Every class has fewer than {least_px} labeled pixels. Label more, or ask for fewer pixels of a class."
        )
    return keys


def _key(truth: GroundTruth, label: int):
    """What a class is known by, in all images: its name where the labels are names, else its number."""
    return truth.names[label] if truth.has_text else label


def _looks(truths: list, key, shown_as: dict) -> tuple:
    """Name and color of a class; None for a color that nobody has chosen."""
    if str(key) in shown_as:
        return shown_as[str(key)]
    if isinstance(key, str):
        return key, None
    names = [truth.names[key] for truth in truths if key in truth.names]
    colors = [truth.colors[key] for truth in truths if key in truth.colors]
    return (names or [str(key)])[0], (colors or [None])[0]
