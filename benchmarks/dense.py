"""What a map by a network over pixels costs: encoder, decoder, scores and votes of superpixels, in s/Mpx.

    python -m benchmarks.dense [--size 4096] [--tile 1024] [--votes | --no-votes]

A made raster of three bands of bytes in memory; the network's weights are drawn by chance, which costs as much as any.
Superpixels are found in the same tiles, and are timed apart: what is left is the network's.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from unittest import mock

import torch

from obic_plugin.engine.labelers.dense import Dense
from obic_plugin.engine.nets.densenet import DenseNetwork
from obic_plugin.engine.progress import Silent
from obic_plugin.engine.raster.sample import read_sample
from obic_plugin.engine.raster.scaling import fit_scaling
from obic_plugin.engine.superpixels.slic import Slic

from .gpu import ArrayReader, made_scene

GOAL = 1.2  # s/Mpx on two cores
CLASSES = 8


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--size", type=int, default=4096, help="height and width of the raster in pixels")
    parser.add_argument("--tile", type=int, default=1024, help="side of a tile in pixels")
    parser.add_argument("--votes", action=argparse.BooleanOptionalAction, default=True)
    options = parser.parse_args()
    torch.manual_seed(0)
    reader = ArrayReader(made_scene(options.size, options.size))
    scaling = fit_scaling(read_sample(reader, Silent()).values, Silent())
    network = DenseNetwork(scaling.n_channels, CLASSES, [0, 1, 2]).eval()
    labeler = Dense(
        reader, scaling, network, CLASSES, Slic(8) if options.votes else None, votes=options.votes
    )
    windows = reader.work.tiles(options.tile)
    for _ in labeler.tiles(list(windows)[:2]):  # warms up
        pass
    busy = defaultdict(float)
    with timed(Slic, "segment", busy), timed(Dense, "_tile", busy):
        started, worked = time.perf_counter(), time.process_time()
        for _ in labeler.tiles(windows):
            pass
        seconds, worked = time.perf_counter() - started, time.process_time() - worked
    mpx = reader.work.size / 1e6
    share = 1 - busy["segment"] / busy["_tile"]  # two tiles at once: of what both threads have done
    print(
        f"{mpx:.1f} Mpx in {seconds:.1f} s: {seconds / mpx:.2f} s/Mpx, of which superpixels {1 - share:.0%}"
    )
    print(f"Network and votes: {share * seconds / mpx:.2f} s/Mpx (goal {GOAL} on two cores)")
    print(f"Processor time: {share * worked / mpx:.2f} s/Mpx, which says more on a computer that others use")


def timed(owner: type, name: str, busy: dict):
    """Adds to ``busy[name]`` the seconds of all calls, of all threads."""
    function = getattr(owner, name)

    def run(*arguments, **named):
        started = time.perf_counter()
        try:
            return function(*arguments, **named)
        finally:
            busy[name] += time.perf_counter() - started

    return mock.patch.object(owner, name, run)


if __name__ == "__main__":
    main()
