"""Layers of a network that work on an image part by part, and only where somebody asks: the same numbers, sooner."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

import torch

CACHED = 400_000  # numbers of the widest map that are worked on at a time: what the caches of a core hold


class MapPart(NamedTuple):
    """Rows and columns of a map: the first of each, and the one after the last.

    >>> MapPart(8, 4, 16, 12).over(4)
    MapPart(top=2, left=1, bottom=4, right=3)
    """

    top: int
    left: int
    bottom: int
    right: int

    @classmethod
    def whole(cls, image: torch.Tensor) -> MapPart:
        """All of an image (..., h, w)."""
        return cls(0, 0, *image.shape[-2:])

    def over(self, stride: int) -> MapPart:
        """Where it lies on a map of some stride."""
        return MapPart(*(n // stride for n in self))

    def within(self, outer: MapPart) -> tuple:
        """Index of it in a map (..., h, w) of ``outer``."""
        rows = slice(self.top - outer.top, self.bottom - outer.top)
        return ..., rows, slice(self.left - outer.left, self.right - outer.left)

    def mirrored(self, axes: tuple, whole: MapPart) -> MapPart:
        """Where it lies once ``whole`` is mirrored along some axes, of -2 and -1."""
        top, left, bottom, right = self
        if -2 in axes:
            top, bottom = whole.bottom - bottom, whole.bottom - top
        if -1 in axes:
            left, right = whole.right - right, whole.right - left
        return MapPart(top, left, bottom, right)


class Layers(NamedTuple):
    """Layers side by side: what they make of one or several maps (..., h, w), ``work``; their ``stride``; a multiple
    of it that is at least what they see around a pixel, ``margin``; and the numbers of their widest map for each pixel
    of what goes in, ``width``."""

    work: Callable
    stride: int
    margin: int
    width: int

    def seen(self, part: MapPart, whole: MapPart) -> MapPart:
        """What of ``whole``, which goes in, has to be known to make a part of what comes out."""
        top, left, bottom, right = (n * self.stride for n in part)
        return MapPart(
            max(whole.top, top - self.margin),
            max(whole.left, left - self.margin),
            min(whole.bottom, bottom + self.margin),
            min(whole.right, right + self.margin),
        )

    def in_parts(self, maps: tuple, pause: Callable) -> torch.Tensor:
        """What ``work(*maps)`` gives, in little memory, and sooner: what one layer has made of a part the caches still
        hold at the next. ``pause()`` is called before each part."""
        whole, found = MapPart.whole(maps[0]), None
        out = whole.over(self.stride)
        for part in self._parts(out, len(maps[0])):
            pause()
            around = self.seen(part, whole)
            made = self.work(*(each[around.within(whole)] for each in maps))
            if found is None:
                shape = (*made.shape[:2], out.bottom, out.right)
                found = torch.empty(shape, memory_format=torch.channels_last)
            found[part.within(out)] = made[part.within(around.over(self.stride))]
        return found

    def _parts(self, out: MapPart, n_images: int) -> Iterator:
        """Parts of what comes out, all of about the same size."""
        size = (CACHED / (self.width * n_images)) ** 0.5 / self.stride
        rows, cols = (_ends(length, size) for length in out[2:])
        for (top, bottom), (left, right) in itertools.product(zip(rows, rows[1:]), zip(cols, cols[1:])):
            yield MapPart(top, left, bottom, right)


def worked_on(stages: list, maps: tuple, inner: MapPart | None, pause: Callable) -> list:
    """Maps (N, C, rows, cols), as each of some stages, a list of `Layers` each, makes of those before: of ``inner``,
    a part of what goes in, whose edges are multiples of all strides together, or of everything.

    Without gradients, on the CPU, layers work in parts. ``pause()`` is called now and then, and may raise, to stop.
    """
    in_parts = torch.is_inference_mode_enabled() and maps[0].device.type == "cpu"
    there, found, stride = MapPart.whole(maps[0]), [], 1
    asked = inner or there
    needed = _needed(stages, asked, there)
    for stage in stages:
        for layers in stage:
            pause()
            part = needed.pop()
            if (
                part != there
            ):  # a gradient that has passed through an index, even that of everything, takes longer
                maps = tuple(each[part.within(there)] for each in maps)
            maps = (layers.in_parts(maps, pause) if in_parts else layers.work(*maps),)
            there, stride = part.over(layers.stride), stride * layers.stride
        here = asked.over(stride)
        found.append(maps[0] if here == there else maps[0][here.within(there)])
    return found


def _needed(stages: list, asked: MapPart, whole: MapPart) -> list:
    """What has to go into each of the layers, from the last to the first."""
    layers, found = [each for stage in stages for each in stage], []
    wholes = [whole]
    for each in layers:
        wholes.append(wholes[-1].over(each.stride))
    part = asked.over(whole.bottom // wholes[-1].bottom)
    for each, before in zip(reversed(layers), reversed(wholes[:-1])):
        part = each.seen(part, before)
        found.append(part)
    return found


def _ends(length: int, size: float) -> list:
    """Where pieces of about the same size begin and end."""
    n = max(1, min(length, round(length / size)))
    return [length * i // n for i in range(n + 1)]
