"""The atlas of music that ships: its text is in form, its galaxy is made of it, and both are right.

What listeners would expect of it stands in `test_atlas_taste.py`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embedding.cli import main
from embedding.galaxy import Galaxy
from embedding.galaxy_file import load
from embedding.graph import ArtistGraph
from embedding.pipeline import build
from embedding.pruning import components
from embedding.readers.atlas import load_atlas, problems, read, read_about
from embedding.settings import BuildSettings
from galaxy_desktop.model.atlas import atlas_file

TEXT = Path(__file__).resolve().parent.parent / "assets" / "atlas"


@pytest.fixture(scope="module")
def graph() -> ArtistGraph:
    return read(TEXT)


@pytest.fixture(scope="module")
def galaxy() -> Galaxy:
    return load(atlas_file())


def test_the_text_is_in_form() -> None:
    """No scene empty, nobody under two spellings, no bridge to nobody, all of it in NFC."""
    assert [str(problem) for problem in problems(TEXT)] == []


def test_it_is_a_world() -> None:
    atlas = load_atlas(TEXT)
    assert len(atlas.scenes) >= 900
    assert len({e.artist for scene in atlas.scenes for e in scene.entries}) >= 10_000
    assert len(atlas.bridges) >= 900


def test_everybody_is_connected_to_company(graph: ArtistGraph) -> None:
    _, sizes = components(graph)
    assert sizes.max() >= 0.95 * len(graph)
    assert np.median(graph.degrees) >= 8
    assert graph.degrees.max() <= 20
    assert graph.degrees.min() >= 5
    assert graph.popularity is not None
    assert (graph.popularity.min(), graph.popularity.max()) >= (1, 90)
    assert graph.tags is not None
    assert all(graph.tags)


def test_the_galaxy_is_made_of_the_text(graph: ArtistGraph, galaxy: Galaxy) -> None:
    """If this fails, the text was changed: run ``make atlas`` and commit what it makes."""
    for what in ("names", "ids", "tags", "aliases", "title", "source", "licence"):
        assert getattr(galaxy, what) == getattr(graph, what), what
    assert graph.popularity is not None
    assert np.array_equal(galaxy.popularity, graph.popularity)
    assert np.array_equal(galaxy.indptr, graph.indptr)
    assert np.array_equal(galaxy.indices, graph.indices)
    assert (galaxy.weights is None) == (graph.weights is None)
    if graph.weights is not None:
        assert np.array_equal(galaxy.weights, graph.weights)
    assert galaxy.created == f"{read_about(TEXT).date}T00:00:00Z"


@pytest.mark.timeout(500)  # a whole build of 40,000 artists
def test_the_galaxy_comes_out_the_same_again(graph: ArtistGraph, galaxy: Galaxy) -> None:
    again = build(graph, BuildSettings(**{**galaxy.settings, "workers": 0}))
    # On the machine where it was made the bits are the same; elsewhere the last ones may differ.
    assert np.allclose(again.positions, galaxy.positions, atol=0.02)
    assert np.allclose(again.vectors, galaxy.vectors, atol=0.02)
    assert again.quality == pytest.approx(galaxy.quality, rel=0.01)


def test_it_is_a_good_embedding(galaxy: Galaxy) -> None:
    assert galaxy.quality["connection_ratio"] <= 0.12
    assert galaxy.quality["recall_at_20"] >= 0.6


def test_it_says_that_it_is_hand_made(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["info", str(atlas_file())]) == 0
    card = capsys.readouterr().out
    assert "The atlas of music" in card
    assert "Hand-made by its editors from general knowledge, not measured from listeners" in card
    assert "CC0-1.0" in card
    assert str(read_about(TEXT).date) in card
