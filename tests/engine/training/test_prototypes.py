"""The objective of self-supervised clustering: what it is made of, and that it learns."""

from __future__ import annotations

import math

import pytest
import torch

from obic_plugin.engine.nets.convolution import generator
from obic_plugin.engine.progress import Cancelled, Silent
from obic_plugin.engine.raster.patch import Patch
from obic_plugin.engine.training import prototypes
from obic_plugin.engine.training.adam import Adam
from obic_plugin.engine.training.budget import Budget, Timed
from obic_plugin.engine.training.pretraining import Pretraining
from obic_plugin.engine.training.prototypes import attended, teacher_momentum, winners
from tests.scenes import quarters


def patch():
    values = torch.from_numpy(quarters(96, 96)[0]).float() / 255
    return Patch(values, torch.ones(96, 96, dtype=torch.bool))


def training(pace=lambda: 0.0, start="scratch", n_prototypes=6):
    device = torch.device("cpu")
    return Pretraining([0, 1, 2], 16, n_prototypes, start, generator(0), device, pace, lambda: None)


@pytest.fixture(autouse=True)
def small(monkeypatch):
    monkeypatch.setattr("obic_plugin.engine.training.views.VIEW_PX", 64)
    monkeypatch.setattr("obic_plugin.engine.training.pretraining.N_CROPS", 3)


def test_prototypes_win_where_they_are_the_first_choice_of_a_known_pixel():
    cosines = torch.zeros(2, 4, 2, 2)
    cosines[0, 1, 0, 0] = cosines[0, 3, 1, 1] = cosines[1, 2] = 1
    cosines[0, 0, 0, 1] = cosines[0, 0, 1, 0] = 1
    known = torch.ones(2, 2, 2, dtype=torch.bool)
    known[0, 1, 1] = False
    assert winners(cosines, known).tolist() == [[True, True, False, False], [False, False, True, False]]


def test_what_a_prototype_attends_to_is_a_weighted_mean_of_known_pixels():
    random = generator(0)
    vectors, cosines = torch.rand(2, 5, 3, 3, generator=random), torch.rand(2, 4, 3, 3, generator=random)
    known = torch.rand(2, 3, 3, generator=random) > 0.3
    found = attended(vectors, cosines, known)
    for n in range(2):
        for k in range(4):
            total, mean = 0.0, torch.zeros(5)
            for i in range(3):
                for j in range(3):
                    if known[n, i, j]:
                        shares = (cosines[n, :, i, j] / prototypes.ATTENTION).softmax(0)
                        mean += shares[k] * vectors[n, :, i, j] / vectors[n, :, i, j].norm()
                        total += float(shares[k])
            assert torch.allclose(found[n, k], mean / total, atol=1e-5)


def test_the_teacher_follows_the_student_slower_and_slower():
    pace = [0.0]
    objective = training(lambda: pace[0]).objective
    student, teacher = objective.student.projector.prototypes, objective.teacher.projector.prototypes
    before = teacher.clone()
    with torch.no_grad():
        student += 1
    for done in (0.0, 0.5, 1.0):
        pace[0] = done
        expected = before + (1 - teacher_momentum(done)) * (student - before)
        assert objective.after_step(0.3) is (done == 1) and torch.allclose(teacher, expected, atol=1e-6)
        before = teacher.clone()
    assert [teacher_momentum(x) for x in (0, 0.5, 1)] == pytest.approx([0.99, 0.995, 1])


def test_no_gradient_reaches_the_teacher_and_one_reaches_all_of_the_student():
    run = training()
    run.epoch([patch()], 64, 1, 0, Silent())
    assert not any(p.requires_grad for p in run.objective.teacher.parameters())
    before = [p.clone() for p in run.objective.parameters()]
    run.epoch([patch()], 64, 1, 0, Silent())
    assert all((p != old).any() for p, old in zip(run.objective.parameters(), before))


@pytest.mark.parametrize(("start", "kept"), [("imagenet", True), ("scratch", False)])
def test_an_encoder_that_has_learnt_keeps_its_statistics(start, kept):
    run = training(start=start)
    norm = run.objective.student.features.encoder.stem.norm
    before = norm.running_mean.clone()
    run.epoch([patch()], 64, 1, 0, Silent())
    assert torch.equal(norm.running_mean, before) == kept


def test_prototypes_begin_where_something_is():
    live = []
    for begun in (False, True):
        run = training(start="imagenet", n_prototypes=12)
        if begun:
            run.begin([patch()], 64, 0, lambda: None)
            student, teacher = run.objective.student.state_dict(), run.objective.teacher.state_dict()
            assert all(torch.equal(student[name], teacher[name]) for name in student)
        run.epoch([patch()], 64, 1, 0, Silent())
        live.append(run.objective.live)
    assert live[0] < live[1] and live[1] >= 9


def test_the_loss_falls_and_prototypes_live():
    run = training()
    for _ in range(3):
        run.epoch([patch()], 64, 6, 0, Silent())
    first, last = run.history[0][1], run.history[-1][1]
    assert last["semantic consistency"] < first["semantic consistency"] <= 0.5 * math.log(6) + 0.5
    assert 0 < last["teacher entropy"] < 1 and last["live prototypes"] > 2 / 6
    assert [step for step, _ in run.history] == list(range(1, 19)) and run.n_epochs == 3


def test_views_without_data_teach_nothing_and_break_nothing():
    nothing = Patch(torch.zeros(3, 96, 96), torch.zeros(96, 96, dtype=torch.bool))
    run = training()
    run.epoch([nothing], 64, 1, 0, Silent())
    assert run.history[0][1]["semantic consistency"] == run.history[0][1]["prototype constraint"] == 0
    assert all(p.isfinite().all() for p in run.objective.parameters())


def test_a_training_that_goes_on_is_one_that_was_never_interrupted():
    whole, first, second = (training() for _ in range(3))
    for run in (whole, first):
        run.epoch([patch()], 64, 2, 7, Silent())
    whole.epoch([patch()], 64, 2, 7, Silent())
    second.restore(*first.state())
    second.epoch([patch()], 64, 2, 7, Silent())
    assert second.history == whole.history and second.n_steps == 4
    tensors, again = whole.state().tensors, second.state().tensors
    assert all(torch.equal(tensors[name], again[name]) for name in tensors)


def test_time_that_is_over_ends_an_epoch():
    seconds = [0.0]
    budget = Budget(10, clock=lambda: seconds[0])
    run = training(budget.share)
    seconds[0] = 11
    run.epoch([patch()], 64, 5, 0, Timed(Silent(), budget))
    assert run.n_steps == 1


def test_a_cancel_is_heard_within_a_step():
    asked = []

    def pause():
        asked.append(1)
        if len(asked) == 3:
            raise Cancelled

    run = Pretraining([0, 1, 2], 16, 6, "scratch", generator(0), torch.device("cpu"), lambda: 0.0, pause)
    with pytest.raises(Cancelled):
        run.epoch([patch()], 64, 5, 0, Silent())
    assert run.n_steps == 0


def test_adam_goes_on_where_it_was():
    def stepped(adam, parameter, n):
        for _ in range(n):
            (parameter**2).sum().backward()
            adam.step()

    one, other = (torch.nn.Parameter(torch.tensor([3.0, -1.0])) for _ in range(2))
    whole, first = Adam([one], 0.1), Adam([other], 0.1)
    stepped(whole, one, 5)
    stepped(first, other, 3)
    second = Adam([other], 0.1)
    second.restore(first.state())
    stepped(second, other, 2)
    assert torch.equal(one, other)
