from __future__ import annotations

import numpy as np
import pytest

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.scene.adaptation import adaptation, sample
from tests.galaxy_desktop.scene.conftest import world_of


@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_less_light_is_let_in_the_nearer_the_stars_are(scale: float) -> None:
    world = world_of(np.random.default_rng(0).normal(size=(5000, 3)) * scale)
    factors = [
        adaptation(world.positions, world.radius, Pose((0, 0, world.radius * away)))
        for away in (9, 3, 2, 1, 0.5, 0)
    ]
    assert factors[0] == 1
    assert factors[1] == pytest.approx(1, abs=0.05)
    assert factors[1:] == sorted(factors[1:], reverse=True)
    assert 0.35 <= factors[-1] < 0.7


def test_nothing_changes_while_turning() -> None:
    world = world_of(np.random.default_rng(0).normal(size=(500, 3)))
    factors = {
        adaptation(world.positions, world.radius, Pose((0.3, 0, 0.4), yaw)) for yaw in range(6)
    }
    assert len(factors) == 1


def test_of_many_some_say_the_same() -> None:
    world = world_of(np.random.default_rng(0).normal(size=(50_000, 3)))
    some = world.positions[sample(len(world))]
    assert len(some) < 5000
    for pose in (Pose((0, 0, 0.1)), Pose((0, 1.5, 0))):
        whole = adaptation(world.positions, world.radius, pose)
        assert adaptation(some, world.radius, pose) == pytest.approx(whole, rel=0.01)


def test_one_artist_is_a_galaxy_too() -> None:
    world = world_of([(0, 0, 0)])
    assert adaptation(world.positions, world.radius, Pose((0, 0, 0))) == 1.0
