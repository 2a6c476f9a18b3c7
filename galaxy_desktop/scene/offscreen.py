"""`Offscreen`: OpenGL without a window, through EGL, and pictures read back from it."""

from __future__ import annotations

import contextlib
import ctypes
import ctypes.util
import importlib
import os
import sys
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from vispy import app, gloo
from vispy.gloo import gl

from embedding.errors import InputError

Pixels = npt.NDArray[np.uint8]
Box = tuple[int, int, int, int]
"""Left, top, width and height in pixels."""

_GL_BGRA, _GL_UNSIGNED_BYTE = 0x80E1, 0x1401
_PLATFORM = "EGL_PLATFORM"
_BACKEND = "vispy.app.backends._egl"


class GraphicsError(InputError):
    """There is no OpenGL that the galaxy can be drawn with."""


class Offscreen:
    """A context of its own and a picture to draw into.

    Raises
    ------
    GraphicsError
        EGL is not there, or gives no OpenGL.
    """

    def __init__(self) -> None:
        try:
            application = _application()
            self._canvas = app.Canvas(size=(1, 1), app=application, show=False, autoswap=False)
        except Exception as error:  # vispy raises whatever its backend meets
            raise GraphicsError(
                f"OpenGL cannot be had without a window ({error})".replace("\n", " "),
                remedy="install Mesa's EGL (libegl1 libgl1-mesa-dri), or the graphics driver",
            ) from error
        self._picture, self._layer = _Picture(), _Picture()
        self._read = _reader()

    def make_current(self) -> None:
        """Let what is drawn from here on be drawn here."""
        self._canvas.set_current()

    @contextlib.contextmanager
    def drawing(self, size: tuple[int, int]) -> Iterator[None]:
        """Draw into a picture of this size, in pixels; it keeps what was in it."""
        self.make_current()
        with self._picture.of(size):
            yield

    @contextlib.contextmanager
    def drawing_layer(self, size: tuple[int, int]) -> Iterator[None]:
        """Draw into a second picture, one that is to be laid over the first."""
        self.make_current()
        with self._layer.of(size):
            yield

    def begin(self) -> None:
        """Let OpenGL draw what it was told to, while something else is done."""
        self._canvas.context.flush_commands()
        gl.glFlush()

    def read(self, part: tuple[int, int] | None = None) -> Pixels:
        """Return what was drawn.

        Parameters
        ----------
        part : (int, int), optional
            Width and height of what was drawn, from the bottom left; default all.

        Returns
        -------
        ndarray of uint8, shape (h, w, 4)
            Blue, green, red, opaque; the top row first.
        """
        width, height = part or self._picture.size
        return self._pixels(self._picture, (0, 0, width, height))

    def read_layer(self, box: Box) -> Pixels:
        """Return a part of what was drawn by `drawing_layer`, as `read` does, with its opacity.

        Parameters
        ----------
        box : (int, int, int, int)
            Left, top, width and height.
        """
        left, top, width, height = box
        below = self._layer.size[1] - top - height
        return self._pixels(self._layer, (left, below, width, height))

    def close(self) -> None:
        """Give everything back."""
        self.make_current()
        self._picture.release()
        self._layer.release()
        self._canvas.close()
        leave_thread()

    def _pixels(self, picture: _Picture, part: Box) -> Pixels:
        """Return a part, its left and lower edge, its width and height; the top row first."""
        assert picture.size != (0, 0), "nothing was drawn yet"
        pixels = np.empty((part[3], part[2], 4), np.uint8)
        with picture.of(picture.size):
            self._canvas.context.flush_commands()
            self._read(*part, _GL_BGRA, _GL_UNSIGNED_BYTE, pixels.ctypes.data)
        return np.ascontiguousarray(pixels[::-1])


class _Picture:
    """What is drawn into: made when it is needed, and anew when its size changes."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self._frame: gloo.FrameBuffer | None = None
        self._texture: gloo.Texture2D | None = None

    def of(self, size: tuple[int, int]) -> gloo.FrameBuffer:
        """Return the frame buffer for a size in pixels."""
        if self._frame is None or size != self.size:
            self.release()
            self._texture = gloo.Texture2D(shape=(size[1], size[0], 4), format="rgba")
            self._frame = gloo.FrameBuffer(color=self._texture)
            self.size = size
        return self._frame

    def release(self) -> None:
        """Give it back."""
        if self._frame is not None and self._texture is not None:
            self._frame.delete()
            self._texture.delete()
        self._frame = self._texture = None


def leave_thread() -> None:
    """Let no context of EGL be current: while one is, no window's context can be (libglvnd)."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(ctypes.util.find_library("EGL") or "libEGL.so.1").eglReleaseThread()


def _reader() -> ctypes._NamedFuncPointer:
    """Return OpenGL's own glReadPixels: vispy's cannot give the order that screens have."""
    try:
        library = ctypes.CDLL("libGL.so.1")
    except OSError:
        # Slow: it asks the compiler.
        library = ctypes.CDLL(ctypes.util.find_library("GL"))
    read = library.glReadPixels
    read.argtypes = [ctypes.c_int] * 4 + [ctypes.c_uint] * 2 + [ctypes.c_void_p]
    read.restype = None
    return read


def _application() -> app.Application:
    """Return vispy's application for EGL: on a graphics card if there is one, else without."""
    try:
        return app.Application("egl")
    except RuntimeError:
        backend = sys.modules.get(_BACKEND)
        if backend is None or _PLATFORM in os.environ:
            raise
    # Mesa draws without a card and a display only if it is told to; the driver of a card that is
    # asked for this may leave it to Mesa. The library is opened, once, when it is imported.
    os.environ[_PLATFORM] = "surfaceless"
    try:
        importlib.reload(backend)
        return app.Application("egl")
    finally:
        del os.environ[_PLATFORM]
