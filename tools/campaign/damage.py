"""Damage to files: cut off, turned bits, lost pages."""

from __future__ import annotations

from pathlib import Path
from random import Random


def cut(path: str, random: Random) -> None:
    """The end is missing."""
    content = Path(path).read_bytes()
    Path(path).write_bytes(content[: random.randrange(len(content))])


def flip(path: str, random: Random, most: int = 1 << 62) -> None:
    """Some bits are turned, anywhere or among the first bytes."""
    content = bytearray(Path(path).read_bytes())
    for _ in range(random.choice((1, 4, 64))):
        content[random.randrange(min(len(content), most))] ^= 1 << random.randrange(8)
    Path(path).write_bytes(content)


def flip_head(path: str, random: Random) -> None:
    """Some bits of the header are turned."""
    flip(path, random, 400)


def blank(path: str, random: Random) -> None:
    """A part of it is zeros, as a disk leaves it."""
    content = bytearray(Path(path).read_bytes())
    start = random.randrange(len(content))
    end = min(start + random.choice((16, 512, 4096)), len(content))
    content[start:end] = bytes(end - start)
    Path(path).write_bytes(content)


DAMAGES = {"cut": cut, "bit-flipped": flip, "head-flipped": flip_head, "blanked": blank}
