"""Mapping: what the network says does not depend on the number of threads, nor labels on where they are painted."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from obic_plugin.engine.labelers import cells
from obic_plugin.engine.labelers.labeler import painted
from obic_plugin.engine.nets.superpixelnet import SuperpixelNetwork
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.sample import read_sample
from obic_plugin.engine.raster.scaling import fit_scaling
from obic_plugin.engine.superpixels.cellreader import CellReader
from obic_plugin.engine.superpixels.slic import Slic
from tests.scenes import quarters, write_raster


@pytest.fixture
def threads():
    """`torch.set_num_threads`, undone at the end."""
    before = torch.get_num_threads()
    yield torch.set_num_threads
    torch.set_num_threads(before)


def test_what_the_network_says_does_not_depend_on_the_number_of_threads(tmp_path, monkeypatch, threads):
    reader = RasterReader(write_raster(tmp_path / "a.tif", quarters(400, 560)[0]))
    scaling = fit_scaling(read_sample(reader, Silent())[0], Silent())
    reading = CellReader(reader, scaling, Slic(8), torch.device("cpu"))
    torch.manual_seed(0)
    network, said = SuperpixelNetwork(7, 6, 5), []
    for buffer in (network.factors, network.slope):
        buffer.normal_()

    def listening(shares, *others, votes=cells.votes_of_regions):
        said.append(shares)
        return votes(shares, *others)

    monkeypatch.setattr(cells, "votes_of_regions", listening)
    for n in (1, 2, 4):
        threads(n)
        list(cells.CellLabeler(reading, network, 6).tiles([reader.work]))
        assert torch.get_num_threads() == n
    assert (said[0] == said[1]).all() and (said[0] == said[2]).all()


def test_superpixels_are_painted_with_their_values_and_nothing_is_0():
    ids = torch.tensor([[0, 2, -1], [1, 1, 0]], dtype=torch.int32)
    first, second = painted([torch.tensor([5, 6, 7]), torch.tensor([50, 60, 70])], ids)
    assert first.tolist() == [[5, 7, 0], [6, 6, 5]] and second.tolist() == [[50, 70, 0], [60, 60, 50]]
    assert isinstance(first, np.ndarray)
