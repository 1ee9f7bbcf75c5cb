"""The settings of superpixels, which several methods have: one declaration each, with what a method adds to it."""

from __future__ import annotations

from .params import choice, integer, number

KIND_LABELS = {"slic": "SLIC", "felzenszwalb": "Felzenszwalb"}
COMPACTNESS = 0.06  # of SLIC's superpixels from which maps are made


def kind(addition: str = ""):
    """slic or felzenszwalb."""
    text = (
        "slic: compact, all of about one size, fastest. felzenszwalb: follows edges more closely, sizes vary, many"
        " times slower."
    )
    return choice("slic", "Superpixels", f"{text} {addition}", KIND_LABELS)


def size(default: int | None, help: str, low: int = 3):
    """The side of a superpixel; optional without a default."""
    return integer(default, "Superpixel size (pixels)", help, low=low, high=256, optional=default is None)


def compactness(default: float, addition: str = "", advanced: bool = True):
    """Of SLIC's superpixels."""
    text = (
        "How square superpixels are: below 0.1 they follow edges, from 1 on they are nearly squares. Independent of"
        " the units of the data. For slic only."
    )
    return number(default, "Compactness", f"{text} {addition}", low=0, high=100, advanced=advanced)


def scale(default: float | None, addition: str):
    """Of Felzenszwalb's superpixels; optional without a default."""
    text = f"Larger makes larger superpixels. {addition}"
    return number(default, "Felzenszwalb scale", text, low=0.001, optional=default is None, advanced=True)


def sigma():
    """Of Felzenszwalb's superpixels."""
    return number(
        0.5, "Felzenszwalb sigma", "Smoothing before segmentation, in pixels.", low=0, high=20, advanced=True
    )


def min_size(default: int | None, help: str, label: str = "Felzenszwalb minimum size (pixels)"):
    """Pixels of the smallest superpixel; optional without a default."""
    return integer(default, label, help, low=1, high=1_000_000, optional=default is None, advanced=True)
