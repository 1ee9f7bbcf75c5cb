"""Chips with tags, as an encoder that stays as it is has seen them once: what networks learn from."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch.nn import functional

from ..nets.activation import last_two
from ..nets.convolution import generator
from ..nets.densenet import DenseNetwork
from ..nets.resampling import resampled
from ..progress import Progress, Steps
from ..raster.grid import Window
from ..raster.patch import Patch
from .batch import Batch
from .sampler import draw
from .tags import SeenChips, TaggedBatch

SMALL_PX = 128  # of the larger side: of smaller chips what lies around is seen, too
AT_ONCE = 8  # chips that the encoder sees together
MARGIN = 2  # strides of context around small chips


class TaggedChips:
    """n chips of ``shape`` (height, width) with ``tags`` (n, K) bool; ``read(number, margin_px, whole)`` gives the
    patch of tensors of a window of the size ``whole`` that begins ``margin_px`` before a chip.

    What the ``network``'s encoder knows of them is kept in half precision, with what lies around small chips where
    there is ``context``: a network that has learned from small pieces alone does not know a whole image. Chips end on
    whole strides; what lies beyond them is not ``valid`` (n, rows, cols), a score of the network each.
    """

    def __init__(
        self, network: DenseNetwork, read: Callable, shape: tuple, tags: torch.Tensor, context: bool
    ):
        self.network, self._read, self.shape, self.tags = network.eval(), read, shape, tags
        unit = network.stride_px
        self._margin_px = MARGIN * unit if context else 0
        self._inner = Window(self._margin_px, self._margin_px, *(-(-n // unit) * unit for n in shape))
        self.half = None

    @property
    def are_small(self) -> bool:
        """Whether there is so little in them that what lies around matters."""
        return max(self.shape) < SMALL_PX

    @property
    def seen_px(self) -> int:
        """Pixels of a chip with what lies around."""
        return (self._inner.height + 2 * self._margin_px) * (self._inner.width + 2 * self._margin_px)

    def __len__(self) -> int:
        return len(self.tags)

    def look(self, two_scales: bool, progress: Progress) -> None:
        """Have the encoder see all chips."""
        steps, found, halves = Steps(progress, len(self)), [], []
        for numbers in self.numbers():
            values, valid = self._patches(numbers)
            stages = self._stages(values, valid)
            kept = (stage.half().cpu() for stage in stages[1:])
            found.append([*kept, *self._own(values, valid)])
            if two_scales:
                alone = (part[(..., *self._inner.slices)] for part in (values, valid))
                halves.append(self._seen(*self._scaled(*alone, 0.5)))
            for _ in numbers:
                steps.next()
        *self._kept_stages, self._image, self.valid = (torch.cat(parts) for parts in zip(*found))
        if halves:
            self.half = SeenChips(*map(torch.cat, zip(*(tuple(each) for each in halves))))

    def numbers(self) -> Iterator:
        """All chips, some at once."""
        for start in range(0, len(self), AT_ONCE):
            yield list(range(start, min(start + AT_ONCE, len(self))))

    def stages(self, numbers) -> list:
        """Those of some chips with what lies around, without the first, which no decoder uses."""
        return [None, *(stage[numbers].float() for stage in self._kept_stages)]

    def seen(self, numbers) -> SeenChips:
        """Some chips as activations are found from."""
        features = self.inside(last_two(self.stages(numbers)), self.network.stride_px)
        shape = features.shape[2:]
        valid = functional.adaptive_avg_pool2d(self.valid[numbers][:, None].float(), shape)[:, 0] >= 0.5
        return SeenChips(features, self._image[numbers].float(), valid)

    def inside(self, maps: torch.Tensor, stride_px: int) -> torch.Tensor:
        """Of maps (N, K, h, w) of some stride the part that is of the chips alone."""
        return maps[(..., *Window(*(n // stride_px for n in self._inner)).slices)]

    def view(self, numbers: list, scale: float, flipped: bool) -> SeenChips:
        """Some chips at another scale, read again; with what lies around them."""
        values, valid = self._scaled(*self._patches(numbers), scale)
        return self._seen(values.flip(-1), valid.flip(-1)) if flipped else self._seen(values, valid)

    def at_scores(self, maps: torch.Tensor, whole: bool) -> torch.Tensor:
        """Maps (N, K, h, w) of some view at the stride of scores; of the chips alone, where they are of a ``whole``
        window with what lies around."""
        unit = self.network.score_px
        outer = Window(0, 0, *(n + 2 * self._margin_px for n in self._inner[2:])) if whole else self._inner
        shape = outer.height // unit, outer.width // unit
        maps = functional.interpolate(maps, shape, mode="bilinear", align_corners=False)
        return self.inside(maps, unit) if whole else maps

    def batches(self, n_chips: int, seed: int) -> Iterator:
        """`TaggedBatch` of chips by chance, without end."""
        random, seen = generator(seed), self.seen(slice(None))
        while True:
            chosen = torch.randint(len(self), (n_chips,), generator=random)
            half = None if self.half is None else self.half[chosen]
            yield TaggedBatch(seen[chosen], half, self.tags[chosen])

    def labeled_batches(self, labels, n_chips: int, weighted: bool, seed: int) -> Iterator:
        """`Batch` of the stages of chips by chance, flipped, with soft targets by their pseudo labels, without end."""
        random, around = generator(seed), [self._margin_px // self.network.score_px] * 4
        while True:
            chosen = torch.randint(len(self), (n_chips,), generator=random)
            targets = functional.pad(labels[chosen].targets(self.tags.shape[1], weighted), around)
            valid = functional.pad(self.valid[chosen], around)
            axes = [axis for axis in (-1, -2) if draw(2, random)]
            stages = [None, *(stage.flip(axes) for stage in self.stages(chosen)[1:])]
            yield Batch(stages, valid.flip(axes), targets.flip(axes))

    def patch(self, number: int) -> Patch:
        """A chip as far as it is kept."""
        values, valid = self._patches([number])
        here = self._inner.slices
        return Patch(values[0][(slice(None), *here)], valid[0][here])

    def _patches(self, numbers: list) -> tuple:
        whole = tuple(n + 2 * self._margin_px for n in self._inner[2:])
        read = [self._read(number, self._margin_px, whole) for number in numbers]
        return torch.stack([p.values for p in read]), torch.stack([p.valid for p in read])

    def _scaled(self, values: torch.Tensor, valid: torch.Tensor, scale: float) -> tuple:
        unit = self.network.stride_px
        shape = tuple(max(1, round(n * scale / unit)) * unit for n in valid.shape[1:])
        return resampled(values, valid, shape)

    def _stages(self, values: torch.Tensor, valid: torch.Tensor) -> list:
        device = next(self.network.parameters()).device
        with torch.inference_mode():
            return self.network.stages(values.to(device), valid.to(device))

    def _own(self, values: torch.Tensor, valid: torch.Tensor) -> tuple:
        """Colors at the stride of activations, and where scores are of the chips."""
        values, valid = (part[(..., *self._inner.slices)] for part in (values, valid))
        inside = torch.zeros(valid.shape[1:], dtype=torch.bool)
        inside[: self.shape[0], : self.shape[1]] = True
        unit = self.network.stride_px
        share = functional.avg_pool2d((valid & inside)[:, None].float(), self.network.score_px)
        return functional.avg_pool2d(values, unit).half(), share[:, 0] >= 0.5

    def _seen(self, values: torch.Tensor, valid: torch.Tensor) -> SeenChips:
        features = last_two(self._stages(values, valid)).cpu()
        shape = features.shape[2:]
        known = functional.adaptive_avg_pool2d(valid[:, None].float(), shape)[:, 0] >= 0.5
        return SeenChips(features, functional.adaptive_avg_pool2d(values, shape), known)


def bytes_per_chip(network: DenseNetwork, shape: tuple, context: bool) -> float:
    """What is kept of a chip of (height, width)."""
    around = 2 * MARGIN * network.stride_px if context else 0
    encoder, n_px = network.encoder, (shape[0] + around) * (shape[1] + around)
    stages = sum(2 * c / s**2 for c, s in zip(encoder.channels, encoder.strides) if s > encoder.strides[0])
    scores = 8 * network.options["n_classes"] / 16  # activations, targets
    return (stages + scores) * n_px * network.options["zoom"] ** 2
