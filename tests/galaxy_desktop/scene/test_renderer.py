"""What is drawn at a frame, and how well."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.offscreen import Offscreen
from galaxy_desktop.scene.renderer import Renderer
from tests.galaxy_desktop.scene.conftest import world_of

SIZE = (320, 200)
AHEAD, ASIDE = Pose((0, 0, 3)), Pose((0.2, 0, 3))


@pytest.fixture(scope="module")
def world() -> World:
    rng = np.random.default_rng(5)
    places = (rng.normal(size=(150, 1, 3)) + rng.normal(scale=0.05, size=(150, 200, 3))).reshape(
        -1, 3
    )
    pairs = [(i, i + 1) for i in range(len(places) - 1) if (i + 1) % 200]
    return world_of(places, pairs, rng.integers(0, 100, len(places)).tolist())


class Drawing:
    def __init__(self, offscreen: Offscreen, renderer: Renderer) -> None:
        self._offscreen, self.renderer = offscreen, renderer

    def frame(self) -> npt.NDArray[np.uint8]:
        with self._offscreen.drawing(SIZE):
            self.renderer.draw(SIZE, 1.0)
        return self._offscreen.read()

    def at_rest(self) -> npt.NDArray[np.uint8]:
        for _ in range(10):
            picture = self.frame()
            if self.renderer.converged:
                return picture
        pytest.fail("the picture never came to be as good as it gets")


@pytest.fixture
def state(world: World) -> AppState:
    made = AppState(world, Settings())
    made.pose = AHEAD
    return made


def test_after_motion_the_picture_is_as_good_as_without(
    offscreen: Offscreen, state: AppState
) -> None:
    moved = Drawing(offscreen, Renderer(state))
    state.pose = ASIDE
    moved.frame()
    state.pose = AHEAD
    coarse = moved.frame()
    assert not moved.renderer.converged
    full = Drawing(offscreen, Renderer(state, patient=True))
    wanted = full.frame()
    assert full.renderer.converged
    assert (coarse != wanted).any()
    np.testing.assert_array_equal(moved.at_rest(), wanted)
    for drawing in (moved, full):
        drawing.renderer.delete()


def test_what_is_selected_at_rest_is_lit_without_losing_detail(
    offscreen: Offscreen, state: AppState
) -> None:
    drawing = Drawing(offscreen, Renderer(state))
    drawing.at_rest()
    state.selected, state.highlights = 40, (3, 4)
    drawing.frame()
    assert drawing.renderer.converged
    full = Drawing(offscreen, Renderer(state, patient=True))
    np.testing.assert_array_equal(drawing.frame(), full.frame())
    state.settings = replace(state.settings, look=replace(state.settings.look, star_size=2.0))
    np.testing.assert_array_equal(drawing.at_rest(), full.frame())
    for one in (drawing, full):
        one.renderer.delete()


def test_while_it_moves_it_is_never_waited_for(offscreen: Offscreen, state: AppState) -> None:
    drawing = Drawing(offscreen, Renderer(state))
    drawing.renderer.moving = True
    for _ in range(4):
        drawing.frame()
        assert not drawing.renderer.converged
    drawing.renderer.moving = False
    drawing.at_rest()
    drawing.renderer.delete()


def test_who_wants_full_quality_gets_it_in_motion(offscreen: Offscreen, state: AppState) -> None:
    state.settings = replace(state.settings, quality="full")
    drawing = Drawing(offscreen, Renderer(state))
    drawing.renderer.moving = True
    drawing.frame()
    assert drawing.renderer.converged
    assert drawing.renderer.effort == 1
    drawing.renderer.delete()


def test_every_change_of_the_state_is_seen(offscreen: Offscreen, state: AppState) -> None:
    drawing = Drawing(offscreen, Renderer(state, patient=True))
    before = drawing.frame()
    np.testing.assert_array_equal(drawing.frame(), before)

    def changed() -> bool:
        nonlocal before
        now = drawing.frame()
        different = bool((now != before).any())
        before = now
        return different

    state.hovered = 17
    assert changed()
    state.selected = 40
    assert changed()
    state.highlights = (3, 4)
    assert changed()
    state.settings = replace(state.settings, look=replace(state.settings.look, palette="ember"))
    assert changed()
    state.settings = replace(state.settings, look=replace(state.settings.look, star_size=2.0))
    assert changed()
    state.world = world_of([(0, 0, 0), (0.1, 0, 0)])
    assert changed()
    drawing.renderer.forget()
    assert not changed()
    drawing.renderer.delete()


def test_in_the_dark_no_ring_is_left(offscreen: Offscreen, state: AppState) -> None:
    state.hovered = 40
    drawing = Drawing(offscreen, Renderer(state, patient=True))
    drawing.frame()
    assert len(drawing.renderer.rings(SIZE, 1.0)) == 1
    drawing.renderer.dim = 0.0
    assert drawing.frame()[..., :3].max() < 12
    drawing.renderer.delete()
