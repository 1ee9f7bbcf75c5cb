"""Logistic regression finds what it was made from, and bears classes that nobody has."""

import numpy as np
import pytest

from obic_plugin.engine.progress import Cancelled
from obic_plugin.engine.training.multinomial import Multinomial


def drawn(n_classes: int) -> tuple:
    random = np.random.default_rng(0)
    targets = random.integers(0, n_classes, 600)
    places = np.array([[100.0, 0.0], [130.0, 0.01], [100.0, 0.02]])
    return places[targets] + random.normal(size=(600, 2)) * [5.0, 0.003], targets


@pytest.mark.parametrize("n_classes", [1, 2, 3])
def test_classes_are_told_apart_whatever_the_units_of_the_features(n_classes):
    features, targets = drawn(n_classes)
    head = Multinomial(features, 4, 1e-3)
    head.fit(np.eye(4)[targets], 50)
    slopes, offsets = head.linear
    said = (features @ slopes.T + offsets).argmax(1)
    assert (said == targets).mean() > 0.97 and slopes.shape == (4, 2)


def test_it_is_the_minimum_that_scikit_learn_finds():
    from sklearn.linear_model import LogisticRegression

    features, targets = drawn(3)
    head = Multinomial(features, 3, 1 / (0.1 * 600))
    head.fit(np.eye(3)[targets], 400)
    slopes, offsets = head.linear
    scores = features @ slopes.T + offsets
    normal = (features - features.mean(0)) / features.std(0)
    model = LogisticRegression(C=0.1, max_iter=1000, tol=1e-8).fit(normal, targets)
    wanted = model.decision_function(normal)
    assert np.allclose(scores - scores.mean(1)[:, None], wanted - wanted.mean(1)[:, None], atol=1e-3)


def test_every_step_goes_on_from_the_last_and_says_less_error():
    features, targets = drawn(3)
    head = Multinomial(features, 3, 1e-3)
    errors = [head.fit(np.eye(3)[targets], 1) for _ in range(10)]
    assert errors == sorted(errors, reverse=True) and errors[-1] < errors[0] / 1.5


def test_weaker_slopes_say_less():
    features, targets = drawn(3)
    found = []
    for ridge in (1.0, 1e-3):
        head = Multinomial(features, 3, ridge)
        head.fit(np.eye(3)[targets], 100)
        found.append(np.abs(head.linear.slopes[:, 0]).max())
    assert found[0] < found[1] / 2


def test_it_stops_before_any_step():
    features, targets = drawn(2)
    head, looks = Multinomial(features, 2, 1e-3), []

    def pause():
        looks.append(1)
        if len(looks) == 4:
            raise Cancelled

    with pytest.raises(Cancelled):
        head.fit(np.eye(2)[targets], 50, pause)
    assert len(looks) == 4
