"""Everything that the plugin promises, tried on bad, odd and unlucky occasions.

make campaign                                   all parts; fails if one thing is wrong
make campaign ARGS='--only inputs --seed 2'     one part, with other chances
make campaign ARGS='--only inputs --case 17'    one case again, with all that is known of it
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

# before anything loads OpenMP: children share few processors, and waiting is to cost nothing
os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", OMP_WAIT_POLICY="PASSIVE")

from obic_plugin import dependencies

dependencies.activate()

from . import cancels, cases, disks, interrupts, kills, laws, pairs  # noqa: E402
from .brief import learn_less  # noqa: E402
from .part import Tally, load_packages, run_part  # noqa: E402
from .recipes import Kitchen  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
PARTS = {
    "inputs": cases,
    "kills": kills,
    "disks": disks,
    "cancels": cancels,
    "interrupts": interrupts,
    "pairs": pairs,
    "laws": laws,
}


def main() -> int:
    """Run the parts; 1 if anything is wrong."""
    arguments = _parser().parse_args()
    if sys.platform != "linux":
        print("The campaigns need Linux: they fork, limit and kill.")
        return 1
    load_packages()
    learn_less()
    start = time.monotonic()
    end = start + 60 * arguments.minutes
    with tempfile.TemporaryDirectory(prefix="obic-campaign-") as folder:
        kitchen = Kitchen.kept(ROOT / "build" / "campaign")
        tempfile.tempdir = folder
        for text in kitchen.lacking:
            print(f"wrong: {text}")
        tallies = {}
        names = arguments.only or list(PARTS)
        for name in names:
            count = arguments.count or PARTS[name].COUNT
            trials = run_part(PARTS[name], kitchen, arguments.seed, count, end, arguments.case)
            tallies[name] = Tally(count if arguments.case is None else 1)
            for trial in trials:
                tallies[name].add(trial)
                _tell(name, trial, arguments)
            if time.monotonic() < end:
                tallies[name].ended()
    _print_table(tallies, time.monotonic() - start)
    n_wrong = len(kitchen.lacking) + sum(tally.n_wrong for tally in tallies.values())
    return 1 if n_wrong or not all(tally.n_tried for tally in tallies.values()) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="make campaign ARGS=…", description=__doc__.partition("\n")[0])
    parser.add_argument("--seed", type=int, default=0, help="another one tries other things")
    parser.add_argument("--only", choices=PARTS, action="append", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--count", type=int, help="how many to try in each part")
    parser.add_argument("--case", type=int, help="the number of one to try again")
    parser.add_argument("--minutes", type=float, default=20.0, help="start nothing after so long")
    parser.add_argument("--verbose", action="store_true", help="tell of what is clear, too")
    return parser


def _tell(name: str, trial, arguments) -> None:
    if trial.wrong:
        print(f"wrong: {trial.what}: {trial.wrong}")
        print(f"       make campaign ARGS='--only {name} --seed {arguments.seed} --case {trial.number}'")
    elif arguments.verbose or arguments.case is not None:
        print(f"{trial.how or 'clear'}: {name} {trial.number}, {trial.seconds:.1f} s, {trial.what}")
    sys.stdout.flush()


def _print_table(tallies: dict, seconds: float) -> None:
    print(f"\n{'':10}{'tried':>8}{'clear':>8}{'wrong':>8}{'skipped':>9}")
    for name, tally in tallies.items():
        print(
            f"{name:10}{tally.n_tried:8}{tally.n_tried - tally.n_wrong:8}{tally.n_wrong:8}{tally.n_skipped:9}"
        )
        for text in tally.remarks:
            print(f"{'':10}{text}")
    print(f"{seconds / 60:.1f} min")


if __name__ == "__main__":
    sys.exit(main())
