"""Two views of one part of a scene, and small ones in them: cut out, resampled, flipped, in other light; and where they
overlap."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch.nn import functional

from ..nets.convolution import generator
from ..nets.resampling import resampled
from .sampler import draw

VIEW_PX = 128  # side of a view, as an encoder sees it
SCENE = 1.5  # side of the part that two views are cut from, in views of their own resolution
AREA = 0.25, 1.0  # of a view, in parts of that
LOCAL_PX, LOCAL_AREA = 64, (0.05, 0.25)  # of the small ones
LEAST_OVERLAP = 0.02  # of two views, in parts of that
LEAST_VALID = 0.2  # of a view
TRIES = 20
JITTER_SHARE, CONTRAST, BRIGHTNESS, BAND = 0.8, 0.4, 0.2, 0.1
BLUR_SHARE, SIGMA_PX = 0.5, (0.1, 2.0)


class Box(NamedTuple):
    """A square of a scene, in its pixels."""

    top: int
    left: int
    side: int

    @property
    def corners(self) -> tuple:
        """(top, left, bottom, right)."""
        return self.top, self.left, self.top + self.side, self.left + self.side

    def overlap(self, other: Box) -> tuple:
        """(top, left, bottom, right) of what both cover; empty where bottom is not below top, or right of left."""
        top, left = max(self.top, other.top), max(self.left, other.left)
        bottom = min(self.top + self.side, other.top + other.side)
        return top, left, bottom, min(self.left + self.side, other.left + other.side)

    def within(self, part: tuple) -> tuple:
        """(top, left, bottom, right) of a part of the scene, as shares of this square."""
        first = self.top, self.left, self.top, self.left
        return tuple((at - start) / self.side for at, start in zip(part, first))


class View(NamedTuple):
    """``values`` (N, C, h, w) and ``valid`` (N, h, w); ``boxes`` (N, 4) top, left, bottom and right of the overlap as
    shares of the view before it was flipped along the axes that ``flips`` (N, 2) bool name, rows and columns."""

    values: torch.Tensor
    valid: torch.Tensor
    boxes: torch.Tensor
    flips: torch.Tensor

    def to(self, device: torch.device) -> View:
        return View(*(part.to(device) for part in self))


class Local(NamedTuple):
    """A small ``view`` that lies in one of a pair, number ``whole``, and ``boxes`` (N, 4) where it lies there."""

    view: View
    whole: int
    boxes: torch.Tensor


class Views(NamedTuple):
    """What a step sees of some places: a pair of a `View` each, and a list of `Local` ones."""

    pair: tuple
    local: list

    def to(self, device: torch.device) -> Views:
        local = [Local(each.view.to(device), each.whole, each.boxes.to(device)) for each in self.local]
        return Views(tuple(view.to(device) for view in self.pair), local)


def views_of(
    patches: list,
    native_px: int,
    n_crops: int,
    seed: int,
    first_step: int = 0,
    changed: bool = True,
    n_local: int = 0,
) -> Iterator:
    """`Views` of ``n_crops`` places each, without end, of patches of pixels that are valid somewhere.

    ``native_px`` is the side of the square of pixels that makes a view at the resolution at which an encoder sees the
    scene; without ``changed`` views are neither jittered nor blurred. Each step has chance of its own: to begin at a
    later one gives what would have come there.
    """
    step = first_step
    while True:
        random = generator((seed * 1_000_003 + step) % 2**63)
        places = [_place(patches, native_px, random, changed, n_local) for _ in range(n_crops)]
        pair = tuple(_stacked([place.pair[number] for place in places]) for number in (0, 1))
        local = [
            Local(
                _stacked([place.local[number].view for place in places]),
                number % 2,
                torch.stack([place.local[number].boxes for place in places]),
            )
            for number in range(n_local)
        ]
        yield Views(pair, local)
        step += 1


def _stacked(views: list) -> View:
    return View(*map(torch.stack, zip(*views)))


def _place(patches: list, native_px: int, random: torch.Generator, changed: bool, n_local: int) -> Views:
    """The views of one place, of which the axis of places is still to come."""
    for _ in range(TRIES):
        patch = patches[draw(len(patches), random)]
        side = min(round(SCENE * native_px), *patch.valid.shape)
        top, left = (draw(1 + n - side, random) for n in patch.valid.shape)
        scene = slice(top, top + side), slice(left, left + side)
        values, valid = patch.values[(slice(None), *scene)], patch.valid[scene]
        boxes = _boxes(side, random)
        cuts = [_cut(values, valid, box) for box in boxes]
        if min(cut.float().mean() for _, cut in cuts) > LEAST_VALID:
            break
    smaller = [_box_within(boxes[number % 2], side, random) for number in range(n_local)]
    cuts += [_cut(values, valid, box, LOCAL_PX) for box in smaller]
    if changed:
        cuts = [(blurred(jittered(cut, random), there, random), there) for cut, there in cuts]
    shared = boxes[0].overlap(boxes[1])
    pair = tuple(_seen(*cut, box.within(shared), random) for cut, box in zip(cuts, boxes))
    local = [
        Local(
            _seen(*cut, (0.0, 0.0, 1.0, 1.0), random),
            number % 2,
            torch.tensor(boxes[number % 2].within(box.corners), dtype=torch.float32),
        )
        for number, (cut, box) in enumerate(zip(cuts[2:], smaller))
    ]
    return Views(pair, local)


def _boxes(side: int, random: torch.Generator) -> tuple:
    """Two squares in a larger one that overlap enough."""
    for _ in range(TRIES):
        first, second = _box(side, random), _box(side, random)
        top, left, bottom, right = first.overlap(second)
        if bottom > top and right > left and (bottom - top) * (right - left) >= LEAST_OVERLAP * side**2:
            return first, second
    return first, first


def _box(whole: int, random: torch.Generator) -> Box:
    side = max(1, round(whole * between(*AREA, random) ** 0.5))
    return Box(draw(1 + whole - side, random), draw(1 + whole - side, random), side)


def _box_within(box: Box, whole: int, random: torch.Generator) -> Box:
    """A square in another one, of a side as if it were drawn from a whole."""
    side = min(max(1, round(whole * between(*LOCAL_AREA, random) ** 0.5)), box.side)
    room = 1 + box.side - side
    return Box(box.top + draw(room, random), box.left + draw(room, random), side)


def _cut(values: torch.Tensor, valid: torch.Tensor, box: Box, size_px: int | None = None) -> tuple:
    here = slice(box.top, box.top + box.side), slice(box.left, box.left + box.side)
    size_px = size_px or VIEW_PX
    return resampled(values[(slice(None), *here)], valid[here], (size_px, size_px))


def _seen(values: torch.Tensor, valid: torch.Tensor, box: tuple, random: torch.Generator) -> View:
    values = values.clamp(0, 1) * valid
    flips = torch.rand(2, generator=random) < 0.5
    axes = [axis - 2 for axis in range(2) if flips[axis]]
    return View(values.flip(axes), valid.flip(axes), torch.tensor(box, dtype=torch.float32), flips)


def jittered(values: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Values (C, h, w) of about 0..1 with another contrast and brightness, a little other in each band; or not."""
    if between(0, 1, random) > JITTER_SHARE:
        return values
    shape = len(values), 1, 1
    contrast = 1 + between(-CONTRAST, CONTRAST, random) + _bands(shape, random)
    brightness = between(-BRIGHTNESS, BRIGHTNESS, random) + _bands(shape, random)
    mean = values.mean((1, 2), keepdim=True)
    return (values - mean) * contrast + mean + brightness


def blurred(values: torch.Tensor, valid: torch.Tensor, random: torch.Generator) -> torch.Tensor:
    """Values (C, h, w) after a Gaussian blur that only valid pixels (h, w) have a part in; or not."""
    if between(0, 1, random) > BLUR_SHARE:
        return values
    sigma = between(*SIGMA_PX, random)
    reach = max(1, round(2.5 * sigma))
    places = torch.arange(-reach, reach + 1)
    kernel = (-0.5 * (places / sigma).square()).exp()
    known = valid[None].to(values.dtype)
    both = torch.cat([values * known, known])[:, None]
    both = functional.conv2d(both, kernel.view(1, 1, -1, 1), padding=(reach, 0))
    both = functional.conv2d(both, kernel.view(1, 1, 1, -1), padding=(0, reach))[:, 0]
    return torch.where(valid, both[:-1] / both[-1:].clamp(min=1e-6), values)


def _bands(shape: tuple, random: torch.Generator) -> torch.Tensor:
    return BAND * (2 * torch.rand(shape, generator=random) - 1)


def between(low: float, high: float, random: torch.Generator) -> float:
    """A number from ``low`` to ``high``."""
    return low + (high - low) * float(torch.rand((), generator=random))


def aligned(maps: torch.Tensor, view: View, side: int) -> torch.Tensor:
    """(N, C, side, side): what the maps (N, C, h, w) of a view hold in the overlap, at the middles of so many squares.

    RoI-align (He et al., *Mask R-CNN*, ICCV 2017) with one sample a square, between the four nearest pixels of the map.
    A flip is undone by asking at the mirrored place, so that two views of one place say the same at the same index.
    """
    middles = (torch.arange(side, device=maps.device) + 0.5) / side
    low, high = view.boxes[:, :2, None], view.boxes[:, 2:, None]
    places = low + (high - low) * middles
    places = torch.where(view.flips[:, :, None], 1 - places, places) * 2 - 1
    rows, cols = places[:, 0, :, None].expand(-1, -1, side), places[:, 1, None, :].expand(-1, side, -1)
    return functional.grid_sample(
        maps, torch.stack([cols, rows], -1), mode="bilinear", padding_mode="border", align_corners=False
    )
