"""From an image to a map whose network tells apart what its colors do not, for images of any size."""

import numpy as np
import pytest

from obic_plugin.engine.accuracy.clusters import information_scores
from obic_plugin.engine.accuracy.contingency import contingency_of
from obic_plugin.engine.methods import unsupervised
from obic_plugin.engine.methods.unsupervised import UnsupervisedParams
from obic_plugin.engine.modelfile import ModelFile
from obic_plugin.engine.nets import imagenet
from obic_plugin.engine.nets.featurenet import FeatureNetwork
from obic_plugin.engine.progress import Silent
from tests.scenes import read_raster, write_raster

with_weights = pytest.mark.skipif(
    imagenet.weights_file() is None, reason="the weights of the image encoder are an optional package"
)


class Listen(Silent):
    def __init__(self):
        self.lines = []

    def say(self, text):
        self.lines.append(text)


def textures(size_px: int) -> tuple:
    """An image (3, h, w) of stripes and of dots, in patches, and which is which (h, w): of one color and contrast."""
    random, at = np.random.default_rng(0), np.arange(size_px)
    stripes = np.repeat(np.sign(np.sin(at * np.pi / 4))[:, None], size_px, 1)
    dots = np.sign(np.sin(at * np.pi / 4))[:, None] * np.sign(np.sin(at * np.pi / 4))
    kind = np.kron(random.integers(0, 2, (4, 4)), np.ones((size_px // 4 + 1,) * 2))[:size_px, :size_px]
    image = 128 + 40 * np.where(kind > 0, stripes, dots) + random.normal(0, 25, (3, size_px, size_px))
    return np.clip(image, 0, 255).astype(np.uint8), kind.astype(np.uint8) + 1


def mapped(tmp_path, image, progress=None, **changes) -> np.ndarray:
    path = write_raster(tmp_path / "a.tif", image)
    params = {"input": path, "output": str(tmp_path / "m.tif"), "superpixel_size": 8, "classes": 4}
    unsupervised.METHOD.execute(UnsupervisedParams(**{**params, **changes}), progress or Silent())
    return read_raster(tmp_path / "m.tif")


def agreement(labels: np.ndarray, truth: np.ndarray) -> float:
    return information_scores(contingency_of(truth, labels, np.ones(truth.shape, bool)))["ami"]


@with_weights
@pytest.mark.parametrize("size_px", [256, 257])
def test_the_network_tells_textures_apart_that_colors_do_not(tmp_path, size_px):
    """At 257 px a training window of 256 px and what is left of it beyond would be a sliver of one pixel."""
    image, truth = textures(size_px)
    without = agreement(mapped(tmp_path, image, network="none"), truth)
    assert agreement(mapped(tmp_path, image), truth) > without + 0.05


def test_without_the_weights_it_says_what_is_lost_and_works(tmp_path, monkeypatch):
    monkeypatch.setattr(imagenet, "weights_file", lambda: None)
    told, model = Listen(), tmp_path / "a.safetensors"
    labels = mapped(tmp_path, textures(128)[0], told, output_model=str(model))
    assert any("weights of the image encoder are not installed" in line for line in told.lines)
    assert (labels > 0).all() and not ModelFile.load(str(model)).state["network"]["encoder"]


@with_weights
def test_a_model_brings_the_encoder_along(tmp_path, monkeypatch):
    image, model = textures(160)[0], str(tmp_path / "a.safetensors")
    first = mapped(tmp_path, image, output_model=model)
    monkeypatch.setattr(imagenet, "weights_file", lambda: None)
    from obic_plugin.engine.methods import applymodel

    again = str(tmp_path / "again.tif")
    params = applymodel.ApplyModelParams(input=str(tmp_path / "a.tif"), output=again, model=model)
    applymodel.METHOD.execute(params, Silent())
    assert (read_raster(again) == first).mean() > 0.999


def test_a_draft_asks_for_no_encoder(tmp_path):
    model = str(tmp_path / "a.safetensors")
    mapped(tmp_path, textures(128)[0], effort="draft", output_model=model)
    network = ModelFile.load(model).state["network"]
    assert network["kind"] == FeatureNetwork.__name__ and not network["encoder"]
