"""The methods that OBIC offers; adding one is a file in this folder and a line in this list."""

from __future__ import annotations

from . import accuracy, applymodel, isodata, kmeans, unsupervised

METHODS = (
    unsupervised.METHOD,
    applymodel.METHOD,
    kmeans.METHOD,
    isodata.METHOD,
    accuracy.METHOD,
)
