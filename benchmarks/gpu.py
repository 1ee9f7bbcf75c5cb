"""How long the engine takes on a GPU for a raster that is held in memory, and where the time goes.

    python -m benchmarks.gpu [--size 7200x6800] [--device cuda] [--tile 2048] [--repeat 3] [--network published]
                             [--operations]

Needs PyTorch, numpy and scikit-image (with the SciPy that it brings), and neither GDAL nor QGIS: it runs on a bare GPU
machine. The raster, three bands of bytes, lies in the computer's memory, not in the GPU's; labels go back there. A run
is what the main job does between reading and writing files: statistics, training and the map.
"""

from __future__ import annotations

import argparse
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from typing import NamedTuple
from unittest import mock

import numpy as np
import torch

from obic_plugin.engine.device import choose_device, describe
from obic_plugin.engine.environment import run_environment
from obic_plugin.engine.labelers import cells
from obic_plugin.engine.labelers.labeler import Labeler
from obic_plugin.engine.methods import published
from obic_plugin.engine.methods.unsupervised import (
    EFFORTS,
    UnsupervisedParams,
    self_taught,
    superpixels_of,
    with_defaults,
)
from obic_plugin.engine.nets.fcn import PublishedNetwork
from obic_plugin.engine.nets.featurenet import FeatureNetwork
from obic_plugin.engine.nets.mixturenet import MixtureNetwork
from obic_plugin.engine.progress import Silent, unwatched
from obic_plugin.engine.raster.grid import RasterGrid, Window
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.raster.sample import read_sample
from obic_plugin.engine.raster.scaling import Scaling, fit_scaling
from obic_plugin.engine.superpixels import cellreader
from obic_plugin.engine.superpixels.cellencoder import CellEncoder
from obic_plugin.engine.superpixels.cellreader import CellReader
from obic_plugin.engine.superpixels.slic import Slic
from obic_plugin.engine.training import mixture
from obic_plugin.engine.training.loop import fit

GOALS_S = {"features": 3.0, "none": 3.0, "published": 30.0}  # 49 Mpx on one H100
CROP_PX = 1024
PERIOD_PX = 2048  # after which the scene is mirrored; its noise is nowhere the same


class ArrayReader:
    """What the engine reads from, of an array (B, h, w) in memory: stands in for a `RasterReader`."""

    source, content = "an array in memory", None

    def __init__(self, values: np.ndarray):
        self._values, self.n_bands = values, len(values)
        self.grid = RasterGrid(*values.shape[1:])
        self.work = self.grid.window

    def read(self, window: Window) -> Patch:
        values = self._values[(slice(None), *window.slices)].astype(np.float32)
        return Patch(values, np.ones(values.shape[1:], bool))


class Job:
    """What training wants of a `MapJob`, and the seconds of each stage, with all work of the device done."""

    def __init__(self, reader: ArrayReader, device: torch.device):
        self.reader, self.device, self.stages = reader, device, []
        self.n_valid_px, self.progress = reader.work.size, Silent()
        self._name, self._since = "", 0.0

    def start(self, stage: str) -> None:
        wait(self.device)
        now = time.perf_counter()
        if self._name:
            self.stages.append((self._name, now - self._since))
        self._name, self._since = stage, now

    def scaling(self) -> Scaling:
        return fit_scaling(read_sample(self.reader, self.progress).values, self.progress)

    def fit(self, *arguments, **options) -> None:
        fit(*arguments, **options)

    def add_to_curve(self, history: list) -> None:
        pass

    def live(self) -> Job:
        """Nobody looks while it learns."""
        return self

    def watching(self, network, labeler_of: Callable) -> Callable:
        return unwatched

    def part(self, start: float, end: float) -> Silent:
        return Silent()


def made_scene(height: int, width: int) -> np.ndarray:
    """(3, h, w) bytes: eight kinds of land in patches of some tens of pixels, each with its color and texture."""
    random = np.random.default_rng(0)
    torch.manual_seed(0)
    size = min(PERIOD_PX, max(height, width))
    seeds = torch.rand(1, 8, size // 48 + 2, size // 48 + 2)
    kinds = torch.nn.functional.interpolate(seeds, (size, size), mode="bicubic").argmax(1)[0].numpy()
    colors, texture = random.uniform(40, 210, (3, 8)), random.uniform(2, 25, 8)
    coarse = np.kron(random.standard_normal((size // 4 + 1, size // 4 + 1)), np.ones((4, 4)))[:size, :size]
    tile = (colors[:, kinds] + coarse * texture[kinds]).astype(np.float32)
    mirrored = [np.abs((np.arange(n) + size) % (2 * size) - size) % size for n in (height, width)]
    scene = np.empty((3, height, width), np.uint8)
    for top in range(0, height, 512):
        strip = tile[:, mirrored[0][top : top + 512]][:, :, mirrored[1]]
        strip += 3 * np.random.default_rng(top).standard_normal(strip.shape, np.float32)
        scene[:, top : top + 512] = np.clip(strip, 0, 255)
    return scene


class Made(NamedTuple):
    """What a whole run makes: labels (h, w), the `Job` with its stages, and the labeler."""

    labels: np.ndarray
    job: Job
    labeler: Labeler


def one_run(reader: ArrayReader, device: torch.device, options: argparse.Namespace) -> Made:
    """A whole run."""
    wanted = {"effort": options.effort, "network": options.network}
    params, job = (
        with_defaults(UnsupervisedParams(input="none", output="none", **wanted)),
        Job(reader, device),
    )
    with run_environment(computes=True):
        job.start("Statistics")
        if options.network == "published":
            superpixels = superpixels_of(params, reader.work.size)
            found = published.trained(params, job, superpixels, EFFORTS[params.effort].n_published)
        else:
            found = self_taught(params, job)
        labeler = found.labeler_of(found.network.options["n_classes"])
        job.start("Mapping")
        labels = np.empty((reader.grid.height, reader.grid.width), np.uint8)
        for tile in labeler.tiles(reader.work.tiles(options.tile)):
            labels[tile.window.slices] = tile.planes["labels"]
        job.start("")
    return Made(labels, job, labeler)


def parts_of_mapping(reader: ArrayReader, device: torch.device, tile_px: int, labeler: Labeler) -> dict:
    """{part: seconds} of mapping once more, the device being waited for after each part."""
    seconds = defaultdict(float)
    parts = [
        ("read (in a thread)", ArrayReader, "read"),
        ("upload and scale (in a thread)", CellReader, "scaled"),
        ("superpixels", Slic, "segment"),
        ("features", cellreader, "cell_patch"),
        ("image features", CellEncoder, "features"),
        ("network", FeatureNetwork, "forward"),
        ("network", MixtureNetwork, "forward"),
        ("network", PublishedNetwork, "forward"),
        ("votes", cells, "votes_of_regions"),
        ("paint and download", cells, "painted"),
    ]

    def timed(name: str, function):
        def run(*arguments, **named):
            wait(device)
            started = time.perf_counter()
            found = function(*arguments, **named)
            wait(device)
            seconds[name] += time.perf_counter() - started
            return found

        return run

    with ExitStack() as stack:
        for name, owner, function in parts:
            stack.enter_context(mock.patch.object(owner, function, timed(name, getattr(owner, function))))
        for _ in labeler.tiles(reader.work.tiles(tile_px)):
            pass
    return {name: seconds[name] for name, _, _ in parts if name in seconds}


def agreement(reader: ArrayReader, device: torch.device, labeler: Labeler) -> dict:
    """{plane: share} of the pixels of a crop in which this device and the CPU find the same superpixel or label."""
    raster, state = reader.grid.window, labeler.state()
    window = raster & Window(raster.height // 3, raster.width // 3, CROP_PX, CROP_PX)
    ours, cpu = (
        next(iter(type(labeler).from_state(reader, each, *state).tiles([window]))).planes
        for each in (device, torch.device("cpu"))
    )
    return {name: (ours[name] == cpu[name]).mean() for name in ours if name != "confidence"}


def wait(device: torch.device) -> None:
    if device.type == "cuda":
        torch.cuda.synchronize(device)


def peak_text(device: torch.device) -> str:
    if device.type == "cuda":
        gpu = torch.cuda.get_device_properties(device).total_memory
        return f"{torch.cuda.max_memory_allocated(device) / 2**20:,.0f} MB of the GPU's {gpu / 2**20:,.0f}"
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB, the process with the raster"


def use_scipy_for_kmeans() -> None:
    """Where scikit-learn is missing, SciPy finds the first classes: nearly the same, in about the same time."""
    from scipy.cluster.vq import kmeans2

    def first_shares(values: np.ndarray, most: int, seed: int) -> np.ndarray:
        _, labels = kmeans2(values, most, minit="++", seed=seed)
        return np.eye(most)[labels][:, np.bincount(labels, minlength=most) > 0]

    mixture._first_shares = first_shares
    print("scikit-learn is not there: K-means is SciPy's.")


def operations(reader: ArrayReader, device: torch.device, options: argparse.Namespace) -> None:
    """Print PyTorch's own table of the most expensive operations of a run."""
    from torch.profiler import ProfilerActivity, profile

    kinds = [ProfilerActivity.CPU] + [ProfilerActivity.CUDA] * (device.type == "cuda")
    try:
        with profile(activities=kinds) as profiler:
            one_run(reader, device, options)
    except ImportError as error:  # beside an older sympy, as on Debian 12
        print(f"PyTorch's profiler does not start here: {error}")
        return
    order = "cuda_time_total" if device.type == "cuda" else "self_cpu_time_total"
    print(profiler.key_averages().table(sort_by=order, row_limit=20, max_name_column_width=40))


def main() -> None:
    options = parse()
    device = choose_device(options.device)
    try:
        import sklearn.cluster  # noqa: F401
    except ImportError:
        use_scipy_for_kmeans()
    width, height = options.size
    reader, mpx = ArrayReader(made_scene(height, width)), width * height / 1e6
    print(
        f"{describe(device)}; PyTorch {torch.__version__}; {width} x {height} px, {mpx:.1f} Mpx in host memory"
    )
    made = one_run(reader, device, options)  # warms up
    totals = []
    for _ in range(options.repeat):
        made = one_run(reader, device, options)
        totals.append(sum(seconds for _, seconds in made.job.stages))
        print(f"  {totals[-1]:8.3f} s")
    print("Stages of the last run:")
    for name, seconds in made.job.stages:
        print(f"  {seconds:8.3f} s  {name}")
    print(f"Parts of mapping in tiles of {options.tile} px, each waited for:")
    for name, seconds in parts_of_mapping(reader, device, options.tile, made.labeler).items():
        print(f"  {seconds:8.3f} s  {name}")
    for name, share in agreement(reader, device, made.labeler).items():
        print(f"Crop on {device} and on the CPU: same {name} {share:.4%}")
    print(f"Most memory: {peak_text(device)}; {len(np.unique(made.labels))} classes")
    best, goal = min(totals), GOALS_S[options.network]
    print(
        f"Best of {options.repeat}: {best:.3f} s, {1000 * best / mpx:.1f} ms/Mpx; goal {goal} s on one H100"
    )
    if options.operations:
        operations(reader, device, options)


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--size",
        type=lambda text: tuple(map(int, text.split("x"))),
        default=(7200, 6800),
        metavar="WIDTHxHEIGHT",
    )
    parser.add_argument("--device", default="cuda", help="cuda, cuda:N, mps or cpu")
    parser.add_argument("--tile", type=int, default=2048, help="side of a tile in pixels")
    parser.add_argument("--repeat", type=int, default=3, help="runs after the one that warms up")
    parser.add_argument("--effort", default="standard", choices=["draft", "standard", "thorough"])
    parser.add_argument("--network", default="features", choices=GOALS_S)
    parser.add_argument("--operations", action="store_true", help="also PyTorch's table of operations")
    return parser.parse_args()


if __name__ == "__main__":
    main()
