"""What vispy's gloo lacks of OpenGL 4.3: compute shaders, and the buffers that they write.

Whoever comes here lets vispy's queue run first (`flush`): it does later what it is told.
"""

from __future__ import annotations

import contextlib
import ctypes
import sys
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from vispy.gloo import gl
from vispy.gloo.context import get_current_canvas
from vispy.gloo.gl import gl2

_STORAGE, _DYNAMIC = 0x90D2, 0x88E8
VERTEX, FRAGMENT, COMPUTE = 0x8B31, 0x8B30, 0x91B9
_COMPILED, _LINKED = 0x8B81, 0x8B82
_UNIT, _BUFFER_TEXTURE, _RG32UI = 0x84C0, 0x8C2A, 0x823C
_R32UI, _RED_INTEGER, _UNSIGNED = 0x8236, 0x8D94, 0x1405
_WRITTEN = 0x2000 | 0x8 | 0x4  # to be read as storage, as a texture, as uniforms
_LOG = 4096

_int, _uint, _bytes, _pointer = ctypes.c_int, ctypes.c_uint, ctypes.c_ssize_t, ctypes.c_void_p
#: Each one's arguments; `_RESULTS` has what they return, where that is anything.
_ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "glDispatchCompute": (_uint, _uint, _uint),
    "glMemoryBarrier": (_uint,),
    "glBindBufferBase": (_uint, _uint, _uint),
    "glClearBufferSubData": (_uint, _uint, _bytes, _bytes, _uint, _uint, _pointer),
    "glGenBuffers": (_int, _pointer),
    "glDeleteBuffers": (_int, _pointer),
    "glBindBuffer": (_uint, _uint),
    "glBufferData": (_uint, _bytes, _pointer, _uint),
    "glGenTextures": (_int, _pointer),
    "glDeleteTextures": (_int, _pointer),
    "glActiveTexture": (_uint,),
    "glBindTexture": (_uint, _uint),
    "glTexBuffer": (_uint, _uint, _uint),
    "glDrawArrays": (_uint, _int, _int),
    "glCreateShader": (_uint,),
    "glShaderSource": (_uint, _int, _pointer, _pointer),
    "glCompileShader": (_uint,),
    "glGetShaderiv": (_uint, _uint, _pointer),
    "glGetShaderInfoLog": (_uint, _int, _pointer, ctypes.c_char_p),
    "glDeleteShader": (_uint,),
    "glCreateProgram": (),
    "glAttachShader": (_uint, _uint),
    "glLinkProgram": (_uint,),
    "glGetProgramiv": (_uint, _uint, _pointer),
    "glGetProgramInfoLog": (_uint, _int, _pointer, ctypes.c_char_p),
    "glDeleteProgram": (_uint,),
    "glUseProgram": (_uint,),
    "glGetUniformLocation": (_uint, ctypes.c_char_p),
    "glUniform1fv": (_int, _int, _pointer),
    "glUniform2fv": (_int, _int, _pointer),
    "glUniform3fv": (_int, _int, _pointer),
    "glUniform4fv": (_int, _int, _pointer),
    "glUniformMatrix3fv": (_int, _int, ctypes.c_ubyte, _pointer),
}
_RESULTS: dict[str, Any] = {
    "glCreateShader": _uint,
    "glCreateProgram": _uint,
    "glGetUniformLocation": _int,
}
Value = float | npt.ArrayLike


class MissingError(RuntimeError):
    """The OpenGL that is current cannot do it."""


class Functions:
    """The functions of OpenGL 4.3 that are used here, found at their first use."""

    def __getattr__(self, name: str) -> Any:
        """Return a function, which then is an attribute.

        Raises
        ------
        MissingError
            It is not there.
        """
        if name not in _ARGUMENTS:
            raise AttributeError(name)
        library = gl2._lib
        make = getattr(ctypes, "WINFUNCTYPE", ctypes.CFUNCTYPE)
        # A function of its own: vispy's have vispy's arguments.
        kind = make(_RESULTS.get(name), *_ARGUMENTS[name])
        try:
            found = kind((name, library))
        except (AttributeError, TypeError):
            finder = "wglGetProcAddress" if sys.platform == "win32" else "glXGetProcAddressARB"
            try:
                address = make(_pointer, ctypes.c_char_p)((finder, library))(name.encode())
            except (AttributeError, TypeError):
                address = None
            if not address:
                raise MissingError(f"this OpenGL has no {name}") from None
            found = kind(address)
        setattr(self, name, found)
        return found


gl43 = Functions()


def version() -> tuple[int, int]:
    """Return the version of the OpenGL context that is current; (0, 0) of one for telephones."""
    words = str(gl.glGetParameter(gl.GL_VERSION)).split()
    major, _, minor = words[0].partition(".") if words else ("", "", "")
    return (int(major), int(minor[:1])) if major.isdigit() and minor[:1].isdigit() else (0, 0)


def flush() -> None:
    """Let all that vispy has put off happen now, before it is gone past."""
    get_current_canvas().context.flush_commands()


def handle(made_by_vispy: Any) -> int:
    """Return the name that OpenGL knows an object of gloo by, which is made if it was not yet."""
    context = get_current_canvas().context
    context.glir.associate(made_by_vispy.glir)
    context.flush_commands()
    return int(context.shared.parser.get_object(made_by_vispy.id).handle)


class Storage:
    """A buffer of whole numbers that compute shaders read or write."""

    def __init__(self) -> None:
        name = _uint()
        gl43.glGenBuffers(1, ctypes.byref(name))
        self.handle = int(name.value)
        self.size = 0

    def resize(self, size: int) -> None:
        """Have room for so many bytes."""
        if size != self.size:
            gl43.glBindBuffer(_STORAGE, self.handle)
            gl43.glBufferData(_STORAGE, size, None, _DYNAMIC)
            gl43.glBindBuffer(_STORAGE, 0)
            self.size = size

    def set_data(self, data: npt.NDArray[Any]) -> None:
        """Hold an array, of any size."""
        data = np.ascontiguousarray(data)
        gl43.glBindBuffer(_STORAGE, self.handle)
        gl43.glBufferData(_STORAGE, data.nbytes, data.ctypes.data, _DYNAMIC)
        gl43.glBindBuffer(_STORAGE, 0)
        self.size = data.nbytes

    def clear(self, size: int) -> None:
        """Set the first bytes to zero."""
        gl43.glBindBuffer(_STORAGE, self.handle)
        zero = _uint(0)
        gl43.glClearBufferSubData(
            _STORAGE, _R32UI, 0, size, _RED_INTEGER, _UNSIGNED, ctypes.byref(zero)
        )
        gl43.glBindBuffer(_STORAGE, 0)

    def delete(self) -> None:
        """Give the memory back."""
        gl43.glDeleteBuffers(1, ctypes.byref(_uint(self.handle)))
        self.handle = self.size = 0


class Shaders:
    """A program of shaders in GLSL 4.30.

    Parameters
    ----------
    texts : mapping
        From a kind of shader, such as `COMPUTE`, to its text.

    Raises
    ------
    MissingError
        It cannot be compiled here.
    """

    def __init__(self, texts: Mapping[int, str]) -> None:
        self._handle = gl43.glCreateProgram()
        for kind, text in texts.items():
            lines = ctypes.c_char_p(text.encode())
            shader = gl43.glCreateShader(kind)
            gl43.glShaderSource(shader, 1, ctypes.byref(lines), None)
            gl43.glCompileShader(shader)
            _check(shader, _COMPILED, gl43.glGetShaderiv, gl43.glGetShaderInfoLog)
            gl43.glAttachShader(self._handle, shader)
            gl43.glDeleteShader(shader)
        gl43.glLinkProgram(self._handle)
        _check(self._handle, _LINKED, gl43.glGetProgramiv, gl43.glGetProgramInfoLog)
        self._places: dict[str, int] = {}

    @contextlib.contextmanager
    def using(self, uniforms: Mapping[str, Value]) -> Iterator[None]:
        """Use it, with uniforms from a name to a number, or to 2, 3, 4 or 9 (a matrix) of them."""
        gl43.glUseProgram(self._handle)
        for name, value in uniforms.items():
            self._set(name, np.ascontiguousarray(value, np.float32))
        try:
            yield
        finally:
            # vispy remembers which program it used last, and knows nothing of this one.
            gl43.glUseProgram(0)
            get_current_canvas().context.shared.parser.env["current_program"] = 0

    def run(
        self, across: int, down: int, uniforms: Mapping[str, Value], buffers: Mapping[int, int]
    ) -> None:
        """Run a compute shader in a grid of groups; what follows sees what it wrote.

        Parameters
        ----------
        across, down : int
            How many groups.
        uniforms : mapping
        buffers : mapping
            From a binding to the OpenGL name of a buffer.
        """
        for binding, buffer in buffers.items():
            gl43.glBindBufferBase(_STORAGE, binding, buffer)
        with self.using(uniforms):
            gl43.glDispatchCompute(across, down, 1)
        gl43.glMemoryBarrier(_WRITTEN)
        for binding in buffers:
            gl43.glBindBufferBase(_STORAGE, binding, 0)
        gl43.glBindBuffer(_STORAGE, 0)

    def delete(self) -> None:
        """Give it back."""
        gl43.glDeleteProgram(self._handle)
        self._handle = 0

    def _set(self, name: str, value: npt.NDArray[np.float32]) -> None:
        place = self._places.get(name)
        if place is None:
            place = self._places[name] = gl43.glGetUniformLocation(self._handle, name.encode())
        if value.size == 9:
            gl43.glUniformMatrix3fv(place, 1, False, value.ctypes.data)
            return
        tell = (gl43.glUniform1fv, gl43.glUniform2fv, gl43.glUniform3fv, gl43.glUniform4fv)
        tell[value.size - 1](place, 1, value.ctypes.data)


class BufferTexture:
    """A storage that a fragment shader reads: two whole numbers at a time, as unit 0."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage
        name = _uint()
        gl43.glGenTextures(1, ctypes.byref(name))
        self._handle = int(name.value)

    @contextlib.contextmanager
    def bound(self) -> Iterator[None]:
        """Let shaders read it."""
        gl43.glActiveTexture(_UNIT)
        gl43.glBindTexture(_BUFFER_TEXTURE, self._handle)
        gl43.glTexBuffer(_BUFFER_TEXTURE, _RG32UI, self._storage.handle)
        try:
            yield
        finally:
            gl43.glBindTexture(_BUFFER_TEXTURE, 0)

    def delete(self) -> None:
        """Give it back; its storage stays."""
        gl43.glDeleteTextures(1, ctypes.byref(_uint(self._handle)))
        self._handle = 0


def _check(thing: int, what: int, ask: Any, explain: Any) -> None:
    fine = _int()
    ask(thing, what, ctypes.byref(fine))
    if not fine.value:
        text = ctypes.create_string_buffer(_LOG)
        explain(thing, _LOG, None, text)
        raise MissingError(text.value.decode("utf-8", "replace"))
