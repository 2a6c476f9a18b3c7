"""Where frames are drawn and timed: in a window, or nowhere visible, through EGL."""

from __future__ import annotations

import math
import os
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from galaxy_desktop.model.framing import heart, home_pose
from galaxy_desktop.model.pose import Pose, looking_at
from galaxy_desktop.model.world import World

SIZE = (1280, 800)
Where = Literal["window", "offscreen"]
Pixels = npt.NDArray[np.uint8]


def has_display() -> bool:
    """Return whether a window can be opened here."""
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def turn(world: World, count: int) -> list[Pose]:
    """Return the poses of one turn around a galaxy that fills the picture."""
    middle, start = heart(world), home_pose(world, SIZE[0] / SIZE[1])
    x, y, z = np.array(start.position) - middle
    far, angle = math.hypot(x, z), math.atan2(x, z)
    poses = []
    for k in range(count):
        now = angle + 2 * math.pi * k / count
        place = middle + np.array([far * math.sin(now), y, far * math.cos(now)])
        poses.append(looking_at(place, middle, start.fov))
    return poses


def choose_app(where: Where, platform: str) -> None:
    """Let vispy draw there.

    Parameters
    ----------
    where : {"window", "offscreen"}
    platform : str
        What EGL is told to draw on, such as ``"surfaceless"``; "" lets it choose.
    """
    if where == "offscreen" and platform:
        os.environ["EGL_PLATFORM"] = platform  # read once, when the library is loaded
    from vispy import app

    app.use_app("pyqt6" if where == "window" else "egl").create()


class Stage(ABC):
    """Something that draws stars from any pose, one frame at a time.

    Parameters
    ----------
    show : callable
        Takes the pose of the next frame.
    """

    def __init__(self, show: Callable[[Pose], None]) -> None:
        from vispy.gloo import gl

        self._show, self._gl = show, gl

    @property
    @abstractmethod
    def renderer(self) -> str:
        """What draws, as it calls itself."""

    @abstractmethod
    def frame(self) -> None:
        """Draw one frame, show it, and wait until the last pixel of it is there."""

    @abstractmethod
    def picture(self) -> Pixels:
        """Return what the last frame looks like, shape (height, width, 3)."""

    def show(self, pose: Pose) -> None:
        """Draw and show one frame from a pose."""
        self._show(pose)
        self.frame()

    def time_turns(self, poses: Sequence[Pose], seconds: float) -> list[float]:
        """Return the seconds of each frame of whole turns, as many as take that long."""
        # The first frames compile shaders and upload what is drawn; the last of them is from
        # elsewhere than the first that counts, for what is drawn already costs nothing.
        for pose in (poses[0], poses[-1]):
            self.show(pose)
        times: list[float] = []
        while sum(times) < seconds:
            for pose in poses:
                started = time.perf_counter()
                self.show(pose)
                times.append(time.perf_counter() - started)
        return times

    def _finish(self) -> None:
        self._gl.glReadPixels(0, 0, 1, 1, self._gl.GL_RGBA, self._gl.GL_UNSIGNED_BYTE)
        self._gl.glFinish()

    def _ask(self) -> str:
        return str(self._gl.glGetParameter(self._gl.GL_RENDERER))


class InWindow(Stage):
    """A vispy canvas in a window of its own."""

    def __init__(self, canvas: Any, show: Callable[[Pose], None]) -> None:
        super().__init__(show)
        self._canvas, self._drawn = canvas, 0
        canvas.events.draw.connect(self._count, position="last")
        canvas.show()
        settle(canvas.app.process_events)

    @property
    def renderer(self) -> str:
        """What draws, as it calls itself."""
        self._canvas.set_current()
        return self._ask()

    def frame(self) -> None:
        """Draw one frame, show it, and wait until the last pixel of it is there."""
        before = self._drawn
        self._canvas.update()
        while self._drawn == before:
            self._canvas.app.process_events()
        # What Qt has to do to bring it to the screen.
        self._canvas.app.process_events()
        self._canvas.set_current()
        self._finish()

    def picture(self) -> Pixels:
        """Return what the last frame looks like, shape (height, width, 3)."""
        return _pixels(self._canvas.native)

    def _count(self, _event: object) -> None:
        self._drawn += 1


class OwnWindow(Stage):
    """Our view of the galaxy, whichever it is here, in a window of its own."""

    def __init__(self, view: Any, show: Callable[[Pose], None]) -> None:
        from PyQt6.QtWidgets import QApplication

        super().__init__(show)
        self._view, self._shown = view, 0
        self._events = QApplication.processEvents
        view.native.frameSwapped.connect(self._count)
        view.native.resize(*SIZE)
        view.native.show()
        settle(self._events)

    @property
    def renderer(self) -> str:
        """What draws, as it calls itself."""
        graphics = self._view.renderer.graphics
        return str(graphics.renderer)

    def frame(self) -> None:
        """Draw one frame, show it, and wait until the last pixel of it is there."""
        before = self._shown
        self._view.update()
        while self._shown == before:
            self._events()
        if hasattr(self._view, "set_current"):
            self._view.set_current()
            self._finish()

    def picture(self) -> Pixels:
        """Return what the last frame looks like, shape (height, width, 3)."""
        return _pixels(self._view.native)

    def _count(self) -> None:
        self._shown += 1


class Offscreen(Stage):
    """A vispy canvas that EGL gives no window; it draws into a texture.

    What EGL gives in a window's place has another origin, and vispy's scene canvas draws nothing
    there.
    """

    def __init__(self, canvas: Any, show: Callable[[Pose], None]) -> None:
        from vispy import gloo

        super().__init__(show)
        self._canvas = canvas
        canvas.set_current()
        image = gloo.Texture2D(shape=(SIZE[1], SIZE[0], 4), format="rgba")
        self._frame = gloo.FrameBuffer(color=image)

    @property
    def renderer(self) -> str:
        """What draws, as it calls itself."""
        self._canvas.set_current()
        return self._ask()

    def frame(self) -> None:
        """Draw one frame, and wait until the last pixel of it is there."""
        canvas = self._canvas
        canvas.set_current()
        stacked = hasattr(canvas, "push_fbo")
        if stacked:
            canvas.push_fbo(self._frame, (0, 0), SIZE)
        self._frame.activate()
        canvas.events.draw(region=None)
        self._frame.activate()
        self._finish()
        if stacked:
            canvas.pop_fbo()

    def picture(self) -> Pixels:
        """Return what the last frame looks like, shape (height, width, 3)."""
        from vispy import gloo

        with self._frame:
            pixels: Pixels = gloo.read_pixels((0, 0, *SIZE), alpha=False)
        return pixels


def settle(process_events: Callable[[], object], seconds: float = 0.3) -> None:
    """Let a window come up."""
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        process_events()


def _pixels(widget: Any) -> Pixels:
    """Return what a widget shows, shape (height, width, 3)."""
    from PyQt6.QtGui import QImage

    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGBA8888)
    held = image.constBits()
    held.setsize(image.sizeInBytes())
    pixels = np.frombuffer(held, np.uint8).reshape(image.height(), -1, 4)[:, : image.width(), :3]
    return np.ascontiguousarray(pixels)
