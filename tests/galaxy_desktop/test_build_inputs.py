"""What a galaxy is built anew from, once some were built from others and one has grown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from embedding.galaxy_file import load
from embedding.settings import BuildSettings
from galaxy_desktop.jobs.build_inputs import BuildInputs
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy


@pytest.fixture
def inputs() -> Iterator[BuildInputs]:
    made = BuildInputs()
    yield made
    made.close()


def _world(seed: int, **settings: object) -> World:
    made = galaxy(30, seed)
    return World(replace(made, settings=BuildSettings(**settings).as_dict()))  # type: ignore[arg-type]


def test_what_was_built_is_built_from_what_was_opened(inputs: BuildInputs) -> None:
    opened, first, second = _world(0), _world(1), _world(2)
    inputs.built(first, opened)
    inputs.built(second, first)
    assert inputs.source_of(second) is opened
    assert inputs.needs(opened)
    assert not inputs.needs(first)
    request = inputs.request(BuildSettings(dims=8), second)
    assert load(Path(request.input)).names == opened.galaxy.names
    assert (load(Path(request.like)).positions == second.positions).all()
    assert (request.more, request.settings.dims) == ((), 8)
    assert inputs.forget() == [opened]
    assert inputs.source_of(second) is second


def test_what_has_grown_is_what_later_ones_are_built_from(inputs: BuildInputs) -> None:
    opened, grown, later = _world(0), _world(1), _world(2)
    inputs.built(later, grown)
    assert inputs.source_of(later) is grown
    assert inputs.source_of(opened) is opened


def test_a_growth_keeps_everybody(inputs: BuildInputs, tmp_path: Path) -> None:
    shown = _world(0, max_artists=40, min_component=7)
    request = inputs.growing(BuildSettings(dims=5), shown, [tmp_path / "a.db", tmp_path / "b.db"])
    assert request.more == (str(tmp_path / "a.db"), str(tmp_path / "b.db"))
    assert request.input == request.like
    assert request.settings.dims == 5
    assert request.settings.max_artists > 10**9
    assert request.settings.min_component == 7
    # A group that nothing ties to the rest was asked for all the same.
    alone = inputs.growing(BuildSettings(), _world(1), [tmp_path / "a.db"])
    assert alone.settings.min_component == 2
