"""Another threshold for a score of change, without a second run."""

from __future__ import annotations

from dataclasses import dataclass

from .. import changeparams as fields
from ..mapparams import SourceParams
from ..method import Method
from ..params import number, raster
from ..progress import Span

TILE_PX = 1024
HIGHEST = 100  # score


@dataclass(frozen=True)
class ChangeMaskParams(SourceParams):
    input: str = raster(
        "Score of change", "What Change without labels or Detect change has written: 1 to 100, 0 no data."
    )
    threshold: float = number(
        50.0,
        "Threshold",
        "A score of more than this is change. Scores are made so that 50 is usual.",
        low=0,
        high=100,
    )
    min_area: int = fields.smallest_patch()
    output: str = fields.mask()
    output_polygons: str = fields.mask_polygons()


def run(params: ChangeMaskParams, progress, staging) -> dict:
    """Write the mask; returns the share that has changed."""
    from ..change.kinds import refuse_unless_score
    from ..change.transitions import MASK, UNCHANGED
    from ..errors import InputError
    from ..polygonize import write_polygons
    from ..provenance import provenance
    from ..raster.labels import LabelReader
    from ..raster.writer import RasterWriter

    refuse_unless_score(params.input)
    score = LabelReader(params.input)
    metadata = provenance(METHOD.name, params, score, "cpu")
    path, counts = staging.path(params.output), {}
    with RasterWriter(path, score.grid) as writer:
        writer.describe(metadata, MASK)
        for window, mask in masks(score, params, staging, Span(progress, 0.0, 0.6)):
            writer.write(window, mask)
            for value in (1, 2):
                counts[value] = counts.get(value, 0) + int((mask == value).sum())
        if not sum(counts.values()):
            raise InputError(f"{params.input} holds no score: all is no data. Choose the score of change.")
        writer.finish("NEAREST", Span(progress, 0.6, 0.7))
    if params.output_polygons:
        write_polygons(
            path,
            staging.path(params.output_polygons),
            MASK,
            None,
            params.input,
            Span(progress, 0.7, 1.0),
            metadata=metadata,
            without=(UNCHANGED,),
            quantity="score",
        )
    share = counts[2] / sum(counts.values())
    if not counts[2]:
        progress.say(
            f"Nothing in {params.input} is above {params.threshold:g}. If much has changed, it is no score of change,"
            " or the threshold is too high."
        )
    progress.say(f"{share:.2%} changed.")
    return {"changed_percent": 100 * share}


def masks(score, params: ChangeMaskParams, staging, progress):
    """Yield (window, mask), small patches merged."""
    import numpy as np

    from ..errors import InputError
    from ..raster.writer import RasterWriter
    from ..vector.sieve import LabelSource, sieve

    def mask_of(window) -> np.ndarray:
        labels = score.labels(window)
        beyond = labels.values[(labels.values < 0) | (labels.values > HIGHEST)]
        if beyond.size:
            raise InputError(
                f"{params.input} holds {beyond[0]}, and a score is 1 to {HIGHEST}, 0 no data. Choose what Change"
                " without labels or Detect change has written."
            )
        valid = labels.valid & (labels.values > 0)
        return (np.where(labels.values > params.threshold, 2, 1) * valid).astype(np.uint8)

    read, windows = mask_of, score.grid.window.tiles(TILE_PX)
    if params.min_area > 1:
        sieved = RasterWriter(staging.scratch("mask.tif", beside=params.output), score.grid, compressed=False)
        waiting = staging.scratch("patches.bin", beside=params.output)

        def write(window, labels) -> None:
            sieved.write(window, labels.astype(np.uint8))

        sieve(LabelSource(score.grid, mask_of), write, params.min_area, waiting, progress)
        read = sieved.read
    for index, window in enumerate(windows):
        progress.at(index / len(windows))
        yield window, read(window)


METHOD = Method(
    name="changemask",
    title="Mask of change",
    group="Two dates",
    params=ChangeMaskParams,
    run=run,
    when="Another threshold, or another smallest patch, for a score of change, without a second run.",
    help="""<p>What has a score above the threshold has changed. In its score change begins at 50, as it was found from
    the images: a higher threshold marks less.</p>""",
    tags=("change detection", "threshold", "mask"),
    numbers={"changed_percent": "Changed area (percent)"},
    loads=("scipy.sparse.csgraph",),
)
