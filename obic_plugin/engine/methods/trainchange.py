"""Method 4: one network for two dates, from pairs of images whose classes are known at both.

ClearSCD (Tang et al. 2024), whole: both dates through one encoder and one decoder, a head of classes, a head of change
on the difference of the scores, and the terms that tie both dates together. What of its code is not followed: queues
are plain tensors and no code is made of text; a class with few pixels enters its queue with those; the weights of the
encoder are those that are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import ParameterError
from ..mapparams import ComputeParams, random_seed, shared_bands
from ..method import Method
from ..params import choice, file, flag, integer, layers, output_file, rasters
from ..params import field as field_of

LOSS = "the network begins from chance, and takes many more labels and steps"
LEARNS = {"both": "Classes and change", "classes": "Classes only", "change": "Change only"}
LATENT = 8  # scores of a network that learns change alone


@dataclass(frozen=True)
class TrainChangeParams(ComputeParams):
    input: tuple = rasters("Images of the first date", "One image, or several of one sensor.")
    input2: tuple = rasters(
        "Images of the second date",
        "As many, in the same order: each is seen on the grid of the first date's. Not needed for classes only.",
        optional=True,
        after="input",
    )
    bands: tuple = shared_bands()
    labels: tuple = layers(
        "Labels of the first date",
        """Polygons with a class field, or a label raster, in which 255 and what it declares as nodata is unlabeled; one
        for each pair in the same order, or one for all. Parts may be unlabeled.""",
        optional=True,
    )
    field: str = field_of("Class field of the first date", "Field that holds the class.", parent="labels")
    labels2: tuple = layers(
        "Labels of the second date", "The same classes, as for the first date.", optional=True
    )
    field2: str = field_of("Class field of the second date", "Field that holds the class.", parent="labels2")
    change: tuple = rasters(
        "Masks of change",
        """Where change is, one for each pair: 0 unchanged, all else changed, 255 unknown; or 1 unchanged where 0 is
        declared as nodata. Without any, change is where the classes of both dates differ.""",
        optional=True,
    )
    learn: str = choice(
        "both",
        "Learn",
        """Classes and change; or the classes alone, also of single images, to begin with; or change alone, from masks
        of change.""",
        LEARNS,
    )
    model: str = file(
        "Start from",
        "A model of Train change detection, of the same classes and bands, that is to be trained further.",
        extension="safetensors",
        optional=True,
        advanced=True,
    )
    steps: int = integer(
        1500, "Steps", "More take longer, and learn more.", low=1, high=100_000, advanced=True
    )
    correlation: bool = flag(
        True, "Correlation of both dates", "Features of what is unchanged are to be equal.", advanced=True
    )
    local_contrast: bool = flag(
        True,
        "Contrast of classes",
        "Pixels of a class are to be near each other, at both dates.",
        advanced=True,
    )
    global_contrast: bool = flag(
        True, "Contrast with earlier steps", "Also to those of earlier steps.", advanced=True
    )
    made_changes: bool = flag(
        True,
        "Made changes",
        """Parts of other places are put into the second date, dates are swapped and seen in other light: transitions
        are learned that the pairs have few of.""",
        advanced=True,
    )
    seed: int = random_seed()
    output_model: str = output_file("Model", "What was learned, for Detect change.", extension="safetensors")
    output_report: str = output_file(
        "Report",
        "A page to read or print: the training curve, the threshold, how much of each class is labeled.",
        extension="html",
        optional=True,
    )

    def check(self) -> None:
        if self.learn != "classes" and not self.input2:
            raise ParameterError(
                "Images of the second date are missing: change is told from two dates. Choose them."
            )
        if self.input2 and len(self.input2) != len(self.input):
            raise ParameterError(
                f"There are {len(self.input)} images of the first date and {len(self.input2)} of the second. Choose as"
                " many, in the same order."
            )
        self._check_labels()

    def _check_labels(self) -> None:
        if self.learn == "change" and not self.change and not (self.labels and self.labels2):
            raise ParameterError("To learn change, give masks of change, or labels of both dates.")
        if self.learn != "change" and not self.labels:
            raise ParameterError("Labels of the first date are missing: classes are learned from them.")
        if self.learn == "both" and not self.labels2:
            raise ParameterError(
                "Labels of the second date are missing: what changed is told from both dates. Choose them (the same"
                " layer again, if it has a field for each date), or learn classes only."
            )
        n = len(self.input)
        for name, given in (("labels", self.labels), ("labels2", self.labels2), ("change", self.change)):
            if given and len(given) not in (1, n):
                raise ParameterError(
                    f"There are {n} pairs of images and {len(given)} layers of {name.upper()}. Give one for each, in"
                    " the same order, or one for all."
                )


def run(params: TrainChangeParams, progress, staging) -> dict:
    """Train and save; returns the number of classes, the threshold and F1 of change on what was learned from."""
    from ..change.lessons import opened, refuse_unknown_change, truth_of
    from ..change.trainingreport import write_training_report
    from ..change.watching import watch_on
    from ..device import choose_device, describe
    from ..labelers.pair import DatedClasses
    from ..modelfile import ModelFile
    from ..nets.imagenet import lacking
    from ..progress import Span
    from ..provenance import provenance
    from ..training.changelearning import best_threshold, new_network, stacked_scaling, trained
    from ..training.datedcrops import labeled_parts
    from ..training.twodates import Terms
    from ..wording import several

    device = choose_device(params.device)
    if lacking(LOSS) and not params.model:
        progress.say(lacking(LOSS))
    pairs, samples = opened(params, Span(progress, 0.0, 0.05))
    truth = truth_of(params, pairs, Span(progress, 0.05, 0.1))
    earlier = ModelFile.load(params.model) if params.model else None
    if earlier is not None and params.learn != "change":
        truth = as_known(truth, earlier, params)
    classes, truths = truth
    scaling = stacked_scaling(*samples)
    n_own = len(classes) if params.learn != "change" else LATENT
    n_bands, seen = pairs[0].n_bands // 2, list(dict.fromkeys(pairs[0].pair.reader.display_bands()))
    seen = (seen + [seen[-1]] * 3)[:3]
    network = started(params, earlier, n_bands, n_own) or new_network(n_bands, n_own, seen, params.seed)
    parts = labeled_parts(pairs, truths, scaling, params.seed, Span(progress, 0.1, 0.15))
    if params.learn != "classes":
        refuse_unknown_change(parts)
    progress.say(
        f"Learning {LEARNS[params.learn].lower()} from {several(len(parts), 'part')} of {several(len(pairs), 'pair')}"
    )
    ties = params.correlation, params.local_contrast, params.global_contrast, params.made_changes
    knows = params.learn != "change", params.learn != "classes"
    terms, told = Terms(*knows, *ties), Span(progress, 0.15, 0.9)
    watch = watch_on(pairs[0], network, scaling, classes, knows, device, progress)
    history = trained(network, parts, terms, params.steps, params.seed, device, told, watch)
    best = best_threshold(network, parts, Span(progress, 0.9, 0.97))
    labeler = DatedClasses(None, scaling, network, len(classes), best.chance, device, *knows)
    metadata = provenance(METHOD.name, params, pairs[0].pair.reader, describe(device))
    model = ModelFile.of(labeler, list(pairs[0].band_names), classes.to_json(), metadata)
    model.save(staging.path(params.output_model))
    if best.f1 == best.f1:
        progress.say(
            f"A chance of change above {best.chance:.2f} counts: F1 {best.f1:.1%} on what was learned from."
        )
    elif params.learn != "classes":
        progress.say(
            f"Nothing has changed in what was learned from: that a chance above {best.chance:.2f} counts is a guess."
            " Give pairs with labels of change too."
        )
    numbers = {"class_count": len(classes), "threshold": best.chance, "training_f1": best.f1}
    if params.output_report:
        path = staging.path(params.output_report)
        write_training_report(path, params, METHOD.citation, classes, parts, history, numbers, metadata)
    return {name: value for name, value in numbers.items() if value == value}


def as_known(truth, model, params: TrainChangeParams):
    """A truth whose classes are all that a model knows, of which the labels may lack some."""
    from ..change.lessons import Truth
    from ..errors import ModelError
    from ..raster.classes import ClassTable

    known = ClassTable.from_json(model.classes)
    unknown = [name for name in truth.classes.names if name not in known.names]
    if unknown:
        raise ModelError(
            f"{params.model} knows the classes {', '.join(known.names)}, and the labels have {', '.join(unknown)}."
            " Choose labels of its classes, or another model."
        )
    place = [known.names.index(name) for name in truth.classes.names]
    moved = [
        each._replace(
            numbers=tuple({label: place[number] for label, number in own.items()} for own in each.numbers)
        )
        for each in truth.truths
    ]
    return Truth(known, moved)


def started(params: TrainChangeParams, model, n_bands: int, n_classes: int):
    """The network of a model that is to be trained further; None without one."""
    from .. import nets
    from ..errors import ModelError

    if model is None:
        return None
    plain = model.state.get("network", {})
    if model.labeler != "dated classes" or plain["n_bands"] != 2 * n_bands or plain["n_classes"] != n_classes:
        raise ModelError(
            f"{params.model} is no model of Train change detection for {n_bands} bands and {n_classes} classes. Choose"
            " one that is, or none."
        )
    return nets.from_json(plain, model.tensors)


METHOD = Method(
    name="trainchange",
    title="Train change detection",
    group="Two dates",
    params=TrainChangeParams,
    run=run,
    when="A model that tells what changed between two images, and from what to what, from pairs with labels.",
    help="""<p>One network sees both dates. It learns the classes of each and where they have changed, so that what one
    date has wrong does not count as a change. Give pairs of images with labels of both dates, at best label rasters;
    parts may be unlabeled.</p>
    <p>Classes only begins from single images, and its model can be trained further with pairs. Save time with fewer
    steps; a GPU is used if there is one.</p>""",
    citation="Tang et al.: ClearSCD: The ClearSCD model: Comprehensively leveraging semantics and change relationships"
    " for semantic change detection in high spatial resolution remote sensing imagery. ISPRS Journal of Photogrammetry"
    " and Remote Sensing 211, 2024.",
    tags=(
        "change detection",
        "semantic change detection",
        "training",
        "deep learning",
        "siamese",
        "ClearSCD",
    ),
    numbers={
        "class_count": "Number of classes",
        "threshold": "Threshold of change",
        "training_f1": "F1 of change on what was learned from",
    },
)
