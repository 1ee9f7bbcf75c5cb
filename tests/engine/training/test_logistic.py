"""Logistic regression finds what it was made from, and bears classes that nobody has."""

import numpy as np
import pytest

from obic_plugin.engine.training.logistic import fit_logistic


def drawn(n_classes: int) -> tuple:
    random = np.random.default_rng(0)
    targets = random.integers(0, n_classes, 600)
    places = np.array([[100.0, 0.0], [130.0, 0.01], [100.0, 0.02]])
    return places[targets] + random.normal(size=(600, 2)) * [5.0, 0.003], targets


@pytest.mark.parametrize("n_classes", [1, 2, 3])
def test_classes_are_told_apart_whatever_the_units_of_the_features(n_classes):
    features, targets = drawn(n_classes)
    slopes, offsets = fit_logistic(features, targets, 4, 1.0)
    said = (features @ slopes.T + offsets).argmax(1)
    assert (said == targets).mean() > 0.97 and slopes.shape == (4, 2)


def test_two_classes_are_the_model_of_two_classes():
    from sklearn.linear_model import LogisticRegression

    features, targets = drawn(2)
    slopes, offsets = fit_logistic(features, targets, 2, 0.1)
    scores = features @ slopes.T + offsets
    normal = (features - features.mean(0)) / features.std(0)
    model = LogisticRegression(C=0.1, max_iter=300).fit(normal, targets)
    assert np.allclose(scores[:, 1] - scores[:, 0], model.decision_function(normal), atol=1e-3)


def test_weaker_slopes_say_less():
    features, targets = drawn(3)
    weak, strong = (np.abs(fit_logistic(features, targets, 3, c)[0]).max() for c in (1e-3, 1.0))
    assert weak < strong / 2
