"""Graph-based superpixels, in blocks fixed to the raster so that they do not depend on the tiling.

Felzenszwalb and Huttenlocher, *Efficient Graph-Based Image Segmentation*, IJCV 2004, by scikit-image. The
algorithm looks at a whole image, which rules out tiles; here every block of 512 x 512 px is an image of its
own, and no superpixel crosses the border of a block.

Scale is that of scikit-image (and of the reference implementation, for colors 0..255). Distances between
pixels are divided by the square root of bands / 3, so that a scale means for any number of bands what it
means for RGB.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import torch

from ..environment import Shared
from ..errors import ParameterError
from ..progress import no_pause
from ..raster.grid import Window
from .regions import Superpixels

BLOCK_PX = 512  # takes below a second, after which a run can be stopped
_BEYOND = 1e3  # value of invalid pixels, far from 0..1: the border of the data is the strongest of edges


@contextmanager
def _without_warnings() -> Iterator:
    """Of more than three bands, of which scikit-image warns; what is ignored is so for all threads."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        yield


_QUIET = Shared(_without_warnings)


@dataclass(frozen=True)
class Felzenszwalb:
    """Superpixels of about ``size_px`` x ``size_px`` pixels in the mean; their sizes vary with the contrast.

    ``scale`` and ``min_size`` follow from the size unless given: twice the size, and a quarter of its square.
    A size of 16 gives the published 32, 0.5, 64.
    """

    size_px: int = 16
    scale: float | None = None
    sigma: float = 0.5
    min_size: int | None = None

    def __post_init__(self):
        for name, value, low in (
            ("size", self.size_px, 1),
            ("scale", self.used_scale, 0),
            ("sigma", self.sigma, 0),
            ("minimum size", self.used_min_size, 1),
        ):
            if not low <= value < float("inf"):
                raise ParameterError(f"The {name} of felzenszwalb must be at least {low}, not {value}.")

    @property
    def used_scale(self) -> float:
        return 2.0 * self.size_px if self.scale is None else self.scale

    @property
    def used_min_size(self) -> int:
        return max(1, self.size_px**2 // 4) if self.min_size is None else self.min_size

    @property
    def halo_px(self) -> int:
        """Pixels around a core of whole blocks on which its superpixels depend: none."""
        return 0

    def voting(self, core: Window, raster: Window) -> Window:
        """The window that holds all pixels of every superpixel that touches ``core``: whole blocks."""
        return core.align(BLOCK_PX) & raster

    def origins(self, core: Window, raster: Window) -> Window:
        """The window of the cells that stand for the superpixels that touch ``core``: the same."""
        return self.voting(core, raster)

    def reading(self, core: Window, raster: Window) -> Window:
        """The window of pixels that `segment` needs: the same."""
        return self.voting(core, raster)

    def segment(
        self,
        values: torch.Tensor,
        valid: torch.Tensor,
        core: Window,
        raster: Window,
        pause: Callable = no_pause,
    ) -> Superpixels:
        """Superpixels of the window ``voting(core, raster)``; see `Slic.segment` for the parameters.

        The values of invalid pixels have no influence, neither on the smoothing nor on the borders.
        """
        window = self.voting(core, raster)
        if not values.shape[1:] == valid.shape == (window.height, window.width):
            raise ValueError(
                f"values {tuple(values.shape)}, valid {tuple(valid.shape)}: not those of {window}"
            )
        bands, mask = values.cpu().numpy(), valid.cpu().numpy()
        ids = np.full(mask.shape, -1, np.int32)
        numbers, blocks_per_row = [np.empty(0, np.int64)], -(-raster.width // BLOCK_PX)
        for block in window.tiles(BLOCK_PX):
            pause()
            here = block.within(window).slices
            regions, count = self._segment_block(bands[(slice(None), *here)], mask[here])
            ids[here] = np.where(regions >= 0, regions + sum(map(len, numbers)), -1)
            index = block.row // BLOCK_PX * blocks_per_row + block.col // BLOCK_PX
            numbers.append(index * BLOCK_PX**2 + np.arange(count))
        numbers = torch.from_numpy(
            np.concatenate(numbers) if any(map(len, numbers)) else np.zeros(1, np.int64)
        )
        return Superpixels(torch.from_numpy(ids).to(values.device), window, numbers.to(values.device))

    def regions_of(self, cells: Window, superpixels: Superpixels, raster: Window) -> torch.Tensor:
        """(rows, cols) int64: the id of the superpixel in the middle of each cell of size x size px; -1 for none."""
        middles = []
        for first, count, start, length in (
            (cells.row, cells.height, superpixels.window.row, superpixels.window.height),
            (cells.col, cells.width, superpixels.window.col, superpixels.window.width),
        ):
            place = (first + torch.arange(count)) * self.size_px + self.size_px // 2 - start
            middles.append(
                (place.clamp(0, length - 1), (place >= -self.size_px) & (place < length + self.size_px))
            )
        (rows, row_known), (cols, col_known) = middles
        ids = superpixels.ids.long().cpu()[rows[:, None], cols]
        return torch.where(row_known[:, None] & col_known, ids, -1).to(superpixels.ids.device)

    def _segment_block(self, bands: np.ndarray, valid: np.ndarray) -> tuple:
        """(h, w) int regions 0..count-1, each connected, -1 where invalid; and their count."""
        # here, since it takes a second to load: runs without it need not wait
        from skimage.measure import label
        from skimage.segmentation import felzenszwalb

        image = self._smooth(bands, valid) * np.sqrt(3 / len(bands))
        image[:, ~valid] = _BEYOND
        with _QUIET:
            regions = felzenszwalb(
                np.ascontiguousarray(image.transpose(1, 2, 0)),
                scale=self.used_scale,
                sigma=0,
                min_size=self.used_min_size,
                channel_axis=-1,
            )
        # a small island in nodata may have become one with nodata, and through it with another island
        regions, count = label(np.where(valid, regions, -1), background=-1, connectivity=2, return_num=True)
        return regions - 1, count

    def _smooth(self, bands: np.ndarray, valid: np.ndarray) -> np.ndarray:
        """Gaussian means (bands, h, w) float64 of the valid pixels around."""
        from scipy.ndimage import gaussian_filter

        bands = np.where(valid, bands, 0).astype(np.float64)
        if self.sigma == 0:
            return bands
        smooth = np.stack([gaussian_filter(band, self.sigma) for band in bands])
        if not valid.all():
            smooth /= np.maximum(gaussian_filter(valid.astype(np.float64), self.sigma), 1e-12)
        return smooth
