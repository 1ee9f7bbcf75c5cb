"""Method 4: one network for two dates, from pairs of images whose classes are known at both.

ClearSCD (Tang et al. 2024), whole: both dates through one encoder and one decoder, a head of classes, a head of change
on the difference of the scores, and the terms that tie both dates together. What of its code is not followed: queues
are plain tensors and no code is made of text; a class with few pixels enters its queue with those; the weights of the
encoder are those that are loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..errors import InputError, ParameterError
from ..mapparams import ComputeParams, random_seed
from ..method import Method
from ..params import band_numbers, choice, file, flag, integer, layers, output_file, rasters
from ..params import field as field_of

LOSS = "the network begins from chance, and takes many more labels and steps"
LEARNS = {"both": "Classes and change", "classes": "Classes only", "change": "Change only"}
LATENT = 8  # scores of a network that learns change alone
MOST_PX = 3000


@dataclass(frozen=True)
class TrainChangeParams(ComputeParams):
    input: tuple = rasters("Images of the first date", "One image, or several of one sensor.")
    input2: tuple = rasters(
        "Images of the second date",
        "As many, in the same order: each is seen on the grid of the first date's. Not needed for classes only.",
        optional=True,
        after="input",
    )
    bands: tuple = band_numbers("Bands", "Bands to use, such as 1,2,3. Without a choice, all but alpha.")
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
        300, "Steps", "More take longer, and learn more.", low=1, high=100_000, advanced=True
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
                "Labels of the second date are missing: what changed is told from both dates. Choose them, or learn"
                " classes only."
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

    device = choose_device(params.device)
    if lacking(LOSS) and not params.model:
        progress.say(lacking(LOSS))
    pairs, samples = opened(params, Span(progress, 0.0, 0.05))
    classes, truths = truth_of(params, pairs, Span(progress, 0.05, 0.1))
    scaling = stacked_scaling(*samples)
    n_own = len(classes) if params.learn != "change" else LATENT
    n_bands, seen = pairs[0].n_bands // 2, list(dict.fromkeys(pairs[0].pair.reader.display_bands()))
    seen = (seen + [seen[-1]] * 3)[:3]
    network = started(params, n_bands, n_own, classes) or new_network(n_bands, n_own, seen, params.seed)
    parts = labeled_parts(pairs, truths, scaling, params.seed, Span(progress, 0.1, 0.15))
    progress.say(f"Learning {LEARNS[params.learn].lower()} from {len(parts)} parts of {len(pairs)} pairs")
    ties = params.correlation, params.local_contrast, params.global_contrast
    knows = params.learn != "change", params.learn != "classes"
    terms, told = Terms(*knows, *ties), Span(progress, 0.15, 0.9)
    watch = watch_on(pairs[0], network, scaling, classes, knows, device, progress)
    history = trained(network, parts, terms, params.steps, params.seed, device, told, watch)
    threshold, f1 = best_threshold(network, parts, Span(progress, 0.9, 0.97))
    labeler = DatedClasses(None, scaling, network, len(classes), threshold, device, *knows)
    metadata = provenance(METHOD.name, params, pairs[0].pair.reader, describe(device))
    model = ModelFile.of(labeler, list(pairs[0].band_names), classes.to_json(), metadata)
    model.save(staging.path(params.output_model))
    progress.say(f"A chance of change above {threshold:.2f} counts: F1 {f1:.1%} on what was learned from.")
    numbers = {"class_count": len(classes), "threshold": threshold, "training_f1": f1}
    if params.output_report:
        write_report(params, staging, classes, parts, history, numbers, metadata)
    return {name: value for name, value in numbers.items() if value == value}


def opened(params: TrainChangeParams, progress) -> tuple:
    """`StackedPair`s, and samples (B, n) of both dates of all of them."""
    from dataclasses import replace

    from ..change.unlabeled import looked_at, opened_pair
    from ..opening import even_sample, open_image
    from ..progress import Span
    from ..raster.pair import StackedPair
    from ..raster.sample import sample_windows

    pairs, samples = [], []
    seconds = params.input2 or params.input
    for number, (first, second) in enumerate(zip(params.input, seconds)):
        part = Span(progress, number / len(seconds), (number + 1) / len(seconds))
        image = open_image(
            replace(params, input=(first,)) if len(seconds) == 1 else alone(params, number), part
        )
        pair = opened_pair(image.reader, second, params.nodata)
        if pairs and image.reader.n_bands * 2 != pairs[0].n_bands:
            raise InputError(
                f"{first} has {image.reader.n_bands} bands, and {params.input[0]} {pairs[0].n_bands // 2}. Choose"
                " images of one sensor, or the same bands of each."
            )
        windows = sample_windows(image.reader.work, 512, 8, params.seed)
        _, pair, own = looked_at(pair, windows, part)
        pairs.append(StackedPair(pair))
        samples.append(own)
    return pairs, [even_sample(list(each)) for each in zip(*samples)]


def alone(params: TrainChangeParams, number: int):
    """The parameters with one pair of several, of which extent and mask are those of the first."""
    from dataclasses import replace

    own = {"extent": None, "mask": None} if number else {}
    inputs = {
        name: None if not given else (given[number if len(given) > 1 else 0],)
        for name in ("input", "input2", "labels", "labels2", "change")
        for given in (getattr(params, name),)
    }
    return replace(params, **inputs, **own)


def truth_of(params: TrainChangeParams, pairs: list, progress) -> tuple:
    """The classes with colors, and the `DatedTruth` of each pair."""
    from ..change.assessment import ChangeMask
    from ..change.transitions import MASK
    from ..knownclasses import Limits, known_classes
    from ..raster.classes import ClassTable
    from ..raster.groundtruth import GroundTruth
    from ..raster.palette import distinct_colors
    from ..training.datedcrops import DatedTruth

    def layer_of(given: tuple | None, number: int) -> str | None:
        return None if not given else given[number if len(given) > 1 else 0]

    def truth(given, name, number, pair):
        source = layer_of(given, number)
        return None if source is None else GroundTruth(source, name, pair.grid, progress)

    firsts = [truth(params.labels, params.field, n, pair) for n, pair in enumerate(pairs)]
    seconds = [truth(params.labels2, params.field2, n, pair) for n, pair in enumerate(pairs)]
    masks = [layer_of(params.change, n) for n in range(len(pairs))]
    masks = [mask and ChangeMask(mask, pair.grid, progress) for mask, pair in zip(masks, pairs)]
    known = [each for each in (*firsts, *seconds) if each is not None]
    if not known:
        return MASK, [DatedTruth(None, None, mask, ({}, {})) for mask in masks]
    refuse_other_classes(firsts[0], seconds[0])
    readers = [
        pair.pair.reader
        for truths in (firsts, seconds)
        for pair, own in zip(pairs, truths)
        if own is not None
    ]
    classes, _, numbers = known_classes(known, readers, Limits(MOST_PX), params.seed, progress)
    colors = iter(distinct_colors(len(classes)))
    table = ClassTable(tuple(item._replace(color=item.color or next(colors)) for item in classes))
    of = {id(each): own for each, own in zip(known, numbers)}
    truths = [
        DatedTruth(one, two, mask, tuple(of.get(id(each), {}) for each in (one, two)))
        for one, two, mask in zip(firsts, seconds, masks)
    ]
    return (MASK if params.learn == "change" else table), truths


def refuse_other_classes(first, second) -> None:
    """Labels of both dates have to mean the same classes."""
    if first is None or second is None or not (first.names and second.names):
        return
    one, two = (set(truth.names.values()) for truth in (first, second))
    if not one & two:
        raise InputError(
            f"The labels {first.source} have the classes {', '.join(sorted(one)[:6])}, and {second.source}"
            f" {', '.join(sorted(two)[:6])}: none in common. Choose fields with the same classes."
        )


def started(params: TrainChangeParams, n_bands: int, n_classes: int, classes):
    """The network of a model that is to be trained further; None without one."""
    from .. import nets
    from ..errors import ModelError
    from ..modelfile import ModelFile

    if not params.model:
        return None
    model = ModelFile.load(params.model)
    plain = model.state.get("network", {})
    names = tuple(row["name"] for row in model.classes)
    if model.labeler != "dated classes" or plain["n_bands"] != 2 * n_bands or plain["n_classes"] != n_classes:
        raise ModelError(
            f"{params.model} is no model of Train change detection for {n_bands} bands and {n_classes} classes. Choose"
            " one that is, or none."
        )
    if params.learn != "change" and names != classes.names:
        raise ModelError(
            f"{params.model} knows the classes {', '.join(names)}, and the labels {', '.join(classes.names)}. Choose"
            " labels of the same classes, or another model."
        )
    return nets.from_json(plain, model.tensors)


def write_report(params, staging, classes, parts, history, numbers: dict, metadata: dict) -> None:
    """A page with the training curve and what was learned from."""
    import os

    import torch

    from ..figures import curves
    from ..page import cited, facts, foot, head, page, swatch, table, text, tiles, when
    from ..report import readable_settings
    from ..wording import count
    from ..writing import created

    counts = sum(torch.stack([torch.bincount(t.flatten(), minlength=256) for t in p.targets]) for p in parts)
    rows = [
        [f"{swatch(item.color)}{text(item.name)}", *(count(int(counts[date, number])) for date in range(2))]
        for number, item in enumerate(classes)
    ]
    changed, still = int(counts[2, 1]), int(counts[2, 0])
    title = f"Train change detection: {os.path.basename(params.output_model)}"
    shown = {
        "classes": len(classes),
        "threshold of change": f"{numbers['threshold']:.2f}",
        "F1 of change on what was learned from": f"{100 * numbers['training_f1']:.1f} %",
        "changed": f"{100 * changed / max(changed + still, 1):.1f} %",
    }
    content = [
        head(title, [f"{len(params.input)} pairs", when(metadata)]),
        tiles(shown),
        f"<section><h2>Labeled pixels</h2>{table(('Class', 'First date', 'Second date'), rows)}</section>",
        f"<section class='together'><h2>Training</h2>{curves(history)}</section>",
        facts("Settings", readable_settings(params)),
        cited(METHOD.citation),
        foot(metadata),
    ]
    with created(staging.path(params.output_report)) as file:
        file.write(page(title, content))


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
