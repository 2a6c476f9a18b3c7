"""Without a graphics card: what is painted in motion means what is painted at rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest
from PyQt6.QtGui import QImage
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.pose import Pose
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.model.threads import curve, path
from galaxy_desktop.model.world import World
from galaxy_desktop.scene.offscreen import Offscreen
from galaxy_desktop.scene.quality_control import QualityControl
from galaxy_desktop.ui.names import Names
from galaxy_desktop.ui.software_view import SoftwareView
from tests.galaxy_desktop.worlds import world

Picture = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def crowd() -> World:
    rng = np.random.default_rng(3)
    return world(rng.normal(size=(3000, 3)), rng.integers(0, 100, 3000), [(0, 1), (0, 2)])


@pytest.fixture(params=[1.0, 1.5])
def view(
    request: pytest.FixtureRequest, crowd: World, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[SoftwareView]:
    monkeypatch.setattr(QWidget, "devicePixelRatioF", lambda _: request.param)
    # However long frames take here, they have the same detail.
    monkeypatch.setattr(QualityControl, "note", lambda *_: None)
    state = AppState(crowd, replace(Settings(), welcomed=True))
    state.pose = Pose((0, 0, 5))
    made = SoftwareView(state, Offscreen(), Names(state))
    qtbot.addWidget(made)
    made.resize(360, 240)
    made.state = state  # type: ignore[attr-defined]
    yield made
    made.close_graphics()


@pytest.fixture
def shown(view: SoftwareView) -> Callable[[], Picture]:
    def grab() -> Picture:
        ratio = view.devicePixelRatioF()
        image = QImage(round(360 * ratio), round(240 * ratio), QImage.Format.Format_RGB32)
        image.setDevicePixelRatio(ratio)
        image.fill(0xFF00FF)
        view.render(image)
        bits = image.constBits()
        assert bits is not None
        pixels = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8)
        return pixels.reshape(image.height(), image.width(), 4)[..., 2::-1] / 255

    return grab


def _at_rest(view: SoftwareView, shown: Callable[[], Picture]) -> Picture:
    view.renderer.moving = False
    for _ in range(10):
        picture = shown()
        if view.renderer.converged:
            return picture
    pytest.fail("the picture never came to be as good as it gets")


def test_coarse_is_as_bright_as_whole_and_everywhere(
    view: SoftwareView, shown: Callable[[], Picture]
) -> None:
    whole = _at_rest(view, shown)
    view.renderer.moving = True
    coarse = shown()
    assert not view.renderer.converged
    assert (coarse != whole).any()
    # The colour of the test, which nobody painted over.
    assert not (coarse == (1, 0, 1)).all(axis=2).any()
    high, wide = (n // 6 for n in whole.shape[:2])
    blocks = [
        p[: 6 * high, : 6 * wide].reshape(6, high, 6, wide, 3).mean((1, 3)) for p in (coarse, whole)
    ]
    np.testing.assert_allclose(blocks[0], blocks[1], atol=0.045)
    assert abs(coarse.mean() - whole.mean()) < 0.012


def test_a_ring_is_where_it_is_at_rest(view: SoftwareView, shown: Callable[[], Picture]) -> None:
    state: AppState = view.state  # type: ignore[attr-defined]
    artist = int(np.argmin(np.abs(state.world.positions).sum(axis=1)))
    ratio = view.devicePixelRatioF()
    ((x, y),), _ = state.pose.project(state.world.positions[[artist]], (360 * ratio, 240 * ratio))
    for moving in (False, True):
        before = _at_rest(view, shown)
        view.renderer.moving = moving
        if moving:
            before = shown()
        state.hovered = artist
        ring = (shown() != before).any(axis=2)
        state.hovered = None
        rows, columns = np.nonzero(ring)
        assert rows.size > 40
        assert (columns.min() + columns.max() + 1) / 2 == pytest.approx(x, abs=1)
        assert (rows.min() + rows.max() + 1) / 2 == pytest.approx(y, abs=1)
        assert np.ptp(columns) > 2 * 8 * ratio


def test_names_stand_in_motion_where_they_do_at_rest(
    view: SoftwareView, shown: Callable[[], Picture]
) -> None:
    state: AppState = view.state  # type: ignore[attr-defined]
    names = Names(state)
    view._names = names
    state.settings = replace(state.settings, look=replace(state.settings.look, exposure=0.1))
    names.settle(state.pose, (360, 240))
    assert names._labels
    texts = [_at_rest(view, shown)]
    view.renderer.moving = True
    texts.append(shown())
    for picture in texts:
        for label in names._labels:
            ratio = view.devicePixelRatioF()
            rows = slice(round(label.y * ratio), round((label.y + label.height) * ratio))
            columns = slice(round(label.x * ratio), round((label.x + label.width) * ratio))
            assert picture[rows, columns].max() > 0.4 * label.alpha
    np.testing.assert_allclose(*(p.mean() for p in texts), atol=0.01)


def _with_threads(view: SoftwareView, shown: Callable[[], Picture]) -> tuple[Picture, Picture]:
    """Return the picture at rest and in motion."""
    rest = _at_rest(view, shown)
    view.renderer.moving = True
    return rest, shown()


def test_threads_are_as_fine_in_motion_as_at_rest(
    view: SoftwareView, shown: Callable[[], Picture]
) -> None:
    state: AppState = view.state  # type: ignore[attr-defined]
    plain = _with_threads(view, shown)
    state.threads = (
        curve((-2, -1, 0), (0.5, 0.4, 0), "#ff4030"),
        curve((1.5, 1, 0.5), (0.5, 0.4, 0), "#b6f05a", dashed=True),
        path([(-2, 1, 0), (0, -1, 1), (2, 1, 9), (0, 0.5, 9)], "#ffffff"),
    )
    threaded = _with_threads(view, shown)
    clear = (np.abs(threaded[0] - plain[0]) > 0.3).any(axis=2)
    assert clear.sum() > 800
    away = np.abs(threaded[1] - threaded[0])[clear]
    # Only the stars behind them are coarse, and not seen through a line.
    assert np.median(away) < 0.02
    assert np.quantile(away, 0.95) < 0.2
    # Where there is none, all is as before: nothing of the last frame stays.
    state.threads = ()
    np.testing.assert_array_equal(shown(), plain[1])


def test_threads_behind_the_camera_are_not_painted(
    view: SoftwareView, shown: Callable[[], Picture]
) -> None:
    state: AppState = view.state  # type: ignore[attr-defined]
    _, plain = _with_threads(view, shown)
    state.threads = (path([(-1, 0, 9), (1, 1, 8)], "#ffffff"),)
    np.testing.assert_array_equal(shown(), plain)
    view.renderer.dim = 0.0
    state.threads = (path([(-1, 0, 0), (1, 1, 0)], "#ffffff"),)
    assert shown().max() < 0.1
