"""The window as it is where a graphics card draws: the widget is one of OpenGL then."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt
import pytest
from PyQt6.QtGui import QImage, QOpenGLContext
from PyQt6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from galaxy_desktop.model.world import World
from galaxy_desktop.scene.canvas import GalaxyCanvas
from galaxy_desktop.scene.graphics import Graphics
from galaxy_desktop.ui.content import Content
from galaxy_desktop.ui.main_window import MainWindow
from tests.embedding.galaxies import galaxy

Picture = npt.NDArray[np.int64]


@pytest.fixture(autouse=True)
def _card(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(Graphics, "software", property(lambda _: False))
    yield
    # Qt leaves its last context current; while one of GLX is, none of EGL can be (libglvnd).
    if context := QOpenGLContext.currentContext():
        context.doneCurrent()


def _rest(content: Content, qtbot: QtBot) -> None:
    explorer = content.explorer
    qtbot.waitUntil(
        lambda: explorer.canvas.renderer.converged and not explorer.loop.running, timeout=20_000
    )


def _seen(content: Content) -> Picture:
    image = content.explorer.image().convertToFormat(QImage.Format.Format_RGB32)
    bits = image.constBits()
    assert bits is not None
    pixels = np.frombuffer(bits.asstring(image.sizeInBytes()), np.uint8)
    return pixels.reshape(image.height(), image.width(), 4)[..., :3].astype(np.int64)


def test_the_window_is_used_without_a_word_from_vispy(
    open_window: Callable[[], MainWindow], qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    window = open_window()
    content = window.content
    assert content is not None
    assert isinstance(content.explorer.canvas, GalaxyCanvas)
    content.navigator.fly_to(7)
    for size in ((800, 300), (480, 480), (701, 503)):
        window.resize(*size)
        _rest(content, qtbot)
        picture = _seen(content)
        assert picture.shape[:2] == (content.explorer.view.height(), content.explorer.view.width())
        assert picture.max() > 100
    window.show_world(World(galaxy(40, seed=3)))
    _rest(content, qtbot)
    assert capfd.readouterr().err == ""


def test_another_context_shows_the_same(
    open_window: Callable[[], MainWindow], qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    window = open_window()
    content = window.content
    assert content is not None
    view = content.explorer.view
    home = view.parentWidget()
    assert home is not None
    _rest(content, qtbot)
    before = _seen(content)
    elsewhere = QWidget()
    qtbot.addWidget(elsewhere)
    room = QVBoxLayout(elsewhere)
    room.setContentsMargins(0, 0, 0, 0)
    # In a picture of another size other names may have their place, and keep it.
    elsewhere.resize(view.size())
    room.addWidget(view)
    elsewhere.show()
    qtbot.waitExposed(elsewhere)
    _rest(content, qtbot)
    place = home.layout()
    assert place is not None
    place.addWidget(view)
    qtbot.waitUntil(lambda: view.size() == home.size())
    _rest(content, qtbot)
    assert np.array_equal(_seen(content), before)
    assert capfd.readouterr().err == ""


_AT_A_SCALE = """
import sys
from PyQt6.QtWidgets import QApplication
app = QApplication(["scale"])
from galaxy_desktop.model.settings import Settings
from galaxy_desktop.model.state import AppState
from galaxy_desktop.scene.canvas import GalaxyCanvas
from galaxy_desktop.model.world import World
from tests.embedding.galaxies import galaxy
canvas = GalaxyCanvas(AppState(World(galaxy(9)), Settings()), show=False)
drawn = []
canvas.renderer.draw = lambda size, ratio: drawn.append((*size, ratio))
for wide in (100, 101, 102, 103):
    canvas.native.resize(wide, wide - 30)
    canvas.native.show()
    image = canvas.native.grabFramebuffer()
    assert drawn[-1] == (image.width(), image.height(), 1.5), (drawn, image.size())
"""


def test_between_the_pixels_of_the_screen_no_row_is_missing() -> None:
    environment = os.environ | {"QT_SCALE_FACTOR": "1.5"}
    done = subprocess.run(
        [sys.executable, "-c", _AT_A_SCALE], env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
