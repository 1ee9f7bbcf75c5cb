"""An interrupt (Ctrl+C) at some moment of a run of ``qgis_process``: how the run ends, how soon, and what it leaves.

    tools/qgis_env.sh python3 tools/campaign/interrupt.py --times 50 --seed 1 scene.tif

runs several algorithms on the image, each first to its end, then interrupted at random moments.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np

SENTENCE = "Stopped, nothing was written."
PATIENCE_S = 2.0
LONGEST_S = 1800.0
BEGUN = "\nInputs\n"  # what QGIS prints where it hands over to the algorithm


class Ending(NamedTuple):
    """How a run has ended: its status (None: it had to be killed), the seconds from the interrupt to the end, the
    seconds in all from where the algorithm began, what it printed, and the names of the files in the folder."""

    status: int | None
    delay_s: float
    lasted_s: float
    text: str
    files: tuple

    @property
    def done(self) -> bool:
        """Whether the run had come to its end before the interrupt was of any use."""
        return self.status == 0 and "Results" in self.text and SENTENCE not in self.text


def interrupted(
    algorithm: str, settings: dict, folder: Path, moment_s: float | None = None, mark: str = BEGUN
) -> Ending:
    """Run an algorithm whose outputs lie in ``folder``, interrupted ``moment_s`` after it printed ``mark``, which by
    default is where it begins; never if None.

    Is to be called in the environment of ``tools/qgis_env.sh``.
    """
    command = [os.environ["QGIS_PROCESS"], "run", algorithm]
    command += [f"--{name}={value}" for name, value in settings.items()]
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as printed:
        process = subprocess.Popen(command, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True)
        try:
            began = _printed(mark, process, printed)
            if moment_s is not None:
                time.sleep(max(0.0, began + moment_s - time.monotonic()))
            at = time.monotonic()
            if moment_s is not None and process.poll() is None:
                process.send_signal(signal.SIGINT)
            status = process.wait(LONGEST_S)
        except subprocess.TimeoutExpired:
            status = None
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
        end = time.monotonic()
        printed.seek(0)
        files = tuple(sorted(path.name for path in folder.iterdir()))
        return Ending(status, end - at, end - began, printed.read(), files)


def _printed(mark: str, process: subprocess.Popen, printed) -> float:
    """When the run has printed that."""
    while process.poll() is None:
        printed.flush()
        if mark in Path(f"/proc/self/fd/{printed.fileno()}").read_text(errors="replace"):
            break
        time.sleep(0.02)
    return time.monotonic()


def wrong(ending: Ending, patience_s: float = PATIENCE_S) -> str:
    """What is wrong with the end of an interrupted run that had an empty folder for its outputs, or ''."""
    if ending.done:
        return ""
    if ending.status is None:
        return f"it did not end within {LONGEST_S:.0f} s"
    if ending.status == 0:
        return f"status 0: {ending.text[-300:]}"
    if "Results" in ending.text:
        return "it told results"
    if SENTENCE not in ending.text:
        return f"status {ending.status} without the sentence: {ending.text[-300:]}"
    if ending.files:
        return f"it left {', '.join(ending.files)}"
    if ending.delay_s > patience_s:
        return f"it took {ending.delay_s:.1f} s"
    return ""


def runs(image: str) -> list:
    """(algorithm, settings, {output parameter: file name}) of runs with long stages of all kinds."""
    everything = {
        "OUTPUT": "map.tif",
        "OUTPUT_CONFIDENCE": "confidence.tif",
        "OUTPUT_SUPERPIXELS": "superpixels.tif",
        "OUTPUT_POLYGONS": "polygons.gpkg",
        "OUTPUT_REPORT": "report.html",
    }
    pixels = {name: file for name, file in everything.items() if name != "OUTPUT_SUPERPIXELS"}
    outlines = {name: everything[name] for name in ("OUTPUT", "OUTPUT_POLYGONS")}
    return [
        ("obic:unsupervisedsegmentation", {"INPUT": image, "MIN_AREA": 100}, everything),
        ("obic:kmeans", {"INPUT": image, "MIN_AREA": 20}, pixels),
        ("obic:isodata", {"INPUT": image, "PER": "superpixel"}, everything),
        ("obic:superpixels", {"INPUT": image}, outlines),
        ("obic:superpixels", {"INPUT": image, "SUPERPIXELS": "felzenszwalb"}, outlines),
    ]


def main() -> int:
    """Try; 1 if anything is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("image")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--patience", type=float, default=PATIENCE_S, help="seconds that a run may take to end"
    )
    parser.add_argument("--only", type=int, action="append", help="numbers, from 0, of the runs")
    arguments = parser.parse_args()
    chance, n_wrong = np.random.default_rng(arguments.seed), 0
    chosen = [
        run for number, run in enumerate(runs(arguments.image)) if number in (arguments.only or range(99))
    ]
    lasts = [_once(run).lasted_s for run in chosen]
    for number in range(arguments.times):
        run, lasted_s = chosen[number % len(chosen)], lasts[number % len(chosen)]
        moment_s = chance.uniform(0, lasted_s)
        ending = _once(run, moment_s)
        fault = wrong(ending, arguments.patience)
        n_wrong += bool(fault)
        how = fault or ("was done" if ending.done else f"ended after {ending.delay_s:.2f} s")
        print(f"{number:3} {run[0]} at {moment_s:.1f} of {lasted_s:.1f} s: {how}", flush=True)
    print(f"{arguments.times} interrupted, {n_wrong} wrong")
    return 1 if n_wrong else 0


def _once(run: tuple, moment_s: float | None = None) -> Ending:
    algorithm, settings, outputs = run
    with tempfile.TemporaryDirectory(prefix="obic-interrupt-") as folder:
        paths = {name: os.path.join(folder, file) for name, file in outputs.items()}
        return interrupted(algorithm, {**settings, **paths}, Path(folder), moment_s)


if __name__ == "__main__":
    sys.exit(main())
