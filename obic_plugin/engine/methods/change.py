"""Method 4 without labels: where two images of one place differ more than light and season explain.

To compare two maps without labels, class by class, says next to nothing (kappa 0.07 where it was tried). What is
compared here are superpixels of both dates: values and contrasts of the bands and what an image encoder sees, each date
in units of its own, along the directions in which the scene varies most, by iteratively reweighted alteration detection
(see training/differences.py). Of 25 pairs with known change, see benchmarks/change.py, that is right more often than
change vectors, PCA-K-means or IR-MAD of the pixels.
"""

from __future__ import annotations

from dataclasses import dataclass

from .. import changeparams as fields
from ..mapparams import ComputeParams, random_seed
from ..method import Method
from ..params import output_file, output_raster

LITTLE = (
    "Little changed: what differs most has the same structure at both dates, as where nothing but light, noise or what"
    " moves differs. Marked is hardly more than the most unusual 1 %: look at it before you believe it."
)
NOTHING = 0.005  # times the usual difference is none
LEAST_SUPERPIXELS = 100  # from which something is learned
SCORE = "The score begins to mean change at 50. Another threshold needs no second run: Mask of change makes a new mask."


@dataclass(frozen=True)
class ChangeParams(ComputeParams):
    input2: str = fields.second_image()
    min_area: int = fields.smallest_patch()
    seed: int = random_seed()
    output: str = fields.mask()
    output_score: str = output_raster(
        "Score",
        """How different the dates are, in superpixels of both: 1 as little as anywhere, more than 50 is change, 100 as
        much as anywhere; 0 is no data.""",
        style="score",
        optional=True,
        proposed=True,
    )
    output_polygons: str = fields.mask_polygons()
    output_report: str = output_file(
        "Report",
        """A page to read or print: both images, the mask and the score, the distribution of the score with the
        threshold, and how far the dates are shifted against each other.""",
        extension="html",
        optional=True,
        proposed=True,
    )

    @property
    def output_confidence(self) -> str | None:
        """What the score is to those who write maps."""
        return self.output_score

    @property
    def output_superpixels(self) -> None:
        return None


def run(params: ChangeParams, progress, staging) -> dict:
    """Map change; returns its share, its area and the threshold."""
    from ..change.acquisition import remarks
    from ..change.transitions import MASK, UNCHANGED
    from ..change.unlabeled import learn, opened_pair
    from ..job import MapJob
    from ..wording import several

    job = MapJob.open(METHOD, params, progress, staging)
    pair = opened_pair(job.reader, params.input2, params.nodata, job.part(0.0, 0.0))
    job.metadata["OBIC_INPUT2"] = params.input2
    job.start("Comparing parts of both images")
    learned = learn(pair, job.display, job.device, params.seed, job.part(0.0, 1.0))
    live = job.live(MASK)
    if live.is_due(1):
        live.draw(learned.labeler, lambda: job.part(1.0, 1.0).at(1.0))
    threshold = learned.threshold
    if threshold.value < NOTHING:
        lines = ["Nothing differs between both images."]
    else:
        lines = [*learned.shift.told, told(threshold)] + [LITTLE] * threshold.little
    n_superpixels = len(learned.areas)
    if n_superpixels < LEAST_SUPERPIXELS:
        lines.append(
            f"Both images have {several(n_superpixels, 'superpixel')} in common: what is usual cannot be told from so"
            " few, nor what has changed. Choose a larger extent."
        )
    for line in [*remarks(params.input, params.input2), *lines]:
        job.note(line)
    job.draw_polygons(without=(UNCHANGED,), quantity="score")
    result = job.make_map(learned.labeler, MASK)
    if params.output_report:
        job.add_to_report(**pages(params, job, learned))
    job.finish()
    unchanged, changed = result.areas_px.tolist()
    share = changed / max(unchanged + changed, 1)
    progress.say(f"{share:.2%} changed.")
    return {"changed_percent": 100 * share, "threshold": threshold.value, "separation": threshold.separation}


def told(threshold) -> str:
    """What is to be said of a threshold."""
    return (
        f"Change begins at {threshold.value:.2f} times the usual difference of both dates (score 50; both sides of it"
        f" hold {threshold.separation:.0%} of all variation)."
    )


def pages(params: ChangeParams, job, learned) -> dict:
    """What the report shows beside the map: the second date, and the distribution of the score."""
    from ..change.histogram import histogram_svg
    from ..figures import SCORE_COLORS, figure, image_picture, thumbnail
    from ..labelers.changes import MIDDLE
    from ..raster.display import Display
    from ..raster.reader import RasterReader

    pair = learned.labeler.cells.pair
    second = RasterReader(pair.second.source, pair.bands, params.extent, None, pair.fill)
    valid = thumbnail(job.staged(params.output), 1, job.reader.work, False, job.beside(0.0, 0.3)) > 0
    sample = second.read(second.work.tiles(1024)[0])
    shown = Display.of(
        second, sample.values[:, sample.valid] if sample.valid.any() else sample.values[:, :1, 0]
    )
    picture = image_picture(second, valid, shown, job.beside(0.3, 1.0))
    chart = histogram_svg(learned.scores, learned.areas, MIDDLE)
    section = f"<section class='together'><h2>Distribution of the score</h2>{chart}<p>{SCORE}</p></section>"
    return {
        "pictures": [figure(picture, "Second date")],
        "sections": [section],
        "quantity": "Score",
        "unit": "",
        "ramp": SCORE_COLORS,
        "numbers": {"threshold": round(learned.threshold.value, 2)},
    }


METHOD = Method(
    name="change",
    title="Change without labels",
    group="Two dates",
    params=ChangeParams,
    run=run,
    when="What changed between two images of one place, when you have no labels at all.",
    help="""<p>Compares superpixels of both images: values and contrasts of the bands and what an image encoder sees in
    them, after both dates are brought into the same units by what has not changed. A shift of both images against each
    other is looked for, told, and undone where it is clear.</p>
    <p>The threshold follows from the distribution of the differences. Where what differs most has the same structure
    at both dates, little has changed, and that is said. Another threshold needs no second run: see Mask of change.
    Clouds, shadows and seasons are changes, too: choose images of the same season, and mask clouds.</p>""",
    citation="Nielsen: The Regularized Iteratively Reweighted MAD Method for Change Detection in Multi- and"
    " Hyperspectral Data. IEEE Transactions on Image Processing 16, 2007.",
    tags=("change detection", "two dates", "unsupervised", "IR-MAD", "change vector analysis", "difference"),
    numbers={
        "changed_percent": "Changed area (percent)",
        "threshold": "Threshold (times the usual difference)",
        "separation": "Separation of changed and unchanged",
    },
    loads=("scipy.special", "scipy.linalg"),
)
