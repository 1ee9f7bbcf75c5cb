"""How well maps made without labels agree with the truth of real scenes: ours and its peers', side by side.

    python -m benchmarks.quality [--scenes dubai_01 korea_15] [--seeds 0 1 2] [--methods OBIC K-means]

Agreement is adjusted mutual information over the labeled pixels (1: the same, 0: as by chance). Everything runs with
its defaults, the same for every scene. The published method takes minutes for each megapixel: its results come from
``python -m benchmarks.published``, and from the center of a scene where the whole has not been run.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from pathlib import Path

import numpy as np
import torch
from osgeo import gdal

from obic_plugin.engine.methods.unsupervised import METHOD, UnsupervisedParams
from obic_plugin.engine.progress import Silent

from . import BUILD
from .peers import PEERS
from .published import Cache
from .scenes import Scene, cropped, scenes
from .scores import score

OURS, MIXTURE, PUBLISHED = "OBIC", "OBIC without network", "published"
NETWORKS = {MIXTURE: "none", OURS: "features", "OBIC as published": "published"}
METHODS = (*PEERS, PUBLISHED, *NETWORKS)
USUAL = (*PEERS, PUBLISHED, MIXTURE, OURS)  # the other takes a minute for each megapixel
LARGE_MPX = 1.0
CHANCE = 0.01  # AMI up to which neither K-means has found anything: a ratio would compare noise


def ours(scene: Scene, seed: int, effort: str, network: str) -> np.ndarray:
    """(h, w) labels of the plugin's own method, with its defaults but for effort and network."""
    with tempfile.TemporaryDirectory() as folder:
        output = str(Path(folder) / "map.tif")
        METHOD.execute(
            UnsupervisedParams(
                input=str(scene.image),
                output=output,
                nodata=scene.fill,
                seed=seed,
                effort=effort,
                network=network,
            ),
            Silent(),
        )
        return gdal.Open(output).ReadAsArray()


def measure(scene: Scene, methods: list, seeds: list, effort: str) -> dict:
    """{method: [{"ami", "classes", "seconds"} of each seed]}; methods that have nothing for the scene are left out."""
    pixels, found = scene.read(), {}
    for method in methods:
        if method == PUBLISHED:
            known = [Cache()(scene, seed) for seed in seeds]
            found[method] = [result for result in known if result]
            continue
        found[method] = []
        for seed in seeds:
            started = time.monotonic()
            if method in PEERS:
                labels = PEERS[method](pixels, seed)
            else:
                labels = ours(scene, seed, effort, NETWORKS[method])
            seconds = time.monotonic() - started
            ami, n_classes = score(labels, pixels)
            found[method].append({"ami": ami, "classes": n_classes, "seconds": seconds})
    return {method: results for method, results in found.items() if results}


class Table:
    """Results of all scenes so far: ``results`` is {scene: {method: [{"ami", …}]}}."""

    def __init__(self, methods: list):
        self.methods, self.results = methods, {}
        print("  ".join([f"{'scene':<16}", *(f"{method:>18}" for method in methods), "classes"]))

    def add(self, scene: Scene, results: dict) -> None:
        self.results[scene.name] = {"mpx": scene.mpx, **results}
        cells = [f"{_cell(results.get(method)):>18}" for method in self.methods]
        classes = [result["classes"] for result in results.get(OURS, ())]
        print("  ".join([f"{scene.name:<16}", *cells, " ".join(map(str, classes))]), flush=True)

    def mean(self, method: str, names: list | None = None) -> float:
        """Mean over scenes of the mean over seeds; NaN where a scene lacks the method."""
        rows = [self.results[name].get(method, ()) for name in (self.results if names is None else names)]
        return float(np.mean([_mean(row) for row in rows])) if rows else float("nan")

    def having(self, *methods: str) -> list:
        return [
            name for name, results in self.results.items() if all(method in results for method in methods)
        ]


def _mean(results: list) -> float:
    return float(np.mean([result["ami"] for result in results])) if results else float("nan")


def _cell(results: list | None) -> str:
    if not results:
        return "-"
    spread = f" ± {np.std([result['ami'] for result in results]):.3f}" if len(results) > 1 else ""
    return f"{_mean(results):.3f}{spread}"


def goals(table: Table, crops: Table) -> list:
    """[(what, measured, goal, met)]; goals for which something has not been measured are left out."""
    names, found = table.having(OURS, *PEERS), []
    if not names:
        return found
    peer = max(PEERS, key=lambda method: table.mean(method, names))
    ratio = table.mean(OURS, names) / table.mean(peer, names)
    found.append((f"mean of {len(names)} scenes against {peer}", ratio, 1.25, ratio >= 1.25))
    both = table.having(OURS, PUBLISHED)
    if both:
        ratio = table.mean(OURS, both) / table.mean(PUBLISHED, both)
        found.append(
            (f"the same against published, the {len(both)} scenes it was run on", ratio, 1.25, ratio >= 1.25)
        )
    pairs = [(table, name) for name in both if table.results[name]["mpx"] >= LARGE_MPX]
    pairs += [(crops, name) for name in crops.having(OURS, PUBLISHED)]
    if pairs:
        mine, theirs = (
            np.mean([part.mean(method, [name]) for part, name in pairs]) for method in (OURS, PUBLISHED)
        )
        what = f"against published from 1 Mpx on, {len(pairs)} scenes or crops"
        found.append((what, mine / theirs, 1.2, mine / theirs >= 1.2))
    floors = {}
    for name in names:
        best = max(table.mean(method, [name]) for method in ("K-means", "superpixel K-means"))
        if best > CHANCE:
            floors[name] = table.mean(OURS, [name]) / best
    worst = min(floors, key=floors.get)
    found.append(
        (f"worst scene against the better K-means: {worst}", floors[worst], 0.9, floors[worst] >= 0.9)
    )
    rows = [table.results[name][OURS] for name in names]
    spread = float(np.mean([np.std([result["ami"] for result in row]) for row in rows]))
    if len(rows[0]) > 1:
        found.append(("standard deviation over seeds, mean", spread, 0.02, spread <= 0.02))
    fewest = min(result["classes"] for row in rows for result in row)
    found.append(("fewest classes", fewest, 2, fewest >= 2))
    return found


def main() -> None:
    arguments = parse()
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    chosen = scenes(arguments.scenes)
    table = Table(arguments.methods)
    for scene in chosen:
        table.add(scene, measure(scene, arguments.methods, arguments.seeds, arguments.effort))
    print("  ".join([f"{'mean':<16}", *(f"{table.mean(method):>18.3f}" for method in arguments.methods)]))
    crops = Table(arguments.methods)
    for scene in chosen:
        crop = cropped(scene)
        wanted = (
            PUBLISHED in arguments.methods
            and PUBLISHED not in table.results[scene.name]
            and crop is not scene
        )
        if wanted and Cache()(crop, arguments.seeds[0]):
            crops.add(crop, measure(crop, arguments.methods, arguments.seeds, arguments.effort))
    met = goals(table, crops)
    for what, measured, goal, good in met:
        print(f"{'met   ' if good else 'missed'}  {measured:7.3f}  (goal {goal:g})  {what}")
    BUILD.mkdir(parents=True, exist_ok=True)
    summary = {"settings": vars(arguments), "scenes": table.results, "crops": crops.results, "goals": met}
    arguments.output.write_text(json.dumps(summary, indent=1, default=str))


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--scenes", nargs="+", help="names of scenes; without it, all")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2])
    parser.add_argument("--methods", nargs="+", default=list(USUAL), choices=METHODS, metavar="METHOD")
    parser.add_argument("--effort", default="standard", choices=["draft", "standard", "thorough"])
    parser.add_argument("--threads", type=int, default=0, help="of PyTorch; 0 is as many as there are cores")
    parser.add_argument("--output", type=Path, default=BUILD / "quality.json")
    return parser.parse_args()


if __name__ == "__main__":
    main()
