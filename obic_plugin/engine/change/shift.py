"""How far the second date lies from where it should, in pixels: found in places all over both.

Phase correlation (Kuglin and Hines 1975) of how strongly the images vary, which seasons and light change less than
values: the peak of the correlation lies at the shift.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..wording import several

MOST_PX = 8  # that is looked for
LEAST_PX = 64  # side of a place
CLEAR = 6.0  # standard deviations by which a peak has to stand out
NEAR_PX = 1.0  # places that agree
ALONE = "A single place proves little."
SAME_PX = 0.05  # of a shift that is none, as far as it is told
LEAST_AGREEMENT = 0.6  # of the places, for the second date to be moved


class Place(NamedTuple):
    """What one place says: the second date at (row + rows, col + cols) shows what the first does at (row, col)."""

    rows: float
    cols: float


class Shift(NamedTuple):
    """The median of what clear places say, how many there are, and the share of them that agree with it."""

    rows: float
    cols: float
    n_places: int
    agreement: float

    @property
    def whole(self) -> tuple:
        """(rows, cols), whole pixels to look further for the second date: 0 where places do not agree."""
        if self.n_places == 0 or self.agreement < LEAST_AGREEMENT:
            return 0, 0
        return round(self.rows), round(self.cols)

    @property
    def told(self) -> list:
        """What is to be said of it: sentences."""
        if not self.n_places:
            return [
                f"No shift of the second date against the first can be seen within {MOST_PX} px: no place is clear. If"
                " both images do not lie on each other, much of what is found is no change: look at them, and register"
                " them first."
            ]
        agreement = f"{self.agreement:.0%}"
        if max(abs(self.rows), abs(self.cols)) < SAME_PX:
            found = f"The second date lies on the first (agreement in {several(self.n_places, 'place')}: {agreement})."
        else:
            found = (
                f"The second date lies {abs(self.rows):.1f} px {'below' if self.rows >= 0 else 'above'} and"
                f" {abs(self.cols):.1f} px {'right' if self.cols >= 0 else 'left'} of the first"
                f" (agreement in {several(self.n_places, 'place')}: {agreement}); it is"
                f" {'taken as it lies' if self.whole == (0, 0) else 'read from there'}."
            )
        return [found, ALONE] if self.n_places == 1 else [found]


def place(first: np.ndarray, second: np.ndarray) -> Place | None:
    """What one place (h, w) of both dates says; None where no shift is clear."""
    if min(first.shape) < LEAST_PX:
        return None
    one, two = (np.fft.rfft2(_variation(image) * _window(image.shape)) for image in (first, second))
    product = np.conj(one) * two
    found = np.fft.irfft2(product / np.maximum(np.abs(product), 1e-12), first.shape)
    found = np.roll(found, (MOST_PX, MOST_PX), (0, 1))[: 2 * MOST_PX + 1, : 2 * MOST_PX + 1]
    row, col = np.unravel_index(found.argmax(), found.shape)
    around = np.delete(found.ravel(), found.argmax())
    if found[row, col] < around.mean() + CLEAR * around.std() or not around.std():
        return None
    return Place(row - MOST_PX + _between(found[:, col], row), col - MOST_PX + _between(found[row], col))


def shift_of(places: list) -> Shift:
    """The median of some `Place`, of which None are left out."""
    known = np.array([each for each in places if each is not None]).reshape(-1, 2)
    if not len(known):
        return Shift(0.0, 0.0, 0, 0.0)
    middle = np.median(known, 0)
    near = np.abs(known - middle).max(1) <= NEAR_PX
    return Shift(float(middle[0]), float(middle[1]), len(known), float(near.mean()))


def _variation(image: np.ndarray) -> np.ndarray:
    """How much an image (h, w) rises from pixel to pixel, without its mean."""
    rows, cols = np.gradient(image)
    rise = np.sqrt(rows**2 + cols**2)
    return rise - rise.mean()


def _window(shape: tuple) -> np.ndarray:
    """(h, w) from 1 in the middle to 0 at the borders."""
    return np.hanning(shape[0])[:, None] * np.hanning(shape[1])


def _between(line: np.ndarray, peak: int) -> float:
    """Where between -0.5 and 0.5 px from its greatest value the top of a line lies, if it is a parabola."""
    if not 0 < peak < len(line) - 1:
        return 0.0
    before, top, after = line[peak - 1 : peak + 2]
    curve = before - 2 * top + after
    return float(np.clip(0.5 * (before - after) / curve, -0.5, 0.5)) if curve < 0 else 0.0
