"""A student, its teacher, and what they have reached: all of a training that can be stopped and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

import torch
from sklearn.cluster import KMeans
from torch.nn import functional

from ..nets.convolution import generator
from ..nets.encoder import Encoder
from ..nets.imagefeatures import LAST, ImageFeatures
from ..nets.imagenet import pretrained_encoder
from ..nets.prototypes import Projector, PrototypeNetwork
from ..progress import Progress, Silent, no_pause
from ..raster.patch import Patch
from ..wording import count
from .checkpoint import Reached
from .loop import falling, fit
from .prototypes import Clusterer, Prototypes, known, predictor
from .together import Alone, EvenAdam, Together
from .views import SCENE, views_of

N_CROPS, N_LOCAL = 8, 2  # places of a step, each seen twice, and small views in these
N_FIRST = 4  # steps that are only looked at, to begin with
LEAST_STEPS = 16  # of an epoch
OTHER_SEED = 7919  # more for the views of each other process
RATES = {"imagenet": 3e-4, "scratch": 1e-3}


class Pretraining:
    """Self-supervised clustering of patches of pixels into ``n_prototypes``.

    ``seen`` are the channels that the encoder sees: all, in some order. ``pace()`` is how much of the training has been
    done, ``pause`` looks whether to stop.
    """

    def __init__(
        self,
        seen: list,
        block_px: int,
        n_prototypes: int,
        start: str,
        random: torch.Generator,
        device: torch.device,
        pace: Callable,
        pause: Callable,
        together: Alone | None = None,
    ):
        self._together = together or Alone()
        pace = self._together.pace(pace)
        features = ImageFeatures(max(seen) + 1, seen, True, block_px)
        features.encoder = started_encoder(len(seen), start, random)
        projector = Projector(features.weights, n_prototypes, random)
        student = Clusterer(features, projector, settled=start == "imagenet").to(device)
        self.objective = Prototypes(student, predictor(random).to(device), pace, pause, self._together)
        self._rate, self._pace, self._device = RATES[start], pace, device
        self._adam = EvenAdam(self._together, self.objective.parameters(), self._rate)
        self.n_steps, self.n_epochs, self.history = 0, 0, []

    def begin(self, patches: list, native_px: int, seed: int, pause: Callable) -> None:
        """Prototypes begin where what the encoder knows already lies close together, and normalizations with the
        statistics of the images; by chance, both would take hundreds of steps to find. Views are seen as they are:
        jittered ones lie together by their light."""
        student, vectors = self.objective.student, []
        norms = [layer for layer in student.projector.modules() if isinstance(layer, torch.nn.BatchNorm2d)]
        momentum = norms[0].momentum
        for layer in norms:
            layer.momentum = None  # the mean of all that is seen
        for views in islice(self._views(patches, native_px, seed, changed=False), N_FIRST):
            for view in views.pair:
                pause()
                with torch.no_grad():
                    found, cosines = student(view.values, view.valid)
                vectors.append(functional.normalize(found, dim=1).movedim(1, -1)[known(view, cosines)])
        for layer in norms:
            layer.momentum = momentum
        vectors, prototypes = torch.cat(vectors).cpu().numpy(), student.projector.prototypes
        if len(vectors) >= len(prototypes):
            centers = KMeans(len(prototypes), n_init=1, random_state=seed).fit(vectors).cluster_centers_
            with torch.no_grad():
                prototypes.copy_(torch.from_numpy(centers))
        self.objective.teacher.load_state_dict(student.state_dict())

    def epoch(self, patches: list, native_px: int, n_steps: int, seed: int, progress: Progress) -> None:
        """So many steps, or fewer where the time is over; ``native_px`` is the side of a view (see `views`)."""
        self.objective.forget()
        history = fit(
            self.objective,
            self._steps(self._views(patches, native_px, seed, self.n_steps)),
            n_steps,
            self._rate,
            progress,
            optimizer=lambda *_: self._adam,
            schedule=lambda _: falling(self._pace()),
            n_before=self.n_steps,
            steady=False,
        )
        terms = history[-1][1]
        terms["teacher entropy"] = self.objective.entropy
        terms["live prototypes"] = self.objective.live / len(self.objective.wins)
        self.history += [[self.n_steps + step, terms] for step, terms in history]
        self.n_steps, self.n_epochs = self.n_steps + len(history), self.n_epochs + 1

    def told(self) -> str:
        """What the last epoch has brought, as a line."""
        terms = self.history[-1][1]
        return (
            f"Epoch {self.n_epochs}: {count(self.n_steps)} steps, loss"
            f" {terms['semantic consistency'] + terms['prototype constraint']:.3f}, {self.numbers()['prototype_count']}"
            f" live prototypes, teacher's entropy {terms['teacher entropy']:.2f}"
        )

    def numbers(self) -> dict:
        """How many prototypes live, and the entropy of the teacher's shares, in the last epoch."""
        terms, n_prototypes = self.history[-1][1], len(self.objective.wins)
        return {
            "prototype_count": round(terms["live prototypes"] * n_prototypes),
            "teacher_entropy": terms["teacher entropy"],
        }

    def network(self, n_features: int) -> PrototypeNetwork:
        """What the teacher knows, for superpixels of so many features beside those."""
        teacher = self.objective.teacher
        n_prototypes, learnt = len(teacher.projector.prototypes), teacher.features.encoder
        network = PrototypeNetwork(n_features, n_prototypes, n_prototypes, teacher.features.options)
        encoder = Encoder(**learnt.options)
        encoder.load_state_dict(learnt.state_dict())
        network.encoder.encoder.load_state_dict(encoder.fold().state_dict())
        network.projector.load_state_dict(teacher.projector.state_dict())
        return network.eval().to(self._device)

    def state(self) -> Reached:
        """All that has been reached."""
        tensors = {
            f"{part}.{name}": tensor
            for part, module in self._modules().items()
            for name, tensor in module.state_dict().items()
        }
        tensors.update({f"adam.{name}": tensor for name, tensor in self._adam.state().items()})
        told = {"steps": self.n_steps, "epochs": self.n_epochs, "history": self.history}
        return Reached(tensors, told)

    def restore(self, tensors: dict, told: dict) -> None:
        """Go on from what `state` has given."""
        for part, module in self._modules().items():
            module.load_state_dict(_of(part, tensors))
        self._adam.restore(_of("adam", tensors))
        self.n_steps, self.n_epochs, self.history = told["steps"], told["epochs"], told["history"]

    def _views(
        self, patches: list, native_px: int, seed: int, first_step: int = 0, changed: bool = True
    ) -> Iterator:
        own = seed + OTHER_SEED * self._together.number
        for views in views_of(patches, native_px, N_CROPS, own, first_step, changed, N_LOCAL):
            yield views.to(self._device)

    def _steps(self, batches: Iterator) -> Iterator:
        for views in batches:
            self._together.begin_step()
            yield views

    def _modules(self) -> dict:
        objective = self.objective
        return {"student": objective.student, "teacher": objective.teacher, "ahead": objective.ahead}


def order_to_train(run: Pretraining, settings: dict, patches: list) -> tuple:
    """The settings with which other processes train along, and {name: tensor} for the one of a number: what has been
    reached, and every so many of the patches."""
    reached = run.state()
    settings = {**settings, "told": {**reached.told, "history": []}}

    def tensors_of(number: int) -> dict:
        own = patches_of(patches, number, settings["n_processes"])
        parts = [
            (f"patch.{i}.{name}", getattr(patch, name))
            for i, patch in enumerate(own)
            for name in ("values", "valid")
        ]
        return {**{name: tensor.detach().cpu() for name, tensor in reached.tensors.items()}, **dict(parts)}

    return settings, tensors_of


def patches_of(patches: list, number: int, count: int) -> list:
    """Those that one of so many processes looks at; all, where there are fewer than processes."""
    return patches[number::count] if len(patches) >= count else patches


def train_along(settings: dict, tensors: dict, device: torch.device) -> None:
    """Train with process 0, which has made the settings with `order_to_train`, until it says that it is done."""
    together, parts = Together(), _of("patch", tensors)
    run = Pretraining(
        *settings["network"], generator(settings["seed"]), device, lambda: 0.0, no_pause, together
    )
    run.restore({name: part.to(device) for name, part in tensors.items()}, settings["told"])
    patches = [Patch(parts[f"{i}.values"], parts[f"{i}.valid"]) for i in range(len(parts) // 2)]
    while together.first_says(0):
        run.epoch(patches, settings["native_px"], settings["n_steps"], settings["seed"], Silent())


def steps_of_an_epoch(patches: list, native_px: int) -> int:
    """How many it takes to see about all of the patches once."""
    n_px = sum(patch.valid.numel() for patch in patches)
    return max(LEAST_STEPS, round(n_px / (N_CROPS * (SCENE * native_px) ** 2)))


def _of(part: str, tensors: dict) -> dict:
    first = part + "."
    return {name[len(first) :]: tensor for name, tensor in tensors.items() if name.startswith(first)}


def started_encoder(n_channels: int, start: str, random: torch.Generator) -> Encoder:
    """An encoder with the weights of ImageNet, or of chance as He et al. (ICCV 2015) draw them."""
    if start == "imagenet":
        return pretrained_encoder(n_channels, LAST)
    encoder = Encoder(n_channels, LAST)
    with torch.no_grad():
        for layer in encoder.convolutions():
            weight = layer.conv.weight
            fan_out = weight.shape[0] * weight[0, 0].numel() / layer.conv.groups
            weight.normal_(0, (2 / fan_out) ** 0.5, generator=random)
    return encoder
