"""Objectives of learning from tags, each beside a slow and plain version of it; pseudo labels by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.nn import functional

from obic_plugin.engine.nets.activation import ActivationHead, PixelCorrelation, normalized
from obic_plugin.engine.nets.convolution import generator
from obic_plugin.engine.training.fromtags import over_superpixels
from obic_plugin.engine.training.pseudolabels import POWERS, PseudoLabels, pseudo_labels, unrefined
from obic_plugin.engine.training.tags import (
    DECAY,
    PRESENCE,
    Candidates,
    MeanActivation,
    Seam,
    SeenChips,
    TaggedBatch,
    hardest,
    least,
    one_hot,
)


@pytest.fixture
def batch():
    random = generator(0)
    views = []
    for side in (6, 3):
        features, image = (torch.randn(3, n, side, side, generator=random) for n in (5, 2))
        valid = torch.rand(3, side, side, generator=random) < 0.8
        views.append(SeenChips(features, image, valid))
    tags = torch.tensor([[1, 1, 0, 0], [0, 1, 0, 1], [0, 0, 1, 0]]).bool()
    return TaggedBatch(*views, tags)


@pytest.fixture
def head():
    made = ActivationHead(5, 4)
    made.weight.data.normal_(generator=generator(1))
    made.bias.data.normal_(generator=generator(2))
    return made


def test_candidates_pixel_by_pixel(batch, head):
    found = Candidates(head).loss(batch)
    scores = head(batch.seen.features)
    inside, shares = [], torch.zeros(3, 4)
    for n in range(3):
        pixels = [scores[n, :, i, j].softmax(0) for i, j in batch.seen.valid[n].nonzero().tolist()]
        inside += [-math.log(sum(float(p[k]) for k in range(4) if batch.tags[n, k])) for p in pixels]
        shares[n] = torch.stack(pixels).mean(0)
    somewhere = -np.mean([math.log(float(shares[n, k])) for n, k in batch.tags.nonzero().tolist()])
    assert float(found["within tags"]) == pytest.approx(np.mean(inside), rel=1e-5)
    assert float(found["each tag somewhere"]) == pytest.approx(PRESENCE * somewhere, rel=1e-5)
    assert float(found["decay"]) == pytest.approx(DECAY * float((head.weight**2).sum()), rel=1e-5)


def test_candidates_compete_by_how_much_more_a_pixel_looks_like_one_than_others_do(batch, head):
    objective, seen = Candidates(head), batch.seen
    shares = head(seen.features).softmax(1).detach()
    usual = shares.movedim(1, -1)[seen.valid].mean(0)
    objective.weigh(seen)
    found = objective.activation(seen, batch.tags).detach()
    for n, i, j in seen.valid.nonzero().tolist():
        more = shares[n, :, i, j] / usual * batch.tags[n]
        assert torch.allclose(found[n, :, i, j], more / more.sum(), atol=1e-5)


def test_mean_activation_is_the_multilabel_soft_margin_loss(batch, head):
    scores = head(batch.seen.features)
    means = torch.stack([scores[n][:, batch.seen.valid[n]].mean(1) for n in range(3)])
    wanted = functional.multilabel_soft_margin_loss(means, batch.tags.float())
    assert float(MeanActivation(head).loss(batch)["tags"]) == pytest.approx(float(wanted), rel=1e-5)


def test_invalid_pixels_do_not_matter(batch, head):
    other = batch.seen.features.masked_fill(~batch.seen.valid[:, None], 100.0)
    changed = batch._replace(seen=batch.seen._replace(features=other))
    for objective in (Candidates(head), MeanActivation(head)):
        first, second = objective.loss(batch), objective.loss(changed)
        assert all(float(first[name]) == pytest.approx(float(second[name]), rel=1e-5) for name in first)


def test_features_count_in_units_of_their_spread(batch):
    made, features = ActivationHead(5, 4), batch.seen.features * 7 + 3
    made.settle(features, batch.seen.valid)
    made.weight.data.fill_(1.0)
    known = features.movedim(1, -1)[batch.seen.valid]
    scaled = (features - known.mean(0)[:, None, None]) / known.std(0)[:, None, None]
    assert torch.allclose(made(features)[:, 0], scaled.sum(1), atol=1e-4)


def test_views_that_agree_are_equivariant(head):
    """Of an image in which blocks of 2 x 2 pixels are equal, the smaller view says the same."""
    random = generator(0)
    small = SeenChips(
        torch.randn(2, 5, 3, 3, generator=random),
        torch.rand(2, 2, 3, 3, generator=random),
        torch.ones(2, 3, 3).bool(),
    )
    large = SeenChips(*(part.repeat_interleave(2, -1).repeat_interleave(2, -2) for part in small))
    tags = torch.tensor([[1, 1, 0, 0], [0, 1, 1, 1]]).bool()
    seam = Seam(head, PixelCorrelation(2, 5, random))
    assert float(seam.loss(TaggedBatch(large, small, tags))["equivariance"].detach()) < 1e-5
    turned = small._replace(features=small.features.flip(-1))
    assert float(seam.loss(TaggedBatch(large, turned, tags))["equivariance"].detach()) > 0.05


def test_correlation_gives_pixels_that_look_alike_the_same(batch, head):
    seen = batch.seen._replace(valid=torch.ones(3, 6, 6).bool())
    seen.features[:, :, :, :3], seen.features[:, :, :, 3:] = 1.0, -1.0
    seen.image[:, :, :, :3], seen.image[:, :, :, 3:] = 0.2, 0.9
    correlation = PixelCorrelation(2, 5, generator(0))
    refined = correlation(
        torch.rand(3, 4, 6, 6, generator=generator(3)), seen.image, seen.features, seen.valid
    )
    assert torch.allclose(refined[..., :3], refined[..., :1].expand_as(refined[..., :3]), atol=1e-5)


def test_correlation_by_its_formula(batch):
    seen, correlation = batch.seen, PixelCorrelation(2, 5, generator(0))
    cam = torch.rand(3, 4, 6, 6, generator=generator(3))
    found = correlation(cam, seen.image, seen.features, seen.valid)
    strongest = normalized(cam, seen.valid)
    strongest = strongest * (strongest == strongest.amax(1, keepdim=True))
    known = correlation.query(torch.cat([seen.image, correlation.known(seen.features).relu()], 1))
    pixels = [(i, j) for i in range(6) for j in range(6)]
    for place in ((0, 0), (3, 5)):
        weights = [
            max(
                0.0,
                float(functional.cosine_similarity(known[0, :, i, j], known[0, :, place[0], place[1]], 0)),
            )
            * float(seen.valid[0, i, j])
            for i, j in pixels
        ]
        wanted = sum(w * strongest[0, :, i, j] for w, (i, j) in zip(weights, pixels)) / max(
            sum(weights), 1e-5
        )
        assert torch.allclose(found[0, :, place[0], place[1]], wanted, atol=1e-4)


def test_activations_are_zero_where_a_chip_lacks_the_tag(batch, head):
    correlation = PixelCorrelation(2, 5, generator(0))
    for objective in (Candidates(head), MeanActivation(head), Seam(head, correlation)):
        found = objective.activation(batch.seen, batch.tags)
        assert (found[~batch.tags] == 0).all() and (found >= 0).all()


def test_what_the_views_are_compared_by():
    assert float(hardest(torch.tensor([[[[1.0, -5.0, 2.0, 0.0, 1.0]]]]))) == 5.0
    assert float(least(torch.tensor([[[[0.1, 0.9, 0.5, 0.7]], [[0.3, 0.2, 0.1, 0.1]]]]))) == pytest.approx(
        0.3
    )
    assert one_hot(torch.tensor([[[[0.2]], [[0.7]]]])).ravel().tolist() == pytest.approx([0.0, 0.7])


def test_pseudo_labels_are_among_the_tags():
    activation = torch.rand(4, 5, 6, generator=generator(0))
    valid = torch.ones(5, 6).bool()
    valid[0] = False
    found = pseudo_labels(activation, torch.tensor([0, 1, 0, 1]).bool(), valid, unrefined, ())
    assert set(found.labels[1:].unique().tolist()) == {1, 3} and (found.labels[0] == 255).all()
    assert (found.labels[1:] == torch.where(activation[1] >= activation[3], 1, 3)[1:]).all()
    assert (found.uncertainty == 0).all()


def test_pixels_that_change_with_the_power_are_unsure():
    activation = torch.tensor([[[0.9, 0.5, 0.1]], [[0.1, 0.49, 0.9]]])
    found = pseudo_labels(activation, torch.ones(2).bool(), torch.ones(1, 3).bool(), unrefined, POWERS)
    by_hand = [float(0.5**power > 0.49) for power in POWERS], [float(0.49**power > 0.5) for power in POWERS]
    wanted = max(np.var(each) for each in by_hand) / 0.25
    assert found.uncertainty.ravel().tolist() == pytest.approx([0, wanted, 0], abs=1e-6) and wanted > 0.5


def test_unsure_pixels_count_less():
    pseudo = PseudoLabels(torch.tensor([[[0, 1, 255]]]).to(torch.uint8), torch.tensor([[[0.25, 0.0, 0.0]]]))
    assert pseudo.targets(2, True).tolist() == [[[[0.75, 0.0, 0.0]], [[0.0, 1.0, 0.0]]]]
    assert pseudo.targets(2, False).tolist() == [[[[1.0, 0.0, 0.0]], [[0.0, 1.0, 0.0]]]]


def test_refined_activations_are_means_over_superpixels():
    ids = torch.tensor([[0, 0, 1], [0, -1, 1]])
    activation = torch.tensor([[[1.0, 2.0, 5.0], [6.0, 9.0, 7.0]]])
    assert over_superpixels(ids, 2)(activation).tolist() == [[[3.0, 3.0, 6.0], [3.0, 9.0, 6.0]]]
