"""From an image to a network that has learnt what the mixture of classes says, of images of any size."""

import pytest
import torch

from obic_plugin.engine.methods import unsupervised
from obic_plugin.engine.methods.unsupervised import UnsupervisedParams
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.nets.superpixelnet import SuperpixelNetwork
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.reader import RasterReader
from tests.scenes import quarters, write_raster


def agreement(network, patch) -> float:
    """Share of the superpixels that the convolutional part and the mixture take for the same class."""
    with torch.inference_mode():
        seen = patch.values[None], patch.valid[None]
        own, prior = network.scores(*seen), network.prior(*seen)
    return (own.argmax(1) == prior.argmax(1))[0][patch.valid].float().mean().item()


@pytest.mark.parametrize("size_px", [256, 257])
def test_the_network_learns_what_the_mixture_says(tmp_path, size_px):
    """At 257 px a training window of 256 px and what is left of it beyond would be a sliver of one pixel."""
    image, path = write_raster(tmp_path / "a.tif", quarters(size_px, size_px)[0]), tmp_path / "a.safetensors"
    params = UnsupervisedParams(
        input=image, output=str(tmp_path / "m.tif"), effort="draft", superpixel_size=4, output_model=str(path)
    )
    unsupervised.METHOD.execute(params, Silent())
    model, reader = ModelFile.load(str(path)), RasterReader(image)
    labeler = model.labeler_on(reader, torch.device("cpu"))
    cells, trained = labeler.cells, labeler.network
    patch = cells.cells(cells.scaled(cells.read(reader.work)[1]), reader.work)[1]
    untrained = SuperpixelNetwork(**trained.options).eval()
    for name in ("center", "spread", "factors", "slope", "offset", "scatter"):
        getattr(untrained, name).copy_(getattr(trained, name))
    assert agreement(untrained, patch) < 0.6
    assert agreement(trained, patch) > 0.8
