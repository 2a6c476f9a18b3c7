from __future__ import annotations

import re

import numpy as np
import pytest

from galaxy_desktop.model.tour import Tour
from galaxy_desktop.model.world import World
from tests.galaxy_desktop.flights import assert_same_view, looks, places
from tests.galaxy_desktop.worlds import world


def clusters() -> World:
    random = np.random.default_rng(3)
    centres = random.normal(size=(8, 3))
    spread = np.array([0.3] * 7 + [0.02])[:, None, None]
    points = (centres[:, None] + spread * random.normal(size=(8, 60, 3))).reshape(-1, 3)
    return world(points, random.integers(0, 100, len(points)))


def test_it_is_five_pictures_and_the_last_is_of_the_best_known_artist() -> None:
    here = clusters()
    stops = Tour(here).stops
    assert len(stops) == len({stop.name for stop in stops}) == 5
    assert all(re.fullmatch("[a-z-]+", stop.name) for stop in stops)
    best = int(np.argmax(here.fame))
    assert [stop.selected for stop in stops] == [None] * 4 + [best]
    pixels, depths = stops[-1].pose.project(here.positions[best : best + 1], (800, 600))
    np.testing.assert_allclose(pixels, [[400, 300]], atol=0.01)
    assert 0 < depths[0] < 0.1 * here.star_unit


def test_it_flies_towards_where_the_artists_stand_densest() -> None:
    here = clusters()
    (ahead,), _ = (
        Tour(here).stops[2].pose.project(here.positions[-60:].mean(axis=0)[None], (800, 600))
    )
    np.testing.assert_allclose(ahead, [400, 300], atol=60)


def test_it_is_the_same_every_time() -> None:
    one, other = Tour(clusters()), Tour(clusters())
    assert one.stops == other.stops
    assert one.duration == other.duration
    assert one.pose_at(7.3) == other.pose_at(7.3)


def test_the_way_is_smooth_and_passes_every_stop_and_ends_where_it_began() -> None:
    here = clusters()
    tour = Tour(here)
    times = np.arange(0, tour.duration, 0.02)
    poses = [tour.pose_at(float(t)) for t in times]
    for stop in tour.stops:
        nearest = min(
            poses, key=lambda p, at=stop.pose.position: np.linalg.norm(np.subtract(p.position, at))
        )
        assert_same_view(nearest, stop.pose, 1e-3)
    assert np.linalg.norm(np.diff(places(poses), axis=0), axis=1).max() < 0.05 * here.radius
    assert np.linalg.norm(np.diff(looks(poses), axis=0), axis=1).max() < 0.06
    assert_same_view(tour.pose_at(0), tour.stops[0].pose)
    assert_same_view(tour.pose_at(tour.duration - 1e-6), tour.stops[0].pose, 1e-4)
    assert 10 < tour.duration < 40


@pytest.mark.parametrize("places", [[(0, 0, 0)], [(1, 2, 3)] * 20, [(0, 0, 0), (1, 0, 0)]])
def test_the_smallest_galaxies_have_a_tour_too(places: list[tuple[float, float, float]]) -> None:
    tour = Tour(world(places))
    assert len(tour.stops) == 5
    for t in np.linspace(0, tour.duration, 50):
        assert np.isfinite(tour.pose_at(float(t)).position).all()
