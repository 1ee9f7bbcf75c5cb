"""How different two dates are in each superpixel, as one number: learned from both images, without labels.

What is compared are values and contrasts of the bands and all stages of an image encoder, each date in units of its
own, so that light and season cancel. Of all that the directions in which a scene varies most are kept, as many as
`N_AXES`: what is left out is noise, and what a shift of a pixel or two changes. The difference of a superpixel is its
distance from what both dates differ by in these where nothing has changed, which is found from both (see
unchanging.py).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from ..progress import no_pause
from .product import product
from .unchanging import LEAST_SHARE, DateStandard, Usual, fit_usual

N_AXES = 6  # by half of the pairs of benchmarks/change.py, on which 9 and 12 are nearly as good
ROUNDS = 4  # of finding the units of both dates again, from what has not changed
FIRST_STRIDE = 8  # of the encoder's stages that tell structure: finer ones see the light


class Differences(NamedTuple):
    """What makes a number of the features (n, F) of both dates, along ``axes`` (F, A)."""

    first: DateStandard
    second: DateStandard
    axes: np.ndarray
    usual: Usual

    def arrays(self) -> dict:
        """{name: array} of all that was learned, as other processes are told."""
        found = {"axes": self.axes}
        for name in ("first", "second", "usual"):
            found.update({f"{name}.{part}": array for part, array in getattr(self, name)._asdict().items()})
        return {name: np.ascontiguousarray(array) for name, array in found.items()}

    @classmethod
    def of_arrays(cls, arrays: dict) -> Differences:
        """What `arrays` has given."""
        kinds = {"first": DateStandard, "second": DateStandard, "usual": Usual}
        parts = {
            name: kind(*(arrays[f"{name}.{part}"] for part in kind._fields)) for name, kind in kinds.items()
        }
        return cls(axes=arrays["axes"], **parts)

    def __call__(self, features: tuple) -> np.ndarray:
        """(n,) float64, some 1 where nothing has changed."""
        one, two = (date.along(each, self.axes) for date, each in zip(self, features))
        return self.usual.distance(one - two)


def fit_differences(features: tuple, pause: Callable = no_pause) -> Differences:
    """Of the features (n, F) of the superpixels of a sample of both dates; ``pause`` may raise, to stop."""
    weights, axes = np.ones(len(features[0])), None
    for _ in range(ROUNDS):
        pause()
        standards = [DateStandard.of(each, weights) for each in features]
        if axes is None:
            pairs = zip(standards, features)
            axes = main_axes(np.concatenate([standard(each) for standard, each in pairs]))
        one, two = (standard.along(each, axes) for standard, each in zip(standards, features))
        usual, weights = fit_usual(one - two)
        if weights.mean() < LEAST_SHARE:
            break
    return Differences(*standards, axes, usual)


def main_axes(features: np.ndarray) -> np.ndarray:
    """(F, A) the directions in which features (n, F) vary most, at most `N_AXES`."""
    centered = features - features.mean(0)
    _, vectors = np.linalg.eigh(product(centered.T, centered) / len(features))
    return vectors[:, ::-1][:, : min(N_AXES, *features.shape)]


class Structure(NamedTuple):
    """How different the structure of both dates is: the mean over ``groups`` of features, each date in units of its
    spread over the scene."""

    first: DateStandard
    second: DateStandard
    groups: list

    def __call__(self, features: tuple) -> np.ndarray:
        """(n,) of the features (n, F) of both dates."""
        apart = []
        for group in self.groups:
            one, two = (standard.of_columns(group)(each[:, group]) for standard, each in zip(self, features))
            apart.append(np.sqrt(np.square(one - two).mean(1)))
        return np.mean(apart, 0)


def fit_structure(features: tuple, groups: list) -> Structure:
    """Of the features (n, F) of the superpixels of a sample of both dates."""
    same = np.ones(len(features[0]))
    return Structure(*(DateStandard.of(each, same) for each in features), groups)


def stage_groups(encoder) -> list:
    """The columns of what an encoder has learnt to see at each stride from `FIRST_STRIDE` on; of the means and
    contrasts of the channels alone, where it has not learnt anything."""
    groups, start = [], 0
    for stride, sizes in zip(encoder.strides, encoder.groups):
        end = start + sum(sizes)
        if stride >= FIRST_STRIDE:
            groups.append(np.arange(end - sizes[-1], end))
        start = end
    return groups
