"""The encoder sees what it says, in any part of an image what it sees in the whole, and takes what ImageNet taught."""

from __future__ import annotations

import pytest
import torch
from torch.nn import functional

from obic_plugin.engine.errors import ModelError
from obic_plugin.engine.nets import imagenet
from obic_plugin.engine.nets.encoder import CENTER, CHANNELS, STRIDES, Encoder, NormalizedConvolution
from obic_plugin.engine.nets.fpn import PyramidDecoder
from obic_plugin.engine.nets.parts import MapPart
from obic_plugin.engine.nets.resampling import STRIDE_PX
from obic_plugin.engine.progress import Cancelled


def prepared(encoder: torch.nn.Module) -> torch.nn.Module:
    """The network with normalizations that have seen an image: its features are neither nothing nor all the same."""
    torch.manual_seed(1)
    encoder.train()
    with torch.no_grad():
        for layer in encoder.modules():
            if isinstance(layer, torch.nn.BatchNorm2d):
                layer.momentum = None
                layer.bias.uniform_(0.2, 1.5)
        for _ in range(2):
            encoder(torch.rand(2, 3, 64, 64), torch.ones(2, 64, 64, dtype=torch.bool))
    return encoder.eval()


@pytest.fixture(scope="module")
def encoder():
    torch.manual_seed(0)
    return prepared(Encoder(3, 8))


@pytest.fixture
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def sees(network, stride_px: int, size: int, at: int, columns: list) -> list:
    """Whether a pixel of the network's output, the one at column ``at`` of the image, sees each of some columns.

    All weights become positive and all bends straight, so that nothing cancels; a column at a time is not 0.
    """
    for module in network.modules():
        if isinstance(module, torch.nn.Conv2d):
            module.weight.data = module.weight.data.abs() / module.weight[0].numel() + 0.01
            if module.bias is not None:
                module.bias.data.zero_()
        if isinstance(module, NormalizedConvolution):
            module.active = False
    valid = torch.zeros(len(columns), 32, size, dtype=torch.bool)
    for number, column in enumerate(columns):
        valid[number, :, column] = True
    with torch.inference_mode():
        out = network.eval()(torch.ones(len(columns), 3, 32, size), valid)
    return (out[:, :, 0, at // stride_px] != 0).any(1).tolist()


@pytest.mark.parametrize("stride", STRIDES)
def test_a_pixel_of_a_stage_sees_what_is_said_and_one_pixel_less_would_not_do(stride):
    encoder = Encoder(3, stride)
    size, at = (928, 448) if stride == 32 else (416, 192)
    sight = encoder.sights[-1]
    first, last = at - sight.before, at + stride - 1 + sight.after
    assert sees(_Last(encoder), stride, size, at, [first - 1, first, last, last + 1]) == [
        False,
        True,
        True,
        False,
    ]
    assert encoder.reach_px == max(sight.before, sight.after)


def test_an_image_that_is_encoded_in_parts_is_seen_as_a_whole(encoder, monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.nets.parts.CACHED", 40_000)
    random = torch.Generator().manual_seed(0)
    values, valid = (
        torch.rand(2, 3, 200, 168, generator=random),
        torch.rand(2, 200, 168, generator=random) > 0.2,
    )
    with torch.no_grad():
        whole = encoder(values, valid)
    with torch.inference_mode():
        parts = encoder(values, valid)
    for one, other in zip(whole, parts):
        assert other.shape == one.shape and torch.allclose(other, one, atol=1e-5)


@pytest.mark.parametrize("without_gradients", [False, True])
def test_the_part_that_is_asked_for_is_that_of_the_whole(without_gradients, monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.nets.parts.CACHED", 40_000)
    encoder = prepared(Encoder(3, 16))
    values, valid = torch.rand(1, 3, 416, 384), torch.rand(1, 416, 384) > 0.2
    for inner in (MapPart(0, 0, 32, 384), MapPart(192, 160, 256, 192), MapPart(320, 0, 416, 64)):
        with torch.inference_mode(without_gradients):
            whole, found = encoder(values, valid), encoder(values, valid, inner=inner)
        for image, part, stride in zip(whole, found, encoder.strides):
            wanted = image[inner.over(stride).within(MapPart.whole(image))]
            assert part.shape == wanted.shape and torch.allclose(part, wanted, atol=1e-5)


class _Last(torch.nn.Module):
    """The last stage of an encoder, or what a decoder makes of all of them."""

    def __init__(self, encoder, then=None):
        super().__init__()
        self.encoder, self.then = encoder, then

    def forward(self, values, valid):
        stages = self.encoder(values, valid)
        return self.then(stages) if self.then else stages[-1]


@pytest.mark.parametrize("last", [4, 8, 16])
def test_a_decoder_sees_what_it_says(last):
    encoder = Encoder(3, last)
    then = PyramidDecoder(encoder, 8, 8)
    network, reach_px = _Last(encoder, then), then.reach_px
    size, middle = (608, 288) if last == 16 else (320, 144)
    seen = []
    for at in range(middle, middle + last, STRIDE_PX):
        ends = [at - reach_px - 1, at - reach_px, at + 3 + reach_px, at + 4 + reach_px]
        beyond_left, left, right, beyond_right = sees(network, STRIDE_PX, size, at, ends)
        assert not beyond_left and not beyond_right
        seen.append(left or right)
    assert any(seen)


def test_what_a_stage_sees_is_centered_on_its_pixels():
    for sight in Encoder(3).sights:
        assert abs(sight.before - sight.after) / 2 <= max(0.5, sight.stride_px / 5)


def test_parts_of_an_image_give_the_numbers_of_the_whole(encoder, one_thread):
    torch.manual_seed(0)
    values, valid = torch.rand(1, 3, 192, 160), torch.rand(1, 192, 160) > 0.1
    margin = -(-encoder.reach_px // 8) * 8
    with torch.inference_mode():
        whole = encoder(values, valid)
        for top, left, height, width in [(0, 0, 88, 96), (40, 24, 120, 104), (80, 56, 112, 104)]:
            rows, cols = slice(top, top + height), slice(left, left + width)
            part = encoder(values[:, :, rows, cols], valid[:, rows, cols])
            up, west = (margin if start else 0 for start in (top, left))
            down = height - (margin if top + height < 192 else 0)
            east = width - (margin if left + width < 160 else 0)
            for stride, full, piece in zip(encoder.strides, whole, part):
                wanted = full[..., (top + up) // stride : (top + down) // stride, :]
                wanted = wanted[..., (left + west) // stride : (left + east) // stride]
                piece = piece[..., up // stride : down // stride, west // stride : east // stride]
                assert wanted.numel() and torch.allclose(wanted, piece, rtol=1e-4, atol=1e-5)


def test_what_fills_invalid_pixels_does_not_matter(encoder):
    values, valid = torch.rand(1, 3, 64, 64), torch.rand(1, 64, 64) > 0.5
    other = torch.where(valid[:, None], values, torch.full_like(values, torch.nan))
    for one, two in zip(encoder(values, valid), encoder(other, valid)):
        assert torch.equal(one, two)


def test_folding_the_normalizations_changes_nothing(encoder):
    values, valid = torch.rand(1, 3, 64, 96), torch.ones(1, 64, 96, dtype=torch.bool)
    folded = Encoder(3, 8)
    folded.load_state_dict(encoder.state_dict())
    for one, two in zip(encoder(values, valid), folded.fold().fold()(values, valid)):
        assert torch.allclose(one, two, atol=1e-4)


def test_stages_have_the_sizes_of_their_strides():
    stages = Encoder(5)(torch.rand(2, 5, 64, 96), torch.ones(2, 64, 96, dtype=torch.bool))
    sizes = [(2, n, 64 // stride, 96 // stride) for n, stride in zip(CHANNELS, STRIDES)]
    assert [tuple(stage.shape) for stage in stages] == sizes


def a_file(folder, change=None) -> None:
    """A package of weights from chance, as the real one is made."""
    state, encoder = {}, Encoder(3)
    torch.manual_seed(5)
    names = ["conv_stem", "bn0"]
    layers = [("", names, encoder.stem)]
    kinds = {
        "expand": ("expand_conv", "bn0"),
        "within": ("depthwise_conv", "bn1"),
        "project": ("project_conv", "bn2"),
    }
    for number, block in enumerate(block for stage in encoder.stages for block in stage):
        for kind, its in kinds.items():
            if isinstance(getattr(block, kind), NormalizedConvolution):
                layers.append((f"_blocks.{number}.", its, getattr(block, kind)))
    for prefix, (conv, norm), layer in layers:
        state[f"{prefix}_{conv}.weight"] = layer.conv.weight.detach().clone()
        for name, tensor in layer.norm.state_dict().items():
            state[f"{prefix}_{norm}.{name}"] = torch.rand_like(tensor) if tensor.ndim else tensor
    if change:
        change(state)
    package = folder / imagenet.PACKAGE
    (package / "models").mkdir(parents=True)
    (package / "__init__.py").write_text("raise RuntimeError('nothing of the package is to be imported')")
    torch.save(state, package / "models" / "efficientnet-lite0-0.pth")


def test_weights_of_the_package_are_taken_and_nothing_of_it_is_imported(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    a_file(tmp_path)
    assert imagenet.lacking("it is blind") == ""
    encoder = imagenet.pretrained_encoder(3, 8)
    weights = torch.load(imagenet.weights_file(), weights_only=True)
    assert torch.equal(encoder.stages[2][1].within.conv.weight, weights["_blocks.4._depthwise_conv.weight"])
    assert torch.equal(encoder.stages[0][0].project.norm.running_var, weights["_blocks.0._bn2.running_var"])
    assert not encoder.training


def test_without_the_package_an_encoder_starts_from_chance_and_it_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    assert "Install packages" in imagenet.lacking("it is blind")
    assert isinstance(imagenet.pretrained_encoder(3, 4), Encoder)


@pytest.mark.parametrize(
    "change",
    [
        lambda state: state.pop("_bn0.bias"),
        lambda state: state.update({"_conv_stem.weight": torch.zeros(8, 3, 3, 3)}),
    ],
)
def test_weights_of_something_else_are_refused(tmp_path, monkeypatch, change):
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    a_file(tmp_path, change)
    with pytest.raises(ModelError, match="lacks the weights"):
        imagenet.pretrained_encoder(3, 4)


def test_a_damaged_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    a_file(tmp_path)
    imagenet.weights_file().write_bytes(b"PK\x03\x04 no weights")
    with pytest.raises(ModelError, match="damaged"):
        imagenet.pretrained_encoder(3, 4)


@pytest.mark.parametrize("n_channels", [1, 2, 4, 6, 8])
def test_a_gray_image_means_the_same_for_any_number_of_channels(n_channels):
    filters = torch.randn(6, 3, 3, 3)
    image = torch.rand(1, 1, 9, 9) - CENTER
    wanted = functional.conv2d(image.expand(1, 3, 9, 9), filters)
    filters = imagenet.for_channels(filters, n_channels)
    assert torch.allclose(functional.conv2d(image.expand(1, n_channels, 9, 9), filters), wanted, atol=1e-5)


def test_it_can_be_stopped_between_parts_and_layers():
    calls, encoder = [], Encoder(3, last=16).fold()

    def pause():
        calls.append(True)
        if len(calls) == 6:
            raise Cancelled

    image = torch.rand(1, 3, 600, 300), torch.ones(1, 600, 300, dtype=torch.bool)
    with torch.inference_mode(), pytest.raises(Cancelled):
        encoder(*image, pause)
    assert len(calls) == 6
