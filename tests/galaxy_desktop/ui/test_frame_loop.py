from __future__ import annotations

from pytestqt.qtbot import QtBot

from galaxy_desktop.ui.frame_loop import LONGEST_STEP, FrameLoop


class _World:
    """Moves for a number of frames; each drawing is shown at once."""

    def __init__(self, frames: int) -> None:
        self.left = frames
        self.now, self.pause = 0.0, 0.01
        self.steps: list[float] = []
        self.draws = 0
        self.loop = FrameLoop(self.step, self.draw, lambda: 1000.0, clock=lambda: self.now)

    def step(self, seconds: float) -> tuple[bool, bool]:
        self.steps.append(seconds)
        self.now += self.pause
        self.left -= 1
        return self.left >= 0, self.left > 0

    def draw(self) -> None:
        self.draws += 1
        self.loop.shown()


def test_nothing_is_drawn_once_nothing_moves(qtbot: QtBot) -> None:
    world = _World(5)
    world.loop.wake()
    qtbot.waitUntil(lambda: not world.loop.running)
    qtbot.wait(300)
    assert world.draws == 5
    assert len(world.steps) == 5


def test_sleep_is_no_motion(qtbot: QtBot) -> None:
    world = _World(2)
    world.loop.wake()
    qtbot.waitUntil(lambda: not world.loop.running)
    world.now += 60
    world.left = 2
    world.loop.wake()
    qtbot.waitUntil(lambda: not world.loop.running)
    assert [round(s, 3) for s in world.steps] == [0.001, 0.01, 0.001, 0.01]


def test_a_stall_is_no_leap(qtbot: QtBot) -> None:
    world = _World(3)
    world.pause = 5.0
    world.loop.wake()
    qtbot.waitUntil(lambda: not world.loop.running)
    assert world.steps[1:] == [LONGEST_STEP, LONGEST_STEP]


def test_the_next_frame_waits_for_the_last_to_be_shown(qtbot: QtBot) -> None:
    draws: list[int] = []
    loop = FrameLoop(lambda _: (True, True), lambda: draws.append(1), lambda: 1000.0)
    loop.wake()
    qtbot.waitUntil(lambda: bool(draws))
    qtbot.wait(50)
    assert len(draws) == 1
    loop.shown()
    qtbot.waitUntil(lambda: len(draws) == 2)
    loop.stop()
    loop.wake()
    assert not loop.running


def test_a_window_that_never_shows_its_drawings_does_not_end_the_loop(qtbot: QtBot) -> None:
    draws: list[int] = []
    loop = FrameLoop(lambda _: (True, len(draws) < 2), lambda: draws.append(1), lambda: 1000.0)
    loop.wake()
    qtbot.waitUntil(lambda: len(draws) == 3, timeout=3000)
    loop.stop()


def test_waking_during_a_step_brings_one_more_frame(qtbot: QtBot) -> None:
    steps: list[float] = []

    def step(seconds: float) -> tuple[bool, bool]:
        steps.append(seconds)
        if len(steps) == 1:
            loop.wake()
        return False, False

    loop = FrameLoop(step, lambda: None, lambda: 1000.0)
    loop.wake()
    qtbot.waitUntil(lambda: len(steps) == 2)
    qtbot.wait(50)
    assert len(steps) == 2
    assert not loop.running
