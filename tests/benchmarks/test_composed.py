"""The row of maps that are compared has each date by itself, whatever the other shows."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

from benchmarks.composed import Apart
from obic_plugin.engine.labelers.pair import DatedClasses
from obic_plugin.engine.raster.pair import ImagePair, StackedPair
from obic_plugin.engine.raster.reader import RasterReader
from tests.scenes import write_raster


class Shown(nn.Module):
    """A network whose scores are the bands of both dates; of change it says that there is none."""

    reach_px, stride_px, score_px = 0, 1, 1

    def forward(self, values: torch.Tensor, valid: torch.Tensor) -> torch.Tensor:
        return torch.cat([values, torch.full_like(values[:, :1], -9)], 1)


def labels(kind: type, folder) -> list:
    """[[label of the first date, of the second]] of three pixels whose dates are more or less sure."""
    first = np.array([[[9, 5, 5]], [[1, 4, 6]]], np.float32)  # class 1, class 1, class 2
    second = np.array([[[8, 1, 2]], [[2, 9, 8]]], np.float32)  # class 1, class 2 surely, class 2
    paths = [write_raster(folder / f"{date}.tif", values) for date, values in enumerate((first, second))]
    pair = StackedPair(ImagePair(RasterReader(paths[0]), paths[1]))
    (tile,) = kind(pair, lambda patch: patch, Shown(), 2, 0.5).tiles([pair.grid.window])
    return np.stack([tile.planes[name][0] for name in ("labels", "second")], 1).tolist()


def test_each_date_is_decided_as_if_there_were_no_other(tmp_path):
    assert labels(Apart, tmp_path) == [[1, 1], [1, 2], [2, 2]]
    assert labels(DatedClasses, tmp_path) == [[1, 1], [2, 2], [2, 2]]  # where nothing changed, one class
