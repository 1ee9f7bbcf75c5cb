"""What an odd thing is: a name, and how to put one in the place of a good value."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple


class Skipped(Exception):
    """Something that cannot be tried on this computer."""


class Odd(NamedTuple):
    """``make(place)`` returns the odd value; ``long``: a run may rightly take long, if only it can be stopped;
    ``varied``: chance makes another one of it each time."""

    name: str
    make: Callable
    long: bool = False
    varied: bool = False


@dataclass
class Place:
    """Where one case happens: the parameter ``name`` of a run with ``settings``, among files in ``inputs`` and
    ``outputs``. ``checks`` are asked afterwards what is wrong ('' for nothing)."""

    inputs: Path
    outputs: Path
    name: str
    settings: dict
    random: Random
    checks: list = field(default_factory=list)

    @property
    def good(self) -> Any:
        """The value that is to be replaced."""
        return self.settings.get(self.name)

    @property
    def raster(self) -> str:
        """A good raster: the value itself, or another one where that is a layer of polygons."""
        return str(self.good) if str(self.good).endswith(".tif") else self.new("map.tif")

    def new(self, name: str) -> str:
        """A path among the inputs where nothing is yet."""
        return str(self.inputs / name)

    def copy(self, name: str) -> str:
        """A copy of the good file under another name."""
        shutil.copy(self.good, self.new(name))
        return self.new(name)

    def remote(self) -> str:
        """The address of a server that must never be asked."""
        server = socket.socket()
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.setblocking(False)
        self.checks.append(lambda: _asked(server))
        return f"http://127.0.0.1:{server.getsockname()[1]}/scene.tif"

    def keep(self, path: str) -> None:
        """From now on ``path`` belongs to the user: it must stay as it is."""
        content = Path(path).read_bytes()
        lost = f"lost: {os.path.basename(path)}, which is no output"
        self.checks.append(
            lambda: "" if os.path.isfile(path) and Path(path).read_bytes() == content else lost
        )


def _asked(server: socket.socket) -> str:
    try:
        server.accept()
    except BlockingIOError:
        return ""
    return "something was fetched from the network"


def constant(name: str, value: Any, **options) -> Odd:
    """An odd value that is the same everywhere."""
    return Odd(name, lambda place: value, **options)
