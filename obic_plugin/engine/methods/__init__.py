"""The methods that OBIC offers; adding one is a file in this folder and a line in this list."""

from __future__ import annotations

from . import (
    accuracy,
    applymodel,
    backpropagation,
    changeaccuracy,
    chips,
    clustermap,
    cooccurrence,
    editclasses,
    fromto,
    isodata,
    kmeans,
    meancolor,
    polygons,
    pretrain,
    suggestlabels,
    superpixels,
    train,
    trainfromtags,
    unsupervised,
)

METHODS = (
    unsupervised.METHOD,
    train.METHOD,
    suggestlabels.METHOD,
    pretrain.METHOD,
    clustermap.METHOD,
    applymodel.METHOD,
    backpropagation.METHOD,
    kmeans.METHOD,
    isodata.METHOD,
    chips.METHOD,
    cooccurrence.METHOD,
    trainfromtags.METHOD,
    superpixels.METHOD,
    meancolor.METHOD,
    editclasses.METHOD,
    polygons.METHOD,
    fromto.METHOD,
    accuracy.METHOD,
    changeaccuracy.METHOD,
)
