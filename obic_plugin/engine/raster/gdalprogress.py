"""GDAL's long calls under a `Progress`."""

from __future__ import annotations

from contextlib import contextmanager

from ..progress import Progress


@contextmanager
def gdal_progress(progress: Progress):
    """A GDAL progress function that stops GDAL when the user cancels, and then raises `Cancelled` here."""
    stopped = []

    def at(fraction, *_):
        try:
            progress.at(fraction)
        except Exception as reason:  # noqa: BLE001 - GDAL swallows exceptions: keep it and raise it after the call
            stopped.append(reason)
            return 0
        return 1

    try:
        yield at
    except RuntimeError:
        if not stopped:
            raise
    if stopped:
        raise stopped[0]
