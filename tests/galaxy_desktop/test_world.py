from __future__ import annotations

import threading

import numpy as np
import pytest

from galaxy_desktop.model.star_size import widening
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy
from tests.galaxy_desktop.worlds import world


def test_it_knows_its_centre_and_radius() -> None:
    somewhere = world([[3, 1, 1], [-1, 1, 1]], [0, 100])
    np.testing.assert_allclose(somewhere.centre, [1, 1, 1])
    assert somewhere.radius == pytest.approx(2)
    assert list(somewhere.fame) == [0, 1]
    assert world([[1, 1, 1]] * 3).radius == 1


@pytest.mark.parametrize(("n", "wider"), [(1, 8), (80, 5), (10_000, 1), (1_000_000, 1)])
def test_stars_are_wider_where_there_are_few(n: int, wider: float) -> None:
    assert widening(n) == pytest.approx(wider)
    if n < 100:
        somewhere = World(galaxy(max(n, 2)))
        assert somewhere.star_unit == pytest.approx(somewhere.radius * widening(len(somewhere)))


def test_artists_are_known_by_their_keys_of_equal_ones_the_first() -> None:
    somewhere = world(np.eye(3), names=["Twin", "Twin", "Other"])
    assert [somewhere.find_key(key) for key in ("Twin", "Other", "Nobody")] == [0, 2, None]
    by_id = world(np.eye(3), names=["Twin", "Twin", "Other"], ids=["a", "b", "c"])
    assert (by_id.key(1), by_id.find_key("b"), by_id.find_key("Twin")) == ("b", 1, None)


def test_its_shape_tells_whether_the_artists_stand_at_the_same_places() -> None:
    places = np.random.default_rng(0).normal(size=(50, 3))
    assert world(places).shape == world(places).shape
    places[17, 2] += 1e-3
    assert world(places).shape != world(np.random.default_rng(0).normal(size=(50, 3))).shape


def test_threads_that_ask_at_once_get_one_tree() -> None:
    somewhere = world(np.random.default_rng(0).normal(size=(20_000, 3)))
    assert not somewhere.tree_ready
    trees: list[object] = []
    ask = [threading.Thread(target=lambda: trees.append(somewhere.tree)) for _ in range(4)]
    prepare = threading.Thread(target=somewhere.prepare)
    for thread in (*ask, prepare):
        thread.start()
    for thread in (*ask, prepare):
        thread.join()
    assert len({id(tree) for tree in trees}) == 1
    assert somewhere.tree_ready
    assert somewhere.directions is somewhere.directions
    distance, nearest = somewhere.tree.query(somewhere.positions[7])
    assert (distance, nearest) == (0, 7)
