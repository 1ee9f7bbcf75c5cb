"""The classes that the labels of one image or several name: values on the map, names and colors."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .errors import InputError, shown
from .progress import Progress, Span
from .raster.classes import ClassTable, LandClass
from .raster.groundtruth import GroundTruth

LARGEST_VALUE = 254  # of a class on a map of bytes, in which 0 is no data


class KnownClasses(NamedTuple):
    """The legend, and for each image its `LabeledPixels`, whose labels are indices into the legend."""

    classes: ClassTable
    pixels: list


def known_classes(truths: list, works: list, most_px: int, seed: int, progress: Progress) -> KnownClasses:
    """Of the `GroundTruth` of each image, within a window of each; of a class at most ``most_px`` pixels an image."""
    found = []
    for number, (truth, work) in enumerate(zip(truths, works)):
        share = Span(progress, number / len(truths), (number + 1) / len(truths))
        found.append(truth.pixels(work, most_px, seed, share))
        if truth.n_contradicted_px:
            progress.say(
                f"Left out: {truth.n_contradicted_px:,} pixels that lie in features of different classes."
            )
    if len({truth.has_text for truth in truths}) > 1:
        raise InputError(
            "Some labels are names and others numbers. Choose labels of one kind for all images."
        )
    keys = sorted({_key(truth, label) for truth, label in _pairs(truths, found)})
    if len(keys) < 2:
        raise InputError(
            f"All labels are of one class, {shown(keys[0])}, and a map needs two or more. Label something else too."
        )
    if len(keys) > LARGEST_VALUE:
        raise InputError(
            f"The labels have {len(keys):,} classes, and a map at most {LARGEST_VALUE}. Choose another class field."
        )
    index = {key: number for number, key in enumerate(keys)}
    legend = [LandClass(value, *_looks(truths, key)) for key, value in zip(keys, values_of(keys))]
    pixels = []
    for truth, own in zip(truths, found):
        there, which = np.unique(own.labels, return_inverse=True)
        pixels.append(own._replace(labels=np.array([index[_key(truth, int(n))] for n in there])[which]))
    return KnownClasses(ClassTable(tuple(legend)), pixels)


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


def _pairs(truths: list, found: list):
    return ((truth, int(n)) for truth, pixels in zip(truths, found) for n in np.unique(pixels.labels))


def _key(truth: GroundTruth, label: int):
    """What a class is known by, in all images: its name where the labels are names, else its number."""
    return truth.names[label] if truth.has_text else label


def _looks(truths: list, key) -> tuple:
    """Name and color of a class; None for a color that nobody has chosen."""
    if isinstance(key, str):
        return key, None
    names = [truth.names[key] for truth in truths if key in truth.names]
    colors = [truth.colors[key] for truth in truths if key in truth.colors]
    return (names or [str(key)])[0], (colors or [None])[0]
