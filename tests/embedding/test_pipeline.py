"""The whole build: what comes out, that it is the same every time, and that it can be stopped."""

from __future__ import annotations

import threading
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from scipy.spatial.transform import Rotation

from embedding.errors import InputError
from embedding.galaxy import Galaxy
from embedding.graph import ArtistGraph
from embedding.pipeline import build, measure_link_auc, popularity_from_degrees
from embedding.progress import Cancelled, CancelToken, Progress
from embedding.settings import BuildSettings
from tests.embedding.planted import planted

QUICK = BuildSettings(walks=4, epochs=2, min_component=1, workers=1)


def communities(**about: Any) -> ArtistGraph:
    return planted(6, 12, **about)


@pytest.fixture(scope="module")
def galaxy() -> Galaxy:
    graph = communities(title="Ring", source="planted", licence="CC0-1.0", notes=("A note.",))
    return build(graph, QUICK)


def test_everything_is_carried_over(galaxy: Galaxy) -> None:
    graph = communities()
    assert galaxy.names == graph.names
    assert (galaxy.title, galaxy.source, galaxy.licence) == ("Ring", "planted", "CC0-1.0")
    assert galaxy.positions.shape == (72, 3)
    assert galaxy.vectors.shape == (72, 8)
    assert galaxy.positions.dtype == galaxy.vectors.dtype == np.float32
    np.testing.assert_array_equal(galaxy.indices, graph.indices)
    assert galaxy.settings == QUICK.as_dict()
    assert galaxy.notes[0] == "A note."
    assert galaxy.created.endswith("Z")


def test_the_figures_are_those_of_a_good_galaxy(galaxy: Galaxy) -> None:
    assert set(galaxy.quality) == {
        "connection_ratio",
        "recall_at_20",
        "bowl_index",
        "density_contrast",
    }
    assert galaxy.quality["connection_ratio"] < 0.6
    assert galaxy.quality["recall_at_20"] > 0.8


def test_positions_have_unit_radius(galaxy: Galaxy) -> None:
    radius = np.sqrt((galaxy.positions.astype(float) ** 2).sum(axis=1).mean())
    assert radius == pytest.approx(1, abs=1e-5)


def test_the_same_settings_give_the_same_bits_whatever_the_threads(galaxy: Galaxy) -> None:
    for workers in (1, 2, 3):
        settings = BuildSettings(**{**QUICK.as_dict(), "workers": workers})
        again = build(communities(), settings)
        np.testing.assert_array_equal(again.positions, galaxy.positions)
        np.testing.assert_array_equal(again.vectors, galaxy.vectors)


def test_another_seed_gives_another_galaxy(galaxy: Galaxy) -> None:
    other = build(communities(), BuildSettings(**{**QUICK.as_dict(), "seed": 2}))
    assert not np.array_equal(other.positions, galaxy.positions)


def test_popularity_comes_from_degrees_where_there_is_none(galaxy: Galaxy) -> None:
    degrees = np.diff(galaxy.indptr)
    assert galaxy.popularity.min() == 1
    assert galaxy.popularity.max() == 100
    assert galaxy.popularity[degrees.argmax()] == 100
    assert any("popular" in note for note in galaxy.notes)


def test_popularity_that_is_given_stays() -> None:
    popularity = np.arange(72, dtype=np.uint8)
    galaxy = build(communities(popularity=popularity), QUICK)
    np.testing.assert_array_equal(galaxy.popularity, popularity)
    assert not any("popular" in note for note in galaxy.notes)


def test_popularity_is_logarithmic() -> None:
    popularity = popularity_from_degrees(np.array([0, 9, 99, 999]))
    np.testing.assert_array_equal(popularity, [1, 34, 67, 100])
    np.testing.assert_array_equal(popularity_from_degrees(np.array([3, 3])), [50, 50])


def test_what_is_left_out_is_said() -> None:
    graph = communities()
    pair = ArtistGraph.from_edges(
        [*graph.names, "far", "away"],
        np.concatenate((graph.edge_list()[0], [72])),
        np.concatenate((graph.edge_list()[1], [73])),
    )
    galaxy = build(pair, BuildSettings(**{**QUICK.as_dict(), "min_component": 3}))
    assert len(galaxy) == 72
    assert any("--min-component" in note for note in galaxy.notes)


def test_a_rebuild_does_not_turn_the_world(galaxy: Galaxy) -> None:
    settings = BuildSettings(**{**QUICK.as_dict(), "seed": 3})
    free = build(communities(), settings)
    turn = Rotation.from_euler("xyz", [40, 70, 10], degrees=True).as_matrix()
    earlier = Galaxy(
        **{
            **{name: getattr(galaxy, name) for name in galaxy.__dataclass_fields__},
            "positions": (galaxy.positions @ turn).astype(np.float32),
        }
    )
    aligned = build(communities(), settings, earlier=earlier)
    assert moved(aligned.positions, earlier.positions) < moved(free.positions, earlier.positions)
    # Turned or mirrored as a whole: no distance from the centre changes.
    np.testing.assert_allclose(
        np.linalg.norm(aligned.positions, axis=1), np.linalg.norm(free.positions, axis=1), atol=1e-5
    )


def moved(a: Any, b: Any) -> float:
    return float(((a - b) ** 2).sum())


@pytest.mark.parametrize("workers", [1, 2])
def test_previews_after_every_epoch_do_not_flip(workers: int) -> None:
    settings = BuildSettings(**{**QUICK.as_dict(), "epochs": 4, "workers": workers})
    seen: list[tuple[int, Any]] = []
    build(communities(), settings, on_preview=lambda *preview: seen.append(preview))
    assert [epoch for epoch, _ in seen] == [1, 2, 3, 4]
    for (_, before), (_, after) in pairwise(seen):
        assert after.shape == (72, 3)
        assert after.dtype == np.float32
        for axis in range(3):
            mirrored = after.copy()
            mirrored[:, axis] *= -1
            assert moved(before, after) < moved(before, mirrored)


def test_previews_change_nothing(galaxy: Galaxy) -> None:
    watched = build(communities(), QUICK, on_preview=lambda *_: None)
    np.testing.assert_array_equal(watched.positions, galaxy.positions)


@pytest.mark.parametrize("workers", [1, 2])
def test_stages_come_in_order(workers: int) -> None:
    steps: list[Progress] = []
    settings = BuildSettings(**{**QUICK.as_dict(), "workers": workers})
    build(communities(), settings, on_progress=steps.append)
    stages = list(dict.fromkeys(step.stage for step in steps if step.stage != "compile"))
    assert stages == ["walks", "train 4-D", "train 8-D", "project", "quality"]
    for stage in stages:
        mine = [step for step in steps if step.stage == stage]
        assert [s.done for s in mine] == sorted(s.done for s in mine)
        assert mine[-1].done == mine[-1].total


@pytest.mark.parametrize("workers", [1, 2])
def test_it_stops_wherever_it_is_cancelled(workers: int) -> None:
    settings = BuildSettings(**{**QUICK.as_dict(), "workers": workers})
    stages: list[str] = []
    build(communities(), settings, on_progress=lambda step: stages.append(step.stage))
    before = threading.active_count()
    for stage in set(stages):
        token = CancelToken()

        def on_progress(step: Progress, stage: str = stage, token: CancelToken = token) -> None:
            if step.stage == stage:
                token.cancel()

        with pytest.raises(Cancelled):
            build(communities(), settings, on_progress=on_progress, cancel=token)
        assert threading.active_count() == before


def test_a_cancelled_build_does_not_begin() -> None:
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        build(communities(), QUICK, cancel=token, on_progress=pytest.fail)


@pytest.mark.parametrize(
    ("settings", "option"),
    [({"dims": 5, "averager_dims": 2}, "--dims"), ({"averager_dims": 8}, "--averager-dims")],
)
def test_more_dimensions_than_artists(settings: dict[str, int], option: str) -> None:
    graph = ArtistGraph.from_edges(list("abcd"), [0, 1, 2], [1, 2, 3])
    with pytest.raises(InputError, match=f"^{option}: . dimensions .* 4 artists .*at most 4") as e:
        build(graph, BuildSettings(**{**QUICK.as_dict(), **settings}))
    assert e.value.where == option


@pytest.mark.parametrize("option", ["dims", "averager_dims"])
def test_more_dimensions_than_the_engine_has(option: str) -> None:
    settings = BuildSettings(**{**QUICK.as_dict(), option: 65})
    with pytest.raises(InputError, match=r"65 dimensions are more than this engine's 64") as e:
        build(communities(), settings)
    assert e.value.where == "--" + option.replace("_", "-")


def test_two_artists_are_too_few_for_space() -> None:
    graph = ArtistGraph.from_edges(["a", "b"], [0], [1])
    with pytest.raises(InputError, match="give data with more related artists"):
        build(graph, BuildSettings(min_component=1))


def test_the_smallest_galaxy() -> None:
    graph = ArtistGraph.from_edges(["a", "b", "c", "d"], [0, 1, 2], [1, 2, 3])
    galaxy = build(graph, BuildSettings(min_component=1, averager_dims=4))
    assert np.isfinite(galaxy.positions).all()
    assert np.isfinite(galaxy.vectors).all()


def test_link_auc_of_planted_communities() -> None:
    steps: list[Progress] = []
    settings = BuildSettings(**{**QUICK.as_dict(), "walks": 10, "epochs": 5})
    assert measure_link_auc(communities(), settings, on_progress=steps.append) > 0.8
    assert all(step.stage.startswith("link auc: ") for step in steps)


def test_weights_and_ids_come_through() -> None:
    graph = communities()
    a, b = graph.edge_list()
    weighted = ArtistGraph.from_edges(
        graph.names, a, b, np.linspace(1, 2, a.size), ids=[f"id{i}" for i in range(72)]
    )
    galaxy = build(weighted, QUICK)
    assert galaxy.keys[:2] == ["id0", "id1"]
    np.testing.assert_array_equal(galaxy.weights, weighted.weights)
