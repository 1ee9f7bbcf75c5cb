"""From an image to a network that has learnt what the mixture of classes says, of images of any size."""

import pytest
import torch

from obic_plugin.engine.mapping import Mapper
from obic_plugin.engine.methods import unsupervised
from obic_plugin.engine.methods.unsupervised import UnsupervisedParams
from obic_plugin.engine.nets.modelfile import ModelFile
from obic_plugin.engine.nets.superpixelnet import SuperpixelNetwork
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.reader import RasterReader
from obic_plugin.engine.raster.statistics import Scaling
from obic_plugin.engine.superpixels.kinds import from_json
from tests.scenes import quarters, write_raster


def agreement(network, grid) -> float:
    """Share of the superpixels that the convolutional part and the mixture take for the same class."""
    with torch.inference_mode():
        own, prior = (
            network.scores(grid.features[None], grid.present[None]),
            network.prior(*[p[None] for p in grid[:2]]),
        )
    return (own.argmax(1) == prior.argmax(1))[0][grid.present].float().mean().item()


@pytest.mark.parametrize("size_px", [256, 257])
def test_the_network_learns_what_the_mixture_says(tmp_path, size_px):
    """At 257 px a training window of 256 px and what is left of it beyond would be a sliver of one pixel."""
    image, path = write_raster(tmp_path / "a.tif", quarters(size_px, size_px)[0]), tmp_path / "a.safetensors"
    params = UnsupervisedParams(
        input=image, output=str(tmp_path / "m.tif"), effort="draft", superpixel_size=4, output_model=str(path)
    )
    unsupervised.METHOD.execute(params, Silent())
    model, reader = ModelFile.load(str(path)), RasterReader(image)
    superpixels = from_json(model.recipe["superpixels"])
    mapper = Mapper(reader, Scaling.from_json(model.scaling), superpixels, torch.device("cpu"))
    grid = mapper.cells_of(*mapper.read_scaled(reader.work))[1]
    trained = model.network_on(torch.device("cpu"))
    untrained = SuperpixelNetwork(**model.options).eval()
    for name in ("center", "spread", "factors", "slope", "offset", "scatter"):
        getattr(untrained, name).copy_(getattr(trained, name))
    assert agreement(untrained, grid) < 0.6
    assert agreement(trained, grid) > 0.8
