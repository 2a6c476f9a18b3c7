"""The steps of a build on request: what is read, the draft and the previews."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from embedding import pipeline
from embedding.drafting import is_worth_it
from embedding.galaxy_file import load, save
from embedding.graph import ArtistGraph
from embedding.progress import CancelToken, silent
from embedding.serving import previews
from embedding.serving.requests import Request
from embedding.serving.workshop import Workshop
from embedding.settings import BuildSettings
from tests.embedding.galaxies import galaxy
from tests.embedding.planted import planted, write_edges


@pytest.fixture(scope="module")
def edges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_edges(tmp_path_factory.mktemp("input") / "related.csv", planted(8, 15))


@pytest.fixture(scope="module")
def like(edges: Path) -> Path:
    """Return a galaxy of the same artists, turned otherwise than any would come out."""
    rng = np.random.default_rng(5)
    shown = galaxy(120, full=False)
    graph = planted(8, 15)
    places = rng.normal(size=(120, 3)).astype(np.float32)
    path = edges.parent / "like.galaxy"
    save(replace(shown, names=graph.names, positions=places), path)
    return path


@pytest.mark.parametrize("turned", [True, False])
def test_previews_come_nearer_and_end_where_the_galaxy_stands(like: Path, turned: bool) -> None:
    graph, settings = planted(8, 15), BuildSettings(walks=10, epochs=4, workers=2)
    seen: list[tuple[float, Any]] = []
    built = pipeline.build(
        graph,
        settings,
        on_training=lambda share, positions: seen.append((share, positions())),
        earlier=load(like) if turned else None,
        drafting=True,
    )
    plain = pipeline.build(graph, settings, earlier=load(like) if turned else None)
    np.testing.assert_array_equal(built.positions, plain.positions)
    np.testing.assert_array_equal(built.vectors, plain.vectors)
    assert seen[0][0] == 0
    assert [share for share, _ in seen] == sorted(share for share, _ in seen)
    np.testing.assert_array_equal(seen[-1][1], built.positions)
    if turned:
        away = [float(((places - built.positions) ** 2).mean()) for _, places in seen]
        assert away[0] > away[len(away) // 2] > away[-2] > away[-1] == 0
        # Each is turned as far as it can be towards what was on the screen.
        for _, places in seen:
            mixed = places.T @ load(like).positions
            np.testing.assert_allclose(mixed, mixed.T, atol=1e-3)


def test_what_is_read_is_read_again_only_once_it_has_changed(tmp_path: Path) -> None:
    path = write_edges(tmp_path / "related.csv", planted(4, 15))
    request = Request(inputs=(path,), settings=BuildSettings(walks=2, length=5))
    workshop, token = Workshop(), CancelToken()

    def graph(**more: int) -> ArtistGraph:
        asks = replace(request, settings=replace(request.settings, **more))
        return workshop.graph(asks, silent, token)

    first = graph()
    walks = workshop.walk(first, request.settings, silent, token)
    assert graph(epochs=9) is first
    assert workshop.has_walks(replace(request.settings, epochs=9, window=2))
    assert workshop.walk(first, request.settings, silent, token) is walks
    for other in ({"p": 9.0}, {"q": 9.0}, {"walks": 3}, {"length": 6}, {"seed": 2}):
        assert not workshop.has_walks(replace(request.settings, **other))
    fewer = graph(max_artists=40)
    assert len(fewer) <= 40
    assert not workshop.has_walks(request.settings)
    write_edges(path, planted(5, 15))
    assert len(graph()) == 75


def test_a_draft_is_for_builds_that_take_their_time() -> None:
    assert is_worth_it(40_000, BuildSettings())
    assert not is_worth_it(9_000, BuildSettings())
    assert not is_worth_it(40_000, BuildSettings(engine="reference"))


def test_previews_rest_between_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from embedding.terminal import Display

    told: list[dict[str, Any]] = []

    class Heard(Display):
        def event(self, event: str, **fields: Any) -> None:
            assert event in ("artists", "preview")
            told.append(fields)

    clock = [100.0]
    monkeypatch.setattr(previews.time, "monotonic", lambda: clock[0])
    shown = previews.Previews(tmp_path / "p", ["a", "b"], Heard(), first=0.1)

    def places() -> Any:
        clock[0] += 0.3  # a large galaxy
        return np.zeros((2, 3), np.float32)

    for k in range(101):
        shown.watch(k / 100, places)
        clock[0] += 0.1
    shares = [fields["share"] for fields in told[1:]]
    assert shares[:2] == [0, 0.1]
    assert shares[-1] == 1
    assert np.diff(shares[1:-1]).min() >= 0.3 / previews.BUSY / 10 / 10 - 0.01
