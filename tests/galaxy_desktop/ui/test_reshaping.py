"""Shapes made ready in a thread: the newest counts, another galaxy is never lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import numpy as np
import numpy.typing as npt
import pytest
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.departure import Departure
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.way import known
from galaxy_desktop.ui.background import Background
from galaxy_desktop.ui.reshaping import Reshaping
from tests.galaxy_desktop.test_gliding import OTHERS, PLACES, world

Floats = npt.NDArray[np.float32]
ALL = list(range(len(PLACES)))


class _Bench:
    """A galaxy that takes other shapes, and threads that can be held up."""

    def __init__(self) -> None:
        self.state = AppState(world(PLACES))
        self.background = Background()
        self.reshaping = Reshaping(self.state, self.background, few=0)
        self.go_on = threading.Event()
        self.go_on.set()
        self.begun: list[int] = []
        self.heard: list[bool] = []

    def glide(self, places: Floats) -> None:
        self.reshaping.glide(partial(self._shape, places))

    def reform(self, new: World) -> None:
        self.reshaping.reform(new, self.heard.append)

    def _shape(self, places: Floats, departure: Departure) -> None:
        self.begun.append(threading.get_ident())
        self.go_on.wait(10)
        departure.glide(places, 1.0)


@pytest.fixture(name="bench")
def _bench(qapp: object) -> Iterator[_Bench]:
    del qapp
    bench = _Bench()
    yield bench
    bench.go_on.set()
    bench.background.wait()


def test_stars_set_off_once_all_of_it_is_worked_out_elsewhere(bench: _Bench, qtbot: QtBot) -> None:
    bench.glide(OTHERS)
    assert not bench.state.gliding.moving
    qtbot.waitUntil(lambda: bench.state.gliding.moving)
    assert threading.get_ident() not in bench.begun
    course = bench.state.gliding.course
    assert course is not None
    assert known(course.leg)
    bench.state.pass_time(1.0)
    np.testing.assert_array_equal(bench.state.places(ALL), OTHERS)


def test_of_those_that_come_meanwhile_the_newest_counts(bench: _Bench, qtbot: QtBot) -> None:
    bench.go_on.clear()
    for times in (1, 2, 3):
        bench.glide(OTHERS * times)
    qtbot.waitUntil(lambda: len(bench.begun) == 1)
    bench.go_on.set()
    qtbot.waitUntil(lambda: len(bench.begun) == 2)
    qtbot.waitUntil(lambda: bench.state.turn == 1)

    def there() -> bool:
        bench.state.pass_time(0.1)
        return np.array_equal(bench.state.places(ALL), OTHERS * 3)

    qtbot.waitUntil(there)
    assert len(bench.begun) == 2


def test_another_galaxy_comes_before_those_that_only_glide(bench: _Bench, qtbot: QtBot) -> None:
    new, newer = world(OTHERS), world(-OTHERS)
    bench.go_on.clear()
    bench.glide(OTHERS)
    bench.glide(-OTHERS)
    bench.reform(new)
    bench.reform(newer)
    qtbot.waitUntil(lambda: bench.state.world is new)

    def there() -> bool:
        bench.state.pass_time(0.1)
        return bench.state.world is newer and not bench.state.gliding.moving

    qtbot.waitUntil(there)
    assert bench.heard == [True, True]
    bench.go_on.set()
    bench.background.wait()
    assert not bench.state.gliding.displaced


def test_all_go_back(bench: _Bench, qtbot: QtBot) -> None:
    bench.glide(OTHERS)
    qtbot.waitUntil(lambda: bench.state.gliding.moving)
    bench.state.pass_time(0.5)
    bench.glide(-OTHERS)
    bench.reshaping.back()

    def back() -> bool:
        bench.state.pass_time(0.1)
        return not bench.state.gliding.displaced

    qtbot.waitUntil(back)


def test_who_opens_another_galaxy_wants_none_of_it(bench: _Bench, qtbot: QtBot) -> None:
    bench.go_on.clear()
    bench.glide(OTHERS)
    qtbot.waitUntil(lambda: len(bench.begun) == 1)
    bench.reform(world(OTHERS))
    other = world(-OTHERS)
    bench.state.world = other
    assert bench.heard == [False]
    bench.go_on.set()
    bench.glide(PLACES)
    qtbot.waitUntil(lambda: bench.state.gliding.moving)
    bench.state.pass_time(2.0)
    assert bench.state.world is other
    np.testing.assert_array_equal(bench.state.places(ALL), PLACES)


@pytest.mark.expects_log("work in the background failed")
def test_what_goes_wrong_is_said_and_the_next_goes_on(bench: _Bench, qtbot: QtBot) -> None:
    said: list[str] = []
    bench.state.message.connect(said.append)
    bench.glide(OTHERS[:2])
    qtbot.waitUntil(lambda: bool(said))
    bench.glide(OTHERS)
    qtbot.waitUntil(lambda: bench.state.gliding.moving)


@pytest.mark.usefixtures("qapp")
def test_few_artists_set_off_at_once() -> None:
    state = AppState(world(PLACES))
    Reshaping(state, Background()).glide(partial(Departure.glide, positions=OTHERS))
    assert state.gliding.moving
