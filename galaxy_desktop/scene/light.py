"""`Light`: the half-float buffer that light adds up in, its bloom, and its way to the screen."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from vispy import gloo

from galaxy_desktop.scene.palettes import Colour
from galaxy_desktop.scene.shaders import shader

_CORNERS = np.array([[-1, -1], [3, -1], [-1, 3]], np.float32)
#: The first step down is by four, each later one by two.
_FIRST, _LEVELS = 4, 5
#: How much of each level's light bleeds, from the finest to the widest.
_BLEED = (0.55, 0.75, 0.85, 0.9, 1.0)


@dataclass(frozen=True, slots=True)
class Exposure:
    """How light becomes a picture; see `tone.frag`."""

    exposure: float = 1.0
    bloom: float = 1.0
    aces: bool = True
    space: Colour = (0.0, 0.0, 0.0)
    dim: float = 1.0


class _Buffer:
    """A texture to draw into, of half floats unless said otherwise; a part may be in use."""

    def __init__(self, width: int, height: int, kind: str = "rgba16f") -> None:
        self.width, self.height = width, height
        self.texture = gloo.Texture2D(
            shape=(height, width, 4),
            format="rgba",
            internalformat=kind,
            interpolation="linear",
            wrapping="clamp_to_edge",
        )
        self.frame = gloo.FrameBuffer(color=self.texture)
        self.used = (width, height)

    @property
    def part(self) -> tuple[float, float]:
        return self.used[0] / self.width, self.used[1] / self.height

    @property
    def last(self) -> tuple[float, float]:
        return (self.used[0] - 0.5) / self.width, (self.used[1] - 0.5) / self.height

    @property
    def texel(self) -> tuple[float, float]:
        return 1 / self.width, 1 / self.height

    def delete(self) -> None:
        self.frame.delete()
        self.texture.delete()


def _pass(fragment: str, defined: str = "") -> gloo.Program:
    before = f"#define {defined}\n" if defined else ""
    program = gloo.Program(shader("screen.vert"), before + shader(fragment))
    program["a_corner"] = gloo.VertexBuffer(_CORNERS)
    return program


class Light:
    """Everything that shines is added up here; then it blooms, and is shown.

    Needs a current OpenGL context from the first `begin` on.
    """

    def __init__(self) -> None:
        self._size = (0, 0)
        self._whole: _Buffer | None = None
        self._steps: list[_Buffer] = []
        self._fine: _Buffer | None = None
        self._levels = _LEVELS
        self._halve = _pass("halve.frag")
        self._widen = _pass("widen.frag")
        self._enlarge = _pass("enlarge.frag")
        self._small: _Buffer | None = None
        self._tone = {aces: _pass("tone.frag", "ACES" if aces else "") for aces in (True, False)}

    @property
    def used(self) -> tuple[int, int]:
        """How many pixels the last picture was worked out for."""
        return self._whole.used if self._whole is not None else (0, 0)

    @staticmethod
    def part(size: tuple[int, int], scale: float) -> tuple[int, int]:
        """Return how many pixels are worked out of a window of so many; see `begin`."""
        return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))

    def begin(self, size: tuple[int, int], scale: float, clear: bool = True) -> tuple[int, int]:
        """Start a new picture, black.

        Parameters
        ----------
        size : (int, int)
            Of the window, in pixels.
        scale : float
            Which part of its width and height is worked out, above 0 and at most 1.
        clear : bool
            False where all pixels are drawn over anyway.

        Returns
        -------
        (int, int)
            Pixels of the picture that is worked out.
        """
        if size != self._size:
            self._resize(size)
        assert self._whole is not None
        used = self.part(size, scale)
        self._whole.used = used
        # Half the size does for a blur twice as wide, so a coarse picture needs fewer steps.
        self._levels = max(2, _LEVELS - round(math.log2(size[1] / used[1])))
        shrink = _FIRST
        for step in self._steps:
            step.used = (max(1, -(-used[0] // shrink)), max(1, -(-used[1] // shrink)))
            shrink *= 2
        self._whole.frame.activate()
        gloo.set_viewport(0, 0, *used)
        gloo.set_state(depth_test=False, blend=False, cull_face=False)
        if clear:
            gloo.set_clear_color((0, 0, 0, 1))
            gloo.clear(color=True, depth=False)
        gloo.set_state(blend=True, blend_func=("one", "one"), blend_equation="func_add")
        return used

    def resume(self) -> None:
        """Go on adding to the picture that was begun."""
        assert self._whole is not None
        self._whole.frame.activate()
        gloo.set_viewport(0, 0, *self._whole.used)
        gloo.set_state(
            depth_test=False, blend=True, blend_func=("one", "one"), blend_equation="func_add"
        )

    def end(self) -> None:
        """Add nothing more for now."""
        assert self._whole is not None
        self._whole.frame.deactivate()

    def bloom(self) -> None:
        """Let the light bleed: smaller and smaller means, added up again on the way back.

        After Jimenez (2014), "Next generation post processing in Call of Duty: Advanced Warfare".
        """
        assert self._whole is not None
        gloo.set_state(depth_test=False, blend=False)
        self._whole.texture.interpolation = "linear"
        above = self._whole
        steps = self._steps[: self._levels]
        for step in steps:
            self._draw(self._halve, above, step)
            above = step
        # The finest step is a mean of squares of pixels: unblurred, a line's glow has teeth.
        assert self._fine is not None
        self._fine.used = steps[0].used
        self._widen["u_strength"] = 1.0
        self._draw(self._widen, steps[0], self._fine)
        gloo.set_state(blend=True, blend_func=("one", "one"))
        wider = [*steps[:0:-1]]
        for below, step, bleed in zip(
            wider, [*wider[1:], self._fine], _BLEED[: -len(steps) : -1], strict=True
        ):
            self._widen["u_strength"] = bleed
            self._draw(self._widen, below, step)

    def show(self, size: tuple[int, int], how: Exposure) -> None:
        """Draw the picture into the frame buffer that is active, all over it."""
        assert self._whole is not None
        used = self._whole.used
        if used == size:
            self._tone_map(size, how)
            return
        # Tone mapped small and then enlarged: the other way round takes three times as long
        # without a graphics card.
        if self._small is None:
            self._small = _Buffer(*self._size, kind="rgba8")
        self._small.used = used
        with self._small.frame:
            self._tone_map(used, how)
        enlarge = self._enlarge
        enlarge["u_image"] = self._small.texture
        enlarge["u_part"] = self._small.part
        enlarge["u_last"] = self._small.last
        gloo.set_viewport(0, 0, *size)
        enlarge.draw("triangles")

    def _tone_map(self, size: tuple[int, int], how: Exposure) -> None:
        assert self._whole is not None
        assert self._fine is not None
        whole, wide = self._whole, self._fine
        tone = self._tone[how.aces]
        # Pixels match, and reading one instead of four is worth milliseconds without a card.
        whole.texture.interpolation = "nearest"
        tone["u_light"] = whole.texture
        tone["u_bloom"] = wide.texture
        tone["u_part"] = whole.part
        # The bloom's texture is used in another proportion, rounded up to whole texels.
        tone["u_bloom_part"] = (
            whole.used[0] / _FIRST / wide.width / whole.part[0],
            whole.used[1] / _FIRST / wide.height / whole.part[1],
        )
        tone["u_bloom_last"] = wide.last
        tone["u_bloom_strength"] = 0.30 * how.bloom * how.exposure
        tone["u_exposure"] = how.exposure
        tone["u_space"] = how.space
        tone["u_dim"] = how.dim
        gloo.set_viewport(0, 0, *size)
        gloo.set_state(depth_test=False, blend=False)
        tone.draw("triangles")

    def delete(self) -> None:
        """Give the graphics memory back."""
        for buffer in (self._whole, self._small, self._fine, *self._steps):
            if buffer is not None:
                buffer.delete()
        self._whole = self._small = self._fine = None
        self._steps, self._size = [], (0, 0)

    def _resize(self, size: tuple[int, int]) -> None:
        self.delete()
        self._size = size
        self._whole = _Buffer(*size)
        shrink = _FIRST
        for _ in range(_LEVELS):
            self._steps.append(
                _Buffer(max(1, -(-size[0] // shrink)), max(1, -(-size[1] // shrink)))
            )
            shrink *= 2
        self._fine = _Buffer(self._steps[0].width, self._steps[0].height)

    def _draw(self, program: gloo.Program, source: _Buffer, target: _Buffer) -> None:
        program["u_image"] = source.texture
        program["u_part"] = source.part
        program["u_step"] = source.texel
        program["u_last"] = source.last
        with target.frame:
            gloo.set_viewport(0, 0, *target.used)
            program.draw("triangles")
