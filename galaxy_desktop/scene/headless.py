"""`HeadlessContext`: OpenGL without a display, through EGL."""

from __future__ import annotations

import ctypes
import ctypes.util
from collections.abc import Iterator
from typing import Any, Self

from vispy import gloo
from vispy.gloo.context import FakeCanvas, forget_canvas

from embedding.errors import InputError

_EXTENSIONS, _NONE = 0x3055, 0x3038
_OPENGL_API = 0x30A2
_PLATFORM_DEVICE, _PLATFORM_SURFACELESS = 0x313F, 0x31DD
_SURFACE_TYPE, _PBUFFER = 0x3033, 0x0001
_RENDERABLE_TYPE, _OPENGL = 0x3040, 0x0008
_WIDTH, _HEIGHT = 0x3057, 0x3056
_MOST_DEVICES = 32


class HeadlessContext:
    """A current OpenGL context that belongs to no window, for as long as it is entered.

    Graphics cards are tried first, then what draws on the processor.

    Raises
    ------
    InputError
        On entering: there is no EGL here, or nothing that draws.
    """

    def __enter__(self) -> Self:
        """Make it, and make it current."""
        self._egl = _library()
        for display in self._displays():
            if self._egl.eglInitialize(display, None, None):
                self._display = display
                if self._make_current():
                    self._canvas = FakeCanvas()
                    return self
                self._egl.eglTerminate(display)
        raise InputError(
            "nothing here can draw without a display",
            where="OpenGL",
            remedy="install the graphics driver, or Mesa's (libegl1 and libgl1-mesa-dri)",
        )

    def __exit__(self, *_: object) -> None:
        """Give it back."""
        forget_canvas(self._canvas)
        none = ctypes.c_void_p()
        self._egl.eglMakeCurrent(self._display, none, none, none)
        self._egl.eglTerminate(self._display)

    @property
    def renderer(self) -> str:
        """What draws, as it calls itself."""
        return str(gloo.gl.glGetParameter(gloo.gl.GL_RENDERER))

    def _displays(self) -> Iterator[ctypes.c_void_p]:
        from_platform = self._extension("eglGetPlatformDisplayEXT", 3)
        query_devices = self._extension("eglQueryDevicesEXT", 3)
        device_text = self._extension("eglQueryDeviceStringEXT", 2)
        if from_platform and query_devices:
            devices = (ctypes.c_void_p * _MOST_DEVICES)()
            count = ctypes.c_int()
            query_devices(_MOST_DEVICES, devices, ctypes.byref(count))
            software = []
            for device in devices[: count.value]:
                handle = ctypes.c_void_p(device)
                about = ctypes.c_char_p(device_text(handle, _EXTENSIONS)).value or b""
                if b"software" in about:
                    software.append(handle)
                else:
                    yield ctypes.c_void_p(from_platform(_PLATFORM_DEVICE, handle, None))
            for handle in software:
                yield ctypes.c_void_p(from_platform(_PLATFORM_DEVICE, handle, None))
        if from_platform:
            none = ctypes.c_void_p()
            yield ctypes.c_void_p(from_platform(_PLATFORM_SURFACELESS, none, None))
        yield ctypes.c_void_p(self._egl.eglGetDisplay(ctypes.c_void_p()))

    def _extension(self, name: str, arguments: int) -> Any:
        address = self._egl.eglGetProcAddress(name.encode())
        if not address:
            return None
        kind = ctypes.CFUNCTYPE(ctypes.c_void_p, *[ctypes.c_void_p] * arguments)
        return kind(address)

    def _make_current(self) -> bool:
        egl, display = self._egl, self._display
        egl.eglBindAPI(_OPENGL_API)
        wanted = (ctypes.c_int * 5)(_SURFACE_TYPE, _PBUFFER, _RENDERABLE_TYPE, _OPENGL, _NONE)
        config, count = ctypes.c_void_p(), ctypes.c_int()
        egl.eglChooseConfig(display, wanted, ctypes.byref(config), 1, ctypes.byref(count))
        if not count.value:
            return False
        # Some drivers want a surface, however small; what is drawn goes to a frame buffer.
        size = (ctypes.c_int * 5)(_WIDTH, 16, _HEIGHT, 16, _NONE)
        surface = ctypes.c_void_p(egl.eglCreatePbufferSurface(display, config, size))
        context = ctypes.c_void_p(
            egl.eglCreateContext(display, config, ctypes.c_void_p(), (ctypes.c_int * 1)(_NONE))
        )
        return bool(context and egl.eglMakeCurrent(display, surface, surface, context))


def _library() -> Any:
    name = ctypes.util.find_library("EGL") or "libEGL.so.1"
    try:
        egl = ctypes.CDLL(name)
    except OSError as error:
        raise InputError(
            "EGL, which draws without a display, is not on this machine",
            where="OpenGL",
            remedy="install it (libegl1 and libgl1-mesa-dri), or use a display",
        ) from error
    pointer, number, numbers = ctypes.c_void_p, ctypes.c_int, ctypes.POINTER(ctypes.c_int)
    for function, result, arguments in (
        ("eglGetDisplay", pointer, (pointer,)),
        ("eglInitialize", number, (pointer, numbers, numbers)),
        ("eglTerminate", number, (pointer,)),
        ("eglBindAPI", number, (number,)),
        ("eglChooseConfig", number, (pointer, numbers, ctypes.POINTER(pointer), number, numbers)),
        ("eglCreatePbufferSurface", pointer, (pointer, pointer, numbers)),
        ("eglCreateContext", pointer, (pointer, pointer, pointer, numbers)),
        ("eglMakeCurrent", number, (pointer,) * 4),
        ("eglGetProcAddress", pointer, (ctypes.c_char_p,)),
    ):
        known = getattr(egl, function)
        known.restype, known.argtypes = result, arguments
    return egl
