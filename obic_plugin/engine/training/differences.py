"""How different two dates are in each superpixel, as one number: learned from both images, without labels.

Three kinds of witnesses, of which none is right everywhere:

- values: the length of the change vector after normalization, and of multivariate alteration detection. Sharpest where
  the dates lie exactly on each other; a shift of two pixels ruins them.
- the stages of an image encoder, each date standardized by itself, so that light and season cancel. They see
  structure, and hardly mind a shift.

Each distance is taken in units of its mean over the scene, and the means of both kinds are added.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .radiometry import Correlation, Normalization, fit_correlation, fit_normalization

FIRST_STRIDE = 8  # of the encoder's stages that are compared: finer ones see the light
SMALLEST = 1e-6


class Standard(NamedTuple):
    """Means and standard deviations (F,) of the features of one date over the scene."""

    mean: np.ndarray
    spread: np.ndarray

    @classmethod
    def of(cls, features: np.ndarray) -> Standard:
        mean, spread = features.mean(0), features.std(0)
        return cls(mean, np.maximum(spread, SMALLEST + 1e-3 * spread.mean()))

    def __call__(self, features: np.ndarray) -> np.ndarray:
        return (features - self.mean) / self.spread


class Differences(NamedTuple):
    """What makes a number of the values (n, B) and features (n, F) of both dates.

    ``groups`` are the columns of the features that belong together, ``units`` the mean of each distance over the scene:
    first those of the values, then those of the groups.
    """

    normalization: Normalization
    correlation: Correlation
    first: Standard
    second: Standard
    groups: list
    units: np.ndarray

    def arrays(self) -> dict:
        """{name: array} of all that was learned, as other processes are told."""
        found = {"units": self.units}
        for name in ("normalization", "correlation", "first", "second"):
            found.update({f"{name}.{part}": array for part, array in getattr(self, name)._asdict().items()})
        return {name: np.ascontiguousarray(array) for name, array in found.items()}

    @classmethod
    def of_arrays(cls, arrays: dict, groups: list) -> Differences:
        """What `arrays` has given."""
        kinds = {
            "normalization": Normalization,
            "correlation": Correlation,
            "first": Standard,
            "second": Standard,
        }
        parts = {
            name: kind(*(arrays[f"{name}.{part}"] for part in kind._fields)) for name, kind in kinds.items()
        }
        return cls(**parts, groups=groups, units=arrays["units"])

    def __call__(self, values: tuple, features: tuple) -> np.ndarray:
        """(n,) float64: 1 is as usual in the scene."""
        found = self.distances(values, features) / self.units
        n_values = len(self.units) - len(self.groups)
        kinds = [found[:, :n_values]] + ([found[:, n_values:]] if self.groups else [])
        return np.mean([kind.mean(1) for kind in kinds], 0)

    def structure(self, features: tuple) -> np.ndarray:
        """(n,) how different the features are, in units of their spread over the scene."""
        apart = np.square(self.first(features[0]) - self.second(features[1]))
        return np.mean([np.sqrt(apart[:, group].mean(1)) for group in self.groups], 0)

    def distances(self, values: tuple, features: tuple) -> np.ndarray:
        """(n, D) of each witness."""
        one, two = self.first(features[0]), self.second(features[1])
        apart = np.square(one - two)
        found = [each.distance(*values) for each in (self.normalization, self.correlation)]
        found += [np.sqrt(apart[:, group].mean(1)) for group in self.groups]
        return np.stack(found, 1)


def fit_differences(values: tuple, features: tuple, groups: list) -> Differences:
    """Of the superpixels (n) of a sample of both dates."""
    standards = [Standard.of(each) for each in features]
    found = Differences(
        fit_normalization(*values),
        fit_correlation(*values),
        *standards,
        groups,
        np.ones(2 + len(groups)),
    )
    units = np.maximum(found.distances(values, features).mean(0), SMALLEST)
    return found._replace(units=units)


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
