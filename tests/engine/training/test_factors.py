"""Factors keep what changes over the scene, in units of what changes from neighbor to neighbor."""

import numpy as np
import pytest

from obic_plugin.engine.training.factors import fit_factors

NAMES = ["mean", "mean", "deviation", "deviation", "gradient"]


def grid(seed, shape=(80, 90), noise=0.1):
    """A ramp in the first feature, of variance 1 and with some noise; the others are noise, of ten times that."""
    random = np.random.default_rng(seed)
    ramp = np.linspace(-(3**0.5), 3**0.5, shape[1]) * np.ones(shape)
    features = random.normal(0, 3, (5, *shape))
    features[0] = 10 + ramp + random.normal(0, noise, shape)
    return features, random.random(shape) > 0.1


def factors_of(grids):
    center, spread, factors = fit_factors(grids, NAMES)
    values = np.concatenate([features[:, present] for features, present in grids], axis=1)
    return center, spread, factors @ (values - center[:, None]), values


def test_the_first_factor_is_what_changes_over_the_scene():
    center, spread, found, values = factors_of([grid(0), grid(1)])
    assert center == pytest.approx(values.mean(1)) and spread == pytest.approx(values.std(1), rel=1e-4)
    assert abs(np.corrcoef(found[0], values[0])[0, 1]) > 0.99
    assert found[1:].var(1).max() < 0.1


@pytest.mark.parametrize("noise", [0.25, 0.5])
def test_the_variance_of_a_factor_is_its_signal_in_units_of_its_noise(noise):
    _, _, found, _ = factors_of([grid(0, noise=noise), grid(1, noise=noise)])
    assert found[0].var() == pytest.approx(1 / noise**2, rel=0.2)


def test_units_do_not_matter_and_absent_superpixels_have_no_influence():
    (features, present), scale = grid(2), np.array([7, 7, 0.2, 0.2, 1000.0])[:, None, None]
    changed = np.where(present, features * scale + 5, 1e6)
    plain, other = factors_of([(features, present)])[2], factors_of([(changed, present)])[2]
    assert other[0] == pytest.approx(plain[0], rel=1e-3, abs=1e-3)
