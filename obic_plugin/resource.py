"""Where the files that are not code lie."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resource(name: str) -> Path:
    """Path of ``metadata.txt``, ``LICENSE``, or a file or folder of ``resources/`` or ``i18n/``.

    In a checkout these stand beside the package, in the plugin that QGIS installs they stand inside it.
    Raises FileNotFoundError, as a missing file here is a packaging mistake and not the user's.

    >>> resource("metadata.txt").name
    'metadata.txt'
    """
    for folder in (_PACKAGE, _PACKAGE.parent):
        if (folder / name).exists():
            return folder / name
    raise FileNotFoundError(f"{name} is neither in {_PACKAGE} nor in {_PACKAGE.parent}")
