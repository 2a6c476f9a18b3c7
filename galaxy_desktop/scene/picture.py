"""`take`: what a scene draws, as an image of any size."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from vispy import gloo

from embedding.errors import InputError

Pixels = npt.NDArray[np.uint8]


def take(draw: Callable[[tuple[int, int]], None], size: tuple[int, int]) -> Pixels:
    """Return what is drawn into a frame buffer of a size, shape (height, width, 3).

    Needs a current OpenGL context. What was bound before is bound again.

    Parameters
    ----------
    draw : callable
        Gets the size in pixels, and draws into the frame buffer that is active.
    size : (int, int)
        Width and height.

    Raises
    ------
    InputError
        The graphics card cannot draw a picture so large.
    """
    most = int(gloo.gl.glGetParameter(gloo.gl.GL_MAX_TEXTURE_SIZE))
    if max(size) > most:
        raise InputError(
            f"a picture of {size[0]} by {size[1]} pixels is larger than this machine can draw",
            remedy=f"ask for at most {most} by {most}",
        )
    image = gloo.Texture2D(shape=(size[1], size[0], 4), format="rgba")
    frame = gloo.FrameBuffer(color=image)
    with frame:
        draw(size)
        pixels: Pixels = gloo.read_pixels((0, 0, *size), alpha=False)
    frame.delete()
    image.delete()
    return pixels
