"""Trainings of a few steps: how well something is learned is not what a campaign asks."""

from __future__ import annotations

from contextlib import contextmanager

from obic_plugin.engine.training import finetuning, fromtags

STEPS = 10
_NAMES = ((fromtags, "N_STEPS"), (fromtags, "N_LABELED_STEPS"), (finetuning, "N_STEPS"))
_AS_SHIPPED = [getattr(module, name) for module, name in _NAMES]


def learn_less() -> None:
    """For this process, and those that it forks."""
    for module, name in _NAMES:
        setattr(module, name, STEPS)


@contextmanager
def as_shipped():
    """What other programs are compared with learns as they do."""
    before = [getattr(module, name) for module, name in _NAMES]
    for (module, name), steps in zip(_NAMES, _AS_SHIPPED):
        setattr(module, name, steps)
    try:
        yield
    finally:
        for (module, name), steps in zip(_NAMES, before):
            setattr(module, name, steps)
