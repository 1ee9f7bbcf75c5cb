"""SLIC superpixels on a fixed grid of square cells: the same ids whatever the tiling, on CPU and GPU.

Achanta et al., *SLIC Superpixels Compared to State-of-the-Art Superpixel Methods*, PAMI 2012, with the
fixed neighborhoods of gSLIC (Ren and Reid, 2011). Cells of S x S px are anchored at pixel (0, 0) of the
raster; each grows one superpixel, whose id is that of the cell. A pixel chooses among its own cell and the
three that are nearest to the quarter of the cell it lies in, by

    sum over bands (v - c)^2  +  compactness^2 * bands * (distance in px / S)^2,    v, c in 0..1.

Centers start in the middle of their cells and are refined on block means (about 8 x 8 blocks a cell). One
last assignment is at full resolution, of values smoothed against salt and pepper, the more the larger S: by 3 x 3
binomial weights once at 8 px, twice at 20, up to four times.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import torch

from ..errors import ParameterError
from ..progress import no_pause
from ..raster.grid import Window
from .cells import Blocks, Image, Metric, assigned, ringed_cells
from .regions import Superpixels


@dataclass(frozen=True)
class Slic:
    """Superpixels of about ``size_px`` x ``size_px`` pixels.

    ``compactness`` weighs distance on the ground against distance in color, in the range 0..1 that the values
    of a band span: below 0.1 superpixels follow edges, from 1 on they are nearly squares.
    """

    size_px: int = 16
    compactness: float = 0.06
    iterations: int = 2

    def __post_init__(self):
        if self.size_px < 1:
            raise ParameterError(f"Superpixel size must be at least 1 px, not {self.size_px}.")
        if not self.compactness >= 0:
            raise ParameterError(f"Compactness must be at least 0, not {self.compactness}.")
        if self.iterations < 0:
            raise ParameterError(f"The number of iterations cannot be negative, as is {self.iterations}.")

    @property
    def halo_px(self) -> int:
        """Pixels around a core of whole cells on which its superpixels, whole ones, depend."""
        return (self.iterations + 3) * self.size_px

    def voting(self, core: Window, raster: Window) -> Window:
        """The window that holds all pixels of every superpixel that touches ``core``."""
        return core.align(self.size_px).grow(2 * self.size_px) & raster

    def origins(self, core: Window, raster: Window) -> Window:
        """The window of the cells from which the superpixels that touch ``core`` have grown."""
        return core.align(self.size_px).grow(self.size_px) & raster

    def reading(self, core: Window, raster: Window) -> Window:
        """The window of pixels that `segment` needs for ``voting(core, raster)``."""
        return self.voting(core, raster).grow((self.iterations + 1) * self.size_px) & raster

    def segment(
        self,
        values: torch.Tensor,
        valid: torch.Tensor,
        core: Window,
        raster: Window,
        pause: Callable = no_pause,
    ) -> Superpixels:
        """Superpixels of the window ``voting(core, raster)``.

        Parameters
        ----------
        values : (bands, h, w) float tensor
            Pixels of the window ``reading(core, raster)``, each band scaled to 0..1 (clipped beyond).
        valid : (h, w) bool tensor
            Pixels to be used; the values of others have no influence, and their id is -1.
        core, raster : Window
            The part that is asked for; all of the raster, with its pixel (0, 0) at (0, 0).
        pause : function without arguments
            Called now and then; it may raise, to stop.
        """
        reading, voting = self.reading(core, raster), self.voting(core, raster)
        if not values.shape[1:] == valid.shape == (reading.height, reading.width):
            shapes = f"values {tuple(values.shape)}, valid {tuple(valid.shape)}"
            raise ValueError(f"{shapes}: not those of {reading}")
        image = Image(values, valid, Metric(self.size_px, self.compactness, len(values)))
        cells, inner = (ringed_cells(window, self.size_px) for window in (reading, voting))
        blocks = Blocks(image, cells, pause)
        centers = blocks.first_centers()
        for _ in range(self.iterations):
            centers = blocks.refined(centers, pause)
        near = (slice(None), *inner.within(cells).slices)
        centers = centers.unflatten(1, (cells.height, cells.width))[near].flatten(1)
        ids = assigned(image, voting.within(reading), centers, inner, pause)
        return Superpixels(ids, voting, _numbers(inner, -(-raster.width // self.size_px), ids.device))

    def regions_of(self, cells: Window, superpixels: Superpixels, raster: Window) -> torch.Tensor:
        """(rows, cols) int64: the id, in ``superpixels``, of the one that grew from each cell; -1 for none."""
        known = ringed_cells(superpixels.window, self.size_px)
        row = torch.arange(cells.row, cells.bottom, device=superpixels.ids.device)[:, None] - known.row
        col = torch.arange(cells.col, cells.right, device=superpixels.ids.device) - known.col
        inside = (row >= 0) & (row < known.height) & (col >= 0) & (col < known.width)
        return torch.where(inside, row * known.width + col, -1)


def _numbers(cells: Window, cells_per_row: int, device) -> torch.Tensor:
    """(cells,) int64: cell row * cells per row + cell column in the whole raster."""
    row = torch.arange(cells.row, cells.bottom, device=device)
    return (row[:, None] * cells_per_row + torch.arange(cells.col, cells.right, device=device)).ravel()
