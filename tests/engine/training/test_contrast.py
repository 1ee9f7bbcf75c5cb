"""Correlation and contrast of two dates against their definitions, computed the long way."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn import functional

from obic_plugin.engine.nets.convolution import generator
from obic_plugin.engine.training.contrast import (
    ENQUEUED,
    MARGIN,
    QUEUE,
    TEMPERATURE,
    Queues,
    correlation,
    global_contrast,
    local_contrast,
)


def maps(seed=0, channels=4, n=6):
    random = generator(seed)
    features = [torch.randn(1, channels, n, n, generator=random) for _ in range(2)]
    labels = [torch.randint(0, 3, (1, n, n), generator=random) for _ in range(2)]
    labels[0][0, 0] = 255
    return features, labels


def test_correlation_is_the_published_sum():
    (first, second), _ = maps()
    chance = torch.rand(1, 6, 6, generator=generator(1))
    changed = chance > 0.6
    valid = torch.ones(1, 6, 6, dtype=torch.bool)
    valid[0, 2] = False
    sums, counts = [0.0, 0.0], [0, 0]
    for row in range(6):
        for col in range(6):
            if not valid[0, row, col]:
                continue
            p = float(chance[0, row, col])
            apart = [abs(float(first[0, c, row, col] - second[0, c, row, col])) for c in range(4)]
            side = int(changed[0, row, col])
            near, far = (sum(each) / 4 for each in zip(*((d**2, max(0.0, MARGIN - d) ** 2) for d in apart)))
            sums[side] += p * far if side else (1 - p) * near
            counts[side] += 1
    expected = 0.5 * sums[0] / counts[0] + 0.5 * sums[1] / counts[1]
    assert float(correlation(first, second, chance, changed, valid)) == pytest.approx(expected, rel=1e-5)


def test_local_contrast_is_info_nce_of_each_positive():
    features, labels = maps()
    projected = [each * 0.5 + 0.1 for each in features]
    found = local_contrast(tuple(projected), tuple(features), tuple(labels), 3, generator(0))
    losses = []
    for label in range(3):
        own = [p.permute(0, 2, 3, 1)[t == label] for p, t in zip(projected, labels)]
        anchor = functional.normalize(functional.normalize(torch.cat(own), dim=1).mean(0), dim=0)

        def similar(other, anchor=anchor):
            pixels = torch.cat([f.permute(0, 2, 3, 1)[t == other] for f, t in zip(features, labels)])
            return (functional.normalize(pixels, dim=1) @ anchor / TEMPERATURE).tolist()

        others = sum(math.exp(s) for other in range(3) if other != label for s in similar(other))
        each = [-math.log(math.exp(s) / (math.exp(s) + others)) for s in similar(label)]
        losses.append(sum(each) / len(each))
    assert float(found) == pytest.approx(sum(losses) / 3, rel=1e-4)


def test_one_class_alone_has_no_contrast():
    features, labels = maps()
    labels = [torch.zeros_like(each) for each in labels]
    assert float(local_contrast(tuple(features), tuple(features), tuple(labels), 3, generator(0))) == 0


def test_queues_hold_the_last_pixels_of_each_class_and_few_ones_enter_too():
    features, labels = maps()
    labels[1][:] = 1
    labels[1][0, 0, 0] = 2
    queues = Queues(3, 4)
    queues.add(tuple(features), tuple(labels), generator(0))
    assert int(queues.count[1, 2]) == 1 and int(queues.count[1, 0]) == 0
    place = functional.normalize(features[1][0, :, 0, 0], dim=0)
    assert torch.allclose(queues.features[1, 2, 0], place)
    large = tuple(torch.randn(1, 4, 40, 40, generator=generator(2)) for _ in range(2))
    for _ in range(12):
        queues.add(large, tuple(torch.zeros(1, 40, 40, dtype=torch.int64) for _ in range(2)), generator(3))
    assert int(queues.count[0, 0]) == QUEUE and int(queues.count[0, 0]) > ENQUEUED


def test_a_class_like_its_queue_and_unlike_others_costs_nothing():
    features = torch.zeros(1, 2, 2, 2)
    features[0, 0, 0], features[0, 0, 1] = 1, -1
    labels = torch.tensor([[[0, 0], [1, 1]]])
    queues = Queues(2, 2)
    queues.add((features, features), (labels, labels), generator(0))
    shares = torch.full((1, 2, 2, 2), 0.5)
    pair = (features, features), (shares, shares), (labels, labels)
    assert float(global_contrast(*pair, queues)) == pytest.approx(0, abs=1e-6)
    assert float(global_contrast(pair[0], pair[1], (1 - labels, 1 - labels), queues)) == pytest.approx(
        2, abs=1e-6
    )
