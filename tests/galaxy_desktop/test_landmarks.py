from __future__ import annotations

import numpy as np
import pytest

from galaxy_desktop.model.landmarks import LANDMARKS, landmarks
from galaxy_desktop.model.prominence import REALMS, Prominence, best_known, by_renown
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.worlds import world


def crowd(n: int = 3000, seed: int = 1) -> World:
    rng = np.random.default_rng(seed)
    return world(rng.normal(size=(n, 3)), rng.integers(0, 100, n))


def test_landmarks_are_famous_and_far_apart() -> None:
    galaxy = crowd()
    chosen = landmarks(galaxy)
    assert len(chosen) == LANDMARKS == len(set(chosen.tolist()))
    assert galaxy.fame[chosen[0]] == galaxy.fame.max()
    assert galaxy.fame[chosen].min() > 0.6
    places = galaxy.positions[chosen]
    apart = np.linalg.norm(places[:, None] - places[None], axis=2) + 9 * np.eye(len(chosen))
    assert apart.min() > 0.12 * galaxy.radius
    np.testing.assert_array_equal(chosen, landmarks(crowd()))


def test_the_best_known_of_one_place_stands_for_it() -> None:
    galaxy = world([[0, 0, 0], [0.01, 0, 0], [4, 0, 0], [4.01, 0, 0]], [50, 60, 70, 40])
    assert landmarks(galaxy).tolist() == [2, 1]


@pytest.mark.parametrize("places", [[[0, 0, 0]], [[1, 2, 3]] * 5])
def test_of_artists_at_one_point_one_is_a_landmark(places: list[list[float]]) -> None:
    assert landmarks(world(places)).tolist() == [0]


def test_without_fame_landmarks_are_spread_all_the_same() -> None:
    rng = np.random.default_rng(0)
    galaxy = world(rng.normal(size=(500, 3)), np.zeros(500))
    assert len(landmarks(galaxy)) == LANDMARKS


def test_renown_is_popularity_then_relations_then_order() -> None:
    galaxy = world(np.zeros((4, 3)), [10, 90, 10, 10], edges=[(3, 1), (3, 2), (2, 1)])
    assert by_renown(galaxy).tolist() == [1, 2, 3, 0]


def test_a_realm_is_the_widest_cube_in_which_nobody_is_better_known() -> None:
    galaxy = crowd()
    prominence = Prominence(galaxy)
    low = galaxy.positions.min(axis=0)
    rank = np.argsort(by_renown(galaxy))
    expected = np.zeros(len(galaxy), np.float32)
    for realm in reversed(REALMS):
        cells = ((galaxy.positions - low) / (realm * galaxy.radius)).astype(int)
        best: dict[tuple[int, ...], int] = {}
        for artist in by_renown(galaxy).tolist():
            best.setdefault(tuple(cells[artist]), artist)
        for artist in best.values():
            expected[artist] = realm
    np.testing.assert_array_equal(prominence.realm, expected)
    assert rank[prominence.tiers[0].artists].min() == 0
    for tier in prominence.tiers:
        np.testing.assert_array_equal(tier.positions, galaxy.positions[tier.artists].T)


def test_a_star_far_outside_changes_nothing_for_the_others() -> None:
    places = np.random.default_rng(2).uniform(size=(400, 3)).astype(np.float32)
    places[0] = 0
    near, far = world(places), world(np.vstack([places, [[1e7, 0, 0]]]))
    one = best_known(near, by_renown(near), 0.05)
    other = best_known(far, by_renown(far), 0.05)
    assert set(other.tolist()) - {400} == set(one.tolist())
