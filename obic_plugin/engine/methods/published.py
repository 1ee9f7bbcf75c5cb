"""The published method of superpixel-guided unsupervised segmentation: its network, windows, targets, epochs and sieve.

Chen, He, Wang, Zhu, Liao, Zhang: *A Superpixel-Guided Unsupervised Fast Semantic Segmentation Method of
Remote Sensing Images*, IEEE GRSL 2022. What its authors' code does otherwise than their paper says, or would not do on
every raster, is not followed:

- It divides values by 255, whatever the data type. Here they are scaled by the raster's own statistics.
- It adds up shares of overlapping windows in bytes, which overflow from five windows on. Here a pixel is seen with all
  that its scores depend on, so that there is nothing to add up, and the map is the same in any tiling.
- It loops over superpixels at each step, and holds all of the image with all its superpixels in memory. Here all
  superpixels vote at once (see training/majority.py), and windows are read when they are seen.
- It learns from every pixel of all windows, however long that takes; here from a sample of them in large images.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from torch.nn import Module


class Published(NamedTuple):
    """What Chen et al. (2022) have chosen."""

    classes: int = 32
    superpixel_size: int = 16  # of felzenszwalb 32 / 0.5 / 64
    least_patch_px: int = 20
    window_px: int = 512
    stride_px: int = 448
    n_epochs: int = 10
    learning_rate: float = 1e-3


PUBLISHED = Published()


class Trained(NamedTuple):
    """A trained ``network``, and ``labeler_of(n)``: what labels the image by the first n of its classes."""

    network: Module
    labeler_of: Callable


def settings(params) -> dict:
    """{parameter: value} of those parameters that have no value, or that the published method does not leave open."""
    return {
        "classes": params.classes or PUBLISHED.classes,
        "superpixels": "felzenszwalb",
        "superpixel_size": params.superpixel_size or PUBLISHED.superpixel_size,
        "min_area": max(params.min_area, PUBLISHED.least_patch_px),
    }


def trained(params, job, superpixels, n_windows: int) -> Trained:
    """The published network, trained on all windows of the image or on a sample of ``n_windows``."""
    from ..labelers.dense import Dense
    from ..nets.convolution import generator
    from ..nets.fcn import PublishedNetwork
    from ..training.epochs import PixelReader, epochs, segmented_windows
    from ..training.loop import constant
    from ..training.majority import Majority
    from ..wording import several

    scaling, seed = job.scaling(), params.seed
    network = PublishedNetwork(scaling.n_channels, params.classes, random=generator(seed)).to(job.device)
    windows = windows_of(job.reader, n_windows, network.stride_px, seed)
    job.start(f"Superpixels of {several(len(windows), 'training window')}")
    pixels = PixelReader(job.reader, scaling, superpixels)
    windows = segmented_windows(pixels, windows, job.part(0.0, 0.2))
    n_steps = PUBLISHED.n_epochs * len(windows)
    job.start(f"Training a network of {params.classes} classes in {n_steps} steps")
    batches = epochs(pixels, windows, PUBLISHED.n_epochs, network.stride_px, seed, job.device)
    options = PUBLISHED.learning_rate, job.part(0.2, 1.0)
    seen = partial(Dense, job.reader, scaling, n_classes=params.classes, device=job.device, votes=False)
    watch = job.live().watching(network, seen)
    job.fit(Majority(network), batches, n_steps, *options, schedule=constant, watch=watch)
    drawn = superpixels if params.output_superpixels else None
    labeler_of = partial(
        Dense, job.reader, scaling, network, superpixels=drawn, device=job.device, votes=False
    )
    return Trained(network, labeler_of)


def windows_of(reader, most: int, align_px: int, seed: int) -> list:
    """All windows of the published method; where these are more, a sample of at most so many."""
    from ..raster.sample import overlapping_windows, training_windows

    work, size_px = reader.work, PUBLISHED.window_px
    if not reader.content and work.size <= most * size_px**2:
        windows = overlapping_windows(work, size_px, PUBLISHED.stride_px, align_px)
        if len(windows) <= most:
            return windows
    return training_windows(work, size_px, most, seed, align_px, reader.content)
