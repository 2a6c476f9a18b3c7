"""The worlds that benchmarks are run on are what they are said to be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.benchmarks.worlds import SMALLEST_SCENE, keep_world, load_graph, make_world


@pytest.mark.parametrize("artists", [SMALLEST_SCENE, 47, 48, 1000])
def test_a_world_is_whole_at_any_size(artists: int) -> None:
    world = make_world(artists)
    graph = world.graph
    assert len(graph) == artists == len(world.scene)
    assert np.bincount(world.scene).min() >= SMALLEST_SCENE
    assert graph.degrees.min() >= 20, "who lists 20 others is related to at least as many"
    rows = np.repeat(np.arange(artists), graph.degrees)
    assert (rows != graph.indices).all()


def test_the_same_seed_makes_the_same_world_and_another_another() -> None:
    first, again, other = make_world(500), make_world(500), make_world(500, seed=2)
    np.testing.assert_array_equal(first.graph.indices, again.graph.indices)
    assert first.graph.popularity is not None
    assert again.graph.popularity is not None
    np.testing.assert_array_equal(first.graph.popularity, again.graph.popularity)
    assert not np.array_equal(first.graph.indices, other.graph.indices)


def test_scenes_and_degrees_are_heavy_tailed_and_scenes_hold_together() -> None:
    world = make_world(10_000)
    sizes, degrees = np.bincount(world.scene), world.graph.degrees
    assert sizes.max() > 5 * np.median(sizes)
    assert degrees.max() > 3 * np.median(degrees)
    sources, targets = world.graph.edge_list()
    assert 0.7 < (world.scene[sources] == world.scene[targets]).mean() < 0.99


def test_no_artist_lists_more_than_asked() -> None:
    graph = make_world(2000, related=5).graph
    assert graph.edges <= 5 * 2000
    assert graph.degrees.min() == 5


@pytest.mark.parametrize(("artists", "related"), [(23, 20), (1000, 0), (1000, 24)])
def test_a_world_that_cannot_be_is_refused(artists: int, related: int) -> None:
    with pytest.raises(ValueError, match="no world of"):
        make_world(artists, related)


def test_a_kept_world_is_made_once_and_read_as_it_was(tmp_path: Path) -> None:
    path = keep_world(tmp_path / "worlds", 300)
    made = path.stat().st_mtime_ns
    assert keep_world(tmp_path / "worlds", 300) == path
    assert path.stat().st_mtime_ns == made
    kept, fresh = load_graph(path), make_world(300).graph
    np.testing.assert_array_equal(kept.indptr, fresh.indptr)
    np.testing.assert_array_equal(kept.indices, fresh.indices)
    assert kept.popularity is not None
    assert fresh.popularity is not None
    np.testing.assert_array_equal(kept.popularity, fresh.popularity)
    assert list(path.parent.iterdir()) == [path], "nothing half-written is left"
