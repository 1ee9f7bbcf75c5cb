"""Names of inputs that are no ordinary file, or have odd characters."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from .odd import Odd, Place, constant

NAMES = (
    "with space.x",
    "back\\slash.x",
    "two\nlines.x",
    "土地.x",
    "-dash.x",
    "100%.x",
    "a'b\"c.x",
    "a|b.x",
    "x=1;y.x",
    "[a]*?.x",
)
REMOTE = ("{url}", "/vsicurl/{url}", "WMS:{url}", "WCS:{url}", "WFS:{url}", "/vsizip//vsicurl/{url}")


def _folder(place: Place) -> str:
    os.mkdir(place.new("folder.tif"))
    return place.new("folder.tif")


def _pipe(place: Place) -> str:
    os.mkfifo(place.new("pipe.tif"))
    return place.new("pipe.tif")


def _socket(place: Place) -> str:
    path = place.new("s")
    if len(path) < 100:
        socket.socket(socket.AF_UNIX).bind(path)
    return path


def _written(content: bytes):
    def make(place: Place) -> str:
        path = place.new("odd" + os.path.splitext(str(place.good))[1])
        Path(path).write_bytes(content)
        return path

    return make


def _loop(place: Place) -> str:
    os.symlink(place.new("loop.tif"), place.new("loop.tif"))
    return place.new("loop.tif")


def _dangling(place: Place) -> str:
    os.symlink(place.new("gone.tif"), place.new("link.tif"))
    return place.new("link.tif")


def _link(place: Place) -> str:
    os.symlink(place.good, place.new("link.tif"))
    return place.new("link.tif")


def _renamed(name: str) -> Odd:
    return Odd(f"a file called {name!r}", lambda place: place.copy(name))


def _remote(pattern: str) -> Odd:
    return Odd(f"remote {pattern}", lambda place: pattern.format(url=place.remote()))


PATHS = [
    Odd("a missing file", lambda place: place.new("gone.tif")),
    Odd("a file in a missing folder", lambda place: place.new("gone/gone.tif")),
    Odd("a folder", _folder),
    Odd("a FIFO", _pipe),
    Odd("a socket", _socket),
    Odd("an empty file", _written(b"")),
    Odd("one byte", _written(b"\0")),
    Odd("a text", _written(b"This is no such file.\n" * 50)),
    Odd("a million spaces", _written(b" " * 1_000_000)),
    Odd("brackets", _written(b"[" * 100_000)),
    Odd("a link to itself", _loop),
    Odd("a link to nothing", _dangling),
    Odd("a link to the good file", _link),
    Odd("layers of a good file", lambda place: f"{place.good}|layername=no such"),
    Odd("a part of a good file", lambda place: f"/vsisubfile/0_300,{place.good}"),
    Odd("an image of a good file", lambda place: f"GTIFF_DIR:1:{place.good}"),
    Odd("no image of a good file", lambda place: f"GTIFF_DIR:9:{place.good}"),
    Odd("a good file as archive", lambda place: f"/vsizip/{place.good}"),
    *map(_renamed, NAMES),
    *map(_remote, REMOTE),
    *(
        constant(f"the source {name[:40]!r}", name)
        for name in (
            "/dev/null",
            "/dev/zero",
            "/proc/self/mem",
            "MEM:::DATAPOINTER=140000000000000,PIXELS=50,LINES=50",
            "MEM:::DATAPOINTER=0,PIXELS=50,LINES=50,DATATYPE=Byte",
            "/vsimem/gone.tif",
            "/vsistdin/",
            'NETCDF:"gone.nc":x',
            "GPKG:gone.gpkg:x",
            "<VRTDataset/>",
            "{}",
            "PG:dbname=x",
            "x" * 5000,
            "a\0b.tif",
            "~/gone.tif",
            "file:///gone.tif",
            ".",
        )
    ),
    *(constant(f"the source {value!r}", value) for value in (7, [], {}, True, b"gone.tif", None, "")),
]
