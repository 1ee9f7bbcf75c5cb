"""One iteration of segmentation by backpropagation: votes counted at once against a loop over superpixels.

The peer is the published way: the pixels of each superpixel are listed once, and at every iteration a loop over the
superpixels takes ``np.unique`` of their labels. Both give the same targets, which is checked. Besides the votes
alone, a whole iteration is timed, with forward, backward and update of the network, which both have in common.

    python -m benchmarks.backpropagation --size 512
"""

from __future__ import annotations

import argparse
import time
from functools import partial

import numpy as np
import torch

from obic_plugin.engine.methods.backpropagation import (
    VARIANTS,
    BackpropagationParams,
    network_of,
    superpixels_of,
)
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.grid import Window
from obic_plugin.engine.raster.reader import Patch
from obic_plugin.engine.raster.scaling import fit_scaling
from obic_plugin.engine.samplescene import make_sample_scene
from obic_plugin.engine.training.loop import constant, fit
from obic_plugin.engine.training.selfvote import Scene, SelfVote
from obic_plugin.engine.training.sgd import SGD
from obic_plugin.engine.training.votes import Vote
from tests.engine.training.plain_votes import index_lists, majority_by_loop


def measure(variant: str, size_px: int, n_steps: int) -> dict:
    """Seconds of a vote and of an iteration in one variant, on the sample scene, ours and the peer's."""
    params = BackpropagationParams(input="scene", output="map", variant=variant)
    scene = sample(params, size_px)
    torch.manual_seed(0)
    network = network_of(params, len(scene.values))
    regions = scene.regions.numpy()
    started = time.perf_counter()
    lists = index_lists(regions)
    listing = time.perf_counter() - started
    objective = SelfVote(network, scene, VARIANTS[variant].voted, 1, Silent())
    vote = Vote(scene.regions, len(scene.numbers), params.of_variant("classes"))
    rate, ours, plain, steps = params.of_variant("learning_rate"), [], [], []
    for _ in range(n_steps):
        started = time.perf_counter()
        fit(objective, iter([scene]), 1, rate, Silent(), partial(SGD, momentum=0.9), constant)
        steps.append(time.perf_counter() - started)
        labels = objective.said.numpy()
        seconds, expected = timed(majority_by_loop, labels, lists)
        plain.append(seconds)
        seconds, found = timed(vote, objective.said)
        ours.append(seconds)
        if not (found.numpy() == expected)[regions >= 0].all():
            raise SystemExit("The votes differ.")
    at_once, loop, step = (float(np.median(each)) for each in (ours, plain, steps))
    return {
        "superpixels": len(lists),
        "listing": listing,
        "loop": loop,
        "vote": at_once,
        "ratio": loop / at_once,
        "iteration with loop": step - at_once + loop,
        "iteration": step,
    }


def sample(params: BackpropagationParams, size_px: int) -> Scene:
    """The sample scene, cut into the superpixels that the parameters ask for."""
    values = make_sample_scene(0, (size_px, size_px)).image.astype(np.float32)
    valid = (values > 0).all(0)
    scaling = fit_scaling(values[:, valid], Silent())
    scaled = scaling(Patch(values, valid))
    window = Window(0, 0, size_px, size_px)
    image, inside = torch.from_numpy(scaled.values), torch.from_numpy(valid)
    ids = superpixels_of(params, valid.sum()).segment(image, inside, window, window).ids
    numbers, regions = torch.unique(torch.where(inside, ids.long(), -1), return_inverse=True)
    lacking = int(numbers[0] < 0)
    return Scene(image, regions - lacking, numbers[lacking:] + 1)


def timed(function, *arguments) -> tuple:
    started = time.perf_counter()
    found = function(*arguments)
    return time.perf_counter() - started, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=512, help="height and width of the scene in px")
    parser.add_argument("--steps", type=int, default=5, help="iterations; the median counts")
    options = parser.parse_args()
    print(
        f"{options.size} x {options.size} px, {torch.get_num_threads()} threads, medians of {options.steps}"
    )
    for variant in VARIANTS:
        found = measure(variant, options.size, options.steps)
        print(
            f"{variant}: {found['superpixels']} superpixels\n"
            f"  votes      loop over superpixels {1000 * found['loop']:8.1f} ms   (lists of pixels, once:"
            f" {1000 * found['listing']:.0f} ms)\n"
            f"             at once               {1000 * found['vote']:8.1f} ms   {found['ratio']:.1f} x faster,"
            " the same targets\n"
            f"  iteration  with the loop         {1000 * found['iteration with loop']:8.1f} ms\n"
            f"             at once               {1000 * found['iteration']:8.1f} ms"
        )


if __name__ == "__main__":
    main()
