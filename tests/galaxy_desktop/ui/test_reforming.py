"""The window while its galaxy re-forms: one can fly, and all is as it was when it has."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.world import World
from galaxy_desktop.ui.content import Content
from galaxy_desktop.ui.main_window import MainWindow


@pytest.fixture
def content(window: MainWindow) -> Content:
    made = window.content
    assert made is not None
    assert window.state is not None
    window.state.settings = replace(window.state.settings, reduced_motion=False)
    return made


def _rest(content: Content, qtbot: QtBot) -> None:
    explorer = content.explorer
    qtbot.waitUntil(
        lambda: explorer.canvas.renderer.converged and not explorer.loop.running, timeout=20_000
    )


def _elsewhere(world: World) -> World:
    return World(replace(world.galaxy, positions=world.positions[:, [2, 0, 1]] * 1.1))


def test_another_build_takes_over_and_everything_goes_on(
    window: MainWindow, content: Content, qtbot: QtBot
) -> None:
    state = window.state
    assert state is not None
    old, new = state.world, _elsewhere(state.world)
    content.navigator.fly_to(7)
    _rest(content, qtbot)
    size = content.navigator.size
    pixel, _ = state.pose.project(state.places([7]), size)
    state.glide(new.positions * 0.9, 0.3)
    qtbot.waitUntil(lambda: not state.gliding.moving, timeout=10_000)
    frames = content.explorer.loop.frames
    assert frames > 3
    state.reform(new, 0.3)
    assert content.explorer.renderer
    qtbot.waitUntil(lambda: content.ready and not state.gliding.moving, timeout=10_000)
    _rest(content, qtbot)
    assert state.selected == 7
    now, _ = state.pose.project(state.places([7]), size)
    np.testing.assert_allclose(now, pixel, atol=0.5)
    assert content.sidebar.facts.world is new
    assert content.explorer.names.labeller.world is new
    assert content.navigator.picker.ready
    x, y = now[0].tolist()
    assert content.navigator.click((x, y))
    assert state.selected == 7
    state.reform(old, 0.2)
    qtbot.waitUntil(lambda: content.ready and not state.gliding.displaced, timeout=10_000)
    _rest(content, qtbot)
    assert state.world is old


def test_one_can_fly_meanwhile(window: MainWindow, content: Content, qtbot: QtBot) -> None:
    state = window.state
    assert state is not None
    state.selected = None
    state.glide(_elsewhere(state.world).positions, 0.5)
    pose = state.pose
    content.navigator.press("turn_left")
    qtbot.waitUntil(lambda: state.pose.yaw != pose.yaw and state.gliding.moving, timeout=10_000)
    content.navigator.release("turn_left")
    _rest(content, qtbot)
    assert not state.gliding.moving
    assert state.gliding.displaced
