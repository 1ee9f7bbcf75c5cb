"""What is seen while a method learns: maps of what is in view at steps 1, 2, 4, 8 …; nothing of it in the result."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from obic_plugin.engine.livemap import SIDE_PX, LiveMap
from obic_plugin.engine.methods import METHODS
from obic_plugin.engine.nets.imagenet import weights_file
from obic_plugin.engine.progress import Silent, Span, no_pause
from obic_plugin.engine.raster.classes import ClassTable, LandClass
from obic_plugin.engine.raster.display import Display
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.reader import RasterReader
from tests.engine.methods import test_pretrain as pretraining
from tests.engine.methods import test_trainchange as change
from tests.engine.methods.test_chips import names_raster
from tests.scenes import NORTH_UP, quarters, write_raster

HEIGHT, WIDTH = 96, 128
X, Y = NORTH_UP[0], NORTH_UP[3]
WHOLE = (X, Y - 10 * HEIGHT, X + 10 * WIDTH, Y)


class Spectator(Silent):
    """Looks at some part of the ground, and keeps what is shown of the learning."""

    def __init__(self, view=WHOLE):
        self._view, self.frames, self.steps, self._colors = view, [], [], None

    def view(self):
        return self._view

    def curve(self, step, terms):
        self.steps.append(step)
        assert all(np.isfinite(value) for value in terms.values()) and terms

    def show(self, name, array, window):
        if name == "colors":
            self._colors = array, window
        elif self._colors is not None:
            colors, place = self._colors
            assert place == window and array.shape == (window.height, window.width)
            assert colors.shape == (len(colors), 3) and len(colors) >= array.max()
            self.frames.append((self.steps[-1] if self.steps else 0, array, window))
            self._colors = None


@pytest.fixture
def image(tmp_path):
    return write_raster(tmp_path / "image.tif", quarters(HEIGHT, WIDTH)[0])


def execute(name, progress, **settings) -> str:
    """Run a method; returns a digest of its map or model, without the time at which it was made."""
    method = next(method for method in METHODS if method.name == name)
    method.execute(method.params(device="cpu", **settings), progress)
    from osgeo import gdal

    path = settings.get("output") or settings["output_model"]
    content = gdal.Open(path).ReadAsArray().tobytes() if path.endswith(".tif") else tensors_of(path)
    return hashlib.sha256(content).hexdigest()


def tensors_of(path: str) -> bytes:
    content = Path(path).read_bytes()
    return content[8 + int.from_bytes(content[:8], "little") :]  # what follows the header of safetensors


def seen_and_not(name, tmp_path, **settings) -> Spectator:
    """Run a method with and without a spectator: the results are the same."""
    spectator, output = Spectator(), settings.pop("output_name", "output")
    ending = "tif" if output == "output" else "safetensors"
    digests = [
        execute(name, progress, **settings, **{output: str(tmp_path / f"{number}.{ending}")})
        for number, progress in enumerate((spectator, Silent()))
    ]
    assert digests[0] == digests[1]
    assert spectator.frames and all(len(np.unique(labels)) > 1 for _, labels, _ in spectator.frames)
    return spectator


def steps_of(spectator) -> list:
    return [step for step, _, _ in spectator.frames]


@pytest.mark.parametrize("variant", ["fast", "original"])
def test_backpropagation(tmp_path, image, variant):
    spectator = seen_and_not(
        "backpropagation", tmp_path, input=image, variant=variant, iterations=9, channels=8, min_classes=1
    )
    assert steps_of(spectator) == [1, 2, 4, 8] and spectator.steps == list(range(1, 10))


@pytest.mark.parametrize("network", ["features", "none"])
def test_unsupervised(tmp_path, image, network):
    spectator = seen_and_not("unsupervisedsegmentation", tmp_path, input=image, network=network)
    last = max(spectator.steps, default=0)
    assert steps_of(spectator) == ([2**n for n in range(10) if 2**n <= last] or [0])
    assert (last > 3) == (network == "features")


def test_unsupervised_as_published(tmp_path, monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.methods.published.PUBLISHED", published(classes=8))
    image = write_raster(tmp_path / "image.tif", quarters(64, 64)[0])
    spectator = seen_and_not(
        "unsupervisedsegmentation", tmp_path, input=image, network="published", classes=6
    )
    assert steps_of(spectator) == [1, 2, 4]


def published(**changes):
    from obic_plugin.engine.methods.published import Published

    return Published(**{"window_px": 64, "stride_px": 48, "n_epochs": 5, **changes})


def labels_of(tmp_path) -> str:
    truth = quarters(HEIGHT, WIDTH)[1] + 1
    known = np.full(truth.shape, 255, np.uint8)
    for row in (8, 60):
        for col in (8, 40, 72, 104):
            known[row : row + 12, col : col + 12] = truth[row : row + 12, col : col + 12]
    return write_raster(tmp_path / "labels.tif", known, nodata=255)


@pytest.mark.parametrize("head", ["linear", "finetuned"])
def test_train_from_labels(tmp_path, image, head, monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.training.finetuning.N_STEPS", 5)
    labels = (labels_of(tmp_path),)
    spectator = seen_and_not("train", tmp_path, input=(image,), labels=labels, head=head)
    shown = steps_of(spectator)
    assert shown == [0] if head == "linear" or weights_file() is None else shown == [1, 2, 4]


def test_pretrain(tmp_path, monkeypatch):
    pretraining.made_small(monkeypatch)
    clock = iter(range(10_000))
    monkeypatch.setattr(
        "obic_plugin.engine.training.budget.Budget.spent_s", property(lambda self: 0.05 * next(clock))
    )
    image = pretraining.scene(tmp_path / "a.tif")
    method = next(method for method in METHODS if method.name == "pretrain")
    spectator, model = Spectator(), str(tmp_path / "m.safetensors")
    method.execute(method.params(input=(image,), output_model=model, minutes=0.1, prototypes=12), spectator)
    assert spectator.frames and spectator.steps == list(range(1, len(spectator.steps) + 1))


@pytest.mark.skipif(weights_file() is None, reason="the encoder's weights are not installed")
def test_train_from_tags(tmp_path, monkeypatch):
    for name, n_steps in (("N_STEPS", 10), ("N_LABELED_STEPS", 5)):
        monkeypatch.setattr(f"obic_plugin.engine.training.fromtags.{name}", n_steps)
    values, truth = quarters(176, 240)
    image = write_raster(tmp_path / "image.tif", values)
    names = names_raster(tmp_path / "truth.tif", truth + 1, ("", "field", "town", "water", "wood"))
    cut = next(method for method in METHODS if method.name == "chips")
    chips = str(tmp_path / "chips.gpkg")
    cut.execute(cut.params(input=(image,), labels=(names,), size=32, min_share=1, output=chips), Silent())
    spectator = seen_and_not("trainfromtags", tmp_path, input=(image,), chips=chips)
    assert steps_of(spectator) == [1, 2, 4]


@pytest.mark.parametrize("learn", ["both", "classes", "change"])
def test_train_change_detection(tmp_path, learn, monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.training.changelearning.CROP_PX", 64)
    settings = {name: (path,) for name, path in change.inputs(tmp_path).items()}
    spectator = Spectator()
    execute(
        "trainchange",
        spectator,
        output_model=str(tmp_path / "m.safetensors"),
        steps=5,
        learn=learn,
        **settings,
    )
    assert steps_of(spectator) == [1, 2, 4]
    assert all(labels.max() <= (3 if learn == "classes" else 2) for _, labels, _ in spectator.frames)


def test_change_without_labels(tmp_path):
    images, _ = change.scene()
    paths = change.written(tmp_path, input=images[0], input2=images[1])
    assert steps_of(seen_and_not("change", tmp_path, **paths)) == [0]


class Known:
    """A labeler that says its number everywhere."""

    def __init__(self, number):
        self._number = number

    def tiles(self, windows, pause):
        from obic_plugin.engine.labelers.labeler import Tile

        for window in windows:
            pause()
            yield Tile(window, {"labels": np.full((window.height, window.width), self._number, np.uint8)}, ())


def live(tmp_path, spectator, size=(HEIGHT, WIDTH), **options):
    reader = RasterReader(write_raster(tmp_path / "scene.tif", quarters(*size)[0]))
    display = Display.of(reader, reader.read(Window(0, 0, 9, 9)).values.reshape(3, -1))
    return LiveMap(reader, display, Span(spectator, 0, 1), **options)


def test_only_what_is_in_view_is_drawn(tmp_path):
    spectator = Spectator((X + 200, Y - 500, X + 400, Y - 100))
    live(tmp_path, spectator).draw(Known(2), no_pause)
    assert [window for _, _, window in spectator.frames] == [Window(10, 20, 40, 20)]


def test_of_a_large_view_the_middle_is_drawn(tmp_path):
    spectator = Spectator((X - 1e6, Y - 1e6, X + 1e6, Y + 1e6))
    live(tmp_path, spectator, (900, 1000)).draw(Known(2), no_pause)
    assert spectator.frames[0][2] == Window(66, 116, SIDE_PX, SIDE_PX)


@pytest.mark.parametrize("view", [None, (0, 0, 1, 1)])
def test_nothing_is_drawn_where_nobody_looks_or_nothing_is(tmp_path, view):
    spectator = Spectator(view)
    own = live(tmp_path, spectator)
    own.draw(Known(1), no_pause)
    own.put(np.ones((HEIGHT, WIDTH), np.uint8))
    assert spectator.frames == [] and own.is_due(4) == (view is not None)


def test_colors_are_those_of_the_classes_or_the_mean_of_their_pixels(tmp_path):
    shown = []

    class Keep(Spectator):
        def show(self, name, array, window):
            shown.append((name, array))

    table = ClassTable((LandClass(1, "a", (1, 2, 3)), LandClass(3, "b", None)))
    live(tmp_path, Keep(), classes=table).draw(Known(3), no_pause)
    assert shown[0][0] == "colors" and shown[0][1][0].tolist() == [1, 2, 3] and shown[0][1][2].any()
    shown.clear()
    live(tmp_path, Keep()).put(quarters(HEIGHT, WIDTH)[1] + 1)
    expected = np.array([[40, 60, 120], [60, 130, 50], [170, 150, 90], [210, 205, 200]])
    assert np.abs(shown[0][1].astype(int) - expected).max() <= 2


def test_a_network_that_is_drawn_is_as_it_was(tmp_path):
    import torch

    network = torch.nn.Sequential(torch.nn.Conv2d(1, 1, 3), torch.nn.BatchNorm2d(1)).train()

    def labeler_of(own):
        own.eval()
        with torch.no_grad():
            own[0].weight.zero_()
        return Known(1)

    before = {name: value.clone() for name, value in network.state_dict().items()}
    spectator = Spectator()
    watch = live(tmp_path, spectator).watching(network, labeler_of)
    for step in range(1, 10):
        watch(step, no_pause)
    assert len(spectator.frames) == 4 and network.training and network[1].training
    assert all((value == before[name]).all() for name, value in network.state_dict().items())
