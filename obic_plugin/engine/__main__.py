"""The engine alone, without QGIS: ``python -m obic_plugin.engine METHOD INPUT OUTPUT [--option value …]``.

Options are read from the same declarations as the Toolbox forms, which also check them. Several processes share the
tiles of a map with ``--processes=2`` before METHOD; on several computers with torchrun.
"""

from __future__ import annotations

import argparse
import csv
import os
import sys
import time
import warnings

from .. import dependencies
from .errors import ObicError, ParameterError, shown
from .method import Method
from .methods import METHODS
from .params import specs
from .progress import Cancelled, Silent
from .values import SEVERAL, SHOWN, Spec

# GDAL 3.7 and later announce that errors will be exceptions; both are handled here
warnings.filterwarnings("ignore", category=FutureWarning, module="osgeo")

MOST_PROCESSES = 256
SHORT_NAMES = {"unsupervised": "unsupervisedsegmentation"}


class Terminal(Silent):
    """Progress on standard error: a line for each stage, and the percentage on a terminal."""

    def __init__(self):
        self._live, self._start = sys.stderr.isatty(), time.monotonic()

    def at(self, fraction: float) -> None:
        if self._live:
            sys.stderr.write(f"\r{100 * fraction:5.1f} %  ")
            sys.stderr.flush()

    def say(self, text: str) -> None:
        lead = "\r" if self._live else ""
        sys.stderr.write(f"{lead}[{time.monotonic() - self._start:6.1f} s] {text}\n")


def main(arguments: list | None = None) -> int:
    """Run one method; returns the exit status: 0 done, 1 refused, 130 interrupted."""
    dependencies.activate()
    if int(os.environ.get("WORLD_SIZE", 1)) > 1:
        return _joined(arguments)
    n = _parser().parse_args(arguments).processes
    if n == 1 or dependencies.explain():  # which the run will say
        return run(arguments)
    from .companions import companions

    try:
        with companions(n):
            return _joined(arguments)
    except ObicError as error:
        Terminal().say(f"Error: {error}")
        return 1
    except KeyboardInterrupt:
        Terminal().say("Stopped, nothing was written.")
        return 130


def _joined(arguments: list | None) -> int:
    """As one of several processes: number 0 runs the method, the others help it."""
    from .processes import joined, serve

    if os.environ.get("OBIC_READY"):
        sys.stdout.write("ready\n")
        sys.stdout.flush()
    with joined() as rank:
        return run(arguments) if rank == 0 else serve()


def run(arguments: list | None) -> int:
    """As `main`, whatever other processes do."""
    options = vars(_parser().parse_args(arguments))
    method = {method.name: method for method in METHODS}[options.pop("method")]
    del options["processes"]
    terminal = Terminal()
    try:
        numbers = method.execute(method.params(**_given(method, options)), terminal)
    except ObicError as error:
        terminal.say(f"Error: {error}")
        return 1
    except (KeyboardInterrupt, Cancelled):
        terminal.say("Stopped, nothing was written.")
        return 130
    for name, number in numbers.items():
        print(f"{name} {number}")
    return 0


def _number_of_processes(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_PROCESSES:
        raise argparse.ArgumentTypeError(f"it must be from 1 to {MOST_PROCESSES}, not {shown(text)}.")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m obic_plugin.engine", description=__doc__.partition("\n")[0]
    )
    parser.add_argument(
        "--processes",
        type=_number_of_processes,
        default=1,
        metavar="N",
        help="share the tiles of a map among N",
    )
    commands = parser.add_subparsers(dest="method", metavar="METHOD", required=True)
    for method in METHODS:
        short = [name for name, full in SHORT_NAMES.items() if full == method.name]
        command = commands.add_parser(method.name, aliases=short, help=method.when, description=method.when)
        command.set_defaults(method=method.name)
        for spec in specs(method.params):
            _add_argument(command, spec, method)
    return parser


def _add_argument(command: argparse.ArgumentParser, spec: Spec, method: Method) -> None:
    if spec.kind in SHOWN:
        return
    settings = {"help": spec.help.replace("%", "%%"), "metavar": spec.kind.upper()}
    if spec.choices:
        settings["metavar"] = "|".join(spec.choices)
    if spec.kind == "extent":
        settings["help"] += f" Where it begins with a minus: --{spec.name}=-10,0,5,15."
    if spec.kind in SEVERAL:
        settings["nargs"] = "+"
    if spec.required and spec.name in ("input", "output"):
        command.add_argument(spec.name, **settings)
        return
    if spec.kind == "matrix":
        row = ",".join(column.upper() for column in spec.columns)
        settings.update(action="append", metavar=f"'{row}'")
        settings["help"] += (
            " Once for each row; cells at its end may be left out, and one with a comma is in quotes."
        )
    if spec.kind == "flag":
        settings = {"help": settings["help"], "action": argparse.BooleanOptionalAction}
    command.add_argument(
        f"--{spec.name.replace('_', '-')}", default=spec.default, required=spec.required, **settings
    )


def _given(method: Method, options: dict) -> dict:
    """Options as the parameters take them: rows of a table become their cells; all else they read as text."""
    tables = {spec.name: spec for spec in specs(method.params) if spec.kind == "matrix"}
    return {
        name: [_cells(tables[name], row) for row in value] if name in tables and value else value
        for name, value in options.items()
    }


def _cells(spec: Spec, text: str) -> list:
    """From '2;5-7,1,Water' to its cells, with empty ones up to the number of columns."""
    try:
        found = next(csv.reader([text], skipinitialspace=True), [])
    except csv.Error as error:
        raise ParameterError(f"A row of {spec.label} cannot be read ({error}): {shown(text)}.") from error
    return found + [""] * (len(spec.columns) - len(found))


if __name__ == "__main__":
    sys.exit(main())
