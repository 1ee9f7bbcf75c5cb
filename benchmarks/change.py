"""Change without labels, beside what others do: ``python -m benchmarks change``.

Each pair of ``../shared/data/change_binary`` is mapped from file to file with the defaults, as it is and with its
second date shifted. Kappa is that of the mask at the automatic threshold, by ``../shared/protocols/change_scores.py``;
AUC and average precision (AP) are those of the score. Of a set they are means over its pairs in which something
changed; the last line is the mean of the sets. Constants were chosen on the pairs with odd numbers (``--half odd``).
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
from osgeo import gdal

from obic_plugin.engine.methods.change import METHOD
from obic_plugin.engine.progress import Silent

from . import ROOT
from .changepeers import PEERS, Found
from .scenes import UNLABELED, data_folder

PROTOCOL = Path(os.environ.get("OBIC_PROTOCOLS", ROOT.parent / "shared" / "protocols")) / "change_scores.py"
SETS = ("levir256", "levir1024", "whu", "dsifn", "landsat")
HALVES = {"odd": (1,), "even": (0,), "all": (0, 1)}
OWN, MOVED_PX = "OBIC", (2, 4)


class Pair(NamedTuple):
    """The files of a pair of a set, and its truth (h, w): 0 unchanged, 1 changed, `UNLABELED`."""

    number: int
    first: str
    second: str
    truth: np.ndarray

    @property
    def known(self) -> np.ndarray:
        return self.truth != UNLABELED

    @property
    def dates(self) -> tuple:
        """(B, h, w) float64 of both."""
        return tuple(gdal.Open(path).ReadAsArray().astype(np.float64) for path in (self.first, self.second))


class Scores(NamedTuple):
    """Of one map: NaN for what a pair without change does not tell."""

    kappa: float
    auc: float
    ap: float
    said: float
    seconds: float


def protocol():
    """The module of the protocol."""
    spec = importlib.util.spec_from_file_location("change_scores", PROTOCOL)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pairs_of(name: str, half: str) -> list:
    """Of a set; none where it is not there."""
    found = []
    for path in sorted((data_folder() / "change_binary" / name).glob("t1_*.tif")):
        number = int(path.stem[3:])
        if number % 2 in HALVES[half]:
            second, change = (
                str(path.with_name(path.name.replace("t1_", kind))) for kind in ("t2_", "change_")
            )
            found.append(Pair(number, str(path), second, gdal.Open(change).ReadAsArray()))
    return found


def moved(pair: Pair, by_px: int, folder: str) -> Pair:
    """The pair with its second date so many pixels further down and right, and without what is then known of one date
    alone."""
    paths = []
    for path, start in ((pair.first, by_px), (pair.second, 0)):
        paths.append(os.path.join(folder, f"{by_px}_{os.path.basename(path)}"))
        height, width = (n - by_px for n in pair.truth.shape)
        gdal.Translate(paths[-1], path, srcWin=[start, start, width, height])
        dataset = gdal.Open(paths[-1], gdal.GA_Update)
        transform = gdal.Open(pair.first).GetGeoTransform(can_return_null=True)
        dataset.SetGeoTransform(transform or (0.0, 1.0, 0.0, 0.0, 0.0, -1.0))  # the same for both
        dataset = None
    return Pair(pair.number, *paths, pair.truth[by_px:, by_px:])


def own(pair: Pair, folder: str, seed: int, settings: dict) -> tuple:
    """What OBIC finds, from file to file, and whether it says that little changed."""
    mask, score = (os.path.join(folder, f"{name}.tif") for name in ("mask", "score"))
    params = METHOD.params(
        input=pair.first, input2=pair.second, output=mask, output_score=score, seed=seed, **settings
    )
    said, progress = [], Silent()
    progress.say = said.append
    METHOD.execute(params, progress)
    found = (gdal.Open(path).ReadAsArray() for path in (score, mask))
    score, mask = found
    return Found(score.astype(float), mask == 2), any("Little changed" in line for line in said)


def scored(pair: Pair, found: Found, seconds: float, judge) -> Scores:
    from sklearn.metrics import average_precision_score, roc_auc_score

    known = pair.known
    truth, scores = pair.truth[known] == 1, found.scores[known]
    said = float(found.said[known].mean())
    if not truth.any():
        return Scores(np.nan, np.nan, np.nan, said, seconds)
    kappa = judge.binary(found.said, pair.truth)["kappa"]
    return Scores(kappa, roc_auc_score(truth, scores), average_precision_score(truth, scores), said, seconds)


def of_pair(pair: Pair, judge, seeds: list, settings: dict) -> dict:
    """{method: [Scores] as it is and moved}, seeds averaged; prints what is said of a pair without change."""
    rows: dict = {name: [] for name in [*PEERS, OWN]}
    with tempfile.TemporaryDirectory() as folder:
        for by_px in (0, *MOVED_PX):
            here = moved(pair, by_px, folder) if by_px else pair
            dates = here.dates
            for name, peer in PEERS.items():
                started = time.perf_counter()
                found = peer(*dates)
                rows[name].append(scored(here, found, time.perf_counter() - started, judge))
            each = []
            for seed in seeds:
                started = time.perf_counter()
                found, little = own(here, folder, seed, settings)
                each.append(scored(here, found, time.perf_counter() - started, judge))
            rows[OWN].append(Scores(*np.mean(each, 0)))
            if not (pair.truth == 1).any():
                note = "it is said that little changed" if little else "nothing is said of it"
                told = ", ".join(f"{name} {rows[name][-1].said:.1%}" for name in rows)
                print(f"  pair {pair.number}, no change, moved {by_px} px: marked {told}; {note}")
    return rows


def report(name: str, pairs: list, judge, options) -> dict:
    """Print the table of a set; returns {method: (shifts, scores) means}."""
    settings = dict(each.split("=") for each in options.set)
    mpx = np.mean([pair.truth.size for pair in pairs]) / 1e6
    print(f"{name}: {len(pairs)} pairs of {mpx:.2f} Mpx", flush=True)
    rows = [of_pair(pair, judge, options.seeds, settings) for pair in pairs]
    means = {method: np.nanmean([row[method] for row in rows], 0) for method in rows[0]}
    if options.pairs:
        for pair, row in zip(pairs, rows):
            cells = "  ".join(f"{method} {row[method][0].kappa:.3f}" for method in row)
            print(f"  {pair.number:02d} changed {(pair.truth == 1).mean():6.1%}   {cells}")
    for method, mean in means.items():
        print_row(method, mean, mpx)
    return means


def print_row(method: str, mean: np.ndarray, mpx: float | None = None) -> None:
    as_is, *others = mean
    kept = "".join(f"   {other[2]:.3f} {other[2] / as_is[2]:4.0%}" for other in others)
    speed = "" if mpx is None else f"{as_is[4] / mpx:8.2f} s/Mpx"
    print(
        f"  {method:16s} kappa {as_is[0]:.3f}  AUC {as_is[1]:.3f}  AP {as_is[2]:.3f}{kept}{speed}", flush=True
    )


def main() -> int:
    gdal.UseExceptions()
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sets", nargs="*", default=list(SETS), choices=SETS)
    parser.add_argument("--half", default="all", choices=list(HALVES))
    parser.add_argument("--seeds", type=int, nargs="*", default=[0, 1, 2])
    parser.add_argument("--pairs", action="store_true", help="kappa of each pair, too")
    parser.add_argument("--set", nargs="*", default=[], metavar="NAME=VALUE", help="parameters of change")
    options = parser.parse_args()
    judge, found = protocol(), {}
    print(
        "kappa, AUC and average precision; then AP, and the share of it that is kept, moved by 2 and by 4 px"
    )
    for name in options.sets:
        pairs = pairs_of(name, options.half)
        if pairs:
            found[name] = report(name, pairs, judge, options)
        else:
            print(f"{name}: not there")
    print(f"mean of {len(found)} sets")
    for method in [*PEERS, OWN]:
        print_row(method, np.mean([each[method] for each in found.values()], 0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
