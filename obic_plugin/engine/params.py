"""The single declaration of every parameter.

A method declares its parameters once, as a frozen dataclass whose fields are made by the functions of
this file. The Toolbox form, its help, the checks, the command line, the documentation and the test
table are all read from that declaration through `specs`.

>>> @dataclass(frozen=True)
... class Example(Params):
...     classes: int = integer(16, "Classes", "Upper bound.", low=2, high=254)
>>> Example(classes=300)
Traceback (most recent call last):
obic_plugin.engine.errors.ParameterError: Classes must be a whole number between 2 and 254, not 300.
"""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass, fields
from typing import Any

from .values import INPUTS, OUTPUTS, SHOWN, Spec, checked


def raster(label: str, help: str, **options):
    return _make("raster", label, help, **options)


def rasters(label: str, help: str, **options):
    """One raster or several, as a tuple of names."""
    return _make("rasters", label, help, **options)


def bands(label: str, help: str, **options):
    """Band numbers counted from 1; None means all but alpha."""
    return _make("bands", label, help, optional=True, **options)


def band_numbers(label: str, help: str, **options):
    """As `bands`, where several rasters have them: numbers to be written, such as 1,2,3."""
    return _make("band_numbers", label, help, optional=True, **options)


def extent(label: str, help: str, **options):
    """(xmin, ymin, xmax, ymax) in the CRS of the input raster, or None."""
    return _make("extent", label, help, optional=True, **options)


def polygons(label: str, help: str, **options):
    """Anything OGR opens; ``path|layername=name`` picks a layer."""
    return _make("polygons", label, help, **options)


def layer(label: str, help: str, **options):
    """Anything GDAL opens as a raster, or OGR as polygons or points (``path|layername=name`` for one of several)."""
    return _make("layer", label, help, **options)


def layers(label: str, help: str, **options):
    """One or several of what `layer` is, as a tuple of names."""
    return _make("layers", label, help, **options)


def field(label: str, help: str, parent: str, **options):
    """The name of a field of the layer in the parameter ``parent``, or None where that is a raster."""
    return _make("field", label, help, parent=parent, optional=True, **options)


def file(label: str, help: str, extension: str, **options):
    return _make("file", label, help, extension=extension, **options)


def choice(default: str, label: str, help: str, choices: dict, **options):
    return _make("choice", label, help, default=default, choices=choices, **options)


def integer(default: int | None, label: str, help: str, low: int, high: int, **options):
    return _make("integer", label, help, default=default, low=low, high=high, **options)


def number(default: float | None, label: str, help: str, low: float, high: float = math.inf, **options):
    return _make("number", label, help, default=default, low=low, high=high, **options)


def flag(default: bool, label: str, help: str, **options):
    return _make("flag", label, help, default=default, **options)


def text(default: str, label: str, help: str, **options):
    return _make("text", label, help, default=default, **options)


def matrix(label: str, help: str, columns: tuple, **options):
    """Rows of as many texts as there are ``columns`` (their headings); given also as one flat list, or as text
    with commas. None: no rows."""
    return _make("matrix", label, help, columns=columns, optional=True, **options)


def display():
    """How the caller shows the image: {"bands": three numbers from 1, "low": …, "high": …} or None.

    Not on any form: QGIS fills it in from the layer's renderer.
    """
    return _make("display", "Display", "Bands and stretch that the image is shown with.", optional=True)


def legend(parent: str):
    """How the caller shows the layers in the parameter ``parent``: {class as text: (name, (red, green, blue))} or None.

    Not on any form: QGIS fills it in from the layers' renderers.
    """
    return _make(
        "legend", "Legend", "Names and colors that labels are shown with.", parent=parent, optional=True
    )


def output_raster(label: str, help: str, style: str = "", **options):
    return _make("output_raster", label, help, style=style, extension="tif", **options)


def output_vector(label: str, help: str, style: str = "", **options):
    return _make("output_vector", label, help, style=style, extension="gpkg", **options)


def output_file(label: str, help: str, extension: str, **options):
    return _make("output_file", label, help, extension=extension, **options)


def output_folder(label: str, help: str, **options):
    """A folder that the method fills with files of its own naming; it need not be there yet."""
    return _make("output_folder", label, help, **options)


def _make(kind: str, label: str, help: str, default: Any = None, **options):
    spec = Spec(kind, label, " ".join(help.split()), **options)
    return dataclasses.field(default=default, metadata={"spec": spec})


MOST_LISTED = 6  # sources of one parameter that a report names


@dataclass(frozen=True)
class Params:
    """Base of every method's parameters; refuses values outside what the fields declare."""

    def __post_init__(self):
        for spec in specs(type(self)):
            object.__setattr__(self, spec.name, checked(spec, getattr(self, spec.name)))
        self.check()

    def check(self) -> None:
        """Refuse settings that contradict each other; overridden where there are such."""

    def settings(self) -> dict:
        """{name: value} of all that is not an input or output file, for reports and metadata."""
        files = (*INPUTS, *OUTPUTS, *SHOWN)
        return {spec.name: getattr(self, spec.name) for spec in specs(type(self)) if spec.kind not in files}

    def sources(self) -> dict:
        """{name: value} of the inputs that are given, for metadata."""
        own = {spec.name: getattr(self, spec.name) for spec in specs(type(self)) if spec.kind in INPUTS}
        return {name: value for name, value in own.items() if value}


def named_by(value: Any) -> tuple:
    """The names of the sources that the value of an input has: none, one, or several."""
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def specs(params: type) -> list[Spec]:
    """The parameters of a `Params` class in the order of their declaration; ``last`` ones last, then outputs."""
    declared = [
        dataclasses.replace(f.metadata["spec"], name=f.name, default=f.default) for f in fields(params)
    ]
    found = sorted(declared, key=lambda spec: (spec.is_output, spec.last))
    for moved in [spec for spec in found if spec.after]:
        found.remove(moved)
        found.insert(1 + [spec.name for spec in found].index(moved.after), moved)
    return found


def readable_settings(params: Params) -> dict:
    """{label: value} of what a run was given and how it was set, as the form shows them; those without a value are
    left out."""
    shown, sources = params.settings(), params.sources()
    found = {}
    for spec in specs(type(params)):
        if spec.name in sources:
            found[spec.label] = _listed(named_by(sources[spec.name]))
        elif shown.get(spec.name) is not None:
            found[spec.label] = (
                spec.choices.get(shown[spec.name], shown[spec.name]) if spec.choices else shown[spec.name]
            )
    return found


def _listed(names: tuple) -> str:
    more = f", … ({len(names)})" if len(names) > MOST_LISTED else ""
    return ", ".join(names[:MOST_LISTED]) + more
